"""How far a place is from a body made of cones: a smooth union, of which some are carved away.

A cone is a row (a xyz, radius a, b xyz, radius b, belly, softness, bone); a negative softness carves.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
REACH = 0.045  # figure heights: further from the skin nobody asks how far it is
NOWHERE = 1e3
TOGETHER = 384  # points that are reckoned at once
CURVE = 255  # steps along each axis by which they are brought together


def distance(points: Array, cones: Array, reach: float = REACH) -> Array:
    """Signed distance (n,) of points (n, 3) to the smooth union of cones (m, 11), true up to `reach`.

    Points that lie together ask only the cones that can reach them.
    """
    thick = np.maximum(cones[:, 3], cones[:, 7]) + np.abs(cones[:, 8:10]).sum(1) + reach
    low = np.minimum(cones[:, 0:3], cones[:, 4:7]) - thick[:, None]
    high = np.maximum(cones[:, 0:3], cones[:, 4:7]) + thick[:, None]
    out = np.full(points.shape[0], NOWHERE)
    for some in neighbourhoods(points, TOGETHER):
        here = points[some]
        near = (here.min(0) < high).all(1) & (here.max(0) > low).all(1)
        if near.any():
            out[some] = _union(here, cones[near])
    return out


def neighbourhoods(points: Array, together: int) -> Iterator[NDArray[np.int64]]:
    """The numbers of all points, so many at a time that lie together."""
    order = np.argsort(_along_curve(points), kind="stable")
    for start in range(0, len(order), together):
        yield order[start : start + together]


def _along_curve(points: Array) -> NDArray[np.int64]:
    """A number (n,) each, near for what lies near (Morton, 1966): the bits of the three coordinates in turn."""
    room = np.maximum(np.ptp(points, 0).max(), 1e-9)
    steps = ((points - points.min(0)) * (CURVE / room)).astype(np.int64)
    key = np.zeros(points.shape[0], np.int64)
    for bit in range(CURVE.bit_length()):
        for axis in range(3):
            key |= ((steps[:, axis] >> bit) & 1) << (3 * bit + axis)
    return key


def _union(points: Array, cones: Array) -> Array:
    best = np.full(points.shape[0], NOWHERE)
    for d, row in zip(cone_distances(points, cones), cones, strict=True):
        soft = abs(row[9])
        if row[9] < 0.0:  # carved away: the smooth maximum with the inside out
            u = np.minimum(np.maximum(0.5 - 0.5 * (best + d) / soft, 0.0), 1.0)
            best = best - (d + best) * u + soft * u * (1.0 - u)
            continue
        u = np.minimum(np.maximum(0.5 + 0.5 * (best - d) / soft, 0.0), 1.0)
        best = best + (d - best) * u - soft * u * (1.0 - u)
    return best


def cone_distances(points: Array, cones: Array) -> Array:
    """Distances (m, n) to single cones."""
    start, along = cones[:, 0:3], cones[:, 4:7] - cones[:, 0:3]
    long = np.einsum("ij,ij->i", along, along)[:, None] + 1e-12
    forth = along @ points.T - np.einsum("ij,ij->i", along, start)[:, None]
    h = np.minimum(np.maximum(forth / long, 0.0), 1.0)
    apart = np.einsum("ij,ij->i", points, points) + np.einsum("ij,ij->i", start, start)[:, None]
    apart += h * (h * long - 2.0 * forth) - 2.0 * (start @ points.T)
    thick = cones[:, 3:4] + h * ((cones[:, 7:8] - cones[:, 3:4]) + cones[:, 8:9] * 4.0 * (1.0 - h))
    return np.asarray(np.sqrt(np.maximum(apart, 0.0)) - thick)
