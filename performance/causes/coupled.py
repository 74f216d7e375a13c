"""Oscillators that hear each other: hearts, breaths and hands that fall into step, gradually, and out of it again.

Each has a rate of its own and is drawn towards the mean of all (Kuramoto, "Chemical Oscillations, Waves, and
Turbulence", 1984). With rates normally spread by s (rad/s) they begin to agree at a coupling of s * sqrt(8 / pi). How
far they agree is told by the order parameter: the mean of exp(2 pi i phase), 0 scattered .. 1 as one.

Where each is now follows from all that was before, so a course is added up once for each beat of the score, on a grid
from its start; any moment is then read, in any order. Phases are in turns.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEP = 1024 / 48_000  # seconds of the grid
ONSET = math.sqrt(8 / math.pi)  # critical coupling of a normal spread, times its deviation in rad/s
SLOWEST = 0.05  # of its own rate: nobody is held back for good, or goes backwards
_TURN = 2 * math.pi

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Course:
    """Everybody over one beat of the score: `turns` (steps + 1, n), `order` (steps + 1,) complex."""

    start: float
    step: float
    turns: Numbers
    order: NDArray[np.complex128]

    def _place(self, t: float) -> tuple[int, float]:
        at = min(max((t - self.start) / self.step, 0.0), len(self.order) - 1.000001)
        return int(at), at - int(at)

    def turns_at(self, t: float) -> Numbers:
        """Turns of each (n,) at t, within the beat."""
        i, x = self._place(t)
        return np.asarray(self.turns[i] + (self.turns[i + 1] - self.turns[i]) * x)

    def order_at(self, t: float) -> complex:
        """Mean of exp(2 pi i phase) at t: its size is how far they are in step, its angle where all of them are."""
        i, x = self._place(t)
        return complex(self.order[i] + (self.order[i + 1] - self.order[i]) * x)

    def whole(self) -> tuple[Numbers, NDArray[np.intp], NDArray[np.int64]]:
        """(times, who, which turn) of every turn that is completed in the beat, by time."""
        passed = np.floor(self.turns).astype(np.int64)
        k, who = np.nonzero(passed[1:] > passed[:-1])
        low, high = self.turns[k, who], self.turns[k + 1, who]
        number = passed[k + 1, who]
        time = self.start + self.step * (k + (number - low) / (high - low))
        order = np.argsort(time, kind="stable")
        return time[order], who[order], number[order]


def times_of(start: float, end: float) -> Numbers:
    """The grid of a beat, both ends included."""
    return np.linspace(start, end, max(2, round((end - start) / STEP)) + 1)


def couple(
    times: Numbers,
    turns: Numbers,
    drive: Callable[[int], tuple[Numbers, Numbers | float]],
    lead: Callable[[int], complex] | None = None,
    lag: NDArray[np.intp] | None = None,
) -> Course:
    """The course over `times` (steps + 1,), from `turns` (n,).

    `drive(k)` gives, at step k, each one's own rate (n,) in turns a second and how strongly it is drawn to what it
    hears, in rad/s; it hears the mean of all and, added to it, `lead(k)`, whose size is its weight. `lag` (n,) are the
    steps by which each hears the others late.
    """
    steps, step = len(times) - 1, float(times[-1] - times[0]) / (len(times) - 1)
    made = np.empty((steps + 1, turns.size))
    made[0] = turns
    order = np.empty(steps + 1, np.complex128)
    for k in range(steps + 1):
        angle = (_TURN * (made[k] - np.floor(made[k]))).astype(np.float32)
        cosine, sine = np.cos(angle), np.sin(angle)
        order[k] = complex(cosine.mean(dtype=np.float64), sine.mean(dtype=np.float64))
        if k == steps:
            break
        rate, pull = drive(k)
        heard = order[k] if lag is None else order[np.maximum(k - lag, 0)]
        if lead is not None:
            heard = heard + lead(k)
        drawn = np.imag(heard) * cosine - np.real(heard) * sine
        made[k + 1] = made[k] + step * np.maximum(rate + pull * drawn / _TURN, SLOWEST * rate)
    return Course(float(times[0]), step, made, order)
