"""Gestures as motes hear them: a front runs outwards from each, lifts what it meets and leaves its colour behind."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.stage.lights import Colour

Single = NDArray[np.float32]

SPEED = 0.52  # picture heights a second
WIDTH = 0.062  # of the front, picture heights
WAKE = 0.30  # how far behind the front the colour stays, picture heights
LASTS = 6.0
FADE = 0.42  # a second
DAZZLE = 0.30  # how soon many calls at once add no more brightness
HUES: tuple[Colour, ...] = (  # gold, coral, rose, orchid, violet, azure, sea, candle: no lime, no mud
    (1.0, 0.60, 0.10), (1.0, 0.27, 0.13), (1.0, 0.16, 0.36), (0.76, 0.14, 0.92), (0.36, 0.16, 1.0), (0.12, 0.42, 1.0),
    (0.10, 0.84, 0.70), (1.0, 0.82, 0.55),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calls:
    """(g,) times, places, strengths 0..1, and linear RGB colours (g, 3)."""

    time: Single
    u: Single
    v: Single
    strength: Single
    colour: Single

    @staticmethod
    def none() -> Calls:
        """Nobody calls."""
        empty = np.zeros(0, np.float32)
        return Calls(empty, empty, empty, empty, np.zeros((0, 3), np.float32))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the calls do to every mote: (n,) displacements and added brightness, (n, 3) colour, (n,) how much of it."""

    du: Single
    dv: Single
    bright: Single
    colour: Single
    told: Single


def hue_colour(hue: float) -> Colour:
    """A luminous colour for a place on the circle of the house's hues (linear RGB)."""
    place = (hue % 1.0) * len(HUES)
    first, mix = int(place) % len(HUES), place % 1.0
    red, green, blue = (
        a + (b - a) * mix for a, b in zip(HUES[first], HUES[(first + 1) % len(HUES)], strict=True)
    )
    return red, green, blue


def answer(u: Single, v: Single, calls: Calls, t: float, gain: float) -> Answer | None:
    """The sum of all calls that still run; None when there are none."""
    running = np.flatnonzero((t >= calls.time) & (t < calls.time + LASTS) & (calls.strength > 0))
    if gain <= 0.0 or not len(running):
        return None
    du, dv, bright = np.zeros_like(u), np.zeros_like(u), np.zeros_like(u)
    told = np.zeros((3, len(u)), np.float32)
    for k in running:
        age = t - float(calls.time[k])
        front = SPEED * age * (1.0 - 0.05 * age)
        strength = gain * float(calls.strength[k]) * math.exp(-FADE * age) * min(1.0, LASTS - age)
        x, y = u - float(calls.u[k]), v - float(calls.v[k])  # plain floats keep the arrays single
        r = np.sqrt(x * x + y * y) + np.float32(1e-4)
        behind = np.float32(front / WIDTH) - r * np.float32(1 / WIDTH)
        crest = np.exp(-behind * behind)
        wake = np.where(behind > 0, np.exp(np.float32(-WIDTH / WAKE) * behind), crest)
        push = np.float32(0.040 * strength) * crest / (r * (1 + r))
        du += push * x
        dv += push * y - np.float32(0.045 * strength) * crest * (1 - 0.35 * behind)
        bright += np.float32(3.2 * strength) * crest + np.float32(0.55 * strength) * wake
        tone = np.float32(1.6 * strength) * crest + np.float32(1.1 * strength) * wake
        for channel in range(3):
            told[channel] += tone * float(calls.colour[k, channel])
    total = told.sum(0)
    colour = told * (1.2 / np.maximum(told.max(0), 0.2))
    bright /= 1 + DAZZLE * bright
    return Answer(du, dv, bright, np.ascontiguousarray(colour.T), total / (0.35 + total))
