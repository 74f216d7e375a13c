"""Air and friction in bands: endless noise in half octaves, to be mixed into any colour for next to nothing.

What lies in the tone of a section (hair on strings, breath over an edge, lips) changes its colour slowly and its
strength quickly. The bands are made once, in the spectrum, so their loops have no seam; each place a noise comes from
reads them at an offset of its own.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from performance.chance import chances
from performance.sound.instrument import RATE, Frames

LOOP = 1 << 17  # frames: 2.7 s
BAND_HZ = 180.0 * 2.0 ** (0.5 * np.arange(13))  # centres, up to 11.5 kHz
COUNT = BAND_HZ.size
_SHARE = np.sqrt(BAND_HZ * (2**0.25 - 2**-0.25) / (RATE / 2)).astype(
    np.float32
)  # of a white noise's strength


@cache
def _loops() -> Frames:
    """(bands, 2 LOOP) of noise of unit strength; the loop twice, so that any span lies in one piece."""
    bins = np.arange(LOOP // 2 + 1) * RATE / LOOP
    angle = np.exp(2j * np.pi * chances(1, "bands", count=bins.size))
    loops = np.empty((COUNT, 2 * LOOP), np.float32)
    for i, centre in enumerate(BAND_HZ):
        away = 2.0 * np.log2(np.maximum(bins, 1.0) / centre)
        loop = np.fft.irfft(np.cos(0.5 * np.pi * np.clip(away, -1, 1)) * angle, LOOP)
        loops[i] = np.tile(loop / loop.std(), 2)
    return loops


class Bands:
    """Noise from some places. `mixed` adds it with gains that run straight from one end of a hop to the other."""

    def __init__(self, places: int, seed: int, size: int) -> None:
        self._loops = _loops()
        self._offsets = (chances(seed, "offsets", count=places) * LOOP).astype(np.int64).tolist()
        self._rows = np.empty((places * COUNT, size), np.float32)
        self._ramp = ((np.arange(size) + 1) / size).astype(np.float32)
        self._size = size

    def mixed(self, start: int, before: Frames, after: Frames) -> Frames:
        """(buses, size) of noise from the frame `start` on; gains (buses, places, bands) at both ends, for a colour
        that is 1 where white noise of unit strength is."""
        for i, offset in enumerate(self._offsets):
            at = (start + offset) % LOOP
            self._rows[i * COUNT : (i + 1) * COUNT] = self._loops[:, at : at + self._size]
        first, last = ((gains * _SHARE).reshape(len(gains), -1) for gains in (before, after))
        made: Frames = first @ self._rows
        made += ((last - first) @ self._rows) * self._ramp
        return made
