"""The room that polished metal looks into: how bright it is in every direction, as a small table."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth_step

Rows = NDArray[np.float32]
Array = NDArray[np.float64]
ROOM = 64  # the table goes from -1 to 1 both ways in so many steps, plus one


@lru_cache(maxsize=1)
def golden_room() -> Rows:
    """(ROOM + 1, ROOM + 1) how bright the room is in the direction of a normal: rows ny up, columns nx right."""
    y, x = np.meshgrid(np.linspace(-1, 1, ROOM + 1), np.linspace(-1, 1, ROOM + 1), indexing="ij")

    top = smooth_step(0.25, 0.60, y) * (1 - 0.35 * smooth_step(0.80, 1.0, y))
    light = 0.025 + 0.13 * np.exp(-((x / 0.55) ** 2) - ((y + 0.02) / 0.30) ** 2)
    light += 1.30 * top * np.exp(-((x / 0.75) ** 2))
    light += 1.25 * np.exp(-(((x + 0.62 - 0.1 * y) / 0.13) ** 2)) * smooth_step(-0.9, 0.1, y)
    light += 0.75 * np.exp(-(((x - 0.72) / 0.10) ** 2)) * smooth_step(-0.95, 0.0, y)
    strip = np.exp(-(((x - 0.22) / 0.10) ** 2))
    light += 0.22 * smooth_step(-0.15, -0.75, y) + 0.12 * strip * smooth_step(0.9, -0.2, y)
    light += 0.14 * np.exp(-(((y - 0.12) / 0.10) ** 2))
    return np.ascontiguousarray(light, np.float32)
