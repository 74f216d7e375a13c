"""Air and friction in bands: endless noise in half octaves, to be mixed into any colour for next to nothing.

What lies in the tone of a section (hair on strings, breath over an edge, lips) changes its colour slowly and its
strength quickly. The bands are made once, in the spectrum, so their loops have no seam; each place a noise comes from
reads them at an offset of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from performance.chance import chances
from performance.sound.instrument import RATE, Frames

LOOP = 1 << 17  # frames: 2.7 s
BAND_HZ = 180.0 * 2.0 ** (0.5 * np.arange(13))  # centres, up to 11.5 kHz
COUNT = BAND_HZ.size
SHARE = np.sqrt(BAND_HZ * (2**0.25 - 2**-0.25) / (RATE / 2)).astype(np.float32)  # of a white noise's strength


@dataclass(frozen=True, slots=True)
class Gusts:
    """Noise at some times: gains (buses, times, places), colours (times, bands), SHARE where white noise is."""

    gains: Frames
    colours: Frames

    def part(self, these: slice) -> Gusts:
        """At some of them."""
        return Gusts(self.gains[:, these], self.colours[these])


def joined(before: Gusts | None, after: Gusts | None) -> Gusts | None:
    """The last of some gusts and the first of others; None is silence."""
    if before is None or after is None:
        one = before or after
        if one is None:
            return None
        still = Gusts(np.zeros_like(one.gains), one.colours)
        before, after = before or still, after or still
    return Gusts(
        np.concatenate([before.gains[:, -1:], after.gains[:, :1]], axis=1),
        np.concatenate([before.colours[-1:], after.colours[:1]]),
    )


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
    """Noise from some places. `mixed` fades what it is at one end of a hop into what it is at the other."""

    def __init__(self, places: int, seed: int, size: int) -> None:
        self._loops = _loops()
        self._offsets = (chances(seed, "offsets", count=places) * LOOP).astype(np.int64).tolist()
        self._rows = np.empty((2, places, size), np.float32)
        ramp = ((np.arange(size) + 1) / size).astype(np.float32)
        self._ramps = np.stack([1 - ramp, ramp])[:, None]
        self._size = size

    def mixed(self, start: int, ends: Gusts, out: Frames | None = None) -> Frames:
        """(buses, size) of noise from the frame `start` on, added to `out` if there is something; of two times."""
        for i, offset in enumerate(self._offsets):
            at = (start + offset) % LOOP
            np.matmul(ends.colours, self._loops[:, at : at + self._size], out=self._rows[:, i])
        self._rows *= self._ramps
        made: Frames = ends.gains.reshape(4, -1) @ self._rows.reshape(-1, self._size)
        return made if out is None else np.add(out, made, out=out)
