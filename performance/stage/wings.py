"""The wings a curtain unfurls into: every pleat is a feather, from the hanging rail to an arm that rises and fans."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.stage.curtain import Curtain

Array = NDArray[np.float64]
LAYERS = ((21, 1.00, 0.030), (19, 0.60, 0.027), (16, 0.34, 0.024), (13, 0.20, 0.021))  # feathers, length, half width
COLUMNS = 10  # of a feather: u, v, angle, length, half width, bend, layer 0..1, light, phase, side
BEAT_S = 5.2  # one beat of the wings
ARM = np.array([[0.050, 0.545], [0.105, 0.360], [0.240, 0.185], [0.420, 0.120], [0.600, 0.150]])  # shoulder to hand


def _ease(low: Array | float, high: Array | float, x: Array | float) -> Array:
    q = np.clip((np.asarray(x) - low) / (np.asarray(high) - low), 0.0, 1.0)
    return np.asarray(q * q * (3.0 - 2.0 * q))


def _arm(f: Array, lift: float) -> tuple[Array, Array]:
    """Places along the arm, f 0 shoulder .. 1 hand (a Catmull-Rom curve), raised by the beat."""
    p = np.vstack([2 * ARM[0] - ARM[1], ARM, 2 * ARM[-1] - ARM[-2]])
    at = np.clip(f, 0.0, 1.0) * (len(ARM) - 1)
    i = np.minimum(at.astype(np.int64), len(ARM) - 2)
    x = (at - i)[:, None]
    a, b, c, d = p[i], p[i + 1], p[i + 2], p[i + 3]
    place = b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))
    return place[:, 0], place[:, 1] - lift * f**1.4


def feathers_at(curtain: Curtain, half: float, seed: int) -> NDArray[np.float32]:
    """All feathers of both wings, (n, COLUMNS) float32 in picture places, in the order to draw them.

    `half` is the picture's half width: wings and rail fit themselves to it. `angle` 0 hangs down, positive turns
    outwards. Empty while the curtain is cloth.
    """
    if curtain.unfurl <= 0.0 or curtain.level <= 0.0:
        return np.zeros((0, COLUMNS), np.float32)
    span = min(half / 0.889, 1.25)
    rows = []
    for side in (-1.0, 1.0):
        for layer, (count, length, width) in enumerate(LAYERS):
            rows.append(_layer(curtain, seed, span, half, side, layer, count, length, width))
    both = np.concatenate([np.concatenate(pair) for pair in zip(rows[:4], rows[4:], strict=True)])
    return np.ascontiguousarray(both, np.float32)


def _layer(
    curtain: Curtain, seed: int, span: float, half: float, side: float, layer: int, count: int, length: float, width: float
) -> Array:
    f = (np.arange(count)[::-1] + 0.5) / count  # hand first: those nearer the body lie over it
    odd = chances(seed, "feather", layer, count=count) - 0.5
    t, unfurl = curtain.t, curtain.unfurl
    rise = float(_ease(0.02, 0.62, unfurl))
    fan = _ease(0.12 + 0.22 * (1.0 - f) + 0.03 * layer, 0.62 + 0.30 * (1.0 - f) + 0.03 * layer, unfurl)
    beat = curtain.beat * rise * np.sin(2 * np.pi * t / BEAT_S - 0.9 * f - 0.15 * layer)
    lift = 0.075 * float(curtain.beat) * rise * float(np.sin(2 * np.pi * t / BEAT_S))
    ax, ay = _arm(f, lift)
    inset = 0.030 * layer
    wing_u = (ax + inset * 0.35) * span
    wing_v = ay + inset * (0.9 - 0.5 * f)
    opened = -0.10 + 0.62 * f + 1.10 * f**3.2 + 0.05 * odd + 0.16 * beat * f
    if layer:
        opened = opened + 0.10 * layer * (1.0 - f)
    long = (0.20 + 0.30 * f**0.8 + 0.10 * np.sin(np.pi * f)) * length * (1.0 + 0.08 * odd) * min(span, 1.1)
    rail_u = half * (0.42 + 0.60 * f) + 0.01 * odd
    sway = 0.012 * np.sin(0.7 * t + 5.0 * f + layer)
    along = np.asarray(rise * (1.0 - 0.25 * (1.0 - fan)))
    u = rail_u + (wing_u - rail_u) * along
    v = -0.06 + (wing_v + 0.06) * along
    angle = sway * (1.0 - fan) + opened * fan - 0.20 * np.sin(np.pi * fan) * (1 - f)
    size = 0.96 + (long - 0.96) * _ease(0.0, 1.0, 0.35 * along + 0.65 * fan)
    breadth = half * 0.022 + (width * (1.12 - 0.30 * f) * min(span, 1.1) - half * 0.022) * fan
    bend = 0.24 * fan * (0.35 + f) - 0.30 * beat * f - 0.35 * np.sin(np.pi * fan)
    light = (0.55 + 0.55 * f) * (0.9 + 0.35 * odd) * (1.0 - 0.06 * layer)
    here = np.full(count, 1.0) if layer == 0 else _ease(0.10, 0.35, unfurl) * np.ones(count)
    depth = np.full(count, layer / (len(LAYERS) - 1))
    phase = odd * 9.0 + f * 4.0
    return np.column_stack([u * side, v, angle, size, breadth, bend, depth, light * here, phase, np.full(count, side)])
