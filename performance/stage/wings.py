"""The wings a curtain unfurls into: every pleat is a feather, from the hanging rail to an arm that rises and fans."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth_step
from performance.chance import chances
from performance.stage.curtain import Curtain

Array = NDArray[np.float64]
# Feathers, length, half width, how far they lean along the arm: primaries, two rows of coverts, scapulars, the margin.
LAYERS = (
    (21, 1.00, 0.030, 0.0), (19, 0.62, 0.027, 0.1), (17, 0.40, 0.025, 0.2), (16, 0.26, 0.022, 0.45),
    (16, 0.19, 0.016, 1.0),
)  # fmt: skip
# Of a feather: u, v, angle, length, half width, bend, layer 0..1, light, phase, side, hidden share, cover.
COLUMNS = 12
BEAT_S = 5.2  # one beat of the wings
ARM = np.array(
    [[0.050, 0.545], [0.105, 0.360], [0.240, 0.185], [0.420, 0.120], [0.600, 0.150]]
)  # shoulder to hand


@lru_cache(maxsize=4)
def _bones(seed: int) -> tuple[Array, float]:
    """The arm of a performance: how high its wrist and hand are carried; and how far its feathers fan."""
    wrist, hand, fan = chances(seed, "wings", "carried", count=3) - 0.5
    arm = ARM.copy()
    arm[2:, 1] += (0.07 * wrist, 0.10 * wrist, 0.05 * wrist + 0.12 * hand)
    return arm, 1.0 + 0.3 * fan


def _arm(arm: Array, f: Array, lift: float) -> tuple[Array, Array]:
    """Places along the arm, f 0 shoulder .. 1 hand (a Catmull-Rom curve), raised by the beat."""
    p = np.vstack([2 * arm[0] - arm[1], arm, 2 * arm[-1] - arm[-2]])
    at = np.clip(f, 0.0, 1.0) * (len(arm) - 1)
    i = np.minimum(at.astype(np.int64), len(arm) - 2)
    x = (at - i)[:, None]
    a, b, c, d = p[i], p[i + 1], p[i + 2], p[i + 3]
    place = b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))
    return place[:, 0], place[:, 1] - lift * f**1.4


@lru_cache(maxsize=4)
def _plan(seed: int) -> Array:
    """What of one wing's feathers does not change, (6, n): place on the arm, layer, length, half width, lean, odd."""
    rows = []
    for layer, (count, length, width, lean) in enumerate(LAYERS):
        f = (
            (np.arange(count)[::-1] + 0.5) / count * (1.0 - 0.12 * lean)
        )  # hand first: those nearer the body lie over it
        odd = chances(seed, "feather", layer, count=count) - 0.5
        rows.append(
            np.stack(
                [
                    f,
                    np.full(count, layer),
                    np.full(count, length),
                    np.full(count, width),
                    np.full(count, lean),
                    odd,
                ]
            )
        )
    return np.concatenate(rows, axis=1)


def feathers_at(curtain: Curtain, half: float, seed: int) -> NDArray[np.float32]:
    """All feathers of both wings, (n, COLUMNS) float32 in picture places, in the order to draw them.

    `half` is the picture's half width: wings and rail fit themselves to it. `angle` 0 hangs down, positive turns
    outwards. Empty while the curtain is cloth.
    """
    if curtain.unfurl <= 0.0 or curtain.level <= 0.0:
        return np.zeros((0, COLUMNS), np.float32)
    wing = _wing(curtain, half, seed)
    other = wing.copy()
    other[:, 0] *= -1.0
    other[:, 9] = -1.0
    return np.ascontiguousarray(np.stack([wing, other], axis=1).reshape(-1, COLUMNS), np.float32)


def _wing(curtain: Curtain, half: float, seed: int) -> Array:
    """The right wing's feathers, (n, COLUMNS)."""
    f, layer, length, width, lean, odd = _plan(seed)
    span = min(half / 0.889, 1.25)
    size = min(span, 1.1)
    t, unfurl = curtain.t, curtain.unfurl
    rise = float(smooth_step(0.02, 0.62, unfurl))
    fan = smooth_step(0.12 + 0.22 * (1.0 - f) + 0.03 * layer, 0.62 + 0.30 * (1.0 - f) + 0.03 * layer, unfurl)
    beat = curtain.beat * rise * np.sin(2 * np.pi * t / BEAT_S - 0.9 * f - 0.15 * layer)
    arm, fanned = _bones(seed)
    ax, ay = _arm(arm, f, 0.075 * curtain.beat * rise * math.sin(2 * math.pi * t / BEAT_S))
    inset = 0.030 * layer - 0.022 * np.maximum(layer - 2.0, 0.0) * (1.0 + lean)
    opened = (
        -0.10 + fanned * (0.62 * f + 1.10 * f**3.2) + 0.12 * odd + 0.16 * beat * f + lean * (0.9 - 0.35 * f)
    )
    long = (0.20 + 0.30 * f**0.8 + 0.10 * np.sin(np.pi * f)) * length * (1.0 + 0.08 * odd) * size
    along = rise * (1.0 - 0.25 * (1.0 - fan))
    drawn = 0.97 * curtain.open - 0.12  # where the cloth's inner edge hung; the pleats spread from there
    inner = drawn + (0.42 - drawn) * float(smooth_step(0.0, 0.34, unfurl))
    rail = half * (inner + (1.03 - inner) * f) + 0.01 * odd * unfurl
    sway = 0.012 * np.sin(0.7 * t + 5.0 * f + layer)
    late = np.sin(np.pi * fan)  # while it turns a feather trails behind
    columns = [
        rail + ((ax + inset * 0.35) * span - rail) * along,
        -0.06 + (ay + inset * (0.9 - 0.5 * f) + 0.06) * along,
        sway * (1.0 - fan) + opened * fan - 0.20 * late * (1.0 - f),
        0.96 + (long - 0.96) * smooth_step(0.0, 1.0, 0.35 * along + 0.65 * fan),
        half * 0.022 + (width * (1.12 - 0.30 * f) * size - half * 0.022) * fan,
        0.24 * fan * (0.35 + f) - 0.30 * beat * f - 0.35 * late,
        layer / (len(LAYERS) - 1),
        (0.55 + 0.55 * f) * (0.9 + 0.35 * odd) * (1.0 - 0.06 * layer),
        odd * 9.0 + f * 4.0,
        np.ones(len(f)),
        np.where(layer < 3, 0.26, 0.0) * smooth_step(0.75, 1.0, fan),  # the root lies under the next layer
        np.where(layer > 0, smooth_step(0.16, 0.40, unfurl), 1.0),
    ]
    return np.column_stack(columns)
