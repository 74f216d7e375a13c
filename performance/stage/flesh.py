"""Cones laid on one by one, and a dancer's hand made of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from performance.stage.limbs import THUMB_ROOT, THUMB_SIDE
from performance.stage.skeleton import BONE, FINGERS, FINGERTIPS, PALM, REST_FORE, REST_PALM
from performance.stage.skeleton import frame as frame_of

Array = NDArray[np.float64]
Put = Callable[[float, float, float], Array]


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


FAN = (  # of the fingers: where it begins across and along the palm, spread, length, bend, thickness
    (0.0142, 0.97, 0.18, 1.12, 0.10, 1.00),
    (0.0047, 1.02, 0.05, 1.28, 0.18, 1.03),
    (-0.0046, 0.99, -0.08, 1.20, 0.27, 0.98),
    (-0.0132, 0.90, -0.24, 0.96, 0.32, 0.87),
)


def hand(f: Flesh, at: dict[str, Array], s: str) -> None:
    """A dancer's hand: long, the fingers fanned and each bent a little more than its neighbour."""
    n = "AB".index(s)
    frame = frame_of(REST_FORE, REST_PALM)[n]
    wrist, side = at["hand" + s], float(THUMB_SIDE[n])

    def put(x: float, y: float, z: float) -> Array:
        return np.asarray(wrist + frame @ np.array([side * x, y, z]))

    _palm(f, put, "hand" + s)
    for finger in FAN:
        _finger(f, put, frame, side, s, finger)
    _thumb(f, put, "thumb" + s)


def _palm(f: Flesh, put: Put, bone: str) -> None:
    """Narrow at the wrist; the bones to the fingers on its back, two soft pads and a hollow within."""
    f.cone(bone, put(0, -0.004, 0), put(0, 0.010, 0), 0.0106, 0.0102, 0.0, 0.008)
    for x, reach, _, _, _, thick in FAN:
        f.cone(
            bone, put(x * 0.52, 0.008, 0), put(x, PALM * reach, -0.001), 0.0076, 0.0054 * thick, 0.0, 0.006
        )
    f.cone(bone, put(0.0085, 0.008, 0.0040), put(0.0128, 0.024, 0.0046), 0.0070, 0.0052, 0.0010, 0.008)
    f.cone(bone, put(-0.0085, 0.006, 0.0036), put(-0.0122, 0.030, 0.0030), 0.0066, 0.0050, 0.0008, 0.007)
    f.carve(bone, put(0.0005, 0.021, 0.0150), put(-0.0010, 0.034, 0.0145), 0.0058, 0.0062, 0.010)


def _finger(
    f: Flesh,
    put: Put,
    frame: Array,
    side: float,
    s: str,
    finger: tuple[float, float, float, float, float, float],
) -> None:
    """Three bones, thicker at the joints between them, and a soft tip."""
    x, along, spread, length, bend, thick = finger
    start = put(x, PALM * along, -0.0012)
    mid = start + _along(frame, side * spread, bend * 0.5) * (FINGERS * length)
    way = _along(frame, side * spread * 0.8, bend * 1.6) * (FINGERTIPS * length)
    joint, end = mid + way * 0.50, mid + way
    palmwards = frame[:, 2] * 0.0006
    parts = (
        (
            "fingers",
            start - way * 0.06 - 3 * palmwards,
            start + way * 0.04 - 3 * palmwards,
            0.0047,
            0.0045,
            0.005,
        ),
        ("fingers", start, start * 0.30 + mid * 0.70, 0.0049, 0.0042, 0.0026),
        ("fingers", start * 0.20 + mid * 0.80, mid, 0.0042, 0.0045, 0.0024),
        ("tips", mid, mid + way * 0.10, 0.0045, 0.0042, 0.0024),
        ("tips", mid + way * 0.12, joint - way * 0.06, 0.0041, 0.0039, 0.0024),
        ("tips", joint - way * 0.03, joint + way * 0.05, 0.0042, 0.0040, 0.0026),
        ("tips", joint + way * 0.10 + palmwards, end - way * 0.10 + palmwards, 0.0038, 0.0032, 0.0026),
    )
    for bone, a, b, ra, rb, soft in parts:
        f.cone(bone + s, a, b, ra * thick, rb * thick, 0.0, soft)


def _thumb(f: Flesh, put: Put, bone: str) -> None:
    """From a full ball to a tip that bends back a little."""
    root, joint = put(*THUMB_ROOT), put(0.0245, 0.0275, 0.0095)
    last, tip = put(0.0305, 0.0415, 0.0108), put(0.0330, 0.0560, 0.0100)
    f.cone(bone, root, joint, 0.0086, 0.0058, 0.0006, 0.008)
    f.cone(bone, joint, last, 0.0056, 0.0046, 0.0, 0.005)
    f.cone(bone, last - (tip - last) * 0.08, last + (tip - last) * 0.08, 0.0049, 0.0048, 0.0, 0.003)
    f.cone(bone, last, tip, 0.0046, 0.0034, 0.0008, 0.003)


def _along(frame: Array, spread: float, bend: float) -> Array:
    return np.asarray(
        frame @ np.array([np.sin(spread), np.cos(spread) * np.cos(bend), np.cos(spread) * np.sin(bend)])
    )
