"""Showers that are known in advance: made once, beat by beat of the score, asked for by frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.perbeat import audible
from performance.sound.grains import NOTHING, Shower
from performance.timeline import BeatSpan, Timeline

if TYPE_CHECKING:
    from performance.score.model import Score


class Showers:
    """`make(timeline, beat)` gives what a beat brings about, in it or after it. All of it is kept as one."""

    def __init__(self, timeline: Timeline, path: str, make: Callable[[Timeline, BeatSpan], Shower]) -> None:
        self._timeline, self._path, self._make = timeline, path, make
        self._score: Score | None = None
        self._whole, self._heard = NOTHING, False

    def prepare(self) -> bool:
        """Make those of all beats in which the instrument is heard; whether there are any."""
        if self._score is not self._timeline.score:
            heard = [span for span in self._timeline.beats if audible(self._timeline, self._path, span)]
            parts = [self._make(self._timeline, span) for span in heard]
            self._whole = Shower.together([part for part in parts if part.frame.size])
            self._heard, self._score = bool(heard), self._timeline.score
        return self._heard

    def between(self, a: int, b: int) -> Shower:
        """What falls in frames [a, b)."""
        self.prepare()
        return self._whole.between(a, b)


LOOKS = 10  # a second, at what the score asks


def curves(
    timeline: Timeline, path: str, span: BeatSpan, times: NDArray[np.float64], names: tuple[str, ...]
) -> NDArray[np.float64]:
    """(names, n): the parameters of an instrument at times (n,) of a beat."""
    looks = np.linspace(span.start, span.end, max(2, round(LOOKS * span.length)))
    last = float(np.nextafter(span.end, 0.0))
    cues = [timeline.cue(path, min(t, last)) for t in looks.tolist()]
    return np.stack([np.interp(times, looks, [cue.number(name) for cue in cues]) for name in names])
