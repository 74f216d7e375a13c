"""One tooth that meets its gap: a slide, a knock as it seats, the ring of the wheel, and the case that holds it.

The ring is that of a plate clamped in the middle, between a bar's ratios and a disc's (Fletcher and Rossing, "The
physics of musical instruments", chapter 3); how long each part lasts is set by looking at spectra, not measured on
clockwork. Every wheel has some sorts of contact, from clean to rough, that its teeth draw from.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import bells, chances
from performance.sound.grains import without_dc
from performance.sound.instrument import RATE, Frames

SORTS = 8
PLATE = np.array([1.0, 1.73, 2.756, 4.1, 5.423, 8.93])
CASE = np.array([1.0, 1.62, 2.31, 3.4])
CASE_HZ = 300.0
CASE_LIFE, CASE_LOUD = np.array([0.02, 0.014, 0.011, 0.008]), np.array([0.5, 0.42, 0.3, 0.2])
SEATS = 0.0009, 0.0026  # seconds from the slide to the knock
RISE = 0.0004
GONE = 25.0  # lives of a breath of noise after which nothing is left of it
TOP_HZ = 19_000.0
LEVEL = 0.5

Numbers = NDArray[np.float64]


@lru_cache(maxsize=512)
def tooth_sound(pitch_hz: float, weight: float, sort: int) -> Frames:
    """One channel; `sort` 0 is the cleanest contact, SORTS - 1 the roughest."""
    rough = sort / (SORTS - 1)
    draw = chances(sort, "tooth", round(pitch_hz * 16), count=24)
    length = 0.10 + 0.28 * weight
    t = np.arange(round(length * RATE)) / RATE
    seat = SEATS[0] + (SEATS[1] - SEATS[0]) * draw[0] * (0.4 + weight)
    ring = _ringing(t - seat, pitch_hz * PLATE * (1 + 0.006 * (2 * draw[1:7] - 1)), weight, draw[7:13])
    case_hz = CASE_HZ * 2.0 ** (-1.3 * weight) * CASE * (1 + 0.03 * (2 * draw[13:17] - 1))
    case = _decaying(t - seat, case_hz, CASE_LIFE, CASE_LOUD)
    knock = _burst(t - seat, sort, 2400.0 * 2.0 ** (-1.4 * weight), 0.0011 * (1 + weight)) * (
        0.5 + 0.5 * rough
    )
    slide = _burst(t, sort + 40, 4800.0 * 2.0 ** (-1.2 * weight), 0.0006) * (0.25 + 0.5 * rough)
    after = (t >= seat) * np.clip((t - seat) / RISE, 0.0, 1.0)
    sound = (0.8 * ring + (0.06 + 0.5 * weight) * case) * after + knock + slide
    sound = below_the_top(sound)
    fade = np.clip((length - t) / (0.25 * length), 0.0, 1.0)
    return without_dc(np.asarray(LEVEL * sound * fade * np.clip(t / RISE, 0, 1)))


def _ringing(age: Numbers, pitch_hz: Numbers, weight: float, draw: Numbers) -> Numbers:
    """The plate's modes; high ones are gone in a few milliseconds."""
    heard = pitch_hz < 16_000
    life = (0.010 + (9.0 + 20.0 * weight) / pitch_hz) * PLATE**-0.35
    loud = (0.35 + 0.65 * draw) * PLATE**-0.45 * np.exp(-pitch_hz / 11000) * heard
    return _decaying(age, pitch_hz, life, loud)


def _decaying(age: Numbers, pitch_hz: Numbers, life: Numbers, loud: Numbers) -> Numbers:
    """Sines that fall from age 0 on; in single precision, as a ratchet makes its teeth while it sounds."""
    turns = pitch_hz[:, None] * age
    waves = np.sin((2 * np.pi * (turns - np.rint(turns))).astype(np.float32))
    waves *= np.exp((-np.maximum(age, 0) / life[:, None]).astype(np.float32))
    return np.asarray(loud @ waves)


def _burst(age: Numbers, seed: int, middle_hz: float, life: float) -> Numbers:
    """A breath of noise about a pitch."""
    made, age = np.zeros(age.size), age[: int(np.searchsorted(age, GONE * life))]
    noise = bells(seed, "contact", count=age.size)
    carrier = np.cos(2 * np.pi * middle_hz * np.maximum(age, 0) + 6 * np.sin(noise[0]))
    soft = np.clip(age / 0.0003, 0, 1) * np.exp(-np.maximum(age, 0) / life)
    made[: age.size] = 0.5 * noise * soft * 0.55 + 0.5 * carrier * soft
    return made


def below_the_top(sound: Numbers) -> Numbers:
    """A short sound without what lies at the edge of hearing: contact noise has no edge of its own."""
    size = 1 << (sound.size + sound.size // 4).bit_length()
    spectrum = np.fft.rfft(sound.astype(np.float32), size)
    spectrum *= _low_pass(size)
    return np.asarray(np.fft.irfft(spectrum, size)[: sound.size], np.float64)


@lru_cache(maxsize=8)
def _low_pass(size: int) -> Frames:
    return np.asarray(np.clip((TOP_HZ - np.fft.rfftfreq(size, 1 / RATE)) / 3000.0, 0.0, 1.0), np.float32)
