"""Grains with a place in line: each leaves a hand at its own moment, falls, lies a while, and goes out."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.stage.drawing import Drawing, specks
from performance.timeline import Cue

Array = NDArray[np.float64]
Point = tuple[float, float, float]

RATE, LASTS = 520, 3.4  # grains a second at full flow, and seconds of each
GRAVITY = 0.62  # units a second a second: slower than life, as in a dream
GRAIN = 0.0013


@lru_cache(maxsize=4)
def _grains(seed: int) -> Array:
    """What of a grain is chance, (5, RATE * 8): it comes round again long after it is gone."""
    return chances(seed, "sand", count=5 * RATE * 8).reshape(5, RATE * 8)


def sand_at(cue: Cue, t: float, seed: int, hands: tuple[Point, Point] | None) -> Drawing | None:
    """The sand a cue asks for, None when there is none. `hands` are where it runs from."""
    level = cue.number("level")
    if level <= 0.0 or hands is None:
        return None
    number = np.arange(int((t - LASTS) * RATE) + 1, int(t * RATE) + 1)
    age = t - number / RATE
    a, b, c, d, e = _grains(seed)[:, number % (RATE * 8)]
    start = np.where((b < 0.5)[:, None], np.array(hands[0]), np.array(hands[1]))
    out = 0.012 + 0.10 * cue.number("spread") * a
    around = 6.28 * c
    fall = 0.5 * GRAVITY * age**2 * (0.85 + 0.3 * d)
    landed = np.sqrt(2.0 * np.maximum(start[:, 1], 0.02) / (GRAVITY * (0.85 + 0.3 * d)))
    flown = np.minimum(age, landed)
    slid = np.clip(age - landed, 0.0, 1.5)
    place = np.stack(
        [
            start[:, 0] + np.cos(around) * out * (0.15 + flown) + cue.number("wind") * 0.22 * flown**2,
            np.maximum(start[:, 1] - fall, 0.002 + 0.008 * e),
            start[:, 2] + np.sin(around) * out * (0.15 + flown) * 0.7,
        ],
        -1,
    )
    place[:, 0] += np.cos(around) * 0.05 * slid
    runs = cue.number("flow") > d * 0.98 + 0.01
    fade = np.clip((LASTS - age) / 1.2, 0.0, 1.0) * np.minimum(age * 14.0, 1.0) * runs
    glitter = 0.45 + 0.55 * np.clip(np.sin(9.0 * age + 40.0 * e) * 1.6, 0.0, 1.0)
    light = (level * 0.55 * fade * glitter * (0.5 + 0.5 * a))[:, None] * np.array(cue.colour("colour"))
    seen = fade > 0.0
    return Drawing(motes=specks(place[seen], GRAIN * (0.6 + 0.9 * e[seen]), light[seen]))
