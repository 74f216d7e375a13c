"""How the dancer stands: feet on the boards that pull the body after them. Compiled, many moments in one call.

Every foot stands where it was put, then steps to where it will be wanted: it is set down at moments on a lattice of
time, there where the pose wants it at that moment, and moves only in the short swing between. Walking, shifting weight
and changing from pose to pose all become steps; a figure at rest stands still. Closed form: the footfalls round a
moment are all that is needed to know where a foot is.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.compiled import called, kernel
from performance.stage.limbs import (
    D_FOOT,
    FOOT_AT,
    PELVIS_AT,
    SHIN_AT,
    knee_between,
    lay_arm,
    lay_leg,
    lay_trunk,
    leg_by_pose,
    pelvis_of,
    way,
)
from performance.stage.skeleton import FOOT, SHIN, SOLE, STRETCH, THIGH, Array
from performance.stage.vectors import Vector, along, back, turned, unit, yawed
from performance.stage.vectors import towards as between

FLAT = -0.31  # downward part of a foot's direction when it stands flat
KNEE_FLOOR = 0.036  # how high the knee joint is over the boards when kneeling
TOPPLE = 0.075  # how far a heel can rise to reach
LIFT, HIGHEST = 0.20, 0.085  # of the length of a step; figure heights
_LEG = (THIGH + SHIN) * STRETCH
_index: Any = np.int64  # for each plain number that it is called with, numba compiles a function anew
SIDE_A, SIDE_B = _index(0), _index(1)
HIGH, CURL, PLANTED = 1, 2, 4  # of what poses say: yaw, lift, curls of A and B, planted, turns

Single = NDArray[np.float32]
Whole = NDArray[np.int64]
Leg = tuple[Vector, Vector, Vector]  # hip, knee, ankle
Foot = tuple[float, float, float, float]  # place x and z on the boards, height over them, swing 0..1


@called
def _tread(d: Array, root: Array, first: int, last: int, s: int, spots: Array) -> None:
    """Where the poses of moments [first, last) want the foot that falls there: spots (n, 2)."""
    for m in range(first, last):
        ankle = turned(yawed(root[m, 0]), leg_by_pose(d[m], pelvis_of(d[m]), s)[2])
        spots[m - first, 0] = ankle[0] + root[m, 1]
        spots[m - first, 1] = ankle[2] + root[m, 2]


@called
def _step(turn: float, first: float, stance: float, spots: Array) -> Foot:
    """Where a foot is at a time counted in cycles from its footfalls: place x and z on the boards, height over them,
    and its swing 0..1 (0 standing). spots[0] is the footfall number `first`."""
    whole = math.floor(turn + 0.5)
    u, near, swing = turn - whole, int(whole - first), 1.0 - 2.0 * stance
    after, standing = u > 0.0, abs(u) <= stance
    w = (u - stance if after else u + stance + swing) / swing
    w = (0.0 if after else 1.0) if standing else min(max(w, 0.0), 1.0)
    start, end = (near, near + 1) if after else (near - 1, near)
    e = w * w * w * (w * (6.0 * w - 15.0) + 10.0)
    x, z = spots[end, 0] - spots[start, 0], spots[end, 1] - spots[start, 1]
    length = math.sqrt(x * x + z * z)
    rise = min(LIFT * length, HIGHEST) * max(math.sin(math.pi * w), 0.0) ** 1.5
    swung = 0.0 if standing else w * min(length / 0.2, 1.0)
    return spots[start, 0] + x * e, spots[start, 1] + z * e, rise, swung


@kernel(
    "void(f8[:,:,::1], f8[:,::1], f8[:,::1], f8[::1], i8[:,::1], f8[::1], f8[:,::1], f8[:,:,::1],"
    " f4[:,:,::1], f4[:,::1], f4[:,::1], f4[:,:,::1], f4[:,::1], f4[:,:,::1], f4[::1], f4[:,:,:,::1])"
)
def stand(
    d: Array, said: Array, root: Array, t: Array, falls: Whole, gait: Array, rest: Array, unturn: Array,
    turns: Single, moved: Single, origins: Single, tips: Single, hips: Single, hip_turns: Single, spin: Single,
    legs: Single,
) -> None:  # fmt: skip
    """Lay down the bodies of directions `d` (n, 20, 3) on their feet, the first k at times `t`, with the yaw and the
    place in them.

    Moments after those are footfalls: `falls` (2, 3) says for each side the first, the last and what number in time
    the first is. `said` (n, 6) and `root` (n, 3) as in moves.py and life.py; `gait`: cycle, stance, shift of each
    side. `rest` (27, 3) and `unturn` (27, 3, 3) are the modelled bones, turned back. The rest is written, see
    Performer: all of the body at the first moment, hips and legs of the first r, `tips` (k, 2, 3) of each.
    """
    bones, rings = origins.shape[0], hips.shape[0]
    o, r = np.empty((bones, 3)), np.empty((bones, 3, 3))
    spots = np.empty((2, max(falls[0, 1] - falls[0, 0], falls[1, 1] - falls[1, 0]), 2))
    for s in range(2):
        _tread(d, root, falls[s, 0], falls[s, 1], s, spots[s])
    for m in range(t.shape[0]):
        feet = (
            _step(t[m] / gait[0] - gait[2], falls[0, 2], gait[1], spots[0]),
            _step(t[m] / gait[0] - gait[3], falls[1, 2], gait[1], spots[1]),
        )
        _lay(d[m], said[m], root[m], feet, o, r, tips[m], m < rings)
        if m < rings:
            _keep(o, r, hips[m], hip_turns[m], legs[m])
        if m == 0:
            _carry(o, r, rest, unturn, turns, moved, origins)
    step = (t[0] - t[rings - 1]) / (rings - 1)
    for m in range(rings):
        before, after = max(m - 1, 0), min(m + 1, rings - 1)
        spin[m] = -(root[after, 0] - root[before, 0]) / ((after - before) * step)


@called
def _keep(o: Array, r: Array, hips: Single, turns: Single, legs: Single) -> None:
    """The bones that a skirt hangs from."""
    for i in range(3):
        hips[i] = o[PELVIS_AT, i]
        for k in range(3):
            turns[i, k] = r[PELVIS_AT, i, k]
        for s in range(2):
            legs[s, 0, i], legs[s, 1, i] = o[SHIN_AT[s], i], o[FOOT_AT[s], i]


@called
def _carry(
    o: Array, r: Array, rest: Array, unturn: Array, turns: Single, moved: Single, origins: Single
) -> None:
    """What carries the modelled body to these bones."""
    for b in range(o.shape[0]):
        for i in range(3):
            far = o[b, i]
            for k in range(3):
                turn = (
                    r[b, i, 0] * unturn[b, 0, k] + r[b, i, 1] * unturn[b, 1, k] + r[b, i, 2] * unturn[b, 2, k]
                )
                turns[b, i, k] = turn
                far -= turn * rest[b, k]
            moved[b, i], origins[b, i] = far, o[b, i]


@called
def _lay(
    d: Array, said: Array, root: Array, feet: tuple[Foot, Foot], o: Array, r: Array, tips: Single, whole: bool
) -> None:
    """Lay down one body into `o` (27, 3) and `r` (27, 3, 3), without legs unless `whole`; its fingertips (2, 3)."""
    planted, turn, pelvis = said[PLANTED], yawed(root[0]), pelvis_of(d)
    neck, chest = lay_trunk(d, o, r, pelvis)
    legs = (leg_by_pose(d, pelvis, SIDE_A), leg_by_pose(d, pelvis, SIDE_B))
    soles = (_sole(way(d, D_FOOT[0]), planted), _sole(way(d, D_FOOT[1]), planted))
    high = said[HIGH] - min(_lowest(legs[0], soles[0]), _lowest(legs[1], soles[1]))
    reach = 1e9
    for s in range(2):
        hip = turned(turn, legs[s][0])
        x, z = feet[s][0] - root[1] - hip[0], feet[s][1] - root[2] - hip[2]
        rise = math.sqrt(max(_LEG * _LEG - x * x - z * z, 0.02))
        reach = min(reach, rise - hip[1] + feet[s][2] + SOLE - soles[s][1] * FOOT)
    held = min(high, reach + TOPPLE * 0.35)
    high += (held - high) * min(max(planted, 0.0), 1.0)
    place = (root[1], high, root[2])
    for s in range(2):
        tip = along(place, turned(turn, lay_arm(d, o, r, neck, chest, said[CURL + s], s)), 1.0)
        tips[s, 0], tips[s, 1], tips[s, 2] = tip
    if whole:
        for s in range(2):
            on = (feet[s][0], feet[s][2] + SOLE - soles[s][1] * FOOT, feet[s][1])
            target = turned(back(turn), along(on, place, -1.0))
            joints, foot = _planted_leg(legs[s], soles[s], target, feet[s][3], planted)
            lay_leg(o, r, pelvis, joints, foot, _toes(foot, planted), s)
        for b in range(o.shape[0]):
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
