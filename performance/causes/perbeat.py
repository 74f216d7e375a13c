"""What a cause works out once per beat of the score, and forgets when the score is read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from performance.score.model import Score
    from performance.timeline import BeatSpan, Timeline

T = TypeVar("T")


class PerBeat(Generic[T]):
    """A pure function of (timeline, beat), kept: called many times a second, made once."""

    def __init__(self, make: Callable[[Timeline, BeatSpan], T]) -> None:
        self._make = make
        self._kept: WeakKeyDictionary[Timeline, tuple[Score, dict[int, T]]] = WeakKeyDictionary()

    def __call__(self, timeline: Timeline, span: BeatSpan) -> T:
        score, made = self._kept.get(timeline, (None, {}))
        if score is not timeline.score:
            made = {}
            self._kept[timeline] = (timeline.score, made)
        if span.index not in made:
            made[span.index] = self._make(timeline, span)
        return made[span.index]


def spans_between(timeline: Timeline, a: float, b: float) -> list[BeatSpan]:
    """The beats that have a part in [a, b)."""
    return [span for span in timeline.beats if span.start < b and span.end > a]


def audible(timeline: Timeline, path: str, span: BeatSpan) -> bool:
    """Whether the instrument at `path` is heard anywhere in a beat, as far as four looks can tell."""
    looks = (0.02, 0.35, 0.7, 0.98)
    return any(timeline.cue(path, span.start + x * span.length).number("gain_db") > -60.0 for x in looks)
