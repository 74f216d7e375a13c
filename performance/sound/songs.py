"""What a touched mirror sings: three characters, told apart by interval, hardness, timing and beating.

Triumph: an open fifth rises, its second blow harder, sparks above and a bowl below. Longing: a rubbed rim leans up to
the sixth and falls in one long sigh past the fifth to the third. Hope: a heartbeat on a rim whose pair trembles, its
second beat a tone up, a third opening over it.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth_step
from performance.sound.bodies import BODIES, struck
from performance.sound.instrument import RATE
from performance.sound.lines import Line
from performance.sound.modes import Modes

RUBBED = np.array([0.9988, 1.0012, 1.9979, 2.0021, 2.997, 4.21])  # partials of a rubbed rim, in pairs
RUBBED_GAINS = np.array([0.5, 0.44, 0.10, 0.08, 0.04, 0.025])

Array = NDArray[np.float64]


Strike = Callable[[Callable[[], Modes], int], None]  # a blow, worked out when its frame comes near
Rub = Callable[[int, Line, float], None]  # a rubbed tone, from a frame on, so strong


class Song:
    """One mirror's song from a frame on."""

    def __init__(
        self, strike: Strike, rub: Rub, frame: int, pitch_hz: float, level: float, bright: float, seed: int
    ) -> None:
        self._strike, self._rubbed, self._frame = strike, rub, frame
        self._pitch_hz, self._level, self._bright, self._seed = pitch_hz, level, bright, seed

    def _blow(
        self,
        at: float,
        kind: str,
        ratio: float,
        level: float,
        hardness: float,
        beat: float = 1.0,
        ring: float = 1.0,
    ) -> None:
        frame = self._frame + round(at * RATE)
        hard = min(1.0, hardness * (0.6 + 0.8 * self._bright))
        which = (self._seed, frame + round(1000 * ratio))

        def made() -> Modes:
            modes = struck(BODIES[kind], self._pitch_hz * ratio, self._level * level, which, hard, beat=beat)
            return Modes(modes.pitch_hz, modes.t60 * ring, modes.amplitude)

        self._strike(made, frame)

    def _thud(self, at: float, level: float) -> None:
        low = Modes(
            np.array([74.0, 121.0]), np.array([0.2, 0.13]), self._level * level * np.array([0.5, 0.28])
        )
        self._strike(lambda: low, self._frame + round(at * RATE))

    def _rub(self, at: float, semitones: Array, strength: Array, length: float, level: float) -> None:
        pitch = self._pitch_hz * 2.0 ** (semitones / 12.0)
        gains = RUBBED_GAINS * (0.5 + self._bright) ** np.maximum(np.round(RUBBED) - 1, 0)
        line = Line(pitch, strength, length, RUBBED, gains)
        self._rubbed(self._frame + round(at * RATE), line, self._level * level)

    def triumph(self) -> None:
        """Up a fifth, and everything opens."""
        self._blow(0.0, "glass", 1.0, 0.7, 0.55, ring=0.5)
        self._blow(0.28, "glass", 1.5, 1.0, 0.85, ring=0.6)
        self._blow(0.285, "bar", 3.0, 0.30, 0.9, ring=0.6)
        self._blow(0.28, "bowl", 0.5, 0.55, 0.3, ring=0.4)
        for spark in range(7):
            self._blow(0.34 + 0.052 * spark, "mirror", (4, 6, 8, 4.5, 6, 9, 12)[spark], 0.10, 0.8, ring=0.4)
        t = np.linspace(0.0, 2.0, 160)
        self._rub(0.30, np.full(160, 7.02), _arch(t, 0.0, 0.7, 1.2, 2.0), 2.0, 0.42)

    def longing(self) -> None:
        """A lean upward, and the long fall."""
        self._blow(0.0, "glass", 1.6, 0.32, 0.18, beat=2.0, ring=0.35)
        t = np.linspace(0.0, 2.6, 220)
        first, second = smooth_step(0.45, 0.95, t), smooth_step(1.2, 2.15, t)
        fall = 8.14 * (1 - first) + 7.02 * (first - second) + 3.86 * second
        shake = 0.14 * np.sin(2 * np.pi * 4.6 * t) * smooth_step(0.6, 1.0, t)
        lean = -0.7 * (1 - smooth_step(0.0, 0.24, t)) + shake
        self._rub(0.0, fall + lean, _arch(t, 0.0, 0.34, 1.15, 2.6), 2.6, 0.95)
        self._rub(0.0, np.full(220, 7.02 - 12.0), _arch(t, 0.5, 1.0, 1.3, 2.5), 2.6, 0.22)
        self._blow(0.98, "bowl", 0.75, 0.25, 0.12, ring=0.3)

    def hope(self) -> None:
        """Lub-dub, trembling; the second time a tone higher, and a third opens."""
        trembling = 2.2 * 392.0 / self._pitch_hz
        for at, ratio, level in ((0.0, 1.0, 0.8), (0.27, 1.0, 0.5), (0.89, 9 / 8, 0.85), (1.16, 9 / 8, 0.55)):
            self._blow(at, "glass", ratio, level, 0.32, beat=8.0 * trembling, ring=0.22)
            self._thud(at, level)
        t = np.linspace(0.0, 1.9, 200)
        shake = 1 + 0.45 * np.sin(2 * np.pi * (5.5 + 0.8 * t) * t)
        third = 12 * math.log2(1.25 * 9 / 8)
        self._rub(0.9, np.full(200, third), _arch(t, 0.2, 1.1, 1.25, 1.9) * shake, 1.9, 0.34)
        self._blow(1.5, "glass", 2.8125, 0.24, 0.5, ring=0.4)


def _arch(t: Array, a: float, b: float, c: float, d: float) -> Array:
    """From nothing at a to full at b, and from c to nothing at d."""
    return np.asarray(smooth_step(a, b, t) * (1 - smooth_step(c, d, t)))
