"""How motes move: one slow current that draws them into veils, the choir's turning tiers, and fireflies' blinking."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances

Single = NDArray[np.float32]
TAU = np.float32(2 * np.pi)
TIERS = 6  # of the choir
CHOIR_V = 0.53  # below its lowest tier: it stands over the performer's head
SWELLS = (  # wave numbers across and down (per picture height), rate (Hz), how far towards the crest motes are drawn
    (9.7, 6.1, 0.021, 0.052),
    (-7.3, 12.4, 0.027, 0.046),
    (18.9, -11.0, 0.034, 0.026),
    (13.0, 24.5, -0.041, 0.020),
    (-33.0, 9.0, 0.055, 0.013),
)


@dataclass(frozen=True, slots=True)
class Temper:
    """(n,) float32 each: what is a mote's own and never changes."""

    hover: Single  # how far it strays from its place, picture heights
    bob_rate: Single  # radians a second
    bob_phase: Single
    dart_rate: Single
    dart_phase: Single
    blink_rate: Single  # a second
    blink_phase: Single
    bright: Single
    small: Single  # radius, of the usual
    cool: Single  # 0..1 how far it cools
    late: Single  # 0..1 how late it follows its fellows
    tier: Single  # 0..1 of the choir
    angle: Single
    turning: Single  # radians a second
    radius: Single
    lift: Single

    def first(self, n: int) -> Temper:
        """The same of the first n motes."""
        return Temper(*(getattr(self, name)[:n] for name in self.__slots__))


@lru_cache(maxsize=4)
def temper(seed: int, count: int) -> Temper:
    """Every mote's own nature."""
    c = chances(seed, "motes", "own", count=14 * count).reshape(count, 14).T
    tier = (np.floor(c[0] * TIERS) + 0.5) / TIERS
    cluster = c[1] + 0.055 * np.sin(2 * np.pi * (c[1] * 5 + tier * 3))
    parts = (
        0.010 + 0.016 * c[2],
        2 * np.pi * (0.08 + 0.2 * c[3]),
        2 * np.pi * c[4],
        0.9 + 0.8 * c[5],
        2 * np.pi * c[6],
        0.19 + 0.20 * c[7],
        c[8],
        0.13 + 1.7 * c[9] ** 5 + 0.30 * c[10],
        0.70 + 0.85 * c[9] ** 4,
        c[1],
        c[11],
        tier,
        2 * np.pi * cluster,
        0.14 - 0.07 * tier,
        0.26 + 0.62 * tier + 0.045 * (c[12] + c[13] - 1),
        0.10 + 0.36 * tier * tier + 0.05 * (c[10] + c[11] - 1),
    )
    return Temper(*(np.ascontiguousarray(part, np.float32) for part in parts))


def ease(x: Single) -> Single:
    """0..1, slow to begin and slower yet to leave, and it settles."""
    x = np.clip(x, 0, 1)
    x = x * x * (3 - 2 * x)
    return np.asarray(x * (0.35 + 0.65 * x), np.float32)


def current(u: Single, v: Single, t: float) -> tuple[Single, Single]:
    """Displacements: eddies that carry, and swells that draw everything near into veils and knots.

    Drawing towards the crests of a few waves makes filaments that meet in knots, as in the first structures of
    the universe (Zel'dovich, Astronomy and Astrophysics 5, 1970).
    """
    a = np.asarray(np.sin(3.1 * u + 4.3 * v - np.float32(0.23 * t)), np.float32)
    b = np.sin(4.7 * u - 3.4 * v + np.float32(0.19 * t) + 1.3 * a)
    du, dv = np.asarray(0.075 * b, np.float32), np.asarray(0.050 * a, np.float32)
    for across, down, rate, pull in SWELLS:
        swell = np.cos(across * u + down * v + np.float32(2 * np.pi * rate * t) + 1.1 * a)
        pull /= math.hypot(across, down)
        du += pull * across * swell
        dv += pull * down * swell
    return du, dv


def choir(m: Temper, t: float) -> tuple[Single, Single, Single]:
    """Tiers that turn slowly round the performer, rising and falling like breath: u, v and scale."""
    angle = m.angle + np.float32(t) * m.turning
    wave = 0.030 * np.sin(3 * angle - np.float32(0.5 * t) + 4 * m.tier)
    wave += 0.020 * np.sin(np.float32(2 * np.pi * 0.12 * t) + 3 * m.tier)
    scale = 1 / np.maximum(1 + 0.80 * m.radius * np.sin(angle), 0.33)
    u, v = m.radius * np.cos(angle) * scale, CHOIR_V - (m.lift + wave) * scale
    du, dv = current(u, v, t)
    return u + 0.4 * du, v + 0.4 * dv, scale


def blinking(m: Temper, t: float, depth: float, along: Single, together: float) -> Single:
    """Fireflies: a quick glow and a slow fading, each in its own time; a choir's blinks run through it as a wave."""
    x = np.float32(t) * m.blink_rate + m.blink_phase
    if together > 0.0:
        x = x + np.float32(together * 0.75 / (2 * np.pi)) * np.sin(
            TAU * (np.float32(0.24 * t) - 0.8 * along - x)
        )
    x = x - np.floor(x)
    fading = np.exp(-4.2 * x)
    pulse = (1 - np.exp(-26 * x)) * fading * 1.55
    return np.asarray(1 - depth + depth * (0.10 + 1.25 * pulse), np.float32)
