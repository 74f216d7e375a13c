"""What a house does without meaning to: it coughs, gasps, draws breath, sighs, laughs.

A cough has three parts: the burst, the noise through an open throat, and often a voiced close (Van Hirtum and
Berckmans 2002). A gasp opens as it comes and is cut off; a sigh falls; a laugh is a row of short open vowels some five
a second, each lower and softer. Drawn once, many of each.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.chance import chances, drift
from performance.sound.instrument import RATE, Frames
from performance.sound.throats import breathed, finished, instants, points, voiced, vowels
from performance.sound.tract import whispered

EACH = 8  # of a kind
KINDS = ("cough", "gasp", "intake", "sigh", "laugh")
_LEVEL = 0.1

Numbers = NDArray[np.float64]


def index(kind: str) -> int:
    """Where a kind begins in the pool."""
    return KINDS.index(kind) * EACH


@cache
def reflexes() -> list[Frames]:
    """EACH of every kind."""
    made = (_coughs(), _gasps(0.30, 0.24, 91), _gasps(0.22, 0.08, 93), _sighs(), _laughs())
    return [sound for kind in made for sound in kind]


def _throats(
    centres: Numbers, size: Numbers, strengths: tuple[float, ...], wide: float
) -> NDArray[np.float32]:
    return whispered(centres * size[..., None], strengths, wide, 0.10).astype(np.float32)


def _coughs() -> list[Frames]:
    draw = chances(11, "cough", count=5 * EACH).reshape(5, EACH)
    length, size = 0.28 + 0.18 * draw[0], 0.85 + 0.35 * draw[1]
    t = instants(points(0.62))
    u = np.minimum(t / length, 1.0)
    burst = 1.7 * np.exp(-t / 0.028) + (0.25 + 0.3 * draw[2]) * np.exp(-u / 0.5)
    loud = smooth(t / 0.009) * burst * (1 - smooth((u - 0.6) / 0.4))
    colours = _throats(np.array([520.0, 1450, 2600, 3900, 5400]), size, (1.3, 1.0, 0.7, 0.4, 0.3), 1.3)
    air = breathed(colours[None] * loud[..., None].astype(np.float32), 95)
    low = np.where(draw[3] < 0.6, 118.0, 205.0) * (0.9 + 0.2 * draw[1])
    hz = low * (1.25 - 0.55 * u) * (1 + 0.05 * _shake(12, t))
    early = 0.5 * smooth((t - 0.01) / 0.02) * np.exp(-t / 0.05)
    close = (draw[4] > 0.35) * smooth((u - 0.5) / 0.14) * (1 - smooth((u - 0.78) / 0.22))
    tract = np.broadcast_to(vowels("AoAaAoaA") * size[:, None], (*hz.shape, 5))
    voice = voiced(hz, tract, early + 0.45 * close, -7.0, 0.4, 32)
    both = _level(air) + 0.55 * _level(voice)
    return finished(both, _LEVEL, (length + 0.1) * RATE)


def _gasps(shortest: float, longer: float, seed: int) -> list[Frames]:
    """Air drawn in through a mouth that opens; some with a catch of the voice in it."""
    draw = chances(seed, "gasp", count=4 * EACH).reshape(4, EACH)
    length, size = shortest + longer * draw[0], 0.9 + 0.3 * draw[1]
    t = instants(points(0.72))
    u = np.minimum(t / length, 1.0)
    loud = smooth(u / 0.5) ** 0.8 * (0.45 + 0.55 * u) * (1 - smooth((u - 0.8) / 0.2))
    opening = 1 + 0.32 * u * (0.6 + 0.8 * draw[2])
    centres = np.array([760.0, 1700, 2850, 4500, 6200])
    colours = _throats(np.broadcast_to(centres, (*u.shape, 5)), size * opening, (0.8, 1, 0.85, 0.5, 0.4), 0.8)
    air = _level(breathed(colours * loud[..., None].astype(np.float32), seed))
    hz = 230 * 2 ** (0.9 * draw[2] + 0.35 * u) * (1 + 0.03 * _shake(seed, t))
    catch = (draw[3] > 0.55) * smooth((u - 0.1) / 0.25) * (1 - smooth((u - 0.5) / 0.3))
    tract = np.broadcast_to(vowels("aAaeAaAa") * size[:, None], (*hz.shape, 5))
    voice = voiced(hz, tract, catch + 1e-6, -9.0, 0.0, 16)
    return finished(air + 0.28 * _level(voice) * (draw[3] > 0.55)[:, None], _LEVEL, (length + 0.06) * RATE)


def _sighs() -> list[Frames]:
    """In a little, then out and down, with a shade of voice."""
    draw = chances(13, "sigh", count=4 * EACH).reshape(4, EACH)
    length, size = 1.5 + 0.9 * draw[0], 0.88 + 0.28 * draw[1]
    t = instants(points(2.5))
    u = np.minimum(t / length, 1.0)
    inward = 0.55 * np.sin(np.pi * np.clip(u / 0.26, 0, 1)) ** 1.5
    x = np.clip((u - 0.31) / 0.69, 0, 1)
    out = np.sin(np.pi * x**0.4) ** 1.3
    falling = np.where(u < 0.28, 1.12, 1.0 - 0.28 * x)
    centres = np.where(u[..., None] < 0.28, [800.0, 1700, 2800, 4100, 5800], [640.0, 1280, 2500, 3700, 5100])
    colours = _throats(centres, size * falling, (1, 0.7, 0.4, 0.18, 0.1), 1.0)
    air = _level(breathed(colours * (inward + out)[..., None].astype(np.float32), 97))
    hz = np.where(draw[2] < 0.5, 120.0, 210.0) * (1.15 - 0.35 * x) * (1 + 0.012 * _shake(13, t))
    hum = (0.1 + 0.9 * (draw[3] > 0.6)) * smooth(x / 0.12) * np.clip(1 - x / 0.6, 0, 1) ** 1.5
    tract = np.broadcast_to(vowels("aAAoAaoA") * size[:, None], (*hz.shape, 5))
    return finished(
        air + 0.3 * _level(voiced(hz, tract, hum + 1e-6, -13.0, 0.0, 16)), _LEVEL, (length + 0.05) * RATE
    )


def _laughs() -> list[Frames]:
    """Ha-ha-ha, and the breath that each one costs."""
    draw = chances(14, "laugh", count=6 * EACH).reshape(6, EACH)
    t = instants(points(1.9))
    pace, bursts = 4.4 + 1.5 * draw[0], 3 + np.floor(5 * draw[1])
    clock = t * pace * (1 - 0.06 * t)
    number = np.floor(clock)
    x, left = clock - number, np.clip(1 - number / bursts, 0, 1)
    alive = number < bursts
    low = np.where(draw[2] < 0.5, 150.0, 270.0) * (0.9 + 0.4 * draw[3])
    hz = low * (0.72 + 0.5 * left) * (1.08 - 0.22 * x) * (1 + 0.02 * _shake(14, t))
    strength = alive * (0.25 + 0.75 * left)
    voice = strength * smooth((x - 0.12) / 0.1) * (1 - smooth((x - 0.36) / 0.2))
    breath = strength * smooth(x / 0.1) * (1 - smooth((x - 0.75) / 0.2)) * (1 - 0.6 * smooth((x - 0.1) / 0.1))
    size = 0.9 + 0.25 * draw[4]
    tract = np.broadcast_to(vowels("aeaAaeia") * size[:, None], (*hz.shape, 5))
    colours = _throats(np.array([900.0, 1500, 2700, 4000, 5600]), size, (1, 0.8, 0.5, 0.3, 0.2), 1.1)
    air = breathed(colours[None] * breath[..., None].astype(np.float32), 99)
    both = _level(voiced(hz, tract, voice + 1e-6, -7.0, 0.15, 32)) + 0.3 * _level(air)
    return finished(both, _LEVEL, (bursts / pace + 0.25) * RATE)


def _shake(seed: int, t: Numbers) -> Numbers:
    return np.stack([drift(seed, "shake", i, t=31 * t[:, 0]) for i in range(EACH)], axis=1)


def _level(sounds: Frames) -> Frames:
    """Each at a peak of one tenth."""
    return np.asarray(
        sounds * (0.1 / np.maximum(np.abs(sounds).max(axis=1, keepdims=True), 1e-6)), np.float32
    )
