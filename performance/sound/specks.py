"""Specks of steel: the grains into which a sliding tone crumbles, made beforehand on a ladder of pitches."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.sound.grains import without_dc
from performance.sound.instrument import RATE, Frames

LOW_HZ, HIGH_HZ = 280.0, 13_000.0
PITCHES, LENGTHS = 48, 3
LIVES = (0.0022, 0.004, 0.007)  # seconds to 1/e

Numbers = NDArray[np.float64]


@cache
def specks() -> tuple[Frames, ...]:
    """One channel each, from low to high, each pitch in three lengths."""
    ladder = np.geomspace(LOW_HZ, HIGH_HZ, PITCHES)
    return tuple(_speck(float(hz), life) for hz in ladder for life in LIVES)


def speck_of(pitch_hz: Numbers, length: Numbers) -> NDArray[np.intp]:
    """Which of them is nearest to pitches (n,) and lengths 0..1 (n,)."""
    place = np.log(np.clip(pitch_hz, LOW_HZ, HIGH_HZ) / LOW_HZ) / np.log(HIGH_HZ / LOW_HZ)
    row = np.rint(place * (PITCHES - 1)).astype(np.intp)
    return np.asarray(row * LENGTHS + np.minimum((length * LENGTHS).astype(np.intp), LENGTHS - 1))


def _speck(pitch_hz: float, life: float) -> Frames:
    t = np.arange(round(9 * life * RATE)) / RATE
    grown = np.sin(0.5 * np.pi * np.clip(t / 0.001, 0.0, 1.0)) ** 2
    wave = np.sin(2 * np.pi * pitch_hz * t)
    if 1.73 * pitch_hz < 17_000:
        wave = wave + 0.5 * np.sin(2 * np.pi * 1.73 * pitch_hz * t) * np.exp(-t / life)
    fade = np.clip((t[-1] - t) / (2 * life), 0.0, 1.0)
    return without_dc(wave * grown * np.exp(-t / life) * fade)
