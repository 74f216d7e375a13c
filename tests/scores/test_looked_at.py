"""Every score, looked at: never black, never white, never still, and nothing on stage ever fails.

Every other second is looked at; with `-m soak`, every second.

What a score may do, and how it says so: come out of the dark in its first fade and go into it at the very end; be dark
for a while where it puts out both the spotlight and the light from everywhere; be white where it opens the eye wide
(`stage.light.exposure`), as when one steps from the wings into a beam.
"""

from __future__ import annotations

import numpy as np
import pytest
from likeness import apart, glance
from survey import NAMES, Survey, survey

from performance.timeline import Timeline

END = 2.0  # seconds that a piece may take to go into the dark
OUT = 0.1  # level of the spotlight, and of the light from everywhere, that is none
LONGEST = 6  # seconds of darkness at a time
SEEN = 40  # of 255: the brightest pixel of a picture that is not black
SHOWN = 16  # of 255: all but one pixel in two hundred may be darker
GLARE, MUCH = 225, 0.25  # of 255 in all three colours; the share of a picture that may be so bright
WIDE = 1.3  # exposure from which it may be brighter
MOVED = 8  # of 255: more than grain ever does from one frame to another
LITTLE = 0.0015  # share of a picture that must have moved
PATIENCE = 4  # seconds without that are still
GROWTH = 0.05  # how unlike the first and the last part of a beat are at least


@pytest.fixture(params=[*NAMES, *(pytest.param((name, 1.0), marks=pytest.mark.soak) for name in NAMES)])
def looked(request: pytest.FixtureRequest) -> Survey:
    """A score, looked at."""
    return survey(request.param) if isinstance(request.param, str) else survey(*request.param)


def said(looked: Survey, wrong: np.ndarray) -> str:
    """The seconds at which something is wrong, with their beats."""
    beats = [looked.timeline.beat_at(float(t)) for t in looked.times[wrong]]
    return ", ".join(f"{span.id} +{t - span.start:.1f}s" for t, span in zip(looked.times[wrong], beats))


def test_nothing_on_stage_ever_fails(looked: Survey) -> None:
    assert not looked.dropped


def dark(looked: Survey) -> np.ndarray:
    """Which seconds are black to the eye."""
    light = looked.frames.max(-1).reshape(len(looked.times), -1)
    return (light.max(1) < SEEN) | (np.percentile(light, 99.5, axis=1) < SHOWN)


def meant_to_be_dark(played: Timeline, t: float) -> bool:
    """Whether the score says so."""
    spotlight = played.cue("stage.spotlight", t).number("level")
    everywhere = played.cue("stage.light", t).number("ambient")
    begun = t > played.beats[0].beat.fade and t < played.length - END
    return not begun or max(spotlight, everywhere) < OUT


def test_no_second_is_black_that_is_not_meant_to_be(looked: Survey) -> None:
    meant = np.array([meant_to_be_dark(looked.timeline, float(t)) for t in looked.times])
    wrong = said(looked, dark(looked) & ~meant)
    assert not wrong, wrong


def test_no_darkness_is_long(looked: Survey) -> None:
    more = round(LONGEST / looked.every)
    long = np.lib.stride_tricks.sliding_window_view(dark(looked), more + 1).all(1)
    wrong = said(looked, np.append(long, np.zeros(more, bool)))
    assert not wrong, wrong


def test_no_second_is_white(looked: Survey) -> None:
    eye = np.array([looked.timeline.cue("stage.light", float(t)).number("exposure") for t in looked.times])
    glaring = (looked.frames.min(-1) > GLARE).mean((1, 2))
    wrong = said(looked, (glaring > MUCH) & (eye < WIDE))
    assert not wrong, wrong


def test_no_few_seconds_are_still(looked: Survey) -> None:
    patience = round(PATIENCE / looked.every)
    changed = np.abs(np.diff(looked.frames.astype(np.int16), axis=0)).max(-1) > MOVED
    moving = changed.mean((1, 2)) >= LITTLE
    still = ~np.lib.stride_tricks.sliding_window_view(moving, patience).any(1)
    wrong = said(looked, np.append(still, np.zeros(patience, bool)))
    assert not wrong, wrong


def test_something_develops_within_every_beat(looked: Survey) -> None:
    grown = {}
    for span in looked.timeline.beats:
        early, late = (looked.at(span.start + share * span.length) for share in (0.2, 0.9))
        grown[span.id] = apart(glance(looked.frames[early]), glance(looked.frames[late]))
    dull = {beat: round(much, 3) for beat, much in grown.items() if much < GROWTH}
    assert not dull, dull
