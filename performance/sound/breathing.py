"""Air through many mouths at once: each has its own colour, all are summed in one spectrum.

A frame of 512 samples per mouth is an addressed Gaussian spectrum, turned by an addressed angle and coloured by the
mouth's magnitude; the sum over mouths is taken per bus *in the spectrum*, so that any number costs two inverse
transforms a hop. Frames overlap by half under a window whose squares add to one, so that the noise stays even, and
which begins and ends level (that of the Vorbis codec): a sine window would leave a kink at every hop. The frame of
hop h is a function of (seed, h, mouth), so a hop may be made first, last or twice.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from performance.chance import at_indices, bells, chance
from performance.sound.hops import HOP, Hops
from performance.sound.instrument import BUSES, RATE, Frames
from performance.sound.moments import Kept
from performance.sound.own import own

BINS = HOP + 1
BIN_HZ = np.arange(BINS) * RATE / (2 * HOP)
TOGETHER = 4  # frames that are made at once: what a frame costs is mostly the number of steps to it
POOL = 128  # different spectra; with a random turn each, no repetition is heard
_CHEST_HZ = 60.0  # below, a mouth sends nothing: no rumble, no DC

Numbers = NDArray[np.float64]
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

    def frames(self, first: int, colours: Frames, gains: Frames) -> Frames:
        """Windowed frames (n, buses, 512) from hop `first` on: colours (n, mouths, 257), or (mouths, 257) of all, and
        gains (n, buses, mouths)."""
        address = (first + np.arange(len(gains)))[:, None] * 8192 + self._address[:, None]
        draw, angle = at_indices(self._key, address)
        spectra = SPECTRA[(draw * POOL).astype(np.intp)]
        spectra *= colours
        turned = (gains * np.exp(2j * np.pi * angle)[:, None]).astype(c64)
        made = np.fft.irfft(turned @ spectra, 2 * HOP, axis=2)
        made *= _WINDOW
        return np.asarray(made, f32)

    def frame(self, h: int, colours: Frames, gains: Frames) -> Frames:
        """One of them, (buses, 512), from colours (mouths, 257) and gains (buses, mouths)."""
        made: Frames = self.frames(h, colours, gains[None])[0]
        return made


class Draught:
    """The air of mouths that are heard on the buses, some frames at a time.

    `blow(times)` gives colours and gains as `Air.frames` takes them, for frames in whose middles are the `times`, or
    None where no air moves. Nothing sounds before the piece.
    """

    def __init__(self, air: Air, blow: Callable[[Numbers], tuple[Frames, Frames] | None]) -> None:
        self._air, self._blow = air, own(blow)
        self._hops = Hops(self._join, TOGETHER * HOP)
        self._runs = Kept(self._run, 2)

    def forget(self) -> None:
        """What the air follows has changed."""
        self._hops.forget()
        self._runs.forget()

    def add(self, start: int, frames: int, out: Frames) -> None:
        """Add frames [start, start + frames) to `out` (4, frames)."""
        self._hops.add(start, frames, out)
        r, late = divmod(start + frames, self._hops.size)
        if late == 0:
            self._runs(r)  # where a run ends, not where the next begins: control instants lie there

    def _join(self, r: int) -> Frames | None:
        """The second half of the frame before, then halves upon halves."""
        before, now = self._runs(r - 1), self._runs(r)
        if before is None and now is None:
            return None
        sound = np.zeros((BUSES, TOGETHER, HOP), f32)
        if before is not None:
            sound[:, 0] += before[-1, :, HOP:]
        if now is not None:
            sound += now[:, :, :HOP].swapaxes(0, 1)
            sound[:, 1:] += now[:-1, :, HOP:].swapaxes(0, 1)
        return sound.reshape(BUSES, -1)

    def _run(self, r: int) -> Frames | None:
        first = r * TOGETHER
        blown = self._blow(np.arange(first + 1, first + 1 + TOGETHER) * HOP / RATE) if r >= 0 else None
        return self._air.frames(first, *blown) if blown is not None and blown[1].any() else None
