"""Cones laid on one by one, and a dancer's hand made of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from performance.stage.limbs import THUMB_ROOT, THUMB_SIDE, rest_bodies
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
    (0.0162, 0.98, 0.19, 1.14, 0.08, 0.94),
    (0.0053, 1.03, 0.05, 1.28, 0.15, 0.97),
    (-0.0056, 1.00, -0.09, 1.20, 0.23, 0.93),
    (-0.0158, 0.91, -0.26, 0.94, 0.29, 0.82),
)


def hand(f: Flesh, at: dict[str, Array], s: str) -> None:
    """A dancer's hand: long, the fingers fanned and each bent a little more than its neighbour."""
    n = "AB".index(s)
    frame = frame_of(REST_FORE, REST_PALM)[n]
    wrist, side = at["hand" + s], float(THUMB_SIDE[n])

    def put(x: float, y: float, z: float) -> Array:
        return np.asarray(wrist + frame @ np.array([side * x, y, z]))

    _wrist(f, put, "fore" + s, "hand" + s)
    _palm(f, put, "hand" + s)
    roots = [_finger(f, put, frame, side, s, finger) for finger in FAN]
    for (a, forth), (b, back) in pairwise(
        roots
    ):  # skin is stretched between them, to a third of their first bone
        middle, way = (a + b) * 0.5, (forth + back) * 0.5
        f.cone("fingers" + s, middle - way * 0.05, middle + way * 0.32, 0.0044, 0.0028, 0.0, 0.0040)
    _thumb(f, put, s)


def _wrist(f: Flesh, put: Put, bone: str, hand: str) -> None:
    """Flat, wider than thick, by the heads of two bones."""
    f.cone(bone, put(0.0, -0.080, 0.0), put(0.0, -0.008, 0.0), 0.0152, 0.0122, 0.0, 0.008)
    for g in (1.0, -1.0):
        f.cone(hand, put(g * 0.0036, -0.018, 0.0), put(g * 0.0052, 0.004, 0.0), 0.0098, 0.0096, 0.0, 0.008)


def _palm(f: Flesh, put: Put, bone: str) -> None:
    """Narrow at the wrist; the bones to the fingers on its back, two full pads and a hollow within."""
    f.cone(bone, put(0.004, -0.004, 0), put(0.005, 0.010, 0), 0.0104, 0.0098, 0.0, 0.010)
    f.cone(bone, put(-0.004, -0.004, 0), put(-0.005, 0.010, 0), 0.0100, 0.0094, 0.0, 0.010)
    for x, reach, _, _, _, thick in FAN:
        f.cone(
            bone, put(x * 0.56, 0.008, 0), put(x, PALM * reach, -0.001), 0.0082, 0.0062 * thick, 0.0, 0.007
        )
        f.cone(  # the pad under a finger's root
            bone,
            put(x * 0.96, PALM * reach - 0.006, 0.0020),
            put(x, PALM * reach + 0.002, 0.0016),
            0.0052,
            0.0046,
            0.0,
            0.005,
        )
    f.cone(bone, put(0.0105, 0.008, 0.0050), put(0.0150, 0.026, 0.0056), 0.0080, 0.0062, 0.0010, 0.008)
    f.cone(bone, put(-0.0105, 0.006, 0.0040), put(-0.0146, 0.030, 0.0030), 0.0072, 0.0056, 0.0010, 0.008)
    f.carve(bone, put(-0.0005, 0.022, 0.0158), put(-0.0020, 0.036, 0.0150), 0.0056, 0.0062, 0.010)


def _finger(
    f: Flesh,
    put: Put,
    frame: Array,
    side: float,
    s: str,
    finger: tuple[float, float, float, float, float, float],
) -> tuple[Array, Array]:
    """Three bones that hardly swell at the joints between them, their pads to the palm, and a round tip. Gives where it
    begins, and its first bone."""
    x, along, spread, length, bend, thick = finger
    start = put(x, PALM * along, -0.0008)
    first = _along(frame, side * spread, bend * 0.5) * (FINGERS * length)
    mid = start + first
    way = _along(frame, side * spread * 0.8, bend * 1.6) * (FINGERTIPS * length)
    joint, end = mid + way * 0.48, mid + way
    pad = frame[:, 2] * 0.0008
    parts = (
        ("fingers", start - first * 0.08 - 3 * pad, start + first * 0.06 - 3 * pad, 0.0050, 0.0048, 0.0034),
        ("fingers", start, mid - first * 0.12, 0.0058, 0.0051, 0.0034),
        ("fingers", start + first * 0.46 + pad, start + first * 0.70 + pad, 0.0050, 0.0048, 0.0034),
        ("fingers", mid - first * 0.14, mid, 0.0051, 0.0051, 0.0034),
        ("tips", mid, mid + way * 0.10, 0.0051, 0.0049, 0.0034),
        ("tips", mid + way * 0.10, joint - way * 0.05, 0.0049, 0.0047, 0.0034),
        ("tips", mid + way * 0.20 + pad, mid + way * 0.32 + pad, 0.0047, 0.0046, 0.0034),
        ("tips", joint - way * 0.04, joint + way * 0.05, 0.0047, 0.0046, 0.0034),
        ("tips", joint + way * 0.08, end - way * 0.16, 0.0045, 0.0040, 0.0030),
        ("tips", joint + way * 0.20 + pad, end - way * 0.17 + pad, 0.0043, 0.0040, 0.0030),
    )
    for bone, a, b, ra, rb, soft in parts:
        f.cone(bone + s, a, b, ra * thick, rb * thick, 0.0, soft)
    return start, first


def _thumb(f: Flesh, put: Put, s: str) -> None:
    """From a full ball to a broad tip that bends back a little; skin is stretched from it to the palm."""
    bone = "thumb" + s
    root, joint = put(*THUMB_ROOT), put(0.0260, 0.0265, 0.0100)
    last, tip = put(0.0325, 0.0400, 0.0112), put(0.0352, 0.0530, 0.0102)
    f.cone(bone, root, joint, 0.0096, 0.0066, 0.0010, 0.009)
    f.cone(bone, joint, last, 0.0062, 0.0053, 0.0, 0.006)
    f.cone(bone, last - (tip - last) * 0.10, last + (tip - last) * 0.10, 0.0054, 0.0053, 0.0, 0.005)
    f.cone(bone, last, tip - (tip - last) * 0.08, 0.0053, 0.0043, 0.0004, 0.004)
    f.cone("hand" + s, put(0.0120, 0.0200, 0.0030), put(0.0200, 0.0310, 0.0055), 0.0076, 0.0036, 0.0, 0.008)


FOLDS = (  # of the palm: across towards the thumb and along, from point to point
    ((0.0175, 0.0400), (0.0090, 0.0365), (0.0030, 0.0290), (0.0005, 0.0190), (0.0018, 0.0130)),
    ((0.0175, 0.0385), (0.0060, 0.0350), (-0.0050, 0.0290), (-0.0140, 0.0210)),
    ((-0.0205, 0.0330), (-0.0110, 0.0350), (0.0000, 0.0385), (0.0075, 0.0460)),
)
FOLD, FOLD_WIDE = 0.34, 0.0015


def folds(points: Array, normals: Array) -> Array:
    """How much light (n,) the lines of the palm and the joints of the fingers leave: 1 where there is none."""
    out = np.ones(points.shape[0])
    for n, s in enumerate("AB"):
        frame, side = frame_of(REST_FORE, REST_PALM)[n], float(THUMB_SIDE[n])
        local, inner = (
            (points - rest_bodies().origins[0, BONE["hand" + s]]) @ frame,
            np.clip(normals @ frame[:, 2] * 2.5 + 0.5, 0.0, 1.0),
        )
        near = np.full(points.shape[0], 1.0)
        for line in FOLDS:
            for a, b in pairwise(np.array(line) * (side, 1.0)):
                share = np.clip((local[:, :2] - a) @ (b - a) / ((b - a) @ (b - a)), 0.0, 1.0)
                near = np.minimum(near, np.hypot(*(local[:, :2] - a - share[:, None] * (b - a)).T))
        for x, along, spread, length, bend, _ in FAN:
            start = np.array([side * x, PALM * along, 0.0])
            first = _along(np.eye(3), side * spread, bend * 0.5) * (FINGERS * length)
            second = _along(np.eye(3), side * spread * 0.8, bend * 1.6) * (FINGERTIPS * length)
            for place, way in (
                (start + first * 0.42, first), (start + first, first + second), (start + first + second * 0.48, second)
            ):  # fmt: skip
                forth = (local - place) @ (way / np.sqrt(way @ way))
                aside = np.sqrt(np.maximum(((local - place) ** 2).sum(1) - forth**2, 0.0))
                near = np.minimum(near, np.abs(forth) + np.maximum(aside - 0.0070, 0.0))
        here = (np.abs(local) < 0.13).all(1)
        out *= 1.0 - FOLD * inner * here * np.exp(-((near / FOLD_WIDE) ** 2))
    return out


def _along(frame: Array, spread: float, bend: float) -> Array:
    return np.asarray(
        frame @ np.array([np.sin(spread), np.cos(spread) * np.cos(bend), np.cos(spread) * np.sin(bend)])
    )
