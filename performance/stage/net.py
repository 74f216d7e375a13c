"""A surface cut out of space: triangles where the distance to a body is nought.

Surface nets (Gibson, "Constrained Elastic Surface Nets", 1998): a point in each cell that the surface crosses, four
neighbours joined across each edge of the grid that it crosses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.stage.cones import distance

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Box:
    """A part of space, the size of its cells, and the part of the body that belongs to it."""

    low: tuple[float, float, float]
    high: tuple[float, float, float]
    cell: float


def surface_net(box: Box, cones: Array) -> tuple[Array, NDArray[np.int64]]:
    """(points (n, 3), triangles (m, 3), outward counter-clockwise) of the skin inside a box."""
    axes = [np.arange(lo, hi + box.cell, box.cell) for lo, hi in zip(box.low, box.high, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), -1)
    d = distance(grid.reshape(-1, 3), cones, 2.0 * box.cell).reshape(grid.shape[:3])
    inside = d < 0
    corners = [np.array([i, j, k]) for i in (0, 1) for j in (0, 1) for k in (0, 1)]
    count: NDArray[np.int64] = np.array(d.shape) - 1
    within = sum(_shifted(inside, corner, count).astype(np.int8) for corner in corners)
    used = np.asarray((within > 0) & (within < 8))
    value = np.stack([_shifted(d, corner, count)[used] for corner in corners])
    total, crossings = np.zeros((value.shape[1], 3)), np.zeros(value.shape[1])
    for a in range(8):
        for b in range(a + 1, 8):
            if np.abs(corners[a] - corners[b]).sum() != 1:
                continue
            da, db = value[a], value[b]
            crossed = (da < 0) != (db < 0)
            u = np.where(crossed, da / np.where(crossed, da - db, 1.0), 0.0)
            total += np.where(crossed[:, None], corners[a] + u[:, None] * (corners[b] - corners[a]), 0.0)
            crossings += crossed
    index = np.full(used.shape, -1)
    index[used] = np.arange(used.sum())
    base = np.stack(np.meshgrid(*(np.arange(n) for n in count), indexing="ij"), -1)
    points = np.array(box.low) + (base[used] + total / crossings[:, None]) * box.cell
    return points, _faces(inside, index)


def _shifted(d: NDArray[Any], corner: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[Any]:
    i, j, k = corner
    return np.asarray(d[i : i + count[0], j : j + count[1], k : k + count[2]])


def _faces(inside: NDArray[np.bool_], index: NDArray[np.int64]) -> NDArray[np.int64]:
    """Two triangles across every edge of the grid that the skin crosses."""
    out = []
    for axis in range(3):
        a = np.moveaxis(inside, axis, 0)
        cells = np.moveaxis(index, axis, 0)
        first, second = a[:-1, 1:-1, 1:-1], a[1:, 1:-1, 1:-1]
        q = [cells[:, :-1, :-1], cells[:, 1:, :-1], cells[:, 1:, 1:], cells[:, :-1, 1:]]
        for leaving in (True, False):
            crossed = (first & ~second) if leaving else (~first & second)
            quad = np.stack([part[crossed] for part in q], -1)
            if leaving != (axis == 1):  # the middle axis' other two come in odd order
                quad = quad[:, ::-1]
            out += [quad[:, [0, 2, 1]], quad[:, [0, 3, 2]]]
    return np.concatenate(out)
