"""Friction and air: a breath of noise in a band, the same at every frame whoever asks."""

from __future__ import annotations

from functools import cache

import numpy as np

from performance.chance import chances
from performance.sound.instrument import RATE, Frames, Span

LOOP = 1 << 17  # frames: 2.7 s, far too long to be heard as a loop under a tone


@cache
def _loop(pitch_hz: float, octaves: float, seed: int) -> Frames:
    """(2, LOOP) of noise, made in the spectrum: it has no seam."""
    bins = np.arange(LOOP // 2 + 1) * RATE / LOOP
    away = np.log2(np.maximum(bins, 1.0) / pitch_hz) / octaves
    colour = np.exp(-(away**2)) * np.minimum(1.0, bins / 100.0) ** 2
    angle = 2 * np.pi * chances(seed, "friction", round(pitch_hz), count=2 * bins.size).reshape(2, -1)
    loop = np.fft.irfft(colour * np.exp(1j * angle), LOOP, axis=1)
    return np.asarray(loop / loop.std(), np.float32)


class Friction:
    """Noise around `pitch_hz`, `octaves` wide, unit strength."""

    def __init__(self, block: int, pitch_hz: float, octaves: float, seed: int = 1) -> None:
        self._loop = _loop(pitch_hz, octaves, seed)
        self._ramp = ((np.arange(block) + 1) / block).astype(np.float32)

    def add(self, span: Span, gains: Frames) -> None:
        """Add to the span with bus gains (2, 4) at its two ends."""
        if not gains.any():
            return
        at = span.start % LOOP
        if at + span.frames <= LOOP:
            noise = self._loop[:, at : at + span.frames]
        else:
            noise = self._loop[:, np.arange(at, at + span.frames) % LOOP]
        level = gains[0, :, None] + (gains[1] - gains[0])[:, None] * self._ramp
        level[:2] *= noise
        level[2:] *= noise
        span.out[:] += level
