"""How far a place is from a body made of cones: a smooth union, of which some are carved away.

A cone is a row (a xyz, radius a, b xyz, radius b, belly, softness, bone); a negative softness carves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def distance(points: Array, cones: Array) -> Array:
    """Signed distance (n,) of points (n, 3) to the smooth union of cones (m, 11)."""
    best = np.full(points.shape[0], 1e3)
    for row in cones:
        d = cone_distance(points, row)
        soft = abs(row[9])
        if row[9] < 0.0:  # carved away: the smooth maximum with the inside out
            u = np.clip(0.5 - 0.5 * (best + d) / soft, 0.0, 1.0)
            best = best - (d + best) * u + soft * u * (1.0 - u)
            continue
        u = np.clip(0.5 + 0.5 * (best - d) / soft, 0.0, 1.0)
        best = best + (d - best) * u - soft * u * (1.0 - u)
    return best


def cone_distance(points: Array, row: Array) -> Array:
    """Distance (n,) to one cone."""
    a, b = row[0:3], row[4:7]
    along, away = b - a, points - a
    h = np.clip((away @ along) / (along @ along + 1e-12), 0.0, 1.0)
    d = away - h[:, None] * along
    return np.asarray(
        np.sqrt(np.einsum("ij,ij->i", d, d)) - (row[3] + (row[7] - row[3]) * h + row[8] * 4.0 * h * (1.0 - h))
    )
