"""Voices of many harmonics whose pitch moves: one wave is drawn, and read as fast as the pitch says.

A voice is Re sum_k c_k exp(i k phase), k = 1..K: a function of the phase alone while its weights stand still. So one
turn of it is made by an inverse Fourier transform, POINTS times finer than its partials are many, and read through a
quadratic spline, whose fall is made up for in the spectrum (Unser 1999). What remains are images: those of partial k
lie 60 log10(POINTS K / k) dB below it, those of a string's whole tone more than 80. The complex weights carry the true
phases of a vocal tract or a bowed body; from one hop to the next the old wave fades into the new. The phase is
quadratic within a hop: frequency moves in straight lines, without spurs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import RATE, Frames

f32, c64 = np.float32, np.complex64
Numbers = NDArray[np.float64]
Coefficients = NDArray[np.complex64]
POINTS = 8  # of a wave, for each of its partials


class Harmonics:
    """Up to `voices` voices of `partials` harmonics (a power of two), in hops of `size` frames. Holds scratch only."""

    def __init__(self, voices: int, partials: int, size: int) -> None:
        self.partials, self.size = partials, size
        self.points = points = partials * POINTS
        # half of each weight, the other half is its mirror; what the spline will take from it is given first
        self._lift = (0.5 / np.sinc(np.arange(1, partials + 1) / points) ** 3).astype(f32)
        self._rows = np.arange(voices)[:, None] * (points + 2)
        n = np.arange(1, size + 1)
        self._way = np.stack([np.ones(size), n / RATE, n**2 / (2 * size * RATE)]).astype(f32)
        self._ramp = (n / size).astype(f32)
        self._places, self._at = np.empty((2, voices, size), f32), np.empty((voices, size), np.intp)
        self._scratch = np.empty((4, voices, size), f32)

    def waves(self, weights: Coefficients) -> Frames:
        """One turn of each voice, (..., points + 2), from weights (..., K), any number of them: the last point stands
        before the first, too, and the first after the last."""
        spectra = np.zeros((*weights.shape[:-1], self.points // 2 + 1), c64)
        np.multiply(weights, self._lift, out=spectra[..., 1 : self.partials + 1])
        made = np.empty((*weights.shape[:-1], self.points + 2), f32)
        np.fft.irfft(spectra, norm="forward", out=made[..., 1:-1])
        made[..., 0], made[..., -1] = made[..., -2], made[..., 1]
        return made

    @staticmethod
    def ways(turns: Numbers, start_hz: Numbers, end_hz: Numbers) -> Frames:
        """The way of voices over hops, (.., 3): phase where they begin, less than a turn, pitch and its change."""
        return np.stack([turns - np.floor(turns), start_hz, end_hz - start_hz], axis=-1).astype(f32)

    def phase(self, ways: Frames) -> Frames:
        """Phase of each voice along its way, (voices, size): so few turns that they are exact to a millionth."""
        return np.asarray(ways @ self._way)

    def along(self, turns: Numbers, start_hz: Numbers, end_hz: Numbers) -> Frames:
        """Phase of each voice over a hop in turns, (voices, size)."""
        return self.phase(self.ways(turns, start_hz, end_hz))

    def read(self, phase: Frames, before: Frames, after: Frames) -> Frames:
        """(voices, size) of waves at a phase of a few turns; those before fade into those after."""
        n = len(phase)
        (place, whole), at, (before_it, after_it) = self._places[:, :n], self._at[:n], self._scratch[:2, :n]
        np.multiply(phase, f32(self.points), out=place)
        place += f32(0.5)
        np.floor(place, out=whole)
        place -= whole
        np.copyto(at, whole, casting="unsafe")
        at &= self.points - 1
        at += self._rows[:n]
        # what the neighbours of the nearest point weigh, halfway from whom nothing jumps: half of x^2 and (1 - x)^2
        np.multiply(place, place, out=after_it)
        after_it *= f32(0.5)
        np.subtract(after_it, place, out=before_it)
        before_it += f32(0.5)
        made = self._looked_up(before, at)
        if after is not before:
            change = self._looked_up(after, at)
            change -= made
            change *= self._ramp
            made += change
        return made

    def _looked_up(self, waves: Frames, at: NDArray[np.intp]) -> Frames:
        flat, (before_it, after_it, low, high) = waves.reshape(-1), self._scratch[:, : len(at)]
        made: Frames = flat[1:].take(at)
        for neighbour, weight, points in ((low, before_it, flat), (high, after_it, flat[2:])):
            points.take(at, out=neighbour, mode="wrap")
            neighbour -= made
            neighbour *= weight
        made += low
        made += high
        return made


def turns_along(hz: Numbers, size: int) -> NDArray[np.int64]:
    """Phase at the ends of consecutive hops, (hops + 1, voices) in 2**-32 turns, from pitches at their ends.

    Whole numbers add exactly: a walk of hops and a jump over them agree to the last bit.
    """
    steps = np.rint((hz[:-1] + hz[1:]) * (0.5 * size / RATE * 2.0**32)).astype(np.int64)
    return np.concatenate([np.zeros_like(steps[:1]), np.cumsum(steps, axis=0)])
