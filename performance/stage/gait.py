"""Feet that stay where they were put: every foot stands on the boards, then steps to where it will be wanted.

A foot is set down at moments on a lattice of time, there where the pose wants it at that moment, and moves only in
the short swing between. Walking, shifting weight and changing from pose to pose all become steps; a figure at rest
stands still. Closed form: the footfalls round a moment are all that is needed to know where a foot is.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from performance.causes.steps import CYCLE, SIDES, STANCE
from performance.compiled import kernel

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

SWING = 1.0 - 2.0 * STANCE
LIFT, HIGHEST = 0.20, 0.085  # of the length of a step; figure heights


def footfalls(t: Array, side: int) -> tuple[Array, Whole]:
    """(moments (n,) of middle stance that cover times `t`, index (k,) of the one nearest to each time)."""
    turn = t / CYCLE - SIDES[side]
    nearest = np.floor(turn + 0.5).astype(np.int64)
    first = int(nearest.min()) - 1
    count = int(nearest.max()) + 2 - first
    moments = (np.arange(first, first + count, dtype=np.float64) + SIDES[side]) * CYCLE
    return np.asarray(moments, np.float64), nearest - first


@kernel("void(f8[::1], f8[::1], i8[::1], f8[:,::1], f8[:,::1], f8[:,::1])")
def step(t: Array, moments: Array, nearest: Whole, spots: Array, place: Array, free: Array) -> None:
    """Where a foot is at times (k,): `place` (k, 2) on the boards; `free` (k, 2) its height over it and its swing
    0..1 (0 standing).

    `spots` (n, 2) are the places of the footfalls at `moments`.
    """
    for m in range(t.shape[0]):
        near = nearest[m]
        u = (t[m] - moments[near]) / CYCLE
        after = u > 0.0
        standing = abs(u) <= STANCE
        along = (u - STANCE if after else u + STANCE + SWING) / SWING
        w = (0.0 if after else 1.0) if standing else min(max(along, 0.0), 1.0)
        start, end = (near, near + 1) if after else (near - 1, near)
        e = w * w * w * (w * (6.0 * w - 15.0) + 10.0)
        x, z = spots[end, 0] - spots[start, 0], spots[end, 1] - spots[start, 1]
        length = math.sqrt(x * x + z * z)
        place[m, 0], place[m, 1] = spots[start, 0] + x * e, spots[start, 1] + z * e
        free[m, 0] = min(LIFT * length, HIGHEST) * max(math.sin(math.pi * w), 0.0) ** 1.5
        free[m, 1] = 0.0 if standing else w * min(length / 0.2, 1.0)
