"""Arms and legs of the dancer, both sides at once: (k, 2, ...) arrays, side A first."""

from __future__ import annotations

import numpy as np

from performance.stage.skeleton import (
    BONE,
    FINGERS,
    FINGERTIPS,
    FOOT,
    FOREARM,
    HIP,
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
    SIDE,
    STRETCH,
    THIGH,
    UPPER_ARM,
    Array,
    Bodies,
    Build,
    about_x,
    frame,
    rest_directions,
    swing,
    trunk,
    turned,
    unit,
)

THUMB_ROOT = (
    0.008,
    0.008,
    0.003,
)  # across towards the thumb, along, out of the palm: where it leaves the wrist
THUMB_SIDE = -SIDE[:, 0]  # the sign of the hand's own x on which the thumb lies

_REST_HAND = frame(REST_FORE, REST_PALM)  # (2, 3, 3)
_HAND_BACK = np.swapaxes(_REST_HAND, -1, -2).copy()
_FOOT_BACK = np.swapaxes(frame(REST_FOOT, -REST_SHIN), -1, -2).copy()
_REST_CLAVICLE = unit(np.concatenate([SIDE, np.full((2, 1), -0.12), np.zeros((2, 1))], 1))
_THUMB = turned(_REST_HAND, np.array([[side * THUMB_ROOT[0], *THUMB_ROOT[1:]] for side in THUMB_SIDE]))


def _of(d: Array, name: str) -> Array:
    return d[:, PAIRS[name]]


def arms(build: Build, d: Array, neck: Array, curls: Array) -> Array:
    """Lay down both arms; curls (k, 2) 0 flat .. 1 a fist. Returns the fingertips (k, 2, 3)."""
    chest = build.turns[:, None, BONE["chest"]]
    arm, fore, hand, palm = (_of(d, name) for name in ("arm", "fore", "hand", "palm"))
    raised = np.clip(arm[..., 1:2] * 0.5 + 0.25, 0.0, 1.0)
    across, up, ahead = chest[..., 0] * SIDE, chest[..., 1], chest[..., 2]
    root = neck[:, None] + across * 0.014 - up * 0.012
    ahead = ahead * (0.018 * (arm * ahead).sum(-1, keepdims=True))
    shoulder = neck[:, None] + across * (SHOULDER - 0.016 * raised) + up * (-0.034 + 0.040 * raised) + ahead
    resting = turned(chest, _REST_CLAVICLE)
    build.put_both("clavicle", root, swing(resting, unit(shoulder - root)) @ chest)
    turn = swing(turned(chest, REST_ARM), arm) @ chest
    elbow = shoulder + arm * UPPER_ARM
    swung = swing(turned(turn, REST_FORE), fore) @ turn
    half = swung + 0.8 * (
        frame(fore, palm) @ _HAND_BACK
    )  # the forearm takes half of the hand's twist, the wrist the rest
    kept = frame(fore, turned(half, _REST_HAND[..., 2]))
    wrist = elbow + fore * FOREARM
    held = frame(hand, palm)
    build.put_both("arm", shoulder, turn)
    build.put_both("fore", elbow, kept @ _HAND_BACK)
    build.put_both("hand", wrist, held @ _HAND_BACK)
    return _fingers(build, wrist, held, curls)


def _fingers(build: Build, wrist: Array, held: Array, curl: Array) -> Array:
    """Knuckles, fingertips and thumbs of hands whose frames are `held`; where the longest fingers end."""
    knuckle = wrist + held[..., 1] * PALM
    bend = held @ about_x(curl * 1.1)
    joint = knuckle + bend[..., 1] * FINGERS
    more = held @ about_x(curl * 2.4)
    build.put_both("fingers", knuckle, bend @ _HAND_BACK)
    build.put_both("tips", joint, more @ _HAND_BACK)
    build.put_both(
        "thumb", wrist + turned(held @ _HAND_BACK, _THUMB), held @ about_x(curl * 0.45) @ _HAND_BACK
    )
    return np.asarray(joint + more[..., 1] * FINGERTIPS)


def legs_by_pose(build: Build, d: Array) -> tuple[Array, Array, Array]:
    """(hips, knees, ankles), each (k, 2, 3), of the legs as the pose has them, before the ground is asked."""
    pelvis = build.turns[:, None, BONE["pelvis"]]
    hip = pelvis[..., 0] * (SIDE * HIP) - pelvis[..., 1] * 0.015
    knee = hip + _of(d, "thigh") * THIGH
    return hip, knee, knee + _of(d, "shin") * SHIN


def knee_between(hip: Array, ankle: Array, guess: Array) -> Array:
    """Where the knee is when hip and ankle are given (law of cosines), on the side of `guess`."""
    along = ankle - hip
    length = np.sqrt(np.maximum((along * along).sum(-1, keepdims=True), 1e-9))
    reach = np.clip(length, 0.12, (THIGH + SHIN) * STRETCH)
    u = along / length
    a = (THIGH * THIGH - SHIN * SHIN + reach * reach) / (2.0 * reach)
    out = np.sqrt(np.maximum(THIGH * THIGH - a * a, 0.0))
    towards = guess - hip
    side = unit(towards - u * (towards * u).sum(-1, keepdims=True) + 1e-6)
    return np.asarray(hip + u * a + side * out)


def lay_legs(build: Build, hip: Array, knee: Array, ankle: Array, foot: Array, toes: Array) -> None:
    """Put down legs whose joints, feet and toe directions (k, 2, 3) are known."""
    pelvis = build.turns[:, None, BONE["pelvis"]]
    thigh, shin = unit(knee - hip), unit(ankle - knee)
    turn = swing(turned(pelvis, REST_THIGH), thigh) @ pelvis
    lower = swing(turned(turn, REST_SHIN), shin) @ turn
    sole = frame(foot, np.array([0.0, 0.35, 0.0]) - shin) @ _FOOT_BACK
    build.put_both("thigh", hip, turn)
    build.put_both("shin", knee, lower)
    build.put_both("foot", ankle, sole)
    build.put_both("toes", ankle + foot * FOOT, swing(foot, toes) @ sole)


def rest_bodies() -> Bodies:
    """The figure as it is modelled, pelvis at the origin."""
    d = rest_directions()
    build, neck, _ = trunk(d)
    tips = arms(build, d, neck, np.zeros((1, 2)))
    lay_legs(build, *legs_by_pose(build, d), REST_FOOT[None], REST_FOOT[None])
    return Bodies(build.origins, build.turns, tips)
