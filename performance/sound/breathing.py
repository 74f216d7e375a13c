"""Air through many mouths at once: each has its own colour, all are summed in one spectrum.

A frame of 512 samples per mouth is an addressed Gaussian spectrum, turned by an addressed angle and coloured by the
mouth's magnitude; the sum over mouths is taken per bus *in the spectrum*, so that any number costs two inverse
transforms a hop. Frames overlap by half under a window whose squares add to one, so that the noise stays even, and
which begins and ends level (that of the Vorbis codec): a sine window would leave a kink at every hop. The frame of
hop h is a function of (seed, h, mouth), so a hop may be made first, last or twice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.chance import at_indices, bells, chance
from performance.sound.hops import HOP
from performance.sound.instrument import RATE, Frames

BINS = HOP + 1
BIN_HZ = np.arange(BINS) * RATE / (2 * HOP)
POOL = 128  # different spectra; with a random turn each, no repetition is heard
_CHEST_HZ = 60.0  # below, a mouth sends nothing: no rumble, no DC

f32, c64 = np.float32, np.complex64
_WINDOW = np.sin(np.pi / 2 * np.sin(np.pi * (np.arange(2 * HOP) + 0.5) / (2 * HOP)) ** 2).astype(f32)
_FLOOR = (BIN_HZ**2 / (BIN_HZ**2 + _CHEST_HZ**2)).astype(f32)
_FLOOR[0] = 0
_FLOOR[-1] = 0


def _pool() -> NDArray[np.complex64]:
    parts = bells(1, "air", count=2 * POOL * BINS).reshape(2, POOL, BINS)
    return np.asarray((parts[0] + 1j * parts[1]) * np.sqrt(HOP / 2) * _FLOOR, c64)


SPECTRA = _pool()


class Air:
    """The noise of `mouths` mouths of one seed, unit variance where colour and gain are one."""

    def __init__(self, seed: int, mouths: int) -> None:
        self._address = np.arange(2 * mouths).reshape(mouths, 2).T
        self._key = int(chance(seed, "air") * 2**52)

    def frame(self, h: int, colours: Frames, gains: Frames) -> Frames:
        """One windowed frame (buses, 512) from colours (mouths, 257) and gains (buses, mouths)."""
        draw, angle = at_indices(self._key, h * 8192 + self._address)
        turn = np.exp(2j * np.pi * angle)
        spectra = SPECTRA[(draw * POOL).astype(np.intp)]
        spectra *= colours
        mixed = (gains * turn).astype(c64) @ spectra
        return np.fft.irfft(mixed, 2 * HOP, axis=1).astype(f32) * _WINDOW
