"""A limiter that sees between the samples: nothing leaves louder than the ceiling.

It looks 3 ms ahead. Peaks are read at four times the rate with the interpolator of true-peak meters (ITU-R
BS.1770-5, annex 2, here a longer Kaiser-windowed sinc), per run of 16 frames. The gain in decibels is the running
maximum of the need (falling back at a steady rate, which is a cumulative maximum and so needs no loop), held over
the look-ahead, then averaged over it: it is down before the peak arrives and never jumps. Below the ceiling the
sound passes bit for bit, only later.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import RATE, Frames

CEILING_DB = -1.5  # true peak; half a decibel is left for what a lossy codec adds
RUN = 16  # frames of one gain value
AHEAD = 8  # runs of look-ahead
TAPS = 16  # of each phase of the interpolator
LATENCY = AHEAD * RUN + RUN  # frames that the sound comes later
RELEASE_DB = 30.0 * RUN / RATE  # fall of the reduction per run: 30 dB a second
SAFE = 0.4  # below this share of the ceiling no interpolated peak can reach it

f32 = np.float32


def _interpolator() -> NDArray[np.float32]:
    """(TAPS, 3): windowed sincs at a quarter, a half and three quarters of a frame."""
    at = np.arange(TAPS)[:, None] - (TAPS // 2 - 1) - np.array([0.25, 0.5, 0.75])
    window = np.i0(7.0 * np.sqrt(np.maximum(1 - (at / (TAPS / 2)) ** 2, 0))) / np.i0(7.0)
    taps = np.sinc(at) * window
    return np.asarray(taps / taps.sum(axis=0), f32)


def _between_frames() -> NDArray[np.float32]:
    """(2 * RUN, 3 * RUN): what lies between the frames of a run, from those and the TAPS that reach into it."""
    made = np.zeros((2 * RUN, RUN, 3), f32)
    for i in range(RUN):
        made[i : i + TAPS, i] = _interpolator()
    return made.reshape(2 * RUN, 3 * RUN)


class Limiter:
    """Stereo limiter in blocks of `block` frames (a multiple of 16); its output lags by LATENCY frames."""

    def __init__(self, block: int, ceiling_db: float = CEILING_DB) -> None:
        self._block = block
        self._ceiling = 10 ** (ceiling_db / 20)
        self._between = _between_frames()
        self._heard = np.zeros((2, block + TAPS), f32)
        self._waiting = np.zeros((2, block + LATENCY), f32)
        self._runs = block // RUN
        self._need = np.zeros(self._runs + 3 * AHEAD)  # reduction asked for, released, in dB per run
        self._slope = RELEASE_DB * np.arange(self._need.size)
        self._held = np.zeros(self._need.size - AHEAD - 1)
        # what slides over them: the memories stay where they are
        sliding = np.lib.stride_tricks.sliding_window_view
        self._taken = sliding(self._heard, 2 * RUN, axis=1)[:, ::RUN]  # a run and what reaches into it
        self._needed, self._kept = sliding(self._need, AHEAD + 2), sliding(self._held, AHEAD)
        self._x = np.arange(1, RUN + 1) / RUN
        self.reduction_db = 0.0

    def reset(self) -> None:
        """Forget what was heard."""
        for memory in (self._heard, self._waiting, self._need):
            memory[:] = 0
        self.reduction_db = 0.0

    def process(self, block: Frames) -> Frames:
        """The next `block` frames in, (2, block); the ones LATENCY frames before them out, a new array."""
        size = self._block
        self._heard[:, :TAPS] = self._heard[:, size:]
        self._heard[:, TAPS:] = block
        self._waiting[:, :LATENCY] = self._waiting[:, size:]
        self._waiting[:, LATENCY:] = block
        out = self._waiting[:, :size].copy()
        self._need[: -self._runs] = self._need[self._runs :]
        self._need[-self._runs :] = self._asked(block)
        if self._need.any():
            self._release()
            gain = 10 ** (-self._smooth() / 20)
            out *= (gain[:-1, None] + np.diff(gain)[:, None] * self._x).reshape(-1).astype(f32)
            self.reduction_db = -20 * float(np.log10(gain.min()))
        else:
            self.reduction_db = 0.0
        return out

    def _asked(self, block: Frames) -> NDArray[np.float64]:
        """Decibels over the ceiling per run, from the true peaks up to TAPS / 2 frames before the newest."""
        if float(np.abs(self._heard).max()) < SAFE * self._ceiling:
            return np.zeros(self._runs)
        between = self._taken.reshape(-1, 2 * RUN) @ self._between
        at = self._heard[:, TAPS // 2 - 1 : TAPS // 2 - 1 + self._block].reshape(-1, RUN)
        peak = (
            np.maximum(np.abs(between).max(axis=1), np.abs(at).max(axis=1)).reshape(2, self._runs).max(axis=0)
        )
        return np.asarray(20 * np.log10(np.maximum(peak / self._ceiling, 1.0)), np.float64)

    def _release(self) -> None:
        """Let the reduction fall back at a steady rate: a running maximum along a slope."""
        fallen = np.maximum.accumulate(self._need + self._slope) - self._slope
        fallen[fallen < 1e-9] = 0
        self._need[-self._runs :] = fallen[-self._runs :]

    def _smooth(self) -> NDArray[np.float64]:
        """Held over the look-ahead and averaged over it: runs + 1 values, at the edges of the outgoing runs."""
        np.max(self._needed, axis=1, out=self._held)
        return np.asarray(self._kept[-self._runs - 1 :].mean(axis=1))
