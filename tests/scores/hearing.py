"""How like two passages are, to somebody who hears some seconds of each: 0 the same, about 1 nothing in common.

Five things are compared: the colour of the sound (its spectrum), how much each band of it moves, which notes of the
octave there are (chroma: Wakefield, "Mathematical representation of joint time-chroma distributions", 1999), the pulse
of its loudness (its modulation spectrum), and how pure it is (spectral flatness). How loud it is does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RATE = 48_000
SHORT, LONG = 2048, 16_384  # frames of a spectrum: for bands in time, and for notes
EDGES = np.geomspace(40.0, 16_000.0, 31)  # of the bands, Hz
PULSES = np.array([0.2, 0.5, 1, 2, 4, 8, 16])  # edges of the rates of a pulse, Hz
FLOOR = 50.0  # dB below the strongest, what is no longer heard
# what makes two passages as different as two of a piece commonly are: dB, dB, shares, ratios, ratio
SCALES = (8.0, 5.0, 1.0, 0.6, 1.5)


@dataclass(frozen=True, slots=True)
class Impression:
    """What stays of a passage: colour and movement (bands, dB), notes (12 shares), pulse (rates), purity."""

    colour: Array
    movement: Array
    notes: Array
    pulse: Array
    purity: float


def impression(sound: NDArray[np.float32]) -> Impression:
    """What stays of a passage (frames, 2)."""
    both = sound.mean(1, dtype=np.float64)
    power, hz = _spectra(both, SHORT)
    bands = np.add.reduceat(power, np.searchsorted(hz, EDGES[:-1]), axis=1) + 1e-12
    level = 10 * np.log10(bands)
    colour = 10 * np.log10(bands.mean(0) / bands.mean(0).sum())
    fine, hz = _spectra(both, LONG)
    fine, hz = fine[:, (hz > 60) & (hz < 3000)], hz[(hz > 60) & (hz < 3000)]
    notes = np.bincount(np.rint(12 * np.log2(hz / 440)).astype(int) % 12, fine.sum(0), 12)
    purity = np.exp(np.log(fine + 1e-15).mean(1)) / (fine.mean(1) + 1e-15)
    return Impression(
        np.maximum(colour, -FLOOR),
        np.maximum(level, level.max() - FLOOR).std(0),
        notes / (notes.sum() + 1e-20),
        _pulse(np.sqrt(bands.sum(1))),
        float(purity.mean()),
    )


def _spectra(sound: Array, size: int) -> tuple[Array, Array]:
    """Power (spectra, bins) of pieces that overlap by half, and the bins' frequencies."""
    pieces = np.lib.stride_tricks.sliding_window_view(sound, size)[:: size // 2] * np.hanning(size)
    return np.abs(np.fft.rfft(pieces)) ** 2, np.fft.rfftfreq(size, 1 / RATE)


def _pulse(loud: Array) -> Array:
    """How strongly loudness comes and goes, at some rates."""
    moving = (loud / max(loud.mean(), 1e-9) - 1.0) * np.hanning(len(loud))
    strength, hz = np.abs(np.fft.rfft(moving, 1024)), np.fft.rfftfreq(1024, SHORT / 2 / RATE)
    return np.array([strength[(hz >= a) & (hz < b)].mean() for a, b in pairwise(PULSES)])


def unlike(one: Impression, other: Impression) -> float:
    """0 (the same) .. about 1 (nothing in common)."""
    apart = (
        np.abs(one.colour - other.colour).mean(),
        np.abs(one.movement - other.movement).mean(),
        np.abs(one.notes - other.notes).sum(),
        np.abs(np.log((one.pulse + 0.5) / (other.pulse + 0.5))).mean(),
        abs(np.log((one.purity + 1e-4) / (other.purity + 1e-4))),
    )
    return float(np.mean([much / scale for much, scale in zip(apart, SCALES)]))
