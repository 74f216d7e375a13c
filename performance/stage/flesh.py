"""Cones laid on one by one, and a dancer's hand made of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.stage.limbs import THUMB_ROOT, THUMB_SIDE
from performance.stage.skeleton import BONE, FINGERS, FINGERTIPS, PALM, REST_FORE, REST_PALM
from performance.stage.skeleton import frame as frame_of

Array = NDArray[np.float64]


class Flesh:
    """Cones as they are laid on."""

    def __init__(self) -> None:
        self.rows: list[list[float]] = []

    def cone(
        self, bone: str, a: Array, b: Array, ra: float, rb: float, belly: float = 0.0, soft: float = 0.02
    ) -> None:
        self.rows.append([*a, ra, *b, rb, belly, soft, float(BONE[bone])])

    def carve(self, bone: str, a: Array, b: Array, ra: float, rb: float, soft: float) -> None:
        """Take a cone away from what is there."""
        self.rows.append([*a, ra, *b, rb, 0.0, -soft, float(BONE[bone])])


def v(x: float, y: float, z: float) -> Array:
    """A point of figure space."""
    return np.array([x, y, z], np.float64)


def hand(f: Flesh, at: dict[str, Array], s: str) -> None:
    """A dancer's hand: long, the fingers fanned and each bent a little more than its neighbour."""
    n = "AB".index(s)
    frame = frame_of(REST_FORE, REST_PALM)[n]
    wrist, side = at["hand" + s], float(THUMB_SIDE[n])

    def put(x: float, y: float, z: float) -> Array:
        return np.asarray(wrist + frame @ np.array([side * x, y, z]))

    f.cone("hand" + s, put(0, -0.004, 0), put(0, 0.010, 0), 0.0108, 0.0110, 0.0, 0.008)
    for x, reach in ((0.0105, 1.0), (0.0035, 1.03), (-0.0035, 1.0), (-0.0100, 0.94)):
        f.cone("hand" + s, put(x * 0.62, 0.008, 0), put(x, PALM * reach, -0.001), 0.0078, 0.0062, 0.0, 0.007)
    fan = (
        (0.0112, 0.20, 0.98, 0.10),
        (0.0037, 0.06, 1.10, 0.20),
        (-0.0037, -0.07, 1.04, 0.30),
        (-0.0104, -0.26, 0.84, 0.34),
    )
    for x, spread, length, bend in fan:
        start = put(x, PALM * (1.0 if x > -0.009 else 0.93), -0.001)
        mid = start + _along(frame, side * spread, bend * 0.5) * (FINGERS * length)
        end = mid + _along(frame, side * spread * 0.8, bend * 1.6) * (FINGERTIPS * length)
        f.cone("fingers" + s, start, mid, 0.0057, 0.0049, 0.0, 0.0040)
        f.cone("tips" + s, mid, end, 0.0048, 0.0034, 0.0, 0.0030)
    root = wrist + frame @ np.array([side * THUMB_ROOT[0], *THUMB_ROOT[1:]])
    joint = root + frame @ np.array([side * 0.014, 0.020, 0.007])
    f.cone("thumb" + s, root, joint, 0.0088, 0.0062, 0.0, 0.007)
    f.cone(
        "thumb" + s, joint, joint + frame @ np.array([side * 0.006, 0.022, 0.003]), 0.0058, 0.0042, 0.0, 0.004
    )


def _along(frame: Array, spread: float, bend: float) -> Array:
    return np.asarray(
        frame @ np.array([np.sin(spread), np.cos(spread) * np.cos(bend), np.cos(spread) * np.sin(bend)])
    )
