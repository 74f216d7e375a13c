"""The throat and mouth: what makes a tone an "a" and a breath a whisper.

Voiced: five poles in a row, so that formant levels come out by themselves, and above them the endless row of a straight
tube, without which a voice would end in a wall at 5 kHz (Fant, Acoustic Theory of Speech Production, 1960). Whispered:
the same resonances side by side on a floor, raised as measured by Swerdlin, Smith and Wolfe (JASA 127, 2010). The
singer's formant is F3, F4 and F5 drawn together (Sundberg, J. Voice 15, 2001). Frequencies in hertz.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.sound.breathing import BIN_HZ

Numbers = NDArray[np.float64]

# F1..F5 of sung vowels (Csound manual, appendix on formants) and of what comes before them: where the mouth stands in a
# consonant, or for a stop where its formants point to (the loci of Delattre, Liberman and Cooper, JASA 27, 1955)
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
    "r": (420, 1250, 1700, 3300, 4500),
    "v": (300, 1050, 2300, 3400, 4500),
    "b": (250, 750, 2250, 3400, 4500),
    "d": (250, 1750, 2650, 3500, 4600),
    "g": (250, 2050, 2400, 3400, 4500),
    "t": (300, 1750, 2650, 3500, 4600),
    "k": (300, 1950, 2450, 3400, 4500),
    "s": (300, 1700, 2600, 3500, 4600),
    "S": (300, 1850, 2500, 3400, 4500),
    "f": (320, 1050, 2300, 3400, 4500),
    "h": (620, 1300, 2650, 3500, 4500),
}
# consonants: how much of the voice they take, how they hiss (centre and width in hertz, strength), whether they burst
CONSONANTS: dict[str, tuple[float, float, float, float, bool]] = {
    "m": (0.5, 0, 0, 0.0, False), "n": (0.5, 0, 0, 0.0, False), "l": (0.42, 0, 0, 0.0, False),
    "r": (0.45, 0, 0, 0.0, False), "v": (0.62, 5200, 3500, 0.10, False), "b": (0.9, 900, 600, 0.25, True),
    "d": (0.9, 4200, 2000, 0.25, True), "g": (0.9, 2100, 800, 0.25, True), "t": (1.0, 4800, 2400, 0.7, True),
    "k": (1.0, 2200, 900, 0.7, True), "s": (1.0, 6800, 1900, 0.55, False), "S": (1.0, 3600, 1300, 0.6, False),
    "f": (1.0, 7000, 4000, 0.3, False), "h": (0.85, 1600, 1500, 0.35, False),
}  # fmt: skip
ORDER = tuple(VOWELS)
FORMANTS = np.array([VOWELS[v] for v in ORDER], np.float64)
WIDTHS = np.array([75.0, 95, 130, 170, 220])
RAISED = np.array([255.0, 115, 125, 75, 60])  # whisper above voice
RING = np.array([2750.0, 3000, 3350])
TUBE_HZ = 500.0  # lowest pole of a straight tube, closed at the glottis; the others are its odd multiples
LOSS = 80.0, 0.055  # width of its poles: hertz, and hertz per hertz
STEP_HZ = 20.0


def _upper_poles() -> NDArray[np.complex64]:
    """What a straight tube's poles above the fifth do, every STEP_HZ: a lossy line, 1 / cosh, less its first five."""
    hz = np.arange(0.0, 20_000.0, STEP_HZ)
    width = LOSS[0] + LOSS[1] * hz
    whole = 1 / np.cosh(np.pi / (4 * TUBE_HZ) * (width + 2j * hz))
    poles = TUBE_HZ * np.arange(1, 10, 2)[:, None]
    lower = np.prod(poles**2 / (poles**2 - hz**2 + 1j * width * hz), axis=0)
    return np.asarray(whole / lower, np.complex64)


_UPPER = _upper_poles()


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
    number = np.arange(1, partials + 1, dtype=np.float32)
    pitch = hz.astype(np.float32)[:, None] * number
    against = np.ones(pitch.shape, np.complex64)  # the poles' denominators: one division for all five
    factor = np.empty(pitch.shape, np.complex64)
    lower, damped = (1 / tract).astype(np.float32), (WIDTHS / tract).astype(np.float32)
    for i in range(WIDTHS.size):
        share = pitch * lower[:, i, None]
        np.multiply(share, damped[:, i, None], out=factor.imag)
        share *= share
        np.subtract(1, share, out=factor.real)
        against *= factor
    at = np.minimum(pitch * np.float32(1 / STEP_HZ), np.float32(len(_UPPER) - 1)).astype(np.intp)
    through: NDArray[np.complex64] = _UPPER.take(at)
    through /= against
    fall = (tilt_db * (np.log(10) / 20)).astype(np.float32)[:, None] * np.log2(number)
    gain = np.exp(fall) / (1 + (pitch / 11000) ** 2)
    gain *= pitch < 19_000
    through *= gain
    parts = through.view(np.float32)
    loud = np.sqrt(np.einsum("ij,ij->i", parts, parts))
    through *= (1 / np.maximum(loud, np.float32(1e-6)))[:, None]
    return through


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
