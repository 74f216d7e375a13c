"""Talk without words: phrases that people might be saying to each other before the curtain goes up.

Each has a throat of its own, a pace of four or five syllables a second, a pitch that rises on stressed syllables and
sinks towards the end of the phrase; consonants close, hiss or hum between the vowels. Drawn once; a house of them
murmurs, and one of them may speak through a headset.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.chance import bells, chances, drift
from performance.sound.breathing import BIN_HZ
from performance.sound.instrument import RATE, Frames
from performance.sound.throats import (
    POINT,
    breathed,
    finished,
    instants,
    letters,
    points,
    silent_colours,
    voiced,
    vowels,
)
from performance.sound.tract import ORDER

VOICES, EACH = 10, 3  # people, and phrases of each
PHRASES = VOICES * EACH
LONGEST = 2.5  # seconds of a phrase
LEVEL = 0.1
_KNOWN = 16  # syllables at most
_SOUNDS = "aeiouAaeoimnl"  # what a syllable's heart may be: mostly vowels, some hum
# consonants: share of them, centre and width of their noise in hertz, strength, and how far they close the mouth
_KINDS = (
    (0.30, 1000.0, 500.0, 0.0, 0.0),  # none
    (0.52, 5200.0, 2300.0, 0.55, 1.0),  # t, k, p: closed, then a burst
    (0.68, 6500.0, 1900.0, 0.8, 0.7),  # s
    (0.78, 3500.0, 1200.0, 0.7, 0.7),  # sh
    (0.88, 7200.0, 4000.0, 0.25, 0.6),  # f
    (1.01, 1500.0, 900.0, 0.12, 0.5),  # v, g: half voiced
)

Numbers = NDArray[np.float64]


@cache
def phrases() -> list[Frames]:
    """Of 1.1 to 2.5 seconds, EACH of them by every voice in turn; voices of even number are low ones."""
    n, count = PHRASES, points(LONGEST)
    draw = chances(8, "talk", count=5 * n).reshape(5, n)
    low, size, pace = (np.repeat(own, EACH) for own in _throats())
    length = 1.1 + 1.3 * draw[0]
    t = instants(count)
    clock = t * pace * (1 + 0.12 * _slow(t, n)) + 0.999 * draw[2]
    number = np.minimum(np.floor(clock).astype(np.intp), _KNOWN - 2)
    x, v = clock - number, np.minimum(t / length, 1.0)
    said = _Said(n)
    stress = said.stress[number, np.arange(n)]
    into = smooth(t / 0.06) * (1 - smooth((v - 0.86) / 0.14))
    accent = 0.5 * (stress - 0.65) * np.sin(np.pi * np.clip(x, 0, 1))
    asks = (draw[3] > 0.78) * 0.34 * smooth((v - 0.74) / 0.22)  # some phrases are questions
    hz = low * (1.2 - 0.32 * v + accent + asks + 0.09 * _slow(3.2 * t, n)) * (1 + 0.02 * _quick(t, n))
    consonant = said.kind[number, np.arange(n)]
    open_ = 1 - _column(consonant, 4) * (1 - smooth((x - 0.10) / 0.14)) - 0.75 * smooth((x - 0.7) / 0.3)
    loud = into * stress * np.clip(open_, 0.02, 1)
    tracts = said.formants(number, x) * size[:, None]
    hiss = _hisses(consonant, x, into * (0.5 + 0.5 * stress))
    made = voiced(hz, tracts, loud, -8.0 - 3.0 * draw[1])
    made += 0.5 * breathed(hiss, 81)[:, : made.shape[1]]
    return finished(made, LEVEL, (length + POINT) * RATE)


def _throats() -> tuple[Numbers, Numbers, Numbers]:
    """Of each voice: how low it lies in hertz, the size of its tract, its syllables a second."""
    low = np.where(np.arange(VOICES) % 2 == 0, 108.0, 190.0)
    low = low * np.exp(0.15 * bells(8, "low", count=VOICES).clip(-1.6, 1.6))
    size = 0.92 + 0.16 * chances(8, "size", count=VOICES)
    return low, size, 3.7 + 1.6 * chances(8, "pace", count=VOICES)


class _Said:
    """Which syllables each of `n` people says."""

    def __init__(self, n: int) -> None:
        draw = chances(8, "said", count=3 * _KNOWN * n).reshape(3, _KNOWN, n)
        self.stress = 0.35 + 0.65 * draw[0] ** 0.8
        self.kind = np.searchsorted([kind[0] for kind in _KINDS], draw[1])
        self._heart = letters(draw[2], _SOUNDS)
        self._table = vowels(ORDER)

    def formants(self, number: NDArray[np.intp], x: Numbers) -> Numbers:
        """(points, n, 5): gliding from one syllable's heart to the next."""
        who = np.arange(number.shape[1])
        now, coming = (self._table[self._heart[number + k, who]] for k in (0, 1))
        return np.asarray(now + (coming - now) * smooth((x - 0.55) / 0.5)[..., None])


def _column(kind: NDArray[np.intp], which: int) -> Numbers:
    return np.array([row[which] for row in _KINDS])[kind]


def _hisses(kind: NDArray[np.intp], x: Numbers, loud: Numbers) -> NDArray[np.float32]:
    """(points, n, 257): the noise of the consonants."""
    colours = silent_colours(*x.shape)
    burst = smooth((x - 0.09) / 0.03) * np.exp(-np.maximum(x - 0.12, 0) / 0.07)
    held = smooth(x / 0.1) * (1 - smooth((x - 0.2) / 0.12))
    strength = _column(kind, 3) * loud * np.where(kind == 1, burst, held)
    for i, (_, centre, width, _, _) in enumerate(_KINDS):
        band = np.exp(-0.5 * ((BIN_HZ - centre) / width) ** 2).astype(np.float32)
        mine = np.where(kind == i, strength, 0.0).astype(np.float32)
        colours += mine[..., None] * band
    return colours


def _slow(t: Numbers, n: int) -> Numbers:
    return np.stack([drift(8, "pace", i, t=0.7 * t[:, 0]) for i in range(n)], axis=1)


def _quick(t: Numbers, n: int) -> Numbers:
    return np.stack([drift(8, "folds", i, t=19 * t[:, 0]) for i in range(n)], axis=1)


BEDS, BED_LENGTH, BED_MOUTHS = 6, 4.0, 11


@cache
def beds() -> list[Frames]:
    """Rows of people too far off to be told apart: each BED_LENGTH seconds of BED_MOUTHS, swelling in and out."""
    said, frames = phrases(), round(BED_LENGTH * RATE)
    made = []
    for i in range(BEDS):
        draw = chances(9, "bed", i, count=9 * BED_MOUTHS).reshape(3, 3 * BED_MOUTHS)
        bed = np.zeros(frames + round(LONGEST * RATE) + 512, np.float32)
        for at, which, loud in draw.T:
            sound = said[int(which * PHRASES)]
            start = int(at * frames)
            bed[start : start + sound.size] += np.float32(0.35 + 0.65 * loud) * sound
        whole = bed[:frames].copy()
        whole[: bed.size - frames] += bed[frames:]  # what runs over the end began before the start
        made.append(
            (whole * np.sin(np.pi * np.arange(frames) / frames) / np.sqrt(BED_MOUTHS)).astype(np.float32)
        )
    return made
