"""Petals that hum: when each opens, where it is heard, how it trembles. The ears' petal is the eyes' petal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.chance import chances

MOST = 60
OPENING = 0.07  # share of `open` over which one petal opens
TREMBLE_HZ = (3.2, 6.4)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wood:
    """MOST petals, in the order in which a score counts them; each field (MOST,)."""

    opens: Array  # the value of `open` at which it begins to open
    pan: Array
    distance: Array
    detune: Array  # share of its pitch
    shake_hz: Array
    phase: Array  # cycles
    octave: Array  # factor on the chord's pitch

    def opened(self, value: Array | float) -> Array:
        """How far each has opened, 0..1, where the score has opened `value` of them."""
        return smooth((np.asarray(value) - self.opens) / OPENING)

    def shaking(self, t: Array | float) -> Array:
        """0..1, to and fro."""
        return np.asarray(0.5 + 0.5 * np.sin(2 * np.pi * (self.shake_hz * t + self.phase)))


@lru_cache(maxsize=8)
def wood(seed: int) -> Wood:
    """The petals of a seed."""
    draw = chances(seed, "petals", count=6 * MOST).reshape(6, MOST)
    low, high = TREMBLE_HZ
    return Wood(
        opens=0.04 + 0.9 * draw[0],
        pan=1.9 * draw[1] - 0.95,
        distance=1.0 + 2.6 * draw[2] ** 1.3,
        detune=0.0028 * (draw[3] - 0.5),
        shake_hz=low + (high - low) * draw[4],
        phase=draw[2],
        octave=np.where(draw[5] < 0.3, 2.0, 1.0),
    )
