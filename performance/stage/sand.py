"""Grains with a place in line: each leaves a hand at its own moment, falls, lies a while, and goes out."""

from __future__ import annotations

from dataclasses import dataclass
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
GRAIN = 0.0018


TURNS = RATE * 8  # a grain comes round again long after it is gone


@dataclass(frozen=True, slots=True)
class _Grains:
    """What of each grain is chance, (TURNS,) all."""

    left: NDArray[np.bool_]  # which hand it leaves
    out: Array
    ahead: Array
    aside: Array  # it drifts that way
    weight: Array  # what it falls by a second squared
    late: Array  # how much must flow before it does
    light: Array
    phase: Array
    bed: Array  # how high it comes to lie
    radius: Array


@lru_cache(maxsize=4)
def _grains(seed: int) -> _Grains:
    a, b, c, d, e = chances(seed, "sand", count=5 * TURNS).reshape(5, TURNS)
    return _Grains(
        b < 0.5, a, np.cos(6.28 * c), np.sin(6.28 * c), GRAVITY * (0.85 + 0.3 * d), d * 0.98 + 0.01,
        0.9 * (0.5 + 0.5 * a), 40.0 * e, 0.002 + 0.008 * e, GRAIN * (0.6 + 0.9 * e),
    )  # fmt: skip


def sand_at(cue: Cue, t: float, seed: int, hands: tuple[Point, Point] | None) -> Drawing | None:
    """The sand a cue asks for, None when there is none. `hands` are where it runs from."""
    level = cue.number("level")
    if level <= 0.0 or hands is None:
        return None
    grains = _grains(seed)
    number = np.arange(int((t - LASTS) * RATE) + 1, int(t * RATE) + 1)
    number = number[grains.late[number % TURNS] < cue.number("flow")]
    some, age = number % TURNS, t - number / RATE
    start = np.where(grains.left[some], np.array(hands[0])[:, None], np.array(hands[1])[:, None])
    weight, ahead = grains.weight[some], grains.ahead[some]
    landed = np.sqrt(2.0 * np.maximum(start[1], 0.02) / weight)
    flown = np.minimum(age, landed)
    out = (0.012 + 0.10 * cue.number("spread") * grains.out[some]) * (0.15 + flown)
    place = np.empty((len(some), 3))
    slid = 0.05 * np.minimum(age - flown, 1.5)
    place[:, 0] = start[0] + ahead * (out + slid) + 0.22 * cue.number("wind") * flown * flown
    place[:, 1] = np.maximum(start[1] - 0.5 * weight * age * age, grains.bed[some])
    place[:, 2] = start[2] + grains.aside[some] * out * 0.7
    fade = level * np.minimum((LASTS - age) / 1.2, 1.0) * np.minimum(age * 14.0, 1.0) * grains.light[some]
    glitter = 0.45 + 0.55 * np.clip(np.sin(9.0 * age + grains.phase[some]) * 1.6, 0.0, 1.0)
    light = (fade * glitter)[:, None] * np.array(cue.colour("colour"))
    return Drawing(motes=specks(place, grains.radius[some], light))
