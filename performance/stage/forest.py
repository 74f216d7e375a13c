"""The plan of the orchid forest: which plants stand where, how each differs, and which blossoms hum.

Three rows leave the middle of the stage free: a far one, a middle one that rises towards the sides like the
walls of a valley, and a near one at the edges, half of it higher than any frame. Planned once from the seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.petals import wood
from performance.causes.place import HORIZON, pan_of
from performance.chance import chances

Array = NDArray[np.float64]
FAR, MIDDLE, NEAR = 0, 1, 2
BLOSSOMS, BUDS, LEAVES, SPREAD = 8, 3, 5, 4  # of one plant; SPREAD roots run out from its foot
CLIMBING, RUNNING = 3, 3  # roots of one column: up it, and out over the boards
SAFE = 0.6  # |u| that every shape of frame shows


@dataclass(frozen=True, slots=True)
class Row:
    """One plane of plants: how many, how deep, from which |x| to which, and their size."""

    plane: int
    count: int
    z: float
    deep: float
    inner: float
    outer: float
    height: float
    rise: float  # how much higher the outermost stand
    radius: float  # of a blossom


ROWS = (
    Row(FAR, 20, 0.60, 0.50, 0.36, 2.60, 0.88, 0.60, 0.042),
    Row(MIDDLE, 12, 0.06, 0.20, 0.46, 1.62, 0.50, 0.95, 0.044),
    Row(NEAR, 6, -0.42, 0.10, 0.36, 0.68, 0.43, 0.20, 0.041),
)


@dataclass(frozen=True, slots=True)
class Plants:
    """One entry each: where it stands, how tall, where it leans, how it differs. The far plane first."""

    plane: NDArray[np.int64]
    x: Array
    z: Array
    height: Array
    lean: Array  # how far the tip reaches sideways
    droop: Array  # how far round the arch the tip is, radians
    radius: Array  # of a blossom
    variety: NDArray[np.int64]
    phase: Array
    late: Array  # 0..1, how late it grows
    leaf: Array  # (n, LEAVES) in 0..1
    root: Array  # (4, n, SPREAD)
    flower: Array  # (3, n, BLOSSOMS + BUDS)


@dataclass(frozen=True, slots=True)
class Columns:
    """The theatre's columns: place, half width, and the chance of their roots (4, n, CLIMBING + RUNNING)."""

    x: Array
    z: Array
    half: Array
    root: Array


def _row(seed: int, row: Row) -> list[Array]:
    """The plants of one row, alternately left and right, from the middle outwards."""
    c = [chances(seed, "orchid", row.plane, k, count=row.count) for k in range(8)]
    index = np.arange(row.count)
    side = np.where(index % 2 == 0, -1.0, 1.0)
    pairs = max(row.count // 2, 1)
    out = (index // 2 + 0.10 + 0.55 * c[0]) / pairs
    inward = np.where(c[1] < 0.85, -side, side)
    low = (index // 2 % 2 == 0) * (row.plane == NEAR)  # every other near plant stays within the frame
    height = (row.height + row.rise * out**0.8) * (0.84 + 0.32 * c[3])
    height = np.where(low, 0.40 + 0.06 * c[3], np.where(row.plane == NEAR, height + 0.16, height))
    height = np.where((row.plane == FAR) & (index % 5 == 3), 1.9 * height, height)  # a few tower out of sight
    return [
        np.full(row.count, float(row.plane)),
        side * (row.inner + (row.outer - row.inner) * out),
        row.z + row.deep * c[2],
        height,
        inward * (0.12 + 0.14 * c[4] + 0.05 * (row.plane == NEAR)) * (0.7 + 0.4 * height),
        1.95 + 0.45 * c[5],
        row.radius * (0.86 + 0.32 * c[6]),
        np.digitize(c[7], (0.36, 0.66, 0.88)).astype(np.float64),
        6.283 * c[2],
        0.65 * c[4] + 0.35 * out,
    ]


@lru_cache(maxsize=4)
def plan(seed: int) -> Plants:
    """The forest of a seed."""
    parts = [_row(seed, row) for row in ROWS]
    plane, x, z, height, lean, droop, radius, variety, phase, late = (
        np.concatenate(same) for same in zip(*parts, strict=True)
    )
    n, each = len(x), BLOSSOMS + BUDS
    return Plants(
        plane.astype(np.int64), x, z, height, lean, droop, radius, variety.astype(np.int64), phase, late,
        chances(seed, "orchid leaf", count=n * LEAVES).reshape(n, LEAVES),
        chances(seed, "orchid root", count=4 * n * SPREAD).reshape(4, n, SPREAD),
        chances(seed, "orchid flower", count=3 * n * each).reshape(3, n, each),
    )  # fmt: skip


@lru_cache(maxsize=4)
def columns(seed: int) -> Columns:
    """Three columns on either side of a common frame, and more beyond it for a wide one."""
    x = np.array([0.62, 1.10, 1.72, 2.45])
    c = chances(seed, "column", count=8)
    both = np.concatenate([-x, x])
    n = len(both)
    root = chances(seed, "column root", count=4 * n * (CLIMBING + RUNNING))
    return Columns(
        both * (1.0 + 0.08 * (c - 0.5)),
        0.42 + 0.14 * np.tile(np.arange(4), 2) + 0.1 * c,
        np.full(n, 0.085) * (0.9 + 0.3 * c),
        root.reshape(4, n, CLIMBING + RUNNING),
    )


@lru_cache(maxsize=4)
def humming(seed: int) -> NDArray[np.int64]:
    """(petals.MOST,) the blossom of each petal that the ears hear: near where they hear it, and in every frame."""
    plants = plan(seed)
    each = BLOSSOMS + BUDS
    scale = 1.0 / (1.0 + plants.z)
    u = np.repeat((plants.x + 0.6 * plants.lean) * scale, each)
    v = np.repeat(HORIZON - 0.6 * plants.height * scale, each)
    fit = np.repeat(plants.plane, each) != FAR
    fit &= (np.abs(u) < SAFE) & (v > 0.0) & (np.tile(np.arange(each), len(plants.x)) < BLOSSOMS)
    free: list[int] = np.flatnonzero(fit).tolist() or [0]
    chosen: list[int] = []
    for heard in wood(seed).pan:
        chosen.append(free[int(np.argmin(np.abs(pan_of(u[free]) - heard)))])
        if len(free) > 1:
            free.remove(chosen[-1])
    return np.array(chosen, np.int64)
