"""Moving pitch without spurs: sums of sines whose phase is a smooth function of time.

Give the phase (cycles) and the pitch (Hz) of every partial at both ends of a span. Between them the phase runs on the
cubic that meets both, so one span joins the next in value and slope. The cubic is read in float64 at every 64th frame
and wrapped; between those it is a quadratic in float32 (one product of (V J, 3) by (3, 64)), whose sine numpy takes
with vector instructions. Pitch stepping once a block would leave spurs at -42 dB at 2 kHz.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import RATE, Frames

RUN = 64  # frames of one quadratic
MOST = 64  # partials at once: their work stays in the cache
QUIET = 1e-7  # strength at both ends of a block below which a partial is left out
HIGHEST_HZ = 19_500.0
FADE_HZ = 1_500.0  # partials fade over this below the highest

f32 = np.float32
Array = NDArray[np.float64]

_at = np.arange(RUN)
_BASIS = np.stack([np.ones(RUN), _at, _at * (_at - RUN)]).astype(f32)


@dataclass(frozen=True, slots=True)
class Laid:
    """Partials whose phases are laid out over a span: its quadratics (V, runs, 3), gains (B, V) and their change."""

    table: Frames
    gains: Frames
    change: Frames


class Sines:
    """Work space for blocks of `block` frames."""

    def __init__(self, block: int) -> None:
        self._block, self._runs = block, block // RUN
        self._wave = np.empty((MOST * self._runs, RUN), f32)
        self._ramp = ((np.arange(block) + 1) / block).astype(f32)
        self._x = np.arange(self._runs + 1) / self._runs

    def add(self, out: Frames, phase: Array, pitch_hz: Array, gains: Frames) -> None:
        """Add V partials to `out` (B, block): phase (2, V) in cycles and pitch (2, V) at both ends, gains (2, B, V)."""
        self.sound(out, self.lay(phase, pitch_hz, gains))

    def lay(self, phase: Array, pitch_hz: Array, gains: Frames) -> Laid:
        """What can be heard of the partials, to be sounded in parts."""
        loud = np.flatnonzero(np.abs(gains).max(axis=(0, 1)) > QUIET)
        if loud.size < gains.shape[2]:
            phase, pitch_hz, gains = phase[:, loud], pitch_hz[:, loud], gains[:, :, loud]
        if loud.size and float(pitch_hz.max()) > HIGHEST_HZ - FADE_HZ:
            gains = gains * np.clip((HIGHEST_HZ - pitch_hz) / FADE_HZ, 0.0, 1.0)[:, None].astype(f32)
        return Laid(self._bent(phase, pitch_hz), gains[0], gains[1] - gains[0])

    def sound(self, out: Frames, laid: Laid, at: int = 0) -> None:
        """Add the frames [at, at + frames of `out`) of the block; both multiples of RUN."""
        frames = out.shape[1]
        runs = slice(at // RUN, (at + frames) // RUN)
        ramp = self._ramp[at : at + frames]
        for first in range(0, len(laid.table), MOST):
            table = laid.table[first : first + MOST, runs].reshape(-1, 3)
            wave = self._wave[: len(table)]
            np.matmul(table, _BASIS, out=wave)
            np.sin(wave, out=wave)
            sound = wave.reshape(-1, frames)
            out += laid.gains[:, first : first + MOST] @ sound
            change = laid.change[:, first : first + MOST]
            if change.any():
                out += (change @ sound) * ramp

    def _bent(self, phase: Array, pitch_hz: Array) -> Frames:
        """Value, slope and curvature of every run's quadratic, (V, runs, 3)."""
        span = self._block / RATE
        a, way = phase[0] % 1.0, phase[1] - phase[0]
        v0, v1 = pitch_hz[0] * span, pitch_hz[1] * span
        square, cube = 3 * way - 2 * v0 - v1, v0 + v1 - 2 * way
        x = self._x[:, None]
        edge = a + x * (v0 + x * (square + x * cube))
        table = np.empty((phase.shape[1], self._runs, 3), f32)
        table[:, :, 0] = ((edge[:-1] - np.rint(edge[:-1])) * (2 * np.pi)).T
        table[:, :, 1] = ((edge[1:] - edge[:-1]) * (2 * np.pi / RUN)).T
        bow = 2 * square + 6 * (x[:-1] + 0.5 / self._runs) * cube
        table[:, :, 2] = (bow * (np.pi / self._block**2)).T
        return table


def glide_phase(pitch_hz: Array, step: float) -> Array:
    """Phase in cycles of a line whose pitch is given every `step` seconds along the last axis, from 0 (trapezia)."""
    moved = 0.5 * (pitch_hz[..., 1:] + pitch_hz[..., :-1]) * step
    return np.concatenate([np.zeros((*pitch_hz.shape[:-1], 1)), np.cumsum(moved, axis=-1)], axis=-1)
