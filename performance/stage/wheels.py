"""Gear wheels as panes and lines: teeth that mesh, spokes, a hub, brass that shines where it faces the light."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

TOOTH = 0.50  # of a tooth's pitch, how broad it is at the pitch circle
ADDENDUM, DEDENDUM = 0.85, 1.0  # over and under the pitch circle, in modules (pitch diameter / teeth)
RIM = 0.17  # of the pitch radius, how thick the rim is
SPOKES = 5
SHINE_FROM = 2.2  # radians: where the light comes from that brass answers


@lru_cache(maxsize=64)
def shape(teeth: int) -> tuple[Array, Array]:
    """A wheel of pitch radius 1: (n, 4, 2) its plates, and (n,) the direction each of them faces, radians."""
    module = 2.0 / teeth
    root, tip = 1.0 - DEDENDUM * module, 1.0 + ADDENDUM * module
    inner = max(root - RIM, 0.35)
    step = 2 * np.pi / teeth
    at = np.asarray(np.arange(teeth) * step, np.float64)
    plates, faces = [], []
    wide, narrow = 0.5 * TOOTH * step * 1.25, 0.5 * TOOTH * step * 0.62
    plates.append(_quads(at - wide, at + wide, at + narrow, at - narrow, root - 0.01, tip))
    faces.append(at)
    parts = max(teeth, 18)
    edge = np.asarray(np.arange(parts) * 2 * np.pi / parts, np.float64)
    over = 0.02 * 2 * np.pi / parts
    plates.append(
        _quads(edge - over, edge + 2 * np.pi / parts, edge + 2 * np.pi / parts, edge - over, inner, root)
    )
    faces.append(edge + np.pi / parts)
    spoke = np.arange(SPOKES) * 2 * np.pi / SPOKES
    out, along = np.stack([np.cos(spoke), np.sin(spoke)], -1), np.stack([-np.sin(spoke), np.cos(spoke)], -1)
    near, far = 0.15 * out, (inner + 0.02) * out
    plates.append(
        np.stack([near - 0.07 * along, far - 0.05 * along, far + 0.05 * along, near + 0.07 * along], 1)
    )
    faces.append(spoke + np.pi / 2)
    hub = np.asarray(np.arange(10) * 2 * np.pi / 10, np.float64)
    plates.append(_quads(hub, hub + 0.65, hub + 0.65, hub, 0.06, 0.22))
    faces.append(hub + 0.3)
    return np.concatenate(plates), np.concatenate(faces)


def _quads(a: Array, b: Array, c: Array, d: Array, low: float, high: float) -> Array:
    """Plates between two circles: corners at angles a, b on the lower, c, d on the higher one."""
    corners = [(low, a), (low, b), (high, c), (high, d)]
    return np.stack([np.stack([r * np.cos(w), r * np.sin(w)], -1) for r, w in corners], 1)


def turned(teeth: int, radius: float, angle: float, middle: tuple[float, float]) -> tuple[Array, Array]:
    """Plates (n, 4, 2) of a wheel so large, turned and placed, and (n,) how brightly each answers the light 0..1."""
    plates, faces = shape(teeth)
    c, s = np.cos(angle), np.sin(angle)
    x, y = plates[..., 0] * radius, plates[..., 1] * radius
    placed = np.stack([x * c - y * s + middle[0], x * s + y * c + middle[1]], -1)
    toward = np.cos(faces + angle - SHINE_FROM)
    lathe = np.abs(np.cos(faces + angle - SHINE_FROM - 0.5)) ** 6
    return placed, 0.16 + 0.34 * np.clip(toward, 0.0, 1.0) + 0.55 * lathe


def outline(teeth: int, radius: float, angle: float, middle: tuple[float, float]) -> Array:
    """The edge of a wheel as one closed line, (n, 2)."""
    module = 2.0 / teeth
    root, tip = 1.0 - DEDENDUM * module, 1.0 + ADDENDUM * module
    step = 2 * np.pi / teeth
    at = (np.arange(teeth) * step)[:, None] + np.array([-0.30, -0.15, 0.15, 0.30]) * step
    out = np.tile(np.array([root, tip, tip, root]), (teeth, 1)) * radius
    x, y = out * np.cos(at + angle) + middle[0], out * np.sin(at + angle) + middle[1]
    closed = np.stack([x, y], -1).reshape(-1, 2)
    return np.concatenate([closed, closed[:1]])
