"""Mouths that whisper: consonants and vowels without voice, each mouth at its own pace.

A mouth runs through syllables of a consonant and a vowel, six to eight of them to a breath. Vowels are the resonances
of a whispering tract; hisses are bands of noise; stops are a closure and a burst. All colours are tabulated once for
each mouth, with the air between it and the ear; what a syllable needs at an instant is looked up.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.chance import bells, chances
from performance.sound.breathing import BIN_HZ, BINS
from performance.sound.tract import RAISED, VOWELS, whispered

Numbers = NDArray[np.float64]

_VOWELS = ("a", "e", "i", "o", "u")
STEPS = 6  # between one vowel and the next
# consonants: centre and width of the hiss in hertz, strength, whether it is a stop
HISSES = {
    "s": (6800, 1900, 0.85, 0),
    "S": (3600, 1300, 1.0, 0),
    "f": (7500, 4500, 0.35, 0),
    "h": (1500, 1800, 0.5, 0),
    "t": (5200, 2500, 1.2, 1),
    "k": (2300, 900, 1.1, 1),
    "-": (1000, 500, 0.0, 0),
}
# what people say when they whisper across a row: soft onsets, few stops
SYLLABLES = ("-a", "si", "-o", "fe", "-u", "ha", "Se", "ti", "-e", "ko", "si", "he", "-i", "ta", "Su", "ho")
_KIND = np.array([list(HISSES).index(s[0]) for s in SYLLABLES])
_VOWEL = np.array([_VOWELS.index(s[1]) for s in SYLLABLES])
_STRENGTH = np.array([h[2] for h in HISSES.values()])
_STOP = np.array([h[3] for h in HISSES.values()], bool)
_OPEN = np.array([s == "-" for s in HISSES])
KNOWN = 4096  # syllables until a mouth repeats itself, a quarter of an hour
BREATH_GROUP = 12  # syllables' time between two breaths; the last few of them are silent
NEAR = 1.5  # units: nearer, the lips are at the ear
_PROXIMITY_HZ = 260.0


class Mouths:
    """`count` mouths at distances and places of their own. Everything is a function of their syllable clocks."""

    def __init__(self, seed: int, count: int) -> None:
        self.count = count
        self._who = np.arange(count)
        draw = chances(seed, "syllables", count=3 * KNOWN * count).reshape(3, KNOWN, count)
        self._syllable = (draw[0] * len(SYLLABLES)).astype(np.intp)
        self._stress = 0.25 + 0.75 * draw[1] ** 1.5
        self._group = 4 + np.floor(5 * draw[2])  # syllables to a breath
        self.pace = 4.1 + 1.9 * chances(seed, "pace", count=count)  # syllables a second
        self.start = 50 * chances(seed, "start", count=count)
        size = 1.02 + 0.06 * bells(seed, "size", count=count).clip(-1.5, 1.5)
        self._vowels = _vowel_colours(size)
        centre, width = (np.array([h[i] for h in HISSES.values()], float)[:, None] for i in (0, 1))
        self._hisses = np.exp(-0.5 * ((BIN_HZ - centre) / width) ** 2).astype(np.float32)
        self._hisses *= (_STRENGTH[:, None] * np.sqrt(2600 / np.maximum(width, 900))).astype(np.float32)

    def colours(self, clock: Numbers, singing: Numbers) -> NDArray[np.float32]:
        """(times, count, 257): the noise of every mouth at syllable clocks (times, count), consonants softened by
        `singing` 0..1."""
        number = np.floor(clock).astype(np.int64)
        x = clock - number
        at = number % KNOWN
        now, coming = self._syllable[at, self._who], self._syllable[(at + 1) % KNOWN, self._who]
        step = np.rint(smooth((x - 0.68) / 0.32) * (STEPS - 1)).astype(np.intp)
        vowel = self._vowels[self._who, _VOWEL[now], _VOWEL[coming], step]
        kind = _KIND[now]
        loud = self._loudness(x, number, kind)
        closed = _STOP[kind] & (x < 0.12)
        hiss = np.where(
            _STOP[kind],
            np.where(x > 0.12, np.exp(-np.maximum(x - 0.12, 0) / 0.045) * smooth((x - 0.12) / 0.012), 0.0),
            smooth(x / 0.12) * (1 - smooth((x - 0.2) / 0.16)),
        )
        speaks = self._speaks(number, x)
        first = (speaks * loud * np.where(closed, 0.03, 1.0))[..., None].astype(np.float32)
        second = (0.95 * speaks * hiss * (1 - 0.85 * singing))[..., None].astype(np.float32)
        made: NDArray[np.float32] = vowel * first
        heard = np.nonzero(second[..., 0])  # at most moments few hiss
        made[heard] += self._hisses[kind[heard]] * second[heard]
        return made

    def _loudness(self, x: Numbers, number: NDArray[np.int64], kind: NDArray[np.intp]) -> Numbers:
        consonant = smooth((x - 0.2) / 0.18) * (1 - 0.93 * smooth((x - 0.5) / 0.5))
        bare = 0.06 + 0.94 * np.sin(np.pi * np.clip(x, 0, 1)) ** 1.5
        return np.asarray(np.where(_OPEN[kind], bare, consonant) * self._stress[number % KNOWN, self._who])

    def _speaks(self, number: NDArray[np.int64], x: Numbers) -> Numbers:
        """1 while a mouth speaks, 0 while it takes breath, eased over a syllable's edge."""
        group, place = np.divmod(number, BREATH_GROUP)
        length = self._group[group % KNOWN, self._who]
        into = np.where(place == 0, smooth(x / 0.15), 1.0)
        return np.asarray(
            np.where(place < length - 1, into, np.where(place < length, 1 - smooth((x - 0.5) / 0.5), 0.0))
        )


def _vowel_colours(size: Numbers) -> NDArray[np.float32]:
    """(mouths, 5, 5, STEPS, 257): each vowel on its way to each other one."""
    formants = np.array([VOWELS[v] for v in _VOWELS]) + RAISED
    way = np.linspace(0, 1, STEPS)[:, None]
    between = formants[:, None, None] + (formants[None, :, None] - formants[:, None, None]) * way
    table = np.empty((size.size, 5, 5, STEPS, BINS), np.float32)
    for i, s in enumerate(size):
        table[i] = whispered(between * s, (1, 0.95, 0.75, 0.45, 0.28), 1.15, 0.07)
    return table


def way_to_the_ear(distance: Numbers) -> NDArray[np.float32]:
    """(..., mouths, 257): distance takes the top; close lips add lows, as the ear and a directional microphone hear."""
    far = 1 / (1 + (BIN_HZ / (15000 / np.maximum(distance[..., None], 0.5))) ** 2)
    close = np.clip(NEAR - distance[..., None], 0, 1)
    return np.asarray(far * (1 + 2.0 * close / (1 + (BIN_HZ / _PROXIMITY_HZ) ** 2)), np.float32)
