"""Bent time: how far a phase has run when the score bends the pitch of everything an instrument holds.

A partial of pitch f has made f * PitchTime(frame) cycles. The bend (semitones) is read at control instants and runs
straight between them in pitch; what has been added up is kept, so an edit of the score changes only what comes.
"""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import CONTROL, RATE

if TYPE_CHECKING:
    from performance.score.model import Score
    from performance.timeline import BeatSpan, Timeline

STEP = CONTROL / RATE


class PitchTime:
    """The integral of 2 ** (bend / 12) from the start of the piece."""

    def __init__(self, timeline: Timeline, path: str, name: str = "bend", semitones: float = 1.0) -> None:
        """`semitones`: how far one unit of the number bends."""
        self._timeline, self._path, self._name, self._unit = timeline, path, name, semitones / 12.0
        self._factor, self._passed = array("d", [1.0]), array("d", [0.0])  # at control instants
        self._score: Score | None = None
        self._straight = math.inf  # seconds up to which nothing is bent

    def _reach(self, count: int) -> None:
        """Add up so many control instants: those before the first bend at once."""
        if self._timeline.score is not self._score:
            self._score = self._timeline.score
            bent = (beat.start for beat in self._timeline.beats if self._names(beat))
            self._straight = min(bent, default=math.inf)
        known = len(self._factor)
        even = count if math.isinf(self._straight) else min(count, int(self._straight * RATE / CONTROL) + 1)
        if even > known and self._passed[-1] == (known - 1) * STEP:
            self._factor.extend([1.0] * (even - known))
            self._passed.extend((np.arange(known, even) * STEP).tolist())
        for k in range(len(self._factor), count):
            self._factor.append(self._read(k))
            self._passed.append(self._passed[-1] + 0.5 * (self._factor[-2] + self._factor[-1]) * STEP)

    def _read(self, k: int) -> float:
        cue = self._timeline.cue(self._path, min(k * STEP, self._timeline.length))
        return float(2.0 ** (cue.number(self._name) * self._unit))

    def _names(self, beat: BeatSpan) -> bool:
        return self._name in beat.beat.settings.get(self._path, {})

    def at(self, frame: int) -> tuple[float, float]:
        """(seconds of bent time passed, factor on the pitch) at an absolute frame."""
        k, rest = divmod(max(frame, 0), CONTROL)
        if len(self._factor) < k + 2:
            self._reach(k + 2)
        x = rest / CONTROL
        low, high = self._factor[k], self._factor[k + 1]
        return self._passed[k] + (low + 0.5 * (high - low) * x) * rest / RATE, low + (high - low) * x

    def edges(self, start: int, frames: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The same at both ends of a span: passed (2,) and factor (2,)."""
        first, last = self.at(start), self.at(start + frames)
        return np.array([first[0], last[0]]), np.array([first[1], last[1]])
