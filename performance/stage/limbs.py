"""Trunk, arms and legs of the dancer at one moment, compiled: bones are written to rows of `origins` and `turns`.

Origins are in the dancer's own frame, the pelvis at 0; a turn is written as its three columns. Side 0 is A.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from performance.compiled import called, kernel
from performance.stage.skeleton import (
    BONE,
    BOTH,
    CHANNEL,
    CHEST,
    FINGERS,
    FINGERTIPS,
    FOOT,
    FOREARM,
    HIP,
    NECK,
    PAIRS,
    PALM,
    REST_ARM,
    REST_FOOT,
    REST_FORE,
    REST_PALM,
    REST_SHIN,
    REST_THIGH,
    SHIN,
    SHOULDER,
    SPINE,
    STRETCH,
    THIGH,
    UPPER_ARM,
    Array,
    Bodies,
    rest_directions,
)
from performance.stage.skeleton import (
    frame as frames,
)
from performance.stage.skeleton import (
    unit as units,
)
from performance.stage.vectors import (
    Turn,
    Vector,
    about_x,
    along,
    dot,
    frame,
    frame_across,
    product,
    swing,
    turned,
    unit,
)

THUMB_ROOT = (
    0.008,
    0.008,
    0.003,
)  # across towards the thumb, along, out of the palm: where it leaves the wrist
THUMB_SIDE = np.array([-1.0, 1.0])  # the sign of the hand's own x on which the thumb lies


def _plain(rows: Array) -> Any:
    """Numbers that compiled code may index."""
    return tuple(tuple(map(float, row)) for row in rows)


def _turns_back(rows: Array) -> Any:
    """Rotations (2, 3, 3) undone, as columns."""
    return tuple(_plain(turn) for turn in rows)


_HAND = frames(REST_FORE, REST_PALM)
_HAND_BACK = _turns_back(_HAND)
_HAND_FRONT = _plain(_HAND[..., 2])
_FOOT_BACK = _turns_back(frames(REST_FOOT, -REST_SHIN))
_CLAVICLE = _plain(units(np.array([[1.0, -0.12, 0.0], [-1.0, -0.12, 0.0]])))
_THUMB = _plain(
    np.stack([_HAND[n] @ np.array([THUMB_SIDE[n] * THUMB_ROOT[0], *THUMB_ROOT[1:]]) for n in (0, 1)])
)
_ARM, _FORE, _THIGH, _SHIN, _FOOT = map(_plain, (REST_ARM, REST_FORE, REST_THIGH, REST_SHIN, REST_FOOT))

_index: Any = np.int64  # for each plain number that it is called with, numba compiles a function anew
D_SPINE, D_CHEST, D_HEAD, D_FACE, D_HIPS, D_SHOULDERS = (
    _index(CHANNEL[name]) for name in ("spine", "chest", "head", "face", "hips", "shoulders")
)
D_ARM, D_FORE, D_HAND, D_PALM, D_THIGH, D_SHIN, D_FOOT = (
    tuple(map(_index, PAIRS[name])) for name in ("arm", "fore", "hand", "palm", "thigh", "shin", "foot")
)
PELVIS_AT, SPINE_AT, CHEST_AT, NECK_AT, HEAD_AT = (
    _index(BONE[name]) for name in ("pelvis", "spine", "chest", "neck", "head")
)
CLAVICLE_AT, ARM_AT, FORE_AT, HAND_AT, FINGERS_AT, TIPS_AT, THUMB_AT, THIGH_AT, SHIN_AT, FOOT_AT, TOES_AT = (
    tuple(map(_index, BOTH[name])) for name in BOTH
)


@called
def way(d: Array, i: int) -> Vector:
    """Direction i of a pose as a vector."""
    return d[i, 0], d[i, 1], d[i, 2]


@called
def put(origins: Array, turns: Array, bone: int, origin: Vector, turn: Turn) -> None:
    """Lay one bone into the arrays of bodies."""
    for row in range(3):
        origins[bone, row] = origin[row]
        for column in range(3):
            turns[bone, row, column] = turn[column][row]


@called
def pelvis_of(d: Array) -> Turn:
    """How the pelvis is turned: across the hips, and half upright, half along the spine."""
    spine = way(d, D_SPINE)
    return frame_across(way(d, D_HIPS), unit((0.6 * spine[0], 0.6 * spine[1] + 0.4, 0.6 * spine[2])))


@called
def leg_by_pose(d: Array, pelvis: Turn, side: int) -> tuple[Vector, Vector, Vector]:
    """Hip, knee and ankle as the pose has them, before the ground is asked."""
    zero = (0.0, 0.0, 0.0)
    hip = along(along(zero, pelvis[0], HIP * (1.0 - 2.0 * side)), pelvis[1], -0.015)
    knee = along(hip, way(d, D_THIGH[side]), THIGH)
    return hip, knee, along(knee, way(d, D_SHIN[side]), SHIN)


@called
def lay_trunk(d: Array, origins: Array, turns: Array, pelvis: Turn) -> tuple[Vector, Turn]:
    """Lay down pelvis to head; returns the base of the neck and the frame of the chest."""
    zero = (0.0, 0.0, 0.0)
    spine, chest, head = way(d, D_SPINE), way(d, D_CHEST), way(d, D_HEAD)
    hips, shoulders = way(d, D_HIPS), way(d, D_SHOULDERS)
    waist = along(zero, spine, SPINE)
    neck = along(waist, chest, CHEST)
    upwards = unit(along(chest, head, 1.0))
    skull = frame(head, way(d, D_FACE))
    ribs = frame_across(shoulders, chest)
    put(origins, turns, PELVIS_AT, zero, pelvis)
    put(origins, turns, SPINE_AT, along(zero, waist, 0.25), frame_across(along(hips, shoulders, 1.0), spine))
    put(origins, turns, CHEST_AT, waist, ribs)
    put(origins, turns, NECK_AT, neck, frame(upwards, along(skull[2], ribs[2], 2.0)))
    put(origins, turns, HEAD_AT, along(neck, upwards, NECK), skull)
    return neck, ribs


@called
def lay_arm(d: Array, origins: Array, turns: Array, neck: Vector, chest: Turn, curl: float, s: int) -> Vector:
    """Lay down one arm; curl 0 flat .. 1 a fist. Returns the tip of the longest finger."""
    side = 1.0 - 2.0 * s
    arm, fore, hand, palm = way(d, D_ARM[s]), way(d, D_FORE[s]), way(d, D_HAND[s]), way(d, D_PALM[s])
    raised = min(max(arm[1] * 0.5 + 0.25, 0.0), 1.0)
    root = along(along(neck, chest[0], 0.014 * side), chest[1], -0.012)
    shoulder = along(neck, chest[0], (SHOULDER - 0.016 * raised) * side)
    shoulder = along(shoulder, chest[1], -0.034 + 0.040 * raised)
    shoulder = along(shoulder, chest[2], 0.018 * dot(arm, chest[2]))
    clavicle = swing(turned(chest, _CLAVICLE[s]), unit(along(shoulder, root, -1.0)))
    put(origins, turns, CLAVICLE_AT[s], root, product(clavicle, chest))
    turn = product(swing(turned(chest, _ARM[s]), arm), chest)
    elbow = along(shoulder, arm, UPPER_ARM)
    swung = product(swing(turned(turn, _FORE[s]), fore), turn)
    # the forearm takes half of the hand's twist, the wrist the rest
    twisted = product(frame(fore, palm), _HAND_BACK[s])
    front = along(turned(swung, _HAND_FRONT[s]), turned(twisted, _HAND_FRONT[s]), 0.8)
    wrist = along(elbow, fore, FOREARM)
    held = frame(hand, palm)
    put(origins, turns, ARM_AT[s], shoulder, turn)
    put(origins, turns, FORE_AT[s], elbow, product(frame(fore, front), _HAND_BACK[s]))
    put(origins, turns, HAND_AT[s], wrist, product(held, _HAND_BACK[s]))
    knuckle = along(wrist, held[1], PALM)
    bend = product(held, about_x(curl * 1.1))
    joint = along(knuckle, bend[1], FINGERS)
    more = product(held, about_x(curl * 2.4))
    thumb = along(wrist, turned(product(held, _HAND_BACK[s]), _THUMB[s]), 1.0)
    put(origins, turns, FINGERS_AT[s], knuckle, product(bend, _HAND_BACK[s]))
    put(origins, turns, TIPS_AT[s], joint, product(more, _HAND_BACK[s]))
    put(origins, turns, THUMB_AT[s], thumb, product(product(held, about_x(curl * 0.45)), _HAND_BACK[s]))
    return along(joint, more[1], FINGERTIPS)


@called
def knee_between(hip: Vector, ankle: Vector, guess: Vector) -> Vector:
    """Where the knee is when hip and ankle are given (law of cosines), on the side of `guess`."""
    line = along(ankle, hip, -1.0)
    length = math.sqrt(max(dot(line, line), 1e-9))
    reach = min(max(length, 0.12), (THIGH + SHIN) * STRETCH)
    u = (line[0] / length, line[1] / length, line[2] / length)
    a = (THIGH * THIGH - SHIN * SHIN + reach * reach) / (2.0 * reach)
    out = math.sqrt(max(THIGH * THIGH - a * a, 0.0))
    wanted = along(guess, hip, -1.0)
    side = along(along(wanted, u, -dot(wanted, u)), (1e-6, 1e-6, 1e-6), 1.0)
    return along(along(hip, u, a), unit(side), out)


@called
def lay_leg(
    origins: Array, turns: Array, pelvis: Turn, joints: tuple[Vector, Vector, Vector], foot: Vector,
    toes: Vector, s: int,
) -> None:  # fmt: skip
    """Put down a leg whose joints, foot and toe direction are known."""
    hip, knee, ankle = joints
    thigh, shin = unit(along(knee, hip, -1.0)), unit(along(ankle, knee, -1.0))
    turn = product(swing(turned(pelvis, _THIGH[s]), thigh), pelvis)
    lower = product(swing(turned(turn, _SHIN[s]), shin), turn)
    sole = product(frame(foot, along((0.0, 0.35, 0.0), shin, -1.0)), _FOOT_BACK[s])
    put(origins, turns, THIGH_AT[s], hip, turn)
    put(origins, turns, SHIN_AT[s], knee, lower)
    put(origins, turns, FOOT_AT[s], ankle, sole)
    put(origins, turns, TOES_AT[s], along(ankle, foot, FOOT), product(swing(foot, toes), sole))


@kernel("void(f8[:,::1], f8[:,::1], f8[:,:,::1], f8[:,::1])")
def lay_rest(d: Array, origins: Array, turns: Array, tips: Array) -> None:
    """The bones of a pose (20, 3) as it is, asking no ground."""
    pelvis = pelvis_of(d)
    neck, chest = lay_trunk(d, origins, turns, pelvis)
    for s in range(2):
        tips[s, 0], tips[s, 1], tips[s, 2] = lay_arm(d, origins, turns, neck, chest, 0.0, s)
        lay_leg(origins, turns, pelvis, leg_by_pose(d, pelvis, s), _FOOT[s], _FOOT[s], s)


def rest_bodies() -> Bodies:
    """The figure as it is modelled, pelvis at the origin."""
    out = Bodies(np.empty((1, len(BONE), 3)), np.empty((1, len(BONE), 3, 3)), np.empty((1, 2, 3)))
    lay_rest(rest_directions()[0], out.origins[0], out.turns[0], out.tips[0])
    return out
