"""Moving pitch without spurs: sums of sines whose phase is a smooth function of time.

Give the phase (cycles) and the pitch (Hz) of every partial at both ends of a span. Between them the phase runs on the
cubic that meets both, so one span joins the next in value and slope. The cubic is read in float64 at every 64th frame
and wrapped; between those it is a quadratic in float32 (one product of (V J, 3) by (3, 64)), whose sine numpy takes
with vector instructions. Pitch stepping once a block would leave spurs at -42 dB at 2 kHz.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import RATE, Frames

RUN = 64  # frames of one quadratic
MOST = 64  # partials at once: their work stays in the cache
HIGHEST_HZ = 19_500.0
FADE_HZ = 1_500.0  # partials fade over this below the highest

f32 = np.float32
Array = NDArray[np.float64]

_at = np.arange(RUN)
_BASIS = np.stack([np.ones(RUN), _at, _at * (_at - RUN)]).astype(f32)


class Sines:
    """Work space for blocks of `block` frames."""

    def __init__(self, block: int) -> None:
        self._block, self._runs = block, block // RUN
        self._wave = np.empty((MOST * self._runs, RUN), f32)
        self._coefficients = np.empty((MOST, self._runs, 3), f32)
        self._ramp = ((np.arange(block) + 1) / block).astype(f32)
        self._x = np.arange(self._runs + 1) / self._runs

    def add(self, out: Frames, phase: Array, pitch_hz: Array, gains: Frames) -> None:
        """Add V partials to `out` (B, block): phase (2, V) in cycles and pitch (2, V) at both ends, gains (2, B, V)."""
        loud = np.flatnonzero(np.abs(gains).max(axis=(0, 1)) > 1e-7)
        for first in range(0, loud.size, MOST):
            these = loud[first : first + MOST]
            self._add(out, phase[:, these], pitch_hz[:, these], gains[:, :, these])

    def _add(self, out: Frames, phase: Array, pitch_hz: Array, gains: Frames) -> None:
        count = phase.shape[1]
        heard = np.clip((HIGHEST_HZ - pitch_hz) / FADE_HZ, 0.0, 1.0)[:, None].astype(f32)
        gains = gains * heard
        table = self._coefficients[:count]
        self._bend(phase, pitch_hz, table)
        wave = self._wave[: count * self._runs]
        np.matmul(table.reshape(-1, 3), _BASIS, out=wave)
        np.sin(wave, out=wave)
        sound = wave.reshape(count, self._block)
        out += gains[0] @ sound
        change = gains[1] - gains[0]
        if change.any():
            out += (change @ sound) * self._ramp

    def _bend(self, phase: Array, pitch_hz: Array, table: Frames) -> None:
        """Value, slope and curvature of every run's quadratic, (V, J, 3)."""
        span = self._block / RATE
        a, way = phase[0] % 1.0, phase[1] - phase[0]
        v0, v1 = pitch_hz[0] * span, pitch_hz[1] * span
        x = self._x[:, None]
        edge = a + x * (v0 + x * ((3 * way - 2 * v0 - v1) + x * (v0 + v1 - 2 * way)))
        wrapped = (edge[:-1] - np.rint(edge[:-1])) * (2 * np.pi)
        bow = 2 * (3 * way - 2 * v0 - v1) + 6 * (x[:-1] + 0.5 / self._runs) * (v0 + v1 - 2 * way)
        table[:, :, 0] = wrapped.T
        table[:, :, 1] = (np.diff(edge, axis=0) * (2 * np.pi / RUN)).T
        table[:, :, 2] = (bow * (np.pi / self._block**2)).T


def glide_phase(pitch_hz: Array, step: float) -> Array:
    """Phase in cycles of a line whose pitch is given every `step` seconds along the last axis, from 0 (trapezia)."""
    moved = 0.5 * (pitch_hz[..., 1:] + pitch_hz[..., :-1]) * step
    return np.concatenate([np.zeros((*pitch_hz.shape[:-1], 1)), np.cumsum(moved, axis=-1)], axis=-1)
