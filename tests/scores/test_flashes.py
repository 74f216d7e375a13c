"""Nobody is hurt: a score that strobes is held under the limit, and no shipped score ever comes near to it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from flashes import CELL, GENERAL, LINEAR, badness, in_worst_second
from survey import NAMES, SIZE, Pixels, picture, survey, timeline

from performance.paint.picture import Picture
from performance.score.reader import read_text
from performance.timeline import Timeline

FPS = 60
LIMIT = 3.0  # flashes in any second
BEATS = 3  # of a strobe, half a second each: a movement has room for no more
AROUND = 1.1  # seconds that are looked at on end: more than the second in which flashes are counted
STRETCHES = 2  # of every score
HEAD = 'title = "a strobe"\n'
STROBE = """
[[beat]]
id     = "strobe-{number}"
length = "0.5s"
fade   = "0s"
stage.light     = {{ exposure = "{levels} cut", ambient = 0, bloom = 0 }}
stage.spotlight = {{ width = 1.5, source_y = 3, haze = 1, edge = 1, colour = "{colour}" }}
stage.haze      = {{ colour = "{colour}", height = 0.5, spread = 1 }}
"""


@lru_cache
def strobe(hertz: int, colour: str, governed: bool) -> Pixels:
    """What is shown of a score that goes on and off so often; or what it asks for."""
    text = HEAD
    for number in range(BEATS):
        levels = ["40"[n % 2] for n in range(number * hertz, (number + 1) * hertz)]
        text += STROBE.format(number=number, levels=" -> ".join(levels), colour=colour)
    small = picture(Timeline(read_text(text)))
    if not governed:
        small.governor.govern = lambda *_: False
    return shown(small, 0.0, 0.5 * BEATS)


def shown(small: Picture, a: float, b: float) -> Pixels:
    """All frames from a to b, (n, h, w, 3) BGR."""
    frames = np.zeros((round((b - a) * FPS), SIZE[1], SIZE[0], 4), np.uint8)
    for n, pixels in enumerate(frames):
        small.paint(a + n / FPS, pixels)
    return frames[..., :3]


@pytest.mark.parametrize("hertz", [3, 10, 30])
@pytest.mark.parametrize("colour", ["#ffffff", "#ff0000"], ids=["white", "red"])
def test_a_score_that_strobes_is_held_under_the_limit(hertz: int, colour: str) -> None:
    asked, seen = (in_worst_second(strobe(hertz, colour, governed), FPS) for governed in (False, True))
    assert asked >= min(hertz, LIMIT + 1) - 0.5
    assert seen <= LIMIT


def eventful(name: str) -> list[float]:
    """Where most of the picture changes by half a flash from one second to the next, and where it is brightest."""
    looked = survey(name)
    n, h, w, _ = looked.frames.shape
    light = LINEAR[looked.frames.max(-1)].reshape(n, h // CELL, CELL, w // CELL, CELL).mean((2, 4))
    change = np.append((np.abs(np.diff(light, axis=0)) > GENERAL).mean((1, 2)), 0.0)
    found = [int(light.mean((1, 2)).argmax())]
    for k in np.argsort(-change, kind="stable"):
        beats = {looked.timeline.beat_at(float(looked.times[other])).id for other in found}
        if len(found) < STRETCHES and looked.timeline.beat_at(float(looked.times[k])).id not in beats:
            found.append(int(k))
    return [float(looked.times[k]) for k in found]


@lru_cache
def stretches(name: str) -> tuple[list[Pixels], set[str]]:
    """The eventful stretches of a score, frame by frame, and the beats in which something was held back."""
    small = picture(timeline(name))
    return [shown(small, t, t + AROUND) for t in eventful(name)], small.held


@pytest.mark.parametrize("name", NAMES)
def test_shipped_scores_pass_untouched_where_most_happens(name: str) -> None:
    frames, held = stretches(name)
    assert not held
    assert max(in_worst_second(some, FPS) for some in frames) <= LIMIT


def test_ffmpeg_agrees_which_is_worse() -> None:
    worst = max(badness(some, FPS) for name in NAMES for some in stretches(name)[0])
    slow, fast = (badness(strobe(hertz, "#ffffff", False), FPS) for hertz in (3, 30))
    assert fast > slow > worst


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_shipped_scores_pass_untouched_from_end_to_end(name: str) -> None:
    """Three minutes of a processor for a score."""
    small = picture(timeline(name))
    most = {}
    for span in timeline(name).beats:
        frames = shown(small, max(span.start - 0.9, 0.0), span.end)
        most[span.id] = in_worst_second(frames, FPS)
    assert not small.held, small.held
    assert not {beat: much for beat, much in most.items() if much > LIMIT}, most
