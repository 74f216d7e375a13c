"""What a cause works out once per beat of the score, and forgets when the score is read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

from performance.units import SILENCE_DB

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

    def prepare(self, timeline: Timeline) -> None:
        """Make it for all beats now, so that no beat begins late for it."""
        for span in timeline.beats:
            self(timeline, span)


def spans_between(timeline: Timeline, a: float, b: float) -> list[BeatSpan]:
    """The beats that have a part in [a, b)."""
    return [span for span in timeline.beats if span.start < b and span.end > a]


def _nothing_known(timeline: Timeline, span: BeatSpan) -> dict[str, tuple[bool, ...]]:
    return {}


_looked: PerBeat[dict[str, tuple[bool, ...]]] = PerBeat(_nothing_known)
_LOOKS = (0.02, 0.35, 0.7, 0.98)  # shares of a beat


def _looks(timeline: Timeline, path: str, span: BeatSpan) -> tuple[bool, ...]:
    known = _looked(timeline, span)
    if path not in known:
        times = (span.start + x * span.length for x in _LOOKS)
        known[path] = tuple(timeline.cue(path, t).number("gain_db") > SILENCE_DB for t in times)
    return known[path]


def audible(timeline: Timeline, path: str, span: BeatSpan) -> bool:
    """Whether the instrument at `path` is heard anywhere in a beat, as far as four looks can tell."""
    return any(_looks(timeline, path, span))


def meant(timeline: Timeline, path: str, span: BeatSpan) -> bool:
    """Whether it has a part of its own in a beat, and is not just fading out of the one before."""
    return any(_looks(timeline, path, span)[1:])


def since(timeline: Timeline, path: str, t: float) -> float:
    """When the instrument at `path` began to be heard, in this beat or an unbroken row of beats up to it."""
    spans = timeline.beats
    i = timeline.beat_at(t).index
    while i > 0 and audible(timeline, path, spans[i - 1]):
        i -= 1
    return spans[i].start
