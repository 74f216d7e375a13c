"""The dancer's bones: from the directions of a pose to joints and rotations, for many moments at once.

Figure space: x right in the picture, y up, z towards the audience; the unit is the figure's own height and the
origin lies on the boards where the figure stands. A pose is a direction per bone, seen by the dancer facing the
audience (`A` is the side at +x); `yaw` then turns her. Directions blend by a normalised mean, and are easy to write
by eye. A leading (k,) axis holds moments: a frame asks for the figure now and at a few moments past, which the
cloth and the trails of light follow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SPINE, CHEST, NECK, SKULL = 0.125, 0.155, 0.066, 0.052  # lengths in figure heights
UPPER_ARM, FOREARM, PALM, FINGERS, FINGERTIPS = 0.158, 0.138, 0.046, 0.026, 0.026
THIGH, SHIN, FOOT, TOES = 0.250, 0.245, 0.072, 0.030
SHOULDER, HIP = 0.088, 0.046  # half widths
SOLE = 0.014  # under the ball of the foot
STRETCH = 0.996  # of a leg: never locked straight by the ground

CHANNELS = (
    "spine", "chest", "head", "face", "hips", "shoulders",
    "armA", "foreA", "handA", "palmA", "thighA", "shinA", "footA",
    "armB", "foreB", "handB", "palmB", "thighB", "shinB", "footB",
)  # fmt: skip
CHANNEL = {name: i for i, name in enumerate(CHANNELS)}

SIDE_BONES = ("clavicle", "arm", "fore", "hand", "fingers", "tips", "thumb", "thigh", "shin", "foot", "toes")
BONES = ("pelvis", "spine", "chest", "neck", "head", *(f"{b}{s}" for s in "AB" for b in SIDE_BONES))
BONE = {name: i for i, name in enumerate(BONES)}


@dataclass(frozen=True, slots=True)
class Bodies:
    """Figures at (k,) moments: where each bone begins and how it is turned from the modelled pose.

    `origins` (k, 27, 3), `turns` (k, 27, 3, 3), `ends` (k, 2, 3) the tips of the longest fingers, all in figure
    space with the yaw in them.
    """

    origins: Array
    turns: Array
    tips: Array

    def at(self, bone: str) -> Array:
        return np.asarray(self.origins[:, BONE[bone]])


def cross(a: Array, b: Array) -> Array:
    """Cross products along the last axis (numpy's own takes ten times as long for a few)."""
    out = np.empty(np.broadcast_shapes(a.shape, b.shape))
    ax, ay, az, bx, by, bz = a[..., 0], a[..., 1], a[..., 2], b[..., 0], b[..., 1], b[..., 2]
    out[..., 0], out[..., 1], out[..., 2] = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    return out


def unit(v: Array) -> Array:
    """Vectors along the last axis at length 1."""
    return np.asarray(v / np.sqrt(np.maximum((v * v).sum(-1, keepdims=True), 1e-18)))


def _frame(y: Array, towards: Array) -> Array:
    """(k, 3, 3) columns x, y, z: y as given, z the part of `towards` at right angles to it."""
    z = unit(towards - y * (y * towards).sum(-1, keepdims=True))
    return np.stack([cross(y, z), y, z], -1)


def _frame_across(x: Array, up: Array) -> Array:
    """The same from an upward y and an x that is made to fit."""
    x = unit(x - up * (x * up).sum(-1, keepdims=True))
    return np.stack([x, up, cross(x, up)], -1)


def _swing(start: Array, end: Array) -> Array:
    """The least rotations (k, 3, 3) that bring unit directions `start` to `end`."""
    v = cross(start, end)
    c = (start * end).sum(-1)
    k = 1.0 / np.maximum(1.0 + c, 0.06)
    x, y, z = v[..., 0], v[..., 1], v[..., 2]
    out = np.empty((*v.shape[:-1], 3, 3))
    out[..., 0, 0], out[..., 1, 1], out[..., 2, 2] = c + k * x * x, c + k * y * y, c + k * z * z
    out[..., 0, 1], out[..., 1, 0] = k * x * y - z, k * x * y + z
    out[..., 0, 2], out[..., 2, 0] = k * x * z + y, k * x * z - y
    out[..., 1, 2], out[..., 2, 1] = k * y * z - x, k * y * z + x
    return out


def turned(turn: Array, v: Array) -> Array:
    return np.asarray((turn @ v[..., None])[..., 0])


def about_x(angle: Array) -> Array:
    """Rotations (k, 3, 3) about a bone's own x."""
    c, s = np.cos(angle), np.sin(angle)
    out = np.zeros((*np.shape(angle), 3, 3))
    out[..., 0, 0] = 1.0
    out[..., 1, 1], out[..., 1, 2], out[..., 2, 1], out[..., 2, 2] = c, -s, s, c
    return out


def yawed(yaw: Array) -> Array:
    """Rotations (k, 3, 3) that turn the audience's side towards +x."""
    c, s = np.cos(yaw), np.sin(yaw)
    out = np.zeros((*np.shape(yaw), 3, 3))
    out[..., 1, 1] = 1.0
    out[..., 0, 0], out[..., 0, 2], out[..., 2, 0], out[..., 2, 2] = c, s, -s, c
    return out


# The modelled pose: arms a little below level, so that hanging and raised arms are equally far away.
REST_ARM = {"A": unit(np.array([0.906, -0.42, 0.03])), "B": unit(np.array([-0.906, -0.42, 0.03]))}
REST_FORE = {"A": unit(np.array([0.90, -0.42, 0.12])), "B": unit(np.array([-0.90, -0.42, 0.12]))}
REST_PALM = {"A": unit(np.array([-0.40, -0.90, 0.12])), "B": unit(np.array([0.40, -0.90, 0.12]))}
REST_THIGH = {"A": unit(np.array([0.07, -1.0, 0.03])), "B": unit(np.array([-0.07, -1.0, 0.03]))}
REST_SHIN = {"A": unit(np.array([0.03, -1.0, -0.05])), "B": unit(np.array([-0.03, -1.0, -0.05]))}
REST_FOOT = {"A": unit(np.array([0.25, -0.42, 1.0])), "B": unit(np.array([-0.25, -0.42, 1.0]))}


def rest_directions() -> Array:
    """(1, 20, 3) the pose in which the mesh is modelled."""
    d = np.zeros((1, len(CHANNELS), 3))
    for name, v in (("spine", (0, 1, 0)), ("chest", (0, 1, 0)), ("head", (0, 1, 0)), ("face", (0, 0, 1)),
                    ("hips", (1, 0, 0)), ("shoulders", (1, 0, 0))):  # fmt: skip
        d[0, CHANNEL[name]] = v
    for s in "AB":
        for name, v3 in (("arm", REST_ARM), ("fore", REST_FORE), ("hand", REST_FORE), ("palm", REST_PALM),
                         ("thigh", REST_THIGH), ("shin", REST_SHIN), ("foot", REST_FOOT)):  # fmt: skip
            d[0, CHANNEL[name + s]] = v3[s]
    return d


_REST_HAND = {s: _frame(REST_FORE[s][None], REST_PALM[s][None])[0] for s in "AB"}
_REST_FOOT_FRAME = {s: _frame(REST_FOOT[s][None], -REST_SHIN[s][None])[0] for s in "AB"}
_REST_CLAVICLE = {s: unit(np.array([g, -0.12, 0.0])) for s, g in (("A", 1.0), ("B", -1.0))}


@dataclass(slots=True)
class Build:
    """Bones as they are laid down, in the dancer's own frame."""

    origins: Array
    turns: Array

    def put(self, bone: str, origin: Array, turn: Array) -> None:
        self.origins[:, BONE[bone]] = origin
        self.turns[:, BONE[bone]] = turn

    def first(self, k: int) -> Build:
        """The first k moments."""
        return Build(self.origins[:k], self.turns[:k])


def trunk(d: Array) -> tuple[Build, Array, Array]:
    """Pelvis to head, from directions (k, 20, 3); with the base of the neck (k, 3) and the pelvis' frame."""
    k = d.shape[0]
    build = Build(np.zeros((k, len(BONES), 3)), np.zeros((k, len(BONES), 3, 3)))
    spine, chest, head = d[:, CHANNEL["spine"]], d[:, CHANNEL["chest"]], d[:, CHANNEL["head"]]
    hips, shoulders = d[:, CHANNEL["hips"]], d[:, CHANNEL["shoulders"]]
    up = unit(spine * 0.6 + np.array([0.0, 0.4, 0.0]))
    pelvis = _frame_across(hips, up)
    waist = spine * SPINE
    neck = waist + chest * CHEST
    neck_along = unit(chest + head)
    skull = _frame(head, d[:, CHANNEL["face"]])
    build.put("pelvis", np.zeros((k, 3)), pelvis)
    build.put("spine", waist * 0.25, _frame_across(hips + shoulders, spine))
    build.put("chest", waist, _frame_across(shoulders, chest))
    build.put("neck", neck, _frame(neck_along, skull[..., 2] + 2.0 * build.turns[:, BONE["chest"]][..., 2]))
    build.put("head", neck + neck_along * NECK, skull)
    return build, neck, pelvis


def arms(build: Build, d: Array, neck: Array, curls: Array) -> Array:
    """Lay down both arms; curls (k, 2) 0 flat .. 1 a fist. Returns the fingertips (k, 2, 3)."""
    chest = build.turns[:, BONE["chest"]]
    tips = np.zeros((d.shape[0], 2, 3))
    for n, (s, g) in enumerate((("A", 1.0), ("B", -1.0))):
        arm, fore, hand, palm = (d[:, CHANNEL[part + s]] for part in ("arm", "fore", "hand", "palm"))
        raised = np.clip(arm[:, 1:2] * 0.5 + 0.25, 0.0, 1.0)
        across, up, ahead = chest[..., 0] * g, chest[..., 1], chest[..., 2]
        root = neck + across * 0.014 - up * 0.012
        reach = (arm * ahead).sum(-1, keepdims=True)
        shoulder = (
            neck
            + across * (SHOULDER - 0.016 * raised)
            + up * (-0.034 + 0.040 * raised)
            + ahead * 0.018 * reach
        )
        resting = turned(chest, np.broadcast_to(_REST_CLAVICLE[s], arm.shape))
        build.put("clavicle" + s, root, _swing(resting, unit(shoulder - root)) @ chest)
        turn = _swing(turned(chest, np.broadcast_to(REST_ARM[s], arm.shape)), arm) @ chest
        elbow = shoulder + arm * UPPER_ARM
        swung = _swing(turned(turn, np.broadcast_to(REST_FORE[s], fore.shape)), fore) @ turn
        full = _frame(fore, palm) @ _frame(REST_FORE[s][None], REST_PALM[s][None])[0].T
        half = swung + 0.8 * full  # the forearm takes about half of the hand's twist, the wrist the rest
        kept = _frame(fore, turned(half, np.broadcast_to(_REST_HAND[s][:, 2], fore.shape)))
        wrist = elbow + fore * FOREARM
        held = _frame(hand, palm) @ _REST_HAND[s].T
        build.put("arm" + s, shoulder, turn)
        build.put("fore" + s, elbow, kept @ _REST_HAND[s].T)
        build.put("hand" + s, wrist, held)
        tips[:, n] = _fingers(build, s, wrist, held, curls[:, n])
    return tips


def _fingers(build: Build, s: str, wrist: Array, held: Array, curl: Array) -> Array:
    """Knuckles, fingertips and thumb of a hand; returns where the longest finger ends."""
    rest = _REST_HAND[s]
    knuckle = wrist + turned(held, np.broadcast_to(rest[:, 1], wrist.shape)) * PALM
    bend = held @ rest @ about_x(curl * 1.1) @ rest.T
    joint = knuckle + turned(bend, np.broadcast_to(rest[:, 1], wrist.shape)) * FINGERS
    more = held @ rest @ about_x(curl * 2.4) @ rest.T
    thumb = wrist + turned(held, np.broadcast_to(rest @ thumb_root(s), wrist.shape))
    build.put("fingers" + s, knuckle, bend)
    build.put("tips" + s, joint, more)
    build.put("thumb" + s, thumb, held @ rest @ about_x(curl * 0.45) @ rest.T)
    return np.asarray(joint + turned(more, np.broadcast_to(rest[:, 1], wrist.shape)) * FINGERTIPS)


def thumb_side(s: str) -> float:
    """The sign of the hand's own x on which the thumb lies."""
    return -1.0 if s == "A" else 1.0


def thumb_root(s: str) -> Array:
    """Where the thumb leaves the wrist, in the hand's own frame (x across, y along, z out of the palm)."""
    return np.array([thumb_side(s) * 0.008, 0.008, 0.003])


def leg_by_pose(build: Build, d: Array, s: str) -> tuple[Array, Array, Array]:
    """(hip, knee, ankle), each (k, 3), of a leg as the pose has it, before the ground is asked."""
    pelvis = build.turns[:, BONE["pelvis"]]
    g = 1.0 if s == "A" else -1.0
    hip = pelvis[..., 0] * (g * HIP) - pelvis[..., 1] * 0.015
    knee = hip + d[:, CHANNEL["thigh" + s]] * THIGH
    return hip, knee, knee + d[:, CHANNEL["shin" + s]] * SHIN


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


def lay_leg(build: Build, s: str, hip: Array, knee: Array, ankle: Array, foot: Array, toes: Array) -> None:
    """Put down a leg whose joints (k, 3) and foot and toe directions (k, 3) are known."""
    pelvis = build.turns[:, BONE["pelvis"]]
    thigh, shin = unit(knee - hip), unit(ankle - knee)
    turn = _swing(turned(pelvis, np.broadcast_to(REST_THIGH[s], thigh.shape)), thigh) @ pelvis
    lower = _swing(turned(turn, np.broadcast_to(REST_SHIN[s], shin.shape)), shin) @ turn
    sole = _frame(foot, 0.35 * np.array([0.0, 1.0, 0.0]) - shin) @ _REST_FOOT_FRAME[s].T
    build.put("thigh" + s, hip, turn)
    build.put("shin" + s, knee, lower)
    build.put("foot" + s, ankle, sole)
    build.put("toes" + s, ankle + foot * FOOT, _swing(foot, toes) @ sole)


def rest_bodies() -> Bodies:
    """The figure as it is modelled, pelvis at the origin: all turns are the identity."""
    d = rest_directions()
    build, neck, _ = trunk(d)
    tips = arms(build, d, neck, np.zeros((1, 2)))
    for s in "AB":
        foot = REST_FOOT[s][None]
        lay_leg(build, s, *leg_by_pose(build, d, s), foot, foot)
    return Bodies(build.origins, build.turns, tips)
