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

SPINE, CHEST, NECK = 0.125, 0.155, 0.066  # lengths in figure heights
UPPER_ARM, FOREARM, PALM, FINGERS, FINGERTIPS = 0.158, 0.138, 0.046, 0.026, 0.026
THIGH, SHIN, FOOT = 0.250, 0.245, 0.072
SHOULDER, HIP = 0.088, 0.046  # half widths
SOLE = 0.014  # under the ball of the foot
STRETCH = 0.996  # of a leg: never locked straight by the ground

CHANNELS = (
    "spine", "chest", "head", "face", "hips", "shoulders",
    "armA", "foreA", "handA", "palmA", "thighA", "shinA", "footA",
    "armB", "foreB", "handB", "palmB", "thighB", "shinB", "footB",
)  # fmt: skip
CHANNEL = {name: i for i, name in enumerate(CHANNELS)}

PAIRS = {name[:-1]: [CHANNEL[name], CHANNEL[name[:-1] + "B"]] for name in CHANNELS if name.endswith("A")}

SIDE_BONES = ("clavicle", "arm", "fore", "hand", "fingers", "tips", "thumb", "thigh", "shin", "foot", "toes")
BONES = ("pelvis", "spine", "chest", "neck", "head", *(f"{b}{s}" for s in "AB" for b in SIDE_BONES))
BONE = {name: i for i, name in enumerate(BONES)}
BOTH = {name: [BONE[name + "A"], BONE[name + "B"]] for name in SIDE_BONES}


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
        """Where a bone begins at every moment, (n, 3)."""
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


def frame(y: Array, towards: Array) -> Array:
    """(..., 3, 3) columns x, y, z: y as given, z the part of `towards` at right angles to it."""
    z = unit(towards - y * (y * towards).sum(-1, keepdims=True))
    return np.stack([cross(y, z), y, z], -1)


def _pair(x: float, y: float, z: float) -> Array:
    """(2, 3) a direction of side A and its mirror image."""
    return unit(np.array([[x, y, z], [-x, y, z]]))


# The modelled pose, sides A and B: arms a little below level, so that hanging and raised arms are equally far away.
REST_ARM, REST_FORE, REST_PALM = (
    _pair(0.906, -0.42, 0.03),
    _pair(0.90, -0.42, 0.12),
    _pair(-0.40, -0.90, 0.12),
)
REST_THIGH, REST_SHIN, REST_FOOT = _pair(0.07, -1.0, 0.03), _pair(0.03, -1.0, -0.05), _pair(0.25, -0.42, 1.0)


def rest_directions() -> Array:
    """(1, 20, 3) the pose in which the mesh is modelled."""
    d = np.zeros((1, len(CHANNELS), 3))
    for name in ("spine", "chest", "head"):
        d[0, CHANNEL[name], 1] = 1.0
    for name in ("hips", "shoulders"):
        d[0, CHANNEL[name], 0] = 1.0
    d[0, CHANNEL["face"], 2] = 1.0
    for name, way in (("arm", REST_ARM), ("fore", REST_FORE), ("hand", REST_FORE), ("palm", REST_PALM),
                      ("thigh", REST_THIGH), ("shin", REST_SHIN), ("foot", REST_FOOT)):  # fmt: skip
        d[0, PAIRS[name]] = way
    return d
