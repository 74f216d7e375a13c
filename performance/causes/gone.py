"""How far something has gone that moves at a rate the score moves: the angle of what turns, the jumps of a memory.

A rate times the time would not do: while the rate changes, all the time since the piece began would be gone through
again, and a spiral that is told to turn a little faster would spin like a top.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.perbeat import PerBeat

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

GRID = 0.125  # seconds between looks at the rate

Way = tuple[NDArray[np.float64], NDArray[np.float64]]


def gone(timeline: Timeline, path: str, name: str, t: float) -> float:
    """The rate `name` of the thing at `path`, added up over the seconds from the beginning of the piece to t."""
    time, way = _ways(path, name)(timeline, timeline.beat_at(t))
    inside = float(np.interp(t, time, way))
    return inside + timeline.cue(path, t).number(name) * (t - min(max(t, float(time[0])), float(time[-1])))


@cache
def _ways(path: str, name: str) -> PerBeat[Way]:
    def make(timeline: Timeline, span: BeatSpan) -> Way:
        before = float(kept(timeline, timeline.beats[span.index - 1])[1][-1]) if span.index else 0.0
        time = np.linspace(span.start, span.end, max(2, round(span.length / GRID)) + 1)
        inside = np.minimum(time, np.nextafter(span.end, span.start))
        rates = np.array([timeline.cue(path, float(t)).number(name) for t in inside])
        moved = 0.5 * (rates[1:] + rates[:-1]) * np.diff(time)
        return time, before + np.concatenate([[0.0], np.cumsum(moved)])

    kept: PerBeat[Way] = PerBeat(make)
    return kept
