"""What a house shouts when it is moved: whoops, bravos, long cries, and whistles through fingers and teeth.

No two are alike: each throat has its own height, its own arch of pitch, cracks into another register or goes hoarse.
Drawn once, and again from throats of other sizes; thrown in by the applause and the crowd. In a house everybody shouts
once before anybody shouts again.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.chance import bells, chances, drift
from performance.sound.instrument import RATE, Frames
from performance.sound.throats import finished, instants, of_size, points, voiced, vowels

WHOOPS, CRIES, WHISTLES = 14, 10, 8
SIZES = (1.0, 0.91, 1.08, 0.84)  # of throats: men, women, children
LONGEST = 1.9  # seconds
_LEVEL = 0.1

Numbers = NDArray[np.float64]


@cache
def shouts() -> list[Frames]:
    """WHOOPS short ones that swing up and over, then CRIES: "bra-vo", "hey", "yeah", long open vowels."""
    return [*_whoops(), *_cries()]


@cache
def house() -> list[Frames]:
    """All shouts from throats of all SIZES, then all whistles from mouths of all SIZES."""
    return [of_size(sound, size) for made in (shouts(), whistles()) for size in SIZES for sound in made]


def in_turn(seed: int, address: int, count: int, among: int) -> NDArray[np.intp]:
    """Who of `among` people is the next, `count` times: nobody again before all others were."""
    return np.resize(chances(seed, "turns", address, count=among).argsort(), count)


def _whoops() -> list[Frames]:
    n, count = WHOOPS, points(1.25)
    draw = chances(5, "whoop", count=7 * n).reshape(7, n)
    t = instants(count)
    length = 0.45 + 0.65 * draw[0]
    u = np.minimum(t / length, 1.05)
    top = 260 * 2 ** (1.35 * draw[1])
    peak = 0.35 + 0.35 * draw[2]  # share of its length at which it turns over
    arch = np.where(u < peak, smooth(u / peak), 1 - 0.7 * smooth((u - peak) / (1.05 - peak)))
    crack = np.where((u > 0.8 * peak) & (draw[3] > 0.7), 1.32, 1.0)  # over into the head voice
    hz = top * 2 ** (-(0.35 + 0.6 * draw[4]) * (1 - arch)) * crack * (1 + _unsteady(31, t, n))
    loud = smooth(u / 0.12) * (1 - smooth((u - 0.62) / 0.38)) * (0.5 + 0.5 * arch)
    open_ = smooth((u - 0.05) / 0.4)[..., None]
    narrow, wide = vowels(("uoua" * n)[:n]), vowels(("aAeo" * n)[:n])
    formants = (narrow + (wide - narrow) * open_) * (1 + 0.1 * (draw[5] - 0.5))[:, None]
    return finished(voiced(hz, formants, loud, -4.5 - 3 * draw[6], 0.35, 32), _LEVEL, (length + 0.04) * RATE)


def _cries() -> list[Frames]:
    n, count = CRIES, points(LONGEST)
    draw = chances(6, "cry", count=6 * n).reshape(6, n)
    t = instants(count)
    length = 0.55 + 1.2 * draw[0] ** 1.5
    u = np.minimum(t / length, 1.05)
    two = np.arange(n) % 2 == 0  # two syllables: bra-vo
    base = np.where(draw[1] < 0.55, 165, 290) * 2 ** (0.5 * draw[2])
    first = np.clip(u / 0.3, 0, 1)
    hz = base * np.where(two, 1 + 0.28 * smooth((u - 0.25) / 0.15) * (1 - 0.35 * u), 1.12 - 0.22 * u**2)
    hz = hz * (0.9 + 0.1 * smooth(first)) * (1 + _unsteady(47, t, n))
    gap = np.where(two, 1 - 0.8 * np.exp(-(((u - 0.29) / 0.045) ** 2)), 1.0)
    loud = smooth(u / 0.08) * (1 - smooth((u - 0.55) / 0.45)) * gap
    start, end = vowels("aeeaaAAaee"), vowels("oAoaoaaeoA")
    formants = start + (end - start) * smooth((u - 0.22) / 0.2)[..., None]
    formants = formants * (1 + 0.12 * (draw[4] - 0.5))[:, None]
    return finished(voiced(hz, formants, loud, -5 - 3 * draw[5], 0.28, 32), _LEVEL, (length + 0.04) * RATE)


def _unsteady(seed: int, t: Numbers, n: int) -> Numbers:
    """Excited throats waver: of the pitch, (points, n)."""
    slow = np.stack([drift(seed, "waver", i, t=7.0 * t[:, 0] + 3 * i) for i in range(n)], axis=1)
    quick = np.stack([drift(seed, "shake", i, t=29.0 * t[:, 0]) for i in range(n)], axis=1)
    return np.asarray(0.014 * slow + 0.010 * quick)


@cache
def whistles() -> list[Frames]:
    """A bent tone with wind around it: up and over, or two notes."""
    return [finished(_whistle(i)[None], 0.6 * _LEVEL)[0] for i in range(WHISTLES)]


def _whistle(i: int) -> Frames:
    draw = chances(7, "whistle", i, count=6)
    frames = round((0.45 + 0.7 * draw[0]) * RATE)
    t = np.arange(frames) / RATE
    u = t * RATE / frames
    base = 1350 * 2 ** (0.85 * draw[1])
    up = smooth(u / 0.35) - (0.5 + draw[2]) * smooth((u - 0.5) / 0.5)
    two = np.where(u < 0.42, 0.2 + 0.8 * u, 1.35 - 1.2 * smooth((u - 0.5) / 0.45))
    bend = two if draw[3] < 0.4 else up
    hz = base * 2 ** (0.55 * bend + 0.012 * drift(7, "lip", i, t=23 * t))
    gap = 1 - 0.95 * np.exp(-(((u - 0.43) / 0.03) ** 2)) if draw[3] < 0.4 else np.ones(t.size)
    loud = smooth(u / 0.1) * (1 - smooth((u - 0.8) / 0.2)) * gap * (1 + 0.12 * drift(7, "blow", i, t=45 * t))
    phase = 2 * np.pi * np.cumsum(hz) / RATE
    wind = bells(7, "wind", i, count=t.size)
    wind = np.convolve(wind, np.hanning(9) / 4.5, "same") * np.sin(phase + 0.8 * wind)
    return np.asarray(loud * (np.sin(phase) + 0.12 * np.sin(2 * phase) + 0.10 * wind), np.float32)
