"""Feet that stay where they were put: every foot stands on the boards, then steps to where it will be wanted.

A foot is set down at moments on a lattice of time, there where the pose wants it at that moment, and moves only in
the short swing between. Walking, shifting weight and changing from pose to pose all become steps; a figure at rest
stands still. Closed form: the footfalls round a moment are all that is needed to know where a foot is.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

CYCLE = 1.06  # seconds from one footfall to the next of the same foot
STANCE = 0.30  # of a cycle, before and after the middle of standing
SWING = 1.0 - 2.0 * STANCE
LIFT, HIGHEST = 0.20, 0.085  # of the length of a step; figure heights
SIDES = (0.0, 0.5)  # the other foot is half a cycle later


def footfalls(t: Array, side: int) -> tuple[Array, Whole]:
    """(moments (n,) of middle stance that cover times `t`, index (k,) of the one nearest to each time)."""
    turn = t / CYCLE - SIDES[side]
    nearest = np.floor(turn + 0.5).astype(np.int64)
    first = int(nearest.min()) - 1
    count = int(nearest.max()) + 2 - first
    moments = (np.arange(first, first + count, dtype=np.float64) + SIDES[side]) * CYCLE
    return np.asarray(moments, np.float64), nearest - first


def foot_at(t: Array, moments: Array, nearest: Whole, spots: Array) -> tuple[Array, Array, Array]:
    """Where a foot is at times (k,): spot (k, 2) on the boards, height over it (k,) and its swing 0..1 (0 standing).

    `spots` (n, 2) are the places of the footfalls at `moments`.
    """
    u = (t - moments[nearest]) / CYCLE
    after = u > 0.0
    way = np.where(after, u - STANCE, u + STANCE + SWING) / SWING
    standing = np.abs(u) <= STANCE
    w = np.where(standing, np.where(after, 0.0, 1.0), np.clip(way, 0.0, 1.0))
    start, end = np.where(after, nearest, nearest - 1), np.where(after, nearest + 1, nearest)
    e = w * w * w * (w * (6.0 * w - 15.0) + 10.0)
    step = spots[end] - spots[start]
    length = np.sqrt((step * step).sum(-1))
    height = np.minimum(LIFT * length, HIGHEST) * np.sin(math.pi * w) ** 1.5
    swing = np.where(standing, 0.0, w) * np.minimum(length / 0.2, 1.0)
    return spots[start] + step * e[:, None], height, swing
