"""What is read over the stage, and the order of what happens: short lines to "you", and every beat of the dream."""

from __future__ import annotations

import re

import pytest
from survey import NAMES, timeline

FASTEST = 17.0  # characters a second that can be read while looking
FIRST_PERSON = re.compile(r"\b(I|I'm|I've|me|my|mine|myself|we|us|our|ours)\b")
SHORTEST, LONGEST = 240.0, 480.0  # seconds of a piece
BEATS = {
    "ice-instrument": "the-slip liquid-gold blank-pages motes-rise shatter constellation stage-blooms"
    " chorus-of-colour orchid-forest decades starlit-silence waking",
    "liquid-silver": "endless-stage two-skies the-memory mist-audience steady-hands thin-ice pure-note gravity"
    " celestial-dance remade breath-in-unison the-echo-stays",
    "improvise": "backstage overture foreign-key the-beam thousand-moons panic the-whisper into-the-light"
    " one-breath mine fading ready",
    "the-impostor": "tuning on-in-five smooth-hands red-curtain curtain-rise song dance the-nod thread silence"
    " ovation curtain-fall",
    "the-machine": "whirl the-cue the-instrument slipping curtain canvas-of-darkness one-drop machine-wakes"
    " symphony-of-glass one-entity tide unanswered eruption waking",
}


@pytest.mark.parametrize("name", NAMES)
def test_surtitles_are_said_to_you_and_can_be_read(name: str) -> None:
    for span in timeline(name).beats:
        title = span.beat.surtitle
        if title is None:
            continue
        assert "\n" not in title.line
        assert not FIRST_PERSON.search(title.line), f"{span.id}: {title.line}"
        assert len(title.line) <= FASTEST * title.lasts, f"{span.id}: {title.line}"
        assert 0.0 <= title.at and title.at + title.lasts <= span.length, f"{span.id}: {title.line}"


@pytest.mark.parametrize("name", NAMES)
def test_no_line_comes_twice(name: str) -> None:
    lines = [span.beat.surtitle.line for span in timeline(name).beats if span.beat.surtitle is not None]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("name", NAMES)
def test_the_dream_is_told_whole_and_in_order(name: str) -> None:
    assert [span.id for span in timeline(name).beats] == BEATS[name].split()


@pytest.mark.parametrize("name", NAMES)
def test_a_piece_lasts_four_to_eight_minutes(name: str) -> None:
    assert SHORTEST <= timeline(name).length <= LONGEST
