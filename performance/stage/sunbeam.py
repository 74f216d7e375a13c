"""The voice as light: a wide warm ray from the upper left, soft shafts in it, gold dust, a pool on the boards."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import STILL
from performance.chance import chances
from performance.stage.lights import Colour

if TYPE_CHECKING:
    from performance.timeline import Cue

Array = NDArray[np.float64]
Single = NDArray[np.float32]

SOURCE_V = -0.45  # where the ray's lamp would be, above the picture
DUST = 560  # specks at most
LOW_HZ, HIGH_HZ = 130.0, 900.0  # voices from the widest and warmest to the narrowest and whitest
SQUASH = 0.17  # how flat the pool lies, of its width


@dataclass(frozen=True, slots=True)
class Sunbeam:
    """The ray in the picture: from (source_u, source_v) to a pool at (u, v), radii in picture heights."""

    level: float
    colour: Colour
    source_u: float
    source_v: float
    u: float
    v: float
    width: float  # radius of the pool
    source_width: float
    shafts: float  # how much the ray falls apart into shafts
    dust: Array  # (n, 6): u, v, scale, light, radius, warmth

    def glow(self, u: Single, v: Single) -> Single:
        """How brightly the ray lights things at picture places, about 1 in its middle; float32 like the places."""
        du, dv = self.u - self.source_u, self.v - self.source_v
        square, length = du * du + dv * dv, math.hypot(du, dv)
        x, y = u - np.float32(self.source_u), v - np.float32(self.source_v)
        along = x * np.float32(du / square) + y * np.float32(dv / square)
        q = (x * np.float32(dv / length) - y * np.float32(du / length)) / np.maximum(
            np.float32(self.source_width) + np.float32(self.width - self.source_width) * along,
            np.float32(0.01),
        )
        return np.asarray(
            self.level * np.exp(-1.4 * q * q) * np.clip((1.12 - along) * 6.0, 0.0, 1.0), np.float32
        )


def sunbeam_at(cue: Cue, t: float, seed: int, voice: float = 0.0, pitch_hz: float = 0.0) -> Sunbeam | None:
    """The ray while a voice of loudness `voice` (0..1) sings at `pitch_hz` (0: no pitch)."""
    level = cue.number("level") * (
        cue.number("rest") + (1.0 - cue.number("rest")) * min(max(voice, 0.0), 1.2)
    )
    if level <= 0.002:
        return None
    height = 0.5
    if pitch_hz > 0.0:
        height = min(max(math.log(pitch_hz / LOW_HZ) / math.log(HIGH_HZ / LOW_HZ), 0.0), 1.0)
    breath = 0.5 + 0.5 * math.sin(2 * math.pi * 0.11 * t)
    u, v, scale = (float(k) for k in STILL.project(cue.number("x"), 0.0, cue.number("z")))
    width = (
        cue.number("width") * scale * (0.72 + 0.45 * min(voice, 1.0) + 0.05 * breath) * (1.12 - 0.24 * height)
    )
    red, green, blue = cue.colour("colour")
    white = 0.10 + 0.30 * height
    colour = (
        red + (1.0 - red) * white * 0.6,
        green + (1.0 - green) * white * 0.6,
        blue + (0.85 - blue) * white * 0.5,
    )
    source_u = u - cue.number("slant") + 0.02 * math.sin(2 * math.pi * 0.031 * t)
    source_width = 0.40 * width + 0.03
    dust = _dust(cue.number("dust") * level, t, seed, (source_u, SOURCE_V, source_width), (u, v, width))
    return Sunbeam(level, colour, source_u, SOURCE_V, u, v, width, source_width, 0.85, dust)


@lru_cache(maxsize=4)
def _specks(seed: int) -> Array:
    return chances(seed, "sunbeam", "dust", count=DUST * 9).reshape(9, DUST)


def _dust(
    amount: float, t: float, seed: int, source: tuple[float, float, float], pool: tuple[float, float, float]
) -> Array:
    """Specks that sink and turn in the ray: seen when they turn towards us, dark between."""
    if amount <= 0.0:
        return np.zeros((0, 6))
    c = _specks(seed)
    life = (c[0] + t * (0.006 + 0.016 * c[1])) % 1.0  # from the lamp to the boards
    along = 0.28 + 0.74 * life
    aside = 2.6 * (c[2] - 0.5) + 0.22 * np.sin(0.31 * t * (0.5 + c[3]) + 6.3 * c[4] + 5.0 * life)
    du, dv = pool[0] - source[0], pool[1] - source[1]
    length = math.hypot(du, dv)
    radius = source[2] + (pool[2] - source[2]) * along
    u = source[0] + du * along + aside * radius * dv / length
    v = (
        source[1]
        + dv * along
        - aside * radius * du / length
        + 0.012 * np.sin(0.7 * t * (0.4 + c[5]) + 6.3 * c[6])
    )
    turn = np.maximum(np.sin(t * (0.35 + 1.3 * c[7]) + 6.3 * c[8]), 0.0) ** 6
    lit = np.exp(-1.3 * aside * aside) * np.sin(np.pi * life) ** 0.6
    near = 0.7 + 1.9 * c[5] ** 3
    light = amount * lit * (0.22 + 2.4 * turn) * (0.35 + 2.4 * c[4] ** 3)
    return np.stack([u, v, near, light, 0.0008 + 0.0042 * np.maximum(near - 1.3, 0.0) ** 1.3, c[6]], -1)
