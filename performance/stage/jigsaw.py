"""How the wall of the puzzle is cut: pieces in rows, each with tabs and dents that fit those of its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

COLUMNS, ROWS = 9, 4
TAB = 0.125  # of an edge: radius of a tab
NECK = 0.095  # how far its middle lies beyond the edge
MISSING = 2 * COLUMNS + 5  # third row from below, sixth from the left
MOON_HANGS = (1.1, 3.3), (6.9, 8.1)  # from where to where, on either side of it
START = np.array(
    [[0, 0], [1, 0], [1, 1], [0, 1]], float
)  # of the sides, counter-clockwise from the lower one
ALONG = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]], float)
OUT = np.array([[0, -1], [1, 0], [0, 1], [-1, 0]], float)


@dataclass(frozen=True, slots=True)
class Jigsaw:
    """Pieces of a picture on a wall, from the first laid to the last.

    `place` (n, 3, 3) units: lower left, lower right and upper left corner of each; `piece` (n,) which of the cut,
    row by row from below; `tone` (n, 3) light it is seen in; `cover` (n,) 0..1; `seed` of the cut.
    """

    place: Array
    piece: Whole
    tone: Array
    cover: Array
    seed: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Of each piece and side: `way` (n, 4) 1 where a tab stands out, -1 where there is a dent, 0 at the wall's edge,
    and `at` (n, 4) where along the side; `corner` (n, 2) lower left, in edges from the wall's."""

    way: Array
    at: Array
    corner: Array

    def tabs(self) -> Array:
        """Middles of tabs and dents (n, 4, 2) from the lower left corner of each piece."""
        return np.asarray(START + self.at[..., None] * ALONG + (NECK * self.way)[..., None] * OUT)

    def outline(self, piece: int) -> Array:
        """A piece's outline (m, 2) from its own lower left corner, closed."""
        opening = np.pi - np.arccos(NECK / TAB)
        q = np.linspace(-opening, opening, 15)
        lines = []
        for side in range(4):
            way, at = self.way[piece, side], self.at[piece, side]
            line = np.stack([at + TAB * np.sin(q), way * (NECK + TAB * np.cos(q))], -1)
            line = np.concatenate([[[0.0, 0.0]], line if way else line[:0]])
            lines.append(START[side] + line[:, :1] * ALONG[side] + line[:, 1:] * OUT[side])
        return np.concatenate([*lines, lines[0][:1]])


@dataclass(frozen=True, slots=True)
class Painted:
    """What is painted on the wall of a performance, in edges from its lower left corner: `moon` (x, y, radius), how far
    the dark on it has `waned` to the right, in radii, and where the waves of three `hills` begin, radians (3, 2)."""

    moon: tuple[float, float, float]
    waned: float
    hills: Array


@lru_cache(maxsize=4)
def painted_of(seed: int) -> Painted:
    """The painting of a seed: its moon hangs to the left or to the right of the piece that is missing."""
    draw = chances(seed, "puzzle", "painted", count=11)
    left, right = MOON_HANGS
    low, high = left if draw[0] < 0.5 else right
    moon = low + (high - low) * draw[1], 2.6 + 0.4 * draw[2], 0.62 + 0.28 * draw[3]
    return Painted(moon, 0.4 + 1.1 * draw[4], 2.0 * np.pi * draw[5:].reshape(3, 2))


@lru_cache(maxsize=4)
def cut_of(seed: int) -> Cut:
    """The cut of a seed."""
    draw = chances(seed, "puzzle", "cut", count=4 * COLUMNS * ROWS).reshape(4, ROWS, COLUMNS)
    right, upper = np.where(
        draw[:2] < 0.5, -1.0, 1.0
    )  # which side the tab of a right, and of an upper, edge is on
    far, high = 0.5 + 0.16 * (draw[2:] - 0.5)  # and where: up, and rightwards
    right[:, -1], upper[-1] = 0.0, 0.0
    left, lower = -np.roll(right, 1, 1), -np.roll(upper, 1, 0)
    way = np.stack([lower, right, upper, left], -1)
    at = np.stack([np.roll(high, 1, 0), far, 1.0 - high, 1.0 - np.roll(far, 1, 1)], -1)
    row, column = np.divmod(np.arange(COLUMNS * ROWS), COLUMNS)
    return Cut(way.reshape(-1, 4), at.reshape(-1, 4), np.stack([column, row], -1).astype(float))
