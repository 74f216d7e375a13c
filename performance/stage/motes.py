"""Motes: each was a place on somebody's outline. They leave it slowly, ride one slow flow, and remember whose they were.

Everything is a closed form of the time and the cue: a mote is where it is because of the hour, not of the frame
before. Places are (u, v) with a scale, 1 at the performer, greater nearer to us, as for the audience.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.stage.leaving import Leaving, leaving
from performance.stage.lights import Beam, Colour
from performance.stage.sunbeam import Sunbeam

if TYPE_CHECKING:
    from performance.timeline import Cue

Single = NDArray[np.float32]
TAU = np.float32(2 * np.pi)

TRAVEL = 0.36  # of the whole dissolve: how long a mote takes from its seat to its place in the air
FLASH = 0.010  # of the whole dissolve: how long it glows up as it lets go
RIPPLE_SPEED = 0.52  # picture heights a second
RIPPLE_WIDTH = 0.062
RIPPLE_LASTS = 6.0
WAKE = 0.30  # how far behind the front the colour stays, picture heights
TIERS = 6  # of the choir
DUST = 700
SHARPEST = 0.00105  # radius of a mote in focus, picture heights


@dataclass(frozen=True, slots=True)
class Calls:
    """Gestures that motes answer: (g,) times, places, strengths 0..1 and linear RGB colours (g, 3)."""

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
class Motes:
    """(n,) float32 places, scale, radius in picture heights, and (n, 3) light, linear RGB."""

    u: Single
    v: Single
    scale: Single
    radius: Single
    light: Single


def hue_colour(hue: float) -> Colour:
    """A luminous colour for a place on the circle of hues, 0 gold, on through green, blue, violet and rose."""
    angle = 2 * np.pi * (hue + 0.09)
    r, g, b = (0.56 + 0.52 * np.cos(angle - 2 * np.pi * k / 3) for k in range(3))
    return float(max(r, 0.08)), float(max(g, 0.08)), float(max(b, 0.08))


@lru_cache(maxsize=4)
def _own(seed: int, count: int) -> Single:
    """(12, count) each mote's own even numbers."""
    return chances(seed, "motes", "own", count=12 * count).reshape(count, 12).T.astype(np.float32).copy()


def _ease(x: Single) -> Single:
    """0..1, very slow to begin."""
    x = np.clip(x, 0, 1)
    return np.asarray(x * x * x * (x * (x * 6 - 15) + 10) * 0.65 + 0.35 * x * x, np.float32)


def _flow(u: Single, v: Single, t: float) -> tuple[Single, Single]:
    """One slow current through the whole house, as displacements: eddies within eddies."""
    a = np.sin(3.1 * u + 4.3 * v - np.float32(0.23 * t))
    b = np.sin(4.7 * u - 3.4 * v + np.float32(0.19 * t) + 1.3 * a)
    c = np.sin(11.0 * v + 5.0 * u - np.float32(0.37 * t) + 1.7 * b)
    d = np.sin(13.0 * u - 8.0 * v + np.float32(0.31 * t) + 1.9 * a)
    e = np.sin(27.0 * v + 19.0 * u + np.float32(0.53 * t) + 2.0 * c)
    return 0.085 * b + 0.038 * c + 0.012 * e, 0.055 * a + 0.030 * d + 0.010 * np.sin(1.6 * e + 2 * b)


def _air(m: Leaving, own: Single, climb: Single, t: float) -> tuple[Single, Single, Single]:
    """Between the seat and the place in the air: people stay together, loosely, and hang there as light."""
    high = m.home_v + (m.air_v - m.home_v) * climb
    du, dv = _flow(m.home_u, high, t)
    hover = 0.010 + 0.016 * own[0]
    bob = np.sin(t * (0.17 + 0.4 * own[1]) * TAU * 0.5 + TAU * own[2])
    dart = np.sin(t * (0.9 + 0.8 * own[3]) + TAU * own[4] + 2.2 * bob)
    u = m.home_u + (m.air_u - m.home_u) * climb + du * climb + climb * hover * dart
    v = high + dv * climb + climb * hover * bob
    return u, v, m.home_scale + (m.air_scale - m.home_scale) * climb


def _choir(m: Leaving, own: Single, t: float) -> tuple[Single, Single, Single]:
    """Tiers that turn slowly round the performer, rising and falling like breath, in clusters."""
    tier = np.floor(own[5] * TIERS)
    inner = (tier + 0.5) / TIERS
    cluster = own[6] + 0.055 * np.sin(TAU * (own[6] * 5 + inner * 3))
    angle = TAU * cluster + np.float32(t) * (0.14 - 0.07 * inner)
    radius = 0.26 + 0.62 * inner + 0.045 * (own[7] + own[8] - 1)
    z = radius * np.sin(angle) * 0.80
    scale = 1.0 / np.maximum(1.0 + z, 0.33)
    wave = 0.030 * np.sin(3 * angle - np.float32(0.5 * t) + 4 * inner) + 0.020 * np.sin(
        np.float32(TAU * 0.12 * t) + 3 * inner
    )
    lift = 0.10 + 0.36 * inner * inner + wave + 0.05 * (own[9] + own[10] - 1)
    u, v = radius * np.cos(angle) * scale, 0.64 - (lift - 0.02) * scale - 0.06
    du, dv = _flow(u, v, t)
    return u + 0.35 * du, v + 0.35 * dv, scale.astype(np.float32)


def _blinking(own: Single, t: float, depth: float, along: Single, together: float) -> Single:
    """Fireflies: a quick glow and a slow fading, each in its own time; a choir's blinks run round it as a wave."""
    rate = 0.19 + 0.20 * own[1]
    mine = t * rate + own[2]
    theirs = np.float32(0.24 * t) - 0.8 * along
    x = (mine + together * 0.75 * np.sin(TAU * (theirs - mine)) / TAU) % 1
    pulse = (1 - np.exp(-26 * x)) * np.exp(-4.2 * x) * 1.55
    return np.asarray(1 - depth + depth * (0.10 + 1.25 * pulse), np.float32)


def _answer(
    u: Single, v: Single, calls: Calls, t: float, gain: float
) -> tuple[Single, Single, Single, Single]:
    """What every gesture of the last seconds does here: displacement, added light and added colour (n, 3).

    A front runs outwards from the gesture and lifts what it meets; its colour stays behind it for a while.
    """
    du, dv, bright = np.zeros_like(u), np.zeros_like(u), np.zeros_like(u)
    colour = np.zeros((len(u), 3), np.float32)
    for k in range(len(calls.time)):
        age = t - float(calls.time[k])
        if not 0.0 <= age < RIPPLE_LASTS:
            continue
        x, y = u - calls.u[k], v - calls.v[k]
        r = np.sqrt(x * x + y * y) + np.float32(1e-4)
        front = RIPPLE_SPEED * age * (1.0 - 0.05 * age)
        behind = (np.float32(front) - r) / np.float32(RIPPLE_WIDTH)
        crest = np.exp(-behind * behind)
        wake = np.where(behind > 0, np.exp(-behind * (RIPPLE_WIDTH / WAKE)), crest)
        strength = gain * float(calls.strength[k]) * np.exp(-0.42 * age) * min(1.0, (RIPPLE_LASTS - age))
        push = np.float32(0.040 * strength) * crest / (1 + r)
        du += push * x / r
        dv += push * y / r - np.float32(0.045 * strength) * crest * (1 - 0.35 * behind)
        bright += np.float32(strength) * (3.2 * crest + 0.55 * wake)
        colour += (np.float32(strength) * (1.6 * crest + 1.1 * wake))[:, None] * calls.colour[k]
    return du, dv, bright, colour


def motes_at(
    cue: Cue,
    t: float,
    seed: int,
    dissolve: float = 1.0,
    calls: Calls | None = None,
    sun: Sunbeam | None = None,
    beam: Beam | None = None,
) -> Motes | None:
    """Every mote at `t`. `dissolve` is the audience's: motes of those who are still there are not yet free."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    count = int(cue.number("count"))
    rise = cue.number("rise")
    free = leaving(seed, count).freed(dissolve if rise <= 0.0 else 1.0)
    own = _own(seed, count)[:, : len(free)]
    calls = calls or Calls.none()
    parts = []
    if len(free):
        parts.append(_people(cue, t, free, own, dissolve, calls, sun))
    if cue.number("dust") > 0.0 and beam is not None:
        parts.append(_dust(t, seed, beam, cue.number("dust")))
    if not parts:
        return None
    u, v, scale, radius, light = (np.concatenate([p[i] for p in parts]) for i in range(5))
    return Motes(u, v, scale, radius, light * np.float32(level))


def _people(
    cue: Cue, t: float, free: Leaving, own: Single, dissolve: float, calls: Calls, sun: Sunbeam | None
) -> tuple[Single, ...]:
    rise, swarm, fall = cue.number("rise"), cue.number("swarm"), cue.number("fall")
    since = np.float32(dissolve) - free.hour
    lifted = _ease(np.float32(1.7 * rise) - 0.7 * own[8])
    climb = np.maximum(_ease(since / np.float32(TRAVEL)), lifted)
    u, v, scale = _air(free, own, climb, t)
    along = u
    if swarm > 0.0:
        gather = _ease(np.float32(1.6 * swarm) - 0.6 * own[11])
        cu, cv, cs = _choir(free, own, t)
        u, v, scale = u + (cu - u) * gather, v + (cv - v) * gather, scale + (cs - scale) * gather
    blink = _blinking(own, t, cue.number("blink"), along, swarm)
    flash = np.exp(-np.square(since / np.float32(FLASH))) + 0.5 * np.exp(
        -np.maximum(since, 0) / np.float32(0.05)
    )
    there = np.where((since > 0) | (lifted > 0), np.float32(1), np.float32(0))
    light = (0.16 + 1.5 * own[7] ** 5 + 0.35 * own[9]) * blink * (0.75 + 0.25 * climb) + 1.1 * flash * (
        1 - lifted
    )
    if fall > 0.0:
        gone = np.clip(np.float32(1.5 * fall) - 0.5 * own[10], 0, 1)
        light, v = light * (1 - gone) ** 1.5, v + 0.5 * gone * gone
    if sun is not None:
        light = light * (1 + np.float32(2.2) * sun.glow(u, v).astype(np.float32))
    du, dv, bright, tint = _answer(u, v, calls, t, cue.number("answer"))
    warm = np.array(cue.colour("colour"), np.float32) * 1.25 + np.float32(0.10)
    cool = np.array(cue.colour("cool"), np.float32) * 1.05 + np.float32(0.10)
    mix = (np.clip(climb * 1.1 - 0.25, 0, 1) * own[6])[:, None]
    colour = warm + (cool - warm) * mix
    told = (tint.sum(1) / (0.6 + tint.sum(1)))[:, None]
    colour = colour * (1 - told) + told * tint / np.maximum(tint.max(1, keepdims=True), 0.2) * 1.2
    lit = (light * (1 + bright) * there)[:, None] * colour
    return u + du, v + dv, scale, _radius(scale, own, climb), lit.astype(np.float32)


def _radius(scale: Single, own: Single, climb: Single) -> Single:
    """Sharp where the performer is, soft discs near the eye, and sharp while still on somebody's outline."""
    off = np.where(scale > 1, (scale - 1.2).clip(0) ** 1.5 * 0.0095, (1 - scale) * 0.0012)
    return np.asarray(SHARPEST * (0.72 + 0.75 * own[5] ** 3) + off * climb * climb, np.float32)


def _dust(t: float, seed: int, beam: Beam, amount: float) -> tuple[Single, ...]:
    """Specks that are only seen where the beam finds them."""
    c = _own(seed + 7, DUST)
    along = (c[0] - np.float32(t) * (0.004 + 0.010 * c[1])) % 1
    aside = 2.4 * (c[2] - 0.5) + 0.25 * np.sin(np.float32(t) * (0.1 + 0.25 * c[3]) + TAU * c[4])
    scale = 0.8 + 1.3 * c[5] ** 2
    radius = 0.02 + beam.width * along
    u = beam.from_x + (beam.x - beam.from_x) * along + aside * radius
    top = 0.64 + (0.16 - beam.from_y)
    v = top + (0.80 - top) * along + 0.02 * np.sin(np.float32(t) * 0.3 + TAU * c[6])
    turn = np.maximum(np.sin(np.float32(t) * (0.3 + 1.2 * c[7]) + TAU * c[8]), 0) ** 5
    light = (
        np.float32(amount * beam.level)
        * np.exp(-1.6 * aside * aside)
        * (0.05 + 0.6 * turn)
        * (0.2 + c[9] ** 3)
    )
    light = light * np.sin(np.pi * along) ** 0.5
    size = SHARPEST * (0.6 + 0.4 * c[10]) + 0.006 * np.maximum(scale - 1.3, 0) ** 1.5
    colour = np.array(beam.colour, np.float32)
    parts = (u, v, scale, size, light[:, None] * colour)
    return tuple(np.asarray(p, np.float32) for p in parts)
