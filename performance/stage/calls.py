"""Gestures as motes hear them: a front runs outwards from each, lifts what it meets and leaves its colour behind."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.causes import performer
from performance.causes.eye import eye_at
from performance.chance import chance
from performance.gestures import Strike, Sweep, Touch
from performance.stage.lights import Colour
from performance.stage.swarm import hear
from performance.timeline import Timeline

Single = NDArray[np.float32]

SPEED = 0.52  # picture heights a second
LASTS = 6.0
FADE = 0.42  # a second
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
    """What the calls do to every mote: (n,) displacements and added brightness, how much of a colour, (3, n) colour."""

    du: Single
    dv: Single
    bright: Single
    told: Single
    colour: Single
    rows: Single  # (7, n): all of these, in this order


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
    running = ((t >= calls.time) & (t < calls.time + LASTS) & (calls.strength > 0)).nonzero()[0]
    if gain <= 0.0 or not len(running):
        return None
    heard = []
    for k in running:
        age = t - float(calls.time[k])
        front = SPEED * age * (1.0 - 0.05 * age)
        strength = gain * float(calls.strength[k]) * math.exp(-FADE * age) * min(1.0, LASTS - age)
        heard.append((calls.u[k], calls.v[k], front, strength, *calls.colour[k]))
    rows = np.empty((7, len(u)), np.float32)
    hear(np.array(heard, np.float32), u, v, rows)
    return Answer(rows[0], rows[1], rows[2], rows[3], rows[4:], rows)


def calls_at(timeline: Timeline, t: float) -> Calls:
    """The gestures that still run through the motes, each in its own colour."""
    heard = [
        g for g in performer.gestures(timeline, t - LASTS, t + 1e-9) if isinstance(g, (Sweep, Touch, Strike))
    ]
    if not heard:
        return Calls.none()
    hues = [chance(timeline.seed, "call", round(g.t * 1000.0)) for g in heard]
    places = [(g.t, *eye_at(timeline, g.t).still(g.u, g.v), g.strength) for g in heard]
    when, u, v, strength = np.array(places, np.float32).T
    return Calls(when, u, v, strength, np.array([hue_colour(hue) for hue in hues], np.float32))
