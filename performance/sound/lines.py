"""Drawn tones: short lines whose pitch and strength are given point by point, started on a frame.

A bubble's chirp, a sigh on a rubbed mirror, the falling whistle of a crack. Phase is summed once along the points when
a line starts; at any frame it is then read, not remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import RATE, Frames, Span
from performance.sound.sines import FADE_HZ, HIGHEST_HZ, glide_phase

Array = NDArray[np.float64]
TAU = np.float32(2 * np.pi)
ONE = np.ones(1)


@dataclass(frozen=True, slots=True)
class Line:
    """Pitch (Hz) and strength at evenly spaced points over `length` seconds; begins and ends at strength 0.

    `orders` are the partials (multiples of the pitch), `gains` their strengths.
    """

    pitch_hz: Array
    strength: Array
    length: float
    orders: Array = field(default_factory=lambda: ONE)
    gains: Array = field(default_factory=lambda: ONE)


class _Drawn:
    """A line from its frame on."""

    def __init__(self, frame: int, line: Line, place: Frames) -> None:
        self.frame, self.frames = frame, round(line.length * RATE)
        self.place = place[:, None].astype(np.float32)
        self._line = line
        self._step = line.length / (line.pitch_hz.size - 1)
        self._phase = glide_phase(line.pitch_hz, self._step)

    def piece(self, a: int, b: int) -> Frames:
        """Its frames [a, b) as (b - a,) float32."""
        line, last = self._line, self._line.pitch_hz.size - 2
        at = np.arange(a, b) * ((last + 1) / self.frames)
        k = np.minimum(at.astype(np.intp), last)
        x = at - k
        low, high = line.pitch_hz[k], line.pitch_hz[k + 1]
        phase = self._phase[k] + self._step * x * (low + 0.5 * x * (high - low))
        strength = line.strength[k] + (line.strength[k + 1] - line.strength[k]) * x
        turns = phase * line.orders[:, None]
        wave = np.sin((turns - np.rint(turns)).astype(np.float32) * TAU)
        top = float(max(low.max(), high.max())) * float(line.orders.max())
        if top > HIGHEST_HZ - FADE_HZ:
            wave *= np.clip((HIGHEST_HZ - low * line.orders[:, None]) / FADE_HZ, 0.0, 1.0).astype(np.float32)
        return np.asarray((line.gains.astype(np.float32) @ wave) * strength.astype(np.float32))


class Lines:
    """The lines under way."""

    def __init__(self) -> None:
        self._drawn: list[_Drawn] = []

    def clear(self) -> None:
        """Silence at once."""
        self._drawn.clear()

    def add(self, frame: int, line: Line, place: Frames) -> None:
        """Start a line at an absolute frame with bus gains (4,)."""
        self._drawn.append(_Drawn(frame, line, place))

    def render(self, span: Span) -> None:
        """Add what falls into the span."""
        end = span.start + span.frames
        self._drawn = [drawn for drawn in self._drawn if drawn.frame + drawn.frames > span.start]
        for drawn in self._drawn:
            a, b = max(drawn.frame, span.start), min(drawn.frame + drawn.frames, end)
            if a < b:
                piece = drawn.piece(a - drawn.frame, b - drawn.frame)
                span.out[:, a - span.start : b - span.start] += drawn.place * piece
