"""What is drawn on the dancer's face: brows, lids that are lowered, lips; it is modelled in anatomy.py."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from performance.stage.limbs import rest_bodies
from performance.stage.skeleton import BONE

Array = NDArray[np.float64]
MIDDLE = np.array([0.0, 0.052, 0.0])  # between the eyes, from where the head begins
# aside and up from between the eyes, face by face; lashes are of lids that are lowered
BROW = ((0.0070, 0.0125), (0.0175, 0.0165), (0.0310, 0.0120))
LASHES = ((0.0110, 0.0008), (0.0155, -0.0016), (0.0205, -0.0018), (0.0275, 0.0012))
LIPS, LIPS_WIDE, LIPS_HIGH = -0.0285, 0.0120, 0.0062


def features(points: Array, normals: Array) -> Array:
    """How dark (n,) a point of a face is drawn, 0 skin .. 1 as dark as hair: brows, lashes, lips, nostrils."""
    x, y, z = (points - rest_bodies().origins[0, BONE["head"]] - MIDDLE).T
    aside = np.stack([np.abs(x), y], -1)
    brow = np.exp(-((_from(aside, BROW) / (0.0026 - 0.035 * np.maximum(np.abs(x) - 0.02, 0.0))) ** 2))
    lashes = np.exp(-((_from(aside, LASHES) / 0.0017) ** 2))
    lips = np.clip(4.0 - 4.0 * np.hypot(aside[:, 0] / LIPS_WIDE, (y - LIPS) / LIPS_HIGH), 0.0, 1.0)
    between = np.exp(-(((y - LIPS) / 0.0012) ** 2)) * lips
    nostril = np.exp(-((np.hypot(aside[:, 0] - 0.0050, y + 0.0150) / 0.0022) ** 2))
    dark = np.maximum.reduce([0.80 * brow, 0.85 * lashes, 0.30 * lips + 0.25 * between, 0.5 * nostril])
    return np.asarray(dark * ((z > 0.0) & (normals[:, 2] > 0.1) & (np.abs(x) < 0.06) & (np.abs(y) < 0.06)))


def _from(points: Array, line: tuple[tuple[float, float], ...]) -> Array:
    """How far (n,) points of a plane are from a line through some."""
    near = np.full(len(points), 1.0)
    for a, b in pairwise(np.array(line)):
        share = np.clip((points - a) @ (b - a) / ((b - a) @ (b - a)), 0.0, 1.0)
        near = np.minimum(near, np.hypot(*(points - a - share[:, None] * (b - a)).T))
    return near
