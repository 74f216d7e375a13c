"""Ribbons: all bands of one plane of the forest, one after the other, made of the sheaves that grow there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.stage.forest import ROWS, Array
from performance.stage.growth import Sheaf


@dataclass(frozen=True, slots=True)
class Ribbons:
    """The bands of one plane along curves, one after the other in the order they are drawn; ribbon i has the points
    start[i]:start[i + 1]. A width of 0 is not there."""

    place: Array  # (points, 3) in the world
    half: Array  # (points,) half widths
    share: Array  # (points,) place along the full-grown curve
    start: NDArray[np.int64]  # (n + 1,)
    kind: NDArray[np.int64]  # (n,)
    colour: Array  # (n, 3) linear RGB


def bundle(plane: int, whole: list[Sheaf], shared: list[Sheaf]) -> Ribbons:
    """All ribbons of one plane: `whole` sheaves, and its plants' part of those `shared` by the planes."""
    plants = sum(row.count for row in ROWS)
    parts = [(sheaf, 0, len(sheaf.place)) for sheaf in whole]
    for sheaf in shared:
        first = firsts(len(sheaf.place) // plants)
        parts.append((sheaf, first[plane], first[plane + 1]))
    start, kinds = _order(tuple((b - a, sheaf.place.shape[1], sheaf.kind) for sheaf, a, b in parts))
    return Ribbons(
        np.concatenate([sheaf.place[a:b].reshape(-1, 3) for sheaf, a, b in parts]),
        np.concatenate([sheaf.half[a:b].reshape(-1) for sheaf, a, b in parts]),
        np.concatenate([sheaf.share[a:b].reshape(-1) for sheaf, a, b in parts]),
        start,
        kinds,
        np.concatenate([sheaf.colour[a:b] for sheaf, a, b in parts]),
    )


@lru_cache(maxsize=16)
def _order(parts: tuple[tuple[int, int, int], ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each ribbon begins and of which kind it is, for parts of (ribbons, points of each, kind)."""
    points = np.concatenate([np.full(count, each) for count, each, _ in parts])
    kinds = np.concatenate([np.full(count, kind) for count, _, kind in parts])
    return np.concatenate([[0], np.cumsum(points)]).astype(np.int64), kinds.astype(np.int64)


@lru_cache(maxsize=8)
def firsts(each: int) -> tuple[int, int, int, int]:
    """Where the things of each plane begin, when every plant has `each` of them; and the end."""
    counts = [each * row.count for row in ROWS]
    return 0, counts[0], counts[0] + counts[1], sum(counts)
