"""How the dancer stands: feet on the boards that pull the body after them. Compiled, many moments in one call."""

from __future__ import annotations

import math

from performance.compiled import called, kernel
from performance.stage.gait import Array
from performance.stage.limbs import (
    D_FOOT,
    knee_between,
    lay_arm,
    lay_leg,
    lay_trunk,
    leg_by_pose,
    pelvis_of,
    way,
)
from performance.stage.skeleton import FOOT, SHIN, SOLE, STRETCH, THIGH
from performance.stage.vectors import Vector, along, back, turned, unit, yawed
from performance.stage.vectors import towards as between

FLAT = -0.31  # downward part of a foot's direction when it stands flat
KNEE_FLOOR = 0.036  # how high the knee joint is over the boards when kneeling
TOPPLE = 0.075  # how far a heel can rise to reach
_LEG = (THIGH + SHIN) * STRETCH

Leg = tuple[Vector, Vector, Vector]  # hip, knee, ankle


@kernel("void(f8[:,:,::1], f8[::1], f8[:,::1], i8, i8, f8[:,:,::1])")
def tread(d: Array, yaw: Array, root: Array, first: int, second: int, spots: Array) -> None:
    """Where the pose of each moment (k, 20, 3) wants the foot that falls there: spots[0] (n, 2) of foot A for the
    moments [first, second), spots[1] of foot B for those from `second` on."""
    for m in range(first, d.shape[0]):
        s = 0 if m < second else 1
        turn = yawed(yaw[m])
        ankle = turned(turn, leg_by_pose(d[m], pelvis_of(d[m]), s)[2])
        row = m - (first if s == 0 else second)
        spots[s, row, 0] = ankle[0] + root[m, 0]
        spots[s, row, 1] = ankle[2] + root[m, 1]


@kernel("void(f8[:,:,::1], f8[:,::1], f8[:,:,::1], f8[:,:,::1], f8[:,:,::1], f8[:,:,:,::1], f8[:,:,::1])")
def stand(d: Array, wish: Array, spot: Array, free: Array, origins: Array, turns: Array, tips: Array) -> None:
    """Lay down the bodies of directions `d` (k, 20, 3) on their feet.

    `wish` (k, 7): yaw, root x and z, lift, planted, curls. `spot` (2, k, 2) places of the feet on the boards,
    `free` (2, k, 2) their height over them and swing. Written with the yaw and the place in them.
    """
    bones = origins.shape[1]
    for m in range(origins.shape[0]):
        o, r = origins[m], turns[m]
        planted = wish[m, 4]
        turn = yawed(wish[m, 0])
        pelvis = pelvis_of(d[m])
        neck, chest = lay_trunk(d[m], o, r, pelvis)
        legs = (leg_by_pose(d[m], pelvis, 0), leg_by_pose(d[m], pelvis, 1))
        feet = (_sole(way(d[m], D_FOOT[0]), planted), _sole(way(d[m], D_FOOT[1]), planted))
        high = wish[m, 3] - min(_lowest(legs[0], feet[0]), _lowest(legs[1], feet[1]))
        reach = 1e9
        for s in range(2):
            hip = turned(turn, legs[s][0])
            x, z = spot[s, m, 0] - wish[m, 1] - hip[0], spot[s, m, 1] - wish[m, 2] - hip[2]
            rise = math.sqrt(max(_LEG * _LEG - x * x - z * z, 0.02))
            reach = min(reach, rise - hip[1] + free[s, m, 0] + SOLE - feet[s][1] * FOOT)
        held = min(high, reach + TOPPLE * 0.35)
        high += (held - high) * min(max(planted, 0.0), 1.0)
        place = (wish[m, 1], high, wish[m, 2])
        for s in range(2):
            tip = along(place, turned(turn, lay_arm(d[m], o, r, neck, chest, wish[m, 5 + s], s)), 1.0)
            tips[m, s, 0], tips[m, s, 1], tips[m, s, 2] = tip
            on = (spot[s, m, 0], free[s, m, 0] + SOLE - feet[s][1] * FOOT, spot[s, m, 1])
            target = turned(back(turn), along(on, place, -1.0))
            joints, foot = _planted_leg(legs[s], feet[s], target, free[s, m, 1], planted)
            lay_leg(o, r, pelvis, joints, foot, _toes(foot, planted), s)
        for b in range(bones):
            at = along(place, turned(turn, (o[b, 0], o[b, 1], o[b, 2])), 1.0)
            o[b, 0], o[b, 1], o[b, 2] = at
            for c in range(3):
                column = turned(turn, (r[b, 0, c], r[b, 1, c], r[b, 2, c]))
                r[b, 0, c], r[b, 1, c], r[b, 2, c] = column


@called
def _sole(foot: Vector, planted: float) -> Vector:
    """A foot's direction that does not push a heel through the boards."""
    return unit((foot[0], foot[1] + (min(foot[1], FLAT) - foot[1]) * planted, foot[2]))


@called
def _lowest(leg: Leg, foot: Vector) -> float:
    """The height of the lowest of sole and knee, pelvis at 0."""
    sole = leg[2][1] + min(foot[1], 0.12) * FOOT - SOLE
    return min(min(sole, leg[1][1] - KNEE_FLOOR), leg[2][1] - 0.030)


@called
def _planted_leg(leg: Leg, foot: Vector, target: Vector, swing: float, planted: float) -> tuple[Leg, Vector]:
    """The leg with its ankle over its spot, and the foot: the heel lifts where the leg would not reach, and a
    swinging foot hangs."""
    hip, knee, ankle = leg
    ankle = between(ankle, target, planted)
    line = along(ankle, hip, -1.0)
    over = math.sqrt(line[0] * line[0] + line[1] * line[1] + line[2] * line[2]) - _LEG
    rise = min(max(over * 1.25, 0.0), TOPPLE) / FOOT
    hanging = 0.75 * math.sin(math.pi * min(max(swing, 0.0), 1.0)) * (1.0 - 0.8 * swing)
    lifted = unit((foot[0], foot[1] - (rise + hanging) * planted, foot[2]))
    ankle = (ankle[0], ankle[1] + max(foot[1] - lifted[1], 0.0) * FOOT, ankle[2])
    bent = knee_between(hip, ankle, (knee[0], knee[1], knee[2] + 0.02))
    knee = between(knee, bent, planted)
    return (hip, knee, along(knee, unit(along(ankle, knee, -1.0)), SHIN)), lifted


@called
def _toes(foot: Vector, planted: float) -> Vector:
    """Toes lie on the boards under a raised heel, and point with a pointed foot."""
    point = min(max((-foot[1] - 0.80) / 0.12, 0.0), 1.0)
    bend = min(max(planted, 0.25), 1.0) * (1.0 - point)
    return unit(between(foot, unit((foot[0], -0.12, foot[2])), bend))
