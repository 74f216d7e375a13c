"""The farthest plane: the dark of the house, aurora, horizon glow, and stars that twinkle out of focus."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import HORIZON
from performance.chance import bells, chances
from performance.stage.lights import Colour
from performance.timeline import Cue

Array = NDArray[np.float64]
STARS = 620
DEEP = 0.16  # scale height of the star crowd over the horizon


@dataclass(frozen=True, slots=True)
class Sky:
    """Levels 0..1, colours linear RGB. `stars` (n, 6) float32: u, v, radius (picture heights), r, g, b."""

    level: float
    house: float
    aurora: float
    glow: float
    colour: Colour
    high: Colour
    stars: NDArray[np.float32]
    t: float


def sky_at(cue: Cue, t: float, seed: int) -> Sky | None:
    """The sky a cue asks for, None when there is none."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    return Sky(
        level=level,
        house=cue.number("house"),
        aurora=cue.number("aurora"),
        glow=cue.number("glow"),
        colour=cue.colour("colour"),
        high=cue.colour("high"),
        stars=stars_at(t, seed, cue.number("stars"), cue.number("blur"), level, cue.colour("high")),
        t=t,
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """What of the stars does not change: places, sizes, colours, rates and phases, (STARS,) each."""

    rank: Array
    across: Array
    up: Array
    near: Array
    size: Array
    power: Array
    hue: Array
    rate: Array
    phase: Array


@lru_cache(maxsize=8)
def _field(seed: int) -> _Field:
    def even(name: str) -> Array:
        return chances(seed, "stars", name, count=STARS)

    crowd = -np.log(1.0 - 0.999 * even("up")) * DEEP
    up = np.where(even("lone") < 0.22, even("high") * 1.1, crowd)  # some stars stand far from the crowd
    across = bells(seed, "stars", "across", count=STARS) * 0.75
    across = np.where(np.abs(across) > 1.35, np.fmod(across * 5.0, 1.35), across)
    power = 0.15 + 1.6 * even("power") ** 3
    rate, phase = 0.25 + 0.9 * even("rate"), 2 * np.pi * even("phase")
    near = np.exp(-up / 0.22)
    return _Field(even("rank"), across, up, near, even("size") ** 3, power, even("hue") ** 0.7, rate, phase)


@dataclass(frozen=True, slots=True)
class _Out:
    """What of the stars that are out stays from frame to frame, from the smallest, (n,) each but `rgb` (n, 3)."""

    u: Array
    v: Array
    radius: Array
    rate: Array
    phase: Array
    rgb: Array


@lru_cache(maxsize=4)
def _out(seed: int, share: float, blur: float, tint: Colour) -> _Out:
    f = _field(seed)
    here = np.clip((share - f.rank) * 8.0, 0.0, 1.0)
    radius = 0.0011 + blur * (0.0016 + 0.0150 * f.size * (0.25 + 0.75 * f.near))
    light = here * f.power * (0.10 + 0.30 * f.near) * (0.0042 / (radius + 0.0012)) ** 1.25
    warm = np.array([1.25, 0.86, 0.55])
    cool = 0.35 + 0.9 * np.array(tint)
    rgb = light[:, None] * (warm + (cool - warm) * f.hue[:, None])
    seen = np.flatnonzero(here > 0.0)
    seen = seen[np.argsort(radius[seen])]
    v, rate = HORIZON - 0.004 - f.up, 2 * np.pi * f.rate
    parts = (f.across, v, radius, rate, f.phase, rgb)
    return _Out(*(part[seen] for part in parts))


def stars_at(
    t: float, seed: int, share: float, blur: float, level: float, tint: Colour
) -> NDArray[np.float32]:
    """The stars that are out: few first, a crowd over the horizon; (n, 6) float32 as in Sky, small ones first."""
    if share <= 0.0:
        return np.zeros((0, 6), np.float32)
    out = _out(seed, share, blur, tint)
    pulse = out.rate * t + out.phase
    twinkle = 0.70 + 0.22 * np.sin(pulse) + 0.08 * np.sin(2.3 * pulse + out.phase)
    stars = np.empty((len(pulse), 6), np.float32)
    stars[:, 0] = out.u + 0.0016 * np.sin(2 * np.pi * 0.05 * t + out.phase)
    stars[:, 1], stars[:, 2] = out.v, out.radius
    stars[:, 3:] = (twinkle * level)[:, None] * out.rgb
    return stars
