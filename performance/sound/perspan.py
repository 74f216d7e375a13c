"""Showers that are known in advance: made once for each beat of the score, asked for by frames."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from performance.causes.perbeat import PerBeat, audible, spans_between
from performance.sound.grains import Shower
from performance.sound.instrument import RATE
from performance.timeline import BeatSpan, Timeline


class Showers:
    """`make(timeline, beat)` gives what falls in a beat; what is said in one may fall up to `late` seconds after it."""

    def __init__(
        self, timeline: Timeline, path: str, make: Callable[[Timeline, BeatSpan], Shower], late: float = 0.0
    ) -> None:
        self._timeline, self._path, self._late = timeline, path, late
        self._kept = PerBeat(make)

    def prepare(self) -> bool:
        """Make those of all beats in which the instrument is heard; whether there are any."""
        heard = [span for span in self._timeline.beats if audible(self._timeline, self._path, span)]
        for span in heard:
            self._kept(self._timeline, span)
        return bool(heard)

    def between(self, a: int, b: int) -> Shower:
        """What falls in frames [a, b)."""
        spans = spans_between(self._timeline, a / RATE - self._late, b / RATE)
        parts = [
            self._kept(self._timeline, span).between(a, b)
            for span in spans
            if audible(self._timeline, self._path, span)
        ]
        return Shower.together([part for part in parts if part.frame.size])


LOOKS = 10  # a second, at what the score asks


def curves(
    timeline: Timeline, path: str, span: BeatSpan, times: NDArray[np.float64], names: tuple[str, ...]
) -> NDArray[np.float64]:
    """(names, n): the parameters of an instrument at times (n,) of a beat."""
    looks = np.linspace(span.start, span.end, max(2, round(LOOKS * span.length)))
    last = float(np.nextafter(span.end, 0.0))
    cues = [timeline.cue(path, min(t, last)) for t in looks.tolist()]
    return np.stack([np.interp(times, looks, [cue.number(name) for cue in cues]) for name in names])
