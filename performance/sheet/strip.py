"""Time across the page, and the lines that lanes share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.sheet.marks import Point


@dataclass(frozen=True, slots=True)
class Strip:
    """`length` seconds over `width` units from `left` on."""

    left: float
    width: float
    length: float

    @property
    def right(self) -> float:
        return self.left + self.width

    def x(self, t: float) -> float:
        """Where a moment is."""
        return self.left + self.width * t / self.length

    def points(self, values: NDArray[np.float64], top: float, height: float) -> tuple[Point, ...]:
        """Evenly spaced values 0..1 as a line from the foot (0) to the top (1) of a lane."""
        xs = self.left + self.width * (np.arange(len(values)) + 0.5) / len(values)
        ys = top + height * (1.0 - np.clip(values, 0.0, 1.0))
        return tuple((float(x), float(y)) for x, y in zip(xs, ys))


def clock(t: float) -> str:
    """ "2:05"."""
    minutes, seconds = divmod(round(t), 60)
    return f"{minutes}:{seconds:02d}"


def runs(kept: NDArray[np.bool_]) -> list[slice]:
    """The stretches in which something holds."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]]).astype(np.int8)))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2])]
