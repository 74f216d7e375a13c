"""Where things stand: the one map from the house to the picture and to the ears.

World: x to the right, y up, z away from the audience. One unit is a picture height at z = 0, where the
performer stands. The camera sits low in the house, one unit in front of the pool, so an upright thing keeps
its verticals. The same place gives the picture its (u, v) and the ears their pan and distance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

HORIZON = 0.64  # v of the horizon
EYE = 0.16  # height of the camera over the boards
FIGURE_HEIGHT = 0.42  # of a grown person
NEAREST_Z = -0.72  # nothing comes nearer to the camera
LOWEST = 0.02  # picture heights under the horizon from which what is pointed at is the ground
EAR_WIDTH = 0.9  # |u| that is heard hard left or right
EAR_CURVE = 0.75  # most of what happens is near the middle: there the ears tell places apart more widely

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the audience's eye is: small moves give parallax, roll tips the house."""

    x: float = 0.0
    y: float = 0.0
    dolly: float = 0.0  # towards the stage, in units
    zoom: float = 1.0
    roll: float = 0.0  # radians, clockwise; about (0, ROLL_V)

    def project(self, x: ArrayLike, y: ArrayLike, z: ArrayLike) -> tuple[Array, Array, Array]:
        """World places to (u, v, scale): picture heights right of centre, down from the top, per unit."""
        depth = np.maximum(np.asarray(z, np.float64) + (1.0 - self.dolly), 1.0 + NEAREST_Z)
        scale = self.zoom / depth
        u = (np.asarray(x, np.float64) - self.x) * scale
        down = ((EYE + self.y) - np.asarray(y, np.float64)) * scale
        if not self.roll:
            return u, down + HORIZON, scale
        c, s, below = math.cos(self.roll), math.sin(self.roll), down + (HORIZON - ROLL_V)
        return u * c - below * s, u * s + below * c + ROLL_V, scale

    def seen(self, u: ArrayLike, v: ArrayLike, scale: ArrayLike) -> tuple[Array, Array]:
        """Picture places, as a still camera has them, of things that pass at `scale` (1 at the pool, less behind it):
        where this one sees them."""
        aside, high = np.asarray(scale, np.float64) * self.x, np.asarray(scale, np.float64) * self.y
        nearer = self._nearer(scale)
        below = (np.asarray(v, np.float64) + high - HORIZON) * nearer
        return self.rolled((np.asarray(u, np.float64) - aside) * nearer, HORIZON + below)

    def still(self, u: float, v: float, scale: float = 1.0) -> tuple[float, float]:
        """Where a still camera has what this one sees there: `seen`, the other way."""
        across, below = self._upright(u, v)
        nearer = float(self._nearer(scale))
        return across / nearer + self.x * scale, HORIZON + below / nearer - self.y * scale

    def ground(self, u: float, v: float) -> tuple[float, float] | None:
        """(x, z) of the boards that are seen there, None at the horizon and over it."""
        across, down = self._upright(u, v)
        if down <= LOWEST * self.zoom:
            return None
        scale = down / (EYE + self.y)
        return across / scale + self.x, self.zoom / scale - 1.0 + self.dolly

    def _upright(self, u: float, v: float) -> tuple[float, float]:
        """What is seen there, right of the middle and under the horizon, had the house not tipped."""
        c, s = math.cos(self.roll), math.sin(self.roll)
        return u * c + (v - ROLL_V) * s, (v - ROLL_V) * c - u * s + ROLL_V - HORIZON

    def _nearer(self, scale: ArrayLike) -> Array:
        return np.asarray(self.zoom / np.maximum(1.0 - self.dolly * np.asarray(scale, np.float64), 0.3))

    def rolled(self, u: ArrayLike, v: ArrayLike) -> tuple[Array, Array]:
        """Picture places turned with the house."""
        c, s = math.cos(self.roll), math.sin(self.roll)
        du, dv = np.asarray(u, np.float64), np.asarray(v, np.float64) - ROLL_V
        return np.asarray(du * c - dv * s), np.asarray(du * s + dv * c + ROLL_V)


ROLL_V = 0.72  # the picture height about which the house tips: the boards under the performer
STILL = Camera()


def pan_of(u: ArrayLike) -> Array:
    """Stereo place -1 (left) .. 1 (right) of a picture place."""
    side = np.clip(np.asarray(u, np.float64) / EAR_WIDTH, -1.0, 1.0)
    return np.asarray(np.sign(side) * np.abs(side) ** EAR_CURVE)


def distance_of(z: ArrayLike) -> Array:
    """How far a sound is, 1 at the pool of the spotlight."""
    return np.maximum(1.0 + np.asarray(z, np.float64), 0.2)
