"""What guests do with their hands, seen from the stage: at rest, moved, clapping, cheering.

Lengths are in head heights as in bust.py, z towards us, x to our right: arms are put before a bust that has been turned
round.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from performance.stage.bust import Bust
from performance.stage.hair import CLOTH, SKIN, Clay

WAITING, MOVED, APART, TOGETHER, CHEERING = POSES = range(5)
Point = tuple[float, float, float]


def _limb(clay: Clay, matter: int, a: Point, b: Point, thick: float) -> None:
    """From one joint to the other."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    middle = tuple((p + q) / 2 for p, q in zip(a, b, strict=True))
    half = 0.5 * math.hypot(dx, dy) + 0.6 * thick
    clay.add(matter, (middle[0], middle[1], middle[2]), (thick, half, thick), 0.05, math.atan2(-dx, dy))


def _arm(clay: Clay, side: float, elbow: Point, wrist: Point, hand: Point, bare: bool) -> None:
    """Upper arm, forearm and hand; points for the right of the picture, mirrored for the left."""
    shoulder = (0.80, 0.98, 0.16)
    s, e, w, h = ((side * p[0], p[1], p[2]) for p in (shoulder, elbow, wrist, hand))
    _limb(clay, CLOTH, s, e, 0.175)
    _limb(clay, SKIN if bare else CLOTH, e, w, 0.115)
    _limb(clay, SKIN, w, h, 0.070)
    on = (h[0] - w[0], h[1] - w[1])
    per = 1.0 / max(math.hypot(*on), 1e-6)
    palm = (h[0] + 0.10 * on[0] * per, h[1] + 0.10 * on[1] * per, h[2])
    tips = (h[0] + 0.20 * on[0] * per, h[1] + 0.20 * on[1] * per, h[2] + 0.02)
    _limb(clay, SKIN, h, palm, 0.088)
    _limb(clay, SKIN, palm, tips, 0.062)


def with_arms(b: Bust, pose: int, bare: bool) -> Bust | None:
    """The arms alone of somebody in a pose, None where they hang down. `bare`: whether sleeves end at the elbow."""
    clay = Clay(np.eye(3))
    one = float(b.phases[3])
    if pose == MOVED and one < 0.4:  # a hand on the heart
        _arm(clay, 1.0, (0.88, 1.50, 0.30), (0.36, 1.16, 0.62), (0.14, 1.02, 0.66), bare)
    elif pose in (APART, TOGETHER):
        apart, up = (0.30, 0.0) if pose == APART else (0.055, -0.03)
        high = 0.84 - 0.22 * one + up
        for side in (-1.0, 1.0):
            lean = 0.03 * side
            wrist = (apart + 0.16, high + 0.26, 0.62)
            _arm(clay, side, (0.86, 1.50, 0.36), wrist, (apart, high + lean, 0.68), bare)
    elif pose == CHEERING:
        _cheer(clay, one, float(b.phases[4]), bare)
    if not clay.parts:
        return None
    centre, form, blend, matter, rough, cut = (np.array(part) for part in zip(*clay.parts, strict=True))
    return replace(
        b, centre=centre, form=form, blend=blend, matter=matter.astype(np.int64), rough=rough, cut=cut
    )


def _cheer(clay: Clay, one: float, other: float, bare: bool) -> None:
    """Both arms up, or one; or hands that clap over the head."""
    if one < 0.35:
        for side in (-1.0, 1.0):
            _arm(clay, side, (0.96, 0.18, 0.20), (0.36, -0.52, 0.28), (0.06, -0.78, 0.30), bare)
        return
    for side in (-1.0, 1.0) if one < 0.75 else (1.0 if other < 0.5 else -1.0,):
        wave = 0.22 * (other - 0.5)
        _arm(
            clay, side, (1.02, 0.36, 0.10), (0.92 + wave, -0.40, 0.16), (0.90 + 1.3 * wave, -0.72, 0.18), bare
        )
