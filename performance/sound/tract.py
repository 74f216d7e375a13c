"""The throat and mouth: what makes a tone an "a" and a breath a whisper.

Voiced: five poles in a row, so that formant levels come out by themselves (Fant, Acoustic Theory of Speech Production,
1960, with his correction for the poles above the fifth). Whispered: the same resonances side by side on a floor, raised
as measured by Swerdlin, Smith and Wolfe (JASA 127, 2010). The singer's formant is F3, F4 and F5 drawn together
(Sundberg, J. Voice 15, 2001). Frequencies in hertz.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.sound.breathing import BIN_HZ

Numbers = NDArray[np.float64]

# F1..F5 of sung vowels and of the voiced consonants that a lullaby needs (Csound manual, appendix on formants)
VOWELS: dict[str, tuple[float, ...]] = {
    "a": (800, 1180, 2800, 3500, 4500),
    "A": (660, 1050, 2750, 3500, 4500),
    "e": (430, 2000, 2800, 3600, 4700),
    "i": (310, 2200, 2950, 3700, 4700),
    "o": (470, 850, 2750, 3500, 4600),
    "u": (340, 740, 2650, 3500, 4600),
    "m": (260, 1050, 2250, 3400, 4500),
    "n": (280, 1500, 2500, 3500, 4600),
    "l": (360, 1250, 2750, 3500, 4600),
}
ORDER = tuple(VOWELS)
FORMANTS = np.array([VOWELS[v] for v in ORDER], np.float64)
WIDTHS = np.array([75.0, 95, 130, 170, 220])
RAISED = np.array([255.0, 115, 125, 75, 60])  # whisper above voice
RING = np.array([2750.0, 3000, 3350])
CORRECTION_END = 10.0  # Fant's correction is held above 500 Hz * this


def sung(
    formants: Numbers, hz: Numbers, partials: int, tilt_db: Numbers, ring: Numbers
) -> NDArray[np.complex64]:
    """Weights (voices, partials) of the harmonics of `hz` through tracts (voices, 5), each voice at unit loudness.

    tilt_db (voices,): fall of the source per octave after the lips; ring 0..1: how far the singer's formant is drawn.
    """
    tract = formants.copy()
    tract[:, 2:] += 0.9 * ring[:, None] * (RING - tract[:, 2:])
    tract[:, 0] = np.maximum(
        tract[:, 0], 1.02 * hz
    )  # the jaw follows a high note (Joliveau, Smith and Wolfe 2004)
    tract[:, 1] = np.maximum(tract[:, 1], tract[:, 0] + 220.0)
    number = np.arange(1, partials + 1)
    pitch = (hz[:, None] * number).astype(np.float32)
    through = np.ones(pitch.shape, np.complex64)
    for i, width in enumerate(WIDTHS):
        pole = tract[:, i, None].astype(np.float32)
        through *= pole**2 / (pole**2 - pitch**2 + 1j * np.float32(width) * pitch)
    square = np.minimum(pitch / 500.0, CORRECTION_END) ** 2
    level_db = tilt_db[:, None] * np.log2(number) + 0.54 * square + 0.00143 * square**2
    through *= 10 ** (level_db / 20) / (1 + (pitch / 11000) ** 2)
    through *= pitch < 19_000
    loud = np.sqrt((np.abs(through) ** 2).sum(axis=1, keepdims=True))
    unit: NDArray[np.complex64] = (through / np.maximum(loud, 1e-6)).astype(np.complex64)
    return unit


def whispered(
    formants: Numbers,
    gains: tuple[float, ...] = (1, 0.9, 0.6, 0.4, 0.25),
    wide: float = 1.0,
    floor: float = 0.06,
) -> Numbers:
    """Colours (..., bins) of breath through mouths (..., 5)."""
    widths = wide * np.array([150.0, 190, 280, 420, 600])
    away = (BIN_HZ - formants[..., None]) / widths[:, None]
    resonances = (np.asarray(gains)[:, None] / (1 + away**2)).sum(axis=-2)
    hiss = floor / (1 + (BIN_HZ / 6500) ** 2)
    return np.asarray((resonances + hiss) / (1 + (280 / np.maximum(BIN_HZ, 20)) ** 2))
