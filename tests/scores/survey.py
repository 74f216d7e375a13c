"""Every shipped score, looked at every other second, very small: what the tests of scores share.

A survey is made when a test first asks for it and then kept: a whole piece takes about two seconds of a processor.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from performance.causes.written import GENERATORS
from performance.gestures import GestureLog
from performance.guard import Lenient
from performance.house import scores
from performance.paint.picture import Picture
from performance.paint.threads import Threads
from performance.score.reader import read_score
from performance.timeline import BeatSpan, Timeline

Pixels = NDArray[np.uint8]

SIZE = (128, 72)
PATHS: dict[str, Path] = {path.stem: path for path in scores()}
NAMES = list(PATHS)


@dataclass(frozen=True, slots=True)
class Survey:
    """A piece at `times` (n,), `every` seconds: `frames` (n, h, w, 3) BGR without surtitles, and what failed."""

    timeline: Timeline
    every: float
    times: NDArray[np.float64]
    frames: Pixels
    dropped: dict[str, str]

    def at(self, t: float) -> int:
        """Which frame is nearest to a time."""
        return int(np.abs(self.times - t).argmin())

    def middle(self, span: BeatSpan) -> int:
        """Which frame is the middle of a beat."""
        return self.at(span.start + span.length / 2)

    def still(self, span: BeatSpan) -> Pixels:
        """The middle of a beat."""
        return self.frames[self.middle(span)]


@lru_cache
def timeline(name: str, seed: int | None = None) -> Timeline:
    """A shipped score in time; its own seed if none is given."""
    return Timeline(read_score(PATHS[name]), seed, GestureLog(), GENERATORS)


def picture(played: Timeline, guard: Lenient | None = None, threads: int = 1) -> Picture:
    """A very small picture of it, without surtitles; strict if no guard is given."""
    small = Picture(played, *SIZE, threads=Threads(threads), **({} if guard is None else {"guard": guard}))
    small.titles = False
    return small


def stills(small: Picture, times: NDArray[np.float64]) -> Pixels:
    """The picture at these times, (n, h, w, 3) BGR."""
    frames = np.zeros((len(times), SIZE[1], SIZE[0], 4), np.uint8)
    for t, pixels in zip(times, frames):
        small.paint(float(t), pixels)
    return frames[..., :3]


@lru_cache
def survey(name: str, every: float = 2.0) -> Survey:
    """A shipped score, looked at every so many seconds."""
    guard = Lenient()
    played = timeline(name)
    times = np.arange(0.5 * every, played.length, every)
    return Survey(played, every, times, stills(picture(played, guard), times), guard.dropped)
