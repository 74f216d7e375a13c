"""The tempo of the one who sings: whoever plays along waits at the end of a phrase and hurries on in its middle.

The song takes its time phrase by phrase (verse.py). Here its way of taking time is read off the line, so that what is
written evenly can be laid along it, and what moves on the stage can move with it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from performance.causes.perbeat import PerBeat
from performance.causes.song import PATH, TAIL, line_of
from performance.causes.verse import bent

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

_STEP = 0.01  # of a phrase, over which the pace is measured


@dataclass(frozen=True, slots=True)
class Phrases:
    """Where the phrases of a beat's song begin, how long each takes, and how freely."""

    starts: tuple[float, ...]
    took: float
    rubato: float

    def place(self, t: float) -> tuple[float, float] | None:
        """(start of the phrase, share of it that has passed) at t; None outside the song."""
        i = bisect_right(self.starts, t) - 1
        if i < 0 or t >= self.starts[i] + self.took:
            return None
        return self.starts[i], (t - self.starts[i]) / self.took


def _make(timeline: Timeline, span: BeatSpan) -> Phrases | None:
    line = line_of(timeline, span)
    if line is None:
        return None
    starts = tuple(float(t) for t in line.starts)
    took = (span.end - TAIL - starts[0]) / len(starts)
    return Phrases(starts, took, timeline.cue(PATH, span.end - 1e-3).number("rubato"))


phrases_of = PerBeat(_make)


def taken(timeline: Timeline, t: float, follow: float = 1.0) -> float:
    """When an instant t of even time falls, if one follows the singer: a little earlier in the middle of a phrase,
    later towards its end. Where nobody sings, t itself."""
    if follow <= 0.0:
        return t
    phrases = phrases_of(timeline, timeline.beat_at(t))
    place = phrases.place(t) if phrases is not None else None
    if phrases is None or place is None:
        return t
    start, x = place
    return start + phrases.took * bent(x, phrases.rubato * follow)


def pace(timeline: Timeline, t: float) -> float:
    """How fast the sung line moves at t: 1 in even time, less where the singer broadens, more where they hurry."""
    phrases = phrases_of(timeline, timeline.beat_at(t))
    place = phrases.place(t) if phrases is not None else None
    if phrases is None or place is None:
        return 1.0
    x = _even(place[1], phrases.rubato)
    low, high = max(x - _STEP, 0.0), min(x + _STEP, 1.0)
    return (high - low) / max(bent(high, phrases.rubato) - bent(low, phrases.rubato), 1e-6)


def _even(y: float, rubato: float) -> float:
    """The place in even time that falls at y (bisection: the way only rises)."""
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if bent(middle, rubato) < y else (low, middle)
    return 0.5 * (low + high)
