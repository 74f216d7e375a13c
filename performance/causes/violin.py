"""The form of the instrument: one outline for the violin of ice, its scroll, its f-holes and its shards.

Lengths are in body lengths: x to the right, y up from the bottom of the body, whose top is at y = 1. The
proportions are those of a full-size violin (lower bout .58, waist .31, upper bout .47 of the body's length);
the head is turned so that its volute is seen from the side.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MIDDLE = 0.62  # y about which the instrument hangs, turns and is placed
TOP = 1.69  # y of the crown of the scroll
EYE = (0.012, 1.612)  # the middle of the volute
VOLUTE = 0.070  # its outer radius
TURNS = 2.25
SHRINK = 0.62  # of the volute's radius over one turn
PEGS = ((1.405, -1), (1.440, 1), (1.475, -1), (1.510, 1))  # how high each of them is, and on which side

_LOWER = (
    (0, 0),
    (0.10, 0.006),
    (0.20, 0.045),
    (0.272, 0.125),
    (0.290, 0.215),
    (0.270, 0.305),
    (0.232, 0.362),
)
_WAIST = (
    (0.252, 0.372),
    (0.205, 0.385),
    (0.170, 0.43),
    (0.156, 0.49),
    (0.160, 0.55),
    (0.185, 0.60),
    (0.222, 0.625),
)
_UPPER = (
    (0.205, 0.640),
    (0.228, 0.70),
    (0.234, 0.765),
    (0.212, 0.845),
    (0.150, 0.915),
    (0.075, 0.955),
    (0.036, 0.965),
)
_NECK = ((0.034, 0.97), (0.027, 1.15), (0.024, 1.34))
_FRONT = (
    (0.027, 1.365),
    (0.030, 1.43),
    (0.026, 1.49),
    (0.024, 1.525),
    (0.044, 1.547),
)  # of the pegbox, to the chin
_BACK = ((-0.066, 1.575), (-0.060, 1.53), (-0.046, 1.47), (-0.034, 1.40), (-0.027, 1.36))
_F_HOLE = (
    (0.073, 0.565), (0.060, 0.585), (0.068, 0.606), (0.088, 0.600), (0.098, 0.565), (0.098, 0.50), (0.108, 0.435),
    (0.118, 0.395), (0.140, 0.385), (0.150, 0.402), (0.140, 0.422),
)  # fmt: skip


def smooth_line(points: object, steps: int = 5) -> Array:
    """A curve through points (n, 2), `steps` to a span (Catmull and Rom 1974)."""
    p = np.asarray(points, np.float64)
    q = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    x = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    a, b, c, d = (q[i : len(q) - 3 + i, None] for i in range(4))
    curve = b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))
    return np.vstack([curve.reshape(-1, 2), p[-1:]])


def volute(angle: Array | float) -> Array:
    """Radius of the scroll's spiral, `angle` radians inwards from its chin."""
    return np.asarray(VOLUTE * SHRINK ** (np.asarray(angle) / (2 * np.pi)))


def spiral(steps: int = 90) -> Array:
    """The scroll's spiral line (steps, 2), from the chin inwards to the eye."""
    turn = np.linspace(0, TURNS * 2 * np.pi, steps)
    angle = turn - 1.05
    return np.stack([EYE[0] + volute(turn) * np.cos(angle), EYE[1] + volute(turn) * np.sin(angle)], 1)


@lru_cache(maxsize=4)
def outline(steps: int = 5) -> Array:
    """The whole silhouette, body, neck and head, as a closed counter-clockwise polygon (n, 2)."""
    right = np.vstack([smooth_line(part, steps) for part in (_LOWER, _WAIST, _UPPER, _NECK)])
    angle = np.linspace(-0.75, 3.35, 6 * steps)
    crown = np.stack(
        [EYE[0] + volute(angle + 0.75) * np.cos(angle), EYE[1] + volute(angle + 0.75) * np.sin(angle)], 1
    )
    crown += (np.array(_BACK[0]) - crown[-1]) * np.linspace(0, 1, len(crown))[:, None] ** 2
    head = np.vstack([smooth_line(_FRONT, steps), crown, smooth_line(_BACK, steps)[1:]])
    left = (right * (-1, 1))[::-1][:-1]
    return np.vstack([right, head, left])


def body(steps: int = 5) -> Array:
    """The silhouette of the body alone (n, 2)."""
    right = np.vstack([smooth_line(part, steps) for part in (_LOWER, _WAIST, _UPPER)])
    return np.vstack([right, (right * (-1, 1))[::-1][:-1]])


def pegs() -> list[Array]:
    """The pegs outside the head: of each its stem and its ear, counter-clockwise polygons (n, 2)."""
    stem = np.array([(0.026, -0.009), (0.062, -0.004), (0.062, 0.013), (0.026, 0.009)])
    ear = np.array(
        [(0.060, -0.019), (0.074, -0.019), (0.091, 0.020), (0.086, 0.036), (0.074, 0.034), (0.059, -0.004)]
    )
    found = []
    for height, side in PEGS:
        found += [(part * (side, 1) + (0.0, height))[::side] for part in (stem, ear)]
    return found


def f_hole(steps: int = 8) -> tuple[Array, Array]:
    """The right f-hole: its centre line (n, 2) and half its width (n,)."""
    line = smooth_line(_F_HOLE, steps)
    return line, 0.0035 + 0.0065 * np.sin(np.linspace(0, np.pi, len(line))) ** 2


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the instrument is: the world place of its MIDDLE, its length, how its head leans to the right."""

    x: float
    y: float
    z: float
    size: float  # units from its lowest to its highest point
    tilt: float  # radians, clockwise

    @property
    def scale(self) -> float:
        """World units in a body length."""
        return self.size / TOP

    def turned(self, form: Array) -> Array:
        """Points of the form (n, 2) as world (x, y) offsets from the place of the middle."""
        c, s = np.cos(self.tilt), np.sin(self.tilt)
        x, y = form[..., 0] * self.scale, (form[..., 1] - MIDDLE) * self.scale
        return np.stack([x * c + y * s, y * c - x * s], -1)

    def grain(self) -> Array:
        """The (2, 2) matrix that takes world (x, y) offsets back to the form."""
        c, s = np.cos(self.tilt), np.sin(self.tilt)
        return np.array([[c, -s], [s, c]]) / self.scale

    def drop(self) -> float:
        """How far the lowest point hangs below the middle, units."""
        return _drop(self.size, self.tilt)


@lru_cache(maxsize=16)
def _drop(size: float, tilt: float) -> float:
    return float(-Placing(0.0, 0.0, 0.0, size, tilt).turned(outline())[:, 1].min())
