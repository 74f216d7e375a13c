"""Drawn tones: short lines whose pitch and strength are given point by point, started on a frame.

A bubble's chirp, a sigh on a rubbed mirror, the falling whistle of a crack. Phase is summed once along the points when
a line starts; at any frame it is then read, not remembered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import RATE, Frames, Span
from performance.sound.sines import HIGHEST_HZ, glide_phase

Array = NDArray[np.float64]
TAU = np.float32(2 * np.pi)


@dataclass(frozen=True, slots=True)
class Line:
    """Pitch (Hz) and strength at evenly spaced points over `length` seconds; starts and should end at strength 0."""

    pitch_hz: Array
    strength: Array
    length: float


@dataclass(frozen=True, slots=True)
class _Drawn:
    frame: int
    frames: int
    place: Frames
    sound: Frames


class Lines:
    """Lines under way. Each is drawn once, whole, when it begins: (frames,) float32, seconds long at most."""

    def __init__(self, block: int) -> None:
        self._block = block
        self._drawn: list[_Drawn] = []

    def clear(self) -> None:
        """Silence at once."""
        self._drawn.clear()

    def add(self, frame: int, line: Line, place: Frames) -> None:
        """Start a line at an absolute frame with bus gains (4,)."""
        frames = round(line.length * RATE)
        self._drawn.append(_Drawn(frame, frames, place[:, None].astype(np.float32), draw(line, frames)))

    def render(self, span: Span) -> None:
        """Add what falls into the span."""
        end = span.start + span.frames
        self._drawn = [drawn for drawn in self._drawn if drawn.frame + drawn.frames > span.start]
        for drawn in self._drawn:
            a, b = max(drawn.frame, span.start), min(drawn.frame + drawn.frames, end)
            if a < b:
                piece = drawn.sound[a - drawn.frame : b - drawn.frame]
                span.out[:, a - span.start : b - span.start] += drawn.place * piece


def draw(line: Line, frames: int) -> Frames:
    """The line's sound, (frames,)."""
    points = line.pitch_hz.size
    at = np.arange(frames) * ((points - 1) / frames)
    step = line.length / (points - 1)
    k = np.minimum(at.astype(np.intp), points - 2)
    x = at - k
    low, high = line.pitch_hz[k], line.pitch_hz[k + 1]
    phase = glide_phase(line.pitch_hz, step)[k] + step * x * (low + 0.5 * x * (high - low))
    strength = line.strength[k] + (line.strength[k + 1] - line.strength[k]) * x
    heard = np.clip((HIGHEST_HZ - low) / 1500.0, 0.0, 1.0)
    return np.asarray(
        np.sin((phase - np.rint(phase)).astype(np.float32) * TAU) * (strength * heard).astype(np.float32)
    )
