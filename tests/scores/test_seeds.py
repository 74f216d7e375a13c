"""With another seed it is the same piece and another performance, in what is seen and in what happens."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from likeness import Glance, apart, glance
from survey import NAMES, Pixels, picture, stills, survey, timeline

OTHERS = (101, 202)  # seeds besides a score's own
INNER, LOOKS = (0.35, 0.85), 8  # shares of a beat between which it is known by so many looks
CHANGED = 0.02  # of 255: how much stills of two performances differ at least, in the mean: a void is a void
MOSTLY = 2.0  # the same for half of all beats


@lru_cache
def performed(name: str, seed: int) -> Pixels:
    """The middles of all beats with this seed."""
    middles = [survey(name).times[survey(name).middle(span)] for span in survey(name).timeline.beats]
    return stills(picture(timeline(name, seed)), np.array(middles))


def glances_of(name: str) -> list[list[Glance]]:
    """How each beat of a score looks in the course of it, with the score's own seed."""
    looked = survey(name)
    moments = [
        [span.start + share * span.length for share in np.linspace(*INNER, LOOKS)]
        for span in looked.timeline.beats
    ]
    return [[glance(looked.frames[looked.at(t)]) for t in of_beat] for of_beat in moments]


@pytest.mark.parametrize("name", NAMES)
def test_every_beat_is_recognised_with_another_seed(name: str) -> None:
    """Its middle is nearer to the same beat of the score's own seed than to any other beat."""
    spans, known = survey(name).timeline.beats, glances_of(name)
    mistaken = []
    for seed in OTHERS:
        for span, still in zip(spans, performed(name, seed)):
            seen = glance(still)
            nearest = int(np.argmin([min(apart(one, seen) for one in of_beat) for of_beat in known]))
            if nearest != span.index:
                mistaken.append((seed, span.id, spans[nearest].id))
    assert not mistaken, mistaken


@pytest.mark.parametrize("name", NAMES)
def test_every_beat_is_seen_anew_with_another_seed(name: str) -> None:
    spans = survey(name).timeline.beats
    own = np.array([survey(name).still(span) for span in spans]).astype(float)
    first, second = (performed(name, seed).astype(float) for seed in OTHERS)
    same: dict[str, float] = {}
    for one, other in ((own, first), (own, second), (first, second)):
        changed = np.abs(one - other).mean((1, 2, 3))
        assert np.median(changed) > MOSTLY
        same |= {span.id: round(float(much), 2) for span, much in zip(spans, changed) if much < CHANGED}
    assert not same, same


@pytest.mark.parametrize("name", NAMES)
def test_notes_are_as_many_and_others_with_another_seed(name: str) -> None:
    played = [timeline(name, seed) for seed in (None, *OTHERS)]
    notes = [
        [(note.instrument, note.onset, note.pitch_hz) for note in one.events(0.0, one.length)]
        for one in played
    ]
    assert len({tuple(some) for some in notes}) == len(notes)
    assert max(map(len, notes)) <= 1.5 * min(map(len, notes))
    assert len({frozenset(instrument for instrument, _, _ in some) for some in notes}) == 1
