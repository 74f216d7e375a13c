"""Turns of something that goes round at a rate the score moves: hearts, breaths, gestures a minute.

The rate is read on a fixed grid of each beat and added up, so that the number of turns at any time is known without
playing there. Beats of the score in which it rests (`here` is false) begin again at zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.perbeat import PerBeat, audible

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

GRID = 0.125  # seconds between looks at the rate


@dataclass(frozen=True, slots=True)
class Turns:
    """How often it has gone round by when, within one beat of the score."""

    time: NDArray[np.float64]
    count: NDArray[np.float64]

    def at(self, t: float) -> float:
        """Turns made by time t, a rising number."""
        return float(np.interp(t, self.time, self.count))

    def when(self, count: float) -> float:
        """The time at which so many turns are made."""
        return float(np.interp(count, self.count, self.time))

    def whole(self, a: float, b: float, shift: float = 0.0) -> list[tuple[int, float]]:
        """(n, time) of every turn n + shift completed in [a, b) of this beat."""
        low, high = max(a, float(self.time[0])), min(b, float(self.time[-1]))
        if high <= low:
            return []
        first = int(np.ceil(self.at(low) - shift))
        found = [(n, self.when(n + shift)) for n in range(first, int(np.ceil(self.at(high) - shift)) + 1)]
        last = high >= self.time[-1]
        return [(n, t) for n, t in found if low <= t < high and not (last and self.count[-1] <= n + shift)]


def turns_of(path: str, rate: Callable[[Timeline, float], float]) -> PerBeat[Turns]:
    """Turns of the instrument at `path`, going round `rate(timeline, t)` times a second while it is heard."""

    def make(timeline: Timeline, span: BeatSpan) -> Turns:
        before = 0.0
        if span.index and audible(timeline, path, timeline.beats[span.index - 1]):
            before = float(kept(timeline, timeline.beats[span.index - 1]).count[-1])
        return add_up(lambda t: rate(timeline, t), span.start, span.end, before)

    kept = PerBeat(make)
    return kept


def add_up(rate: Callable[[float], float], start: float, end: float, before: float = 0.0) -> Turns:
    """Turns over [start, end] from a rate per second, trapezium by trapezium."""
    steps = max(2, round((end - start) / GRID))
    time = np.linspace(start, end, steps + 1)
    inside = np.minimum(time, np.nextafter(end, start))
    rates = np.array([max(rate(float(t)), 1e-6) for t in inside])
    moved = 0.5 * (rates[1:] + rates[:-1]) * np.diff(time)
    return Turns(time, before + np.concatenate([[0.0], np.cumsum(moved)]))
