"""Voices of many harmonics whose pitch moves: one sine and one cosine per voice and sample, however many partials.

A voice is Re sum_k c_k z^k with z = exp(i phase), k = 1..K. The powers are made by doubling and the sum is split as
k = 1 + a * B + b: the inner sum over b is one batched matrix product, the outer over a elementwise (Paterson and
Stockmeyer 1973). The complex coefficients carry the true phases of a vocal tract or a bowed body, and run straight
from one hop to the next. The phase is quadratic within a hop: frequency moves in straight lines, without spurs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import RATE, Frames

f32, c64 = np.float32, np.complex64
Numbers = NDArray[np.float64]
Coefficients = NDArray[np.complex64]


class Harmonics:
    """Up to `voices` voices of `rows * columns` harmonics, in hops of `size` frames. Holds scratch space only."""

    def __init__(self, voices: int, rows: int, columns: int, size: int) -> None:
        self.voices, self.rows, self.columns, self.size = voices, rows, columns, size
        self.partials = rows * columns
        self._inner = np.ones((voices, columns, size), c64)
        self._outer = np.empty((voices, rows, size), c64)
        self._weights = np.empty((voices, 2 * rows, columns), c64)
        self._sums = np.empty((voices, 2 * rows, size), c64)
        self._n = np.arange(1, size + 1, dtype=np.float64)
        self._ramp = (self._n / size).astype(f32)

    def hop(
        self, turns: Numbers, hz: tuple[Numbers, Numbers], weights: tuple[Coefficients, Coefficients]
    ) -> Frames:
        """(voices, size) from the phase in turns where the hop starts, pitches and weights (voices, K) at its ends."""
        return self.weighted(self.tone(turns, *hz), *weights)

    def tone(self, turns: Numbers, start_hz: Numbers, end_hz: Numbers) -> Coefficients:
        """exp(i phase) of each voice over a hop, (voices, size)."""
        slope = (end_hz - start_hz) / (2 * self.size)
        phase = turns[:, None] + (start_hz[:, None] * self._n + slope[:, None] * self._n**2) / RATE
        angle = (2 * np.pi * (phase - np.floor(phase))).astype(f32)
        tone = np.empty(angle.shape, c64)
        np.cos(angle, out=tone.real)
        np.sin(angle, out=tone.imag)
        return tone

    def weighted(self, tone: Coefficients, start: Coefficients, end: Coefficients) -> Frames:
        """(voices, size) of the harmonics of `tone` under weights (voices, K) that run from start to end."""
        n, rows = len(tone), self.rows
        inner, outer, weights = self._inner[:n], self._outer[:n], self._weights[:n]
        power, filled = tone, 1
        while filled < self.columns:
            np.multiply(inner[:, :filled], power[:, None], out=inner[:, filled : 2 * filled])
            power, filled = power * power, filled * 2
        np.conjugate(tone, out=outer[:, 0])
        power, filled = np.conjugate(power), 1
        while filled < rows:
            np.multiply(outer[:, :filled], power[:, None], out=outer[:, filled : 2 * filled])
            power, filled = power * power, filled * 2
        weights[:, :rows] = start.reshape(n, rows, self.columns)
        np.subtract(end.reshape(n, rows, self.columns), weights[:, :rows], out=weights[:, rows:])
        sums = np.matmul(weights, inner, out=self._sums[:n])
        parts = sums.view(f32).reshape(n, 2, rows, -1)
        parts *= outer.view(f32)[:, None]  # of a product with a conjugate only the real part is wanted
        both = parts.sum(2)
        made: Frames = both[:, 0, 0::2] + both[:, 0, 1::2]
        change: Frames = both[:, 1, 0::2] + both[:, 1, 1::2]
        made += change * self._ramp
        return made


def turns_along(hz: Numbers, size: int) -> NDArray[np.int64]:
    """Phase at the ends of consecutive hops, (hops + 1, voices) in 2**-32 turns, from pitches at their ends.

    Whole numbers add exactly: a walk of hops and a jump over them agree to the last bit.
    """
    steps = np.rint((hz[:-1] + hz[1:]) * (0.5 * size / RATE * 2.0**32)).astype(np.int64)
    return np.concatenate([np.zeros_like(steps[:1]), np.cumsum(steps, axis=0)])
