"""What guests do with their hands, seen from the stage: at rest, moved, clapping, cheering, and on the way there.

Lengths are in head heights as in bust.py, z towards us, x to our right: arms are put before a bust that has been turned
round.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from performance.stage.bust import Bust
from performance.stage.hair import CLOTH, SKIN, Clay

WAITING, MOVED, LIFTING, APART, TOGETHER, HALFWAY, REACHING, CHEERING = POSES = range(8)
WAY = {HALFWAY: 0.36, REACHING: 0.70}  # how far hands are that rise from clapping to cheering
Point = tuple[float, float, float]
Held = tuple[float, float]  # of a hand: its way, inwards below 0, and how far its fingers are spread
Arm = tuple[Point, Point, Held]  # elbow, wrist, hand
Arms = dict[float, Arm]  # on the right of the picture 1, on the left -1
HEART: Arm = (0.90, 1.50, 0.30), (0.34, 1.16, 0.60), (-1.15, 0.06)
HANGING: Arm = (0.97, 1.66, 0.22), (0.66, 2.10, 0.42), (-0.30, 0.04)
BOWED_OUT = 0.16  # heads that arms swing aside on their way up
SHOULDER = (0.78, 0.98, 0.14)


def _limb(clay: Clay, matter: int, a: Point, b: Point, thick: float, blend: float = 0.06) -> None:
    """From one joint to the other."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    middle = tuple((p + q) / 2 for p, q in zip(a, b, strict=True))
    half = 0.5 * math.hypot(dx, dy) + 0.6 * thick
    clay.add(matter, (middle[0], middle[1], middle[2]), (thick, half, thick), blend, math.atan2(-dx, dy))


def _arm(clay: Clay, side: float, elbow: Point, wrist: Point, held: Held, bare: bool) -> None:
    """Upper arm, forearm that narrows to the wrist, and hand; points for the right of the picture, mirrored for the
    left."""
    s, e, w = ((side * p[0], p[1], p[2]) for p in (SHOULDER, elbow, wrist))
    sleeve = SKIN if bare else CLOTH
    _limb(clay, CLOTH, s, _between(s, e, 0.75), 0.205)
    _limb(clay, CLOTH, _between(s, e, 0.4), e, 0.165)
    _limb(clay, sleeve, e, _between(e, w, 0.62), 0.140)
    _limb(clay, sleeve, _between(e, w, 0.35), _between(e, w, 0.90), 0.112)
    _limb(clay, SKIN, _between(e, w, 0.72), w, 0.082)
    _hand(clay, w, side * held[0], held[1], side)


def _hand(clay: Clay, wrist: Point, way: float, spread: float, side: float) -> None:
    """A palm, four fingers and a thumb. `way` is where it points, radians from upright to the right; fingers are fanned
    by `spread`; a negative one is a fist."""
    x, y, z = wrist

    def at(angle: float, far: float, from_: tuple[float, float] = (x, y)) -> Point:
        return from_[0] + far * math.sin(angle), from_[1] - far * math.cos(angle), z + 0.02

    if spread < 0.0:
        _limb(clay, SKIN, at(way, 0.06), at(way, 0.15), 0.115)
        return
    _limb(clay, SKIN, at(way, 0.05), at(way, 0.15), 0.096)
    for k, long in ((-1.5, 0.145), (-0.5, 0.175), (0.5, 0.170), (1.5, 0.130)):
        root = at(way + 1.5708, 0.046 * k * side, at(way, 0.19)[:2])
        _limb(clay, SKIN, root, at(way + k * spread * side, long, root[:2]), 0.033, 0.025)
    thumb = at(way - 0.7 * side, 0.10)
    _limb(clay, SKIN, thumb, at(way - (0.35 + 1.6 * spread) * side, 0.13, thumb[:2]), 0.036, 0.03)


def _between(a: Point, b: Point, share: float) -> Point:
    x, y, z = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    return x, y, z


def with_arms(b: Bust, pose: int, bare: bool) -> Bust | None:
    """The arms alone of somebody in a pose, None where they hang down. `bare`: whether sleeves end at the elbow."""
    clay = Clay(np.eye(3))
    for side, (elbow, wrist, held) in _held(pose, float(b.phases[3]), float(b.phases[4])).items():
        _arm(clay, side, elbow, wrist, held, bare)
    if not clay.parts:
        return None
    centre, form, blend, matter, rough, cut = (np.array(part) for part in zip(*clay.parts, strict=True))
    return replace(
        b, centre=centre, form=form, blend=blend, matter=matter.astype(np.int64), rough=rough, cut=cut
    )


def _held(pose: int, one: float, other: float) -> Arms:
    """Both arms in a pose; `one` and `other`, 0..1, are the habits of a person."""
    if pose == WAITING:
        return {}
    if pose == MOVED:
        return {1.0: HEART} if one < 0.4 else {}
    if pose in (APART, TOGETHER):
        return _clap(pose == TOGETHER, one, other)
    apart = _clap(False, one, other)
    if pose == LIFTING:
        return {side: _on_the_way(HANGING, arm, 0.55, 0.0) for side, arm in apart.items()}
    cheer = _cheer(one, other)
    if pose == CHEERING:
        return cheer
    return {side: _on_the_way(apart[side], arm, WAY[pose], BOWED_OUT) for side, arm in cheer.items()}


def _on_the_way(a: Arm, b: Arm, share: float, out: float) -> Arm:
    """An arm between two poses: it swings aside by `out` heads, for it keeps its length."""
    aside = 4.0 * out * share * (1.0 - share)
    (ex, ey, ez), (wx, wy, wz) = (_between(p, q, share) for p, q in zip(a[:2], b[:2], strict=True))
    way, spread = (p + (q - p) * share for p, q in zip(a[2], b[2], strict=True))
    return (ex + 0.6 * aside, ey, ez), (wx + aside, wy, wz + aside), (way, spread)


def _clap(met: bool, one: float, other: float) -> Arms:
    """Hands before the breast or, for the shy, lower: one comes down across the other, and which one is a habit."""
    high, out = 1.12 - 0.24 * one, 0.0 if met else 0.20
    first = 1.0 if other < 0.6 else -1.0
    under = (0.90, 1.52, 0.34), (0.20 + out, high + 0.12, 0.56), (-0.55 + 1.2 * out, 0.05)
    over = (0.92, 1.46, 0.36), (0.22 + out, high - 0.02 - 0.5 * out, 0.66), (-0.95 + 2.2 * out, 0.07)
    return {-first: under, first: over}


def _cheer(one: float, other: float) -> Arms:
    """Hands that clap over the head; both arms up, near or wide; a fist in the air; or one that waves and one on the
    heart."""
    wave, first = 0.22 * (other - 0.5), 1.0 if other < 0.5 else -1.0
    if one < 0.16:
        return {
            -first: ((1.04, 0.20, 0.18), (0.22, -0.66, 0.28), (-0.25, 0.05)),
            first: ((1.00, 0.12, 0.20), (0.24, -0.60, 0.36), (-0.60, 0.08)),
        }
    if one < 0.52:
        found: Arms = {}
        for side in (-1.0, 1.0):
            lift = 0.10 * other * side
            wrist = (0.92 + 0.5 * wave, -0.42 + lift, 0.16)
            found[side] = (1.06, 0.34 + lift, 0.10), wrist, (0.06 + wave, 0.10 + 0.14 * other)
        return found
    if one < 0.74:
        return {
            first: ((1.08, 0.40, 0.14), (0.90, -0.34, 0.30), (-0.08, -1.0)),
            -first: ((0.98, 1.52, 0.30), (0.74, 0.98, 0.56), (-0.30, -1.0)),
        }
    return {first: ((1.08, 0.36, 0.10), (0.98, -0.40, 0.18), (0.22 + wave, 0.20)), -first: HEART}
