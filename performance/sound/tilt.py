"""The tilting stage as a low drone of glass that sags with it.

Each pitch is a bowl of rubbed glass: near pairs that beat, an octave of weight below. Every partial hears of the slope
at its own time, the middle first, the heaviest last, so that a sinking chord comes apart and closes again. Under strain
the pairs stand further apart. Glass ratios after the Csound manual's appendix on modal frequency ratios.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.perbeat import since
from performance.chance import chances, drift
from performance.curves import ease
from performance.sound.instrument import CONTROL, RATE, Desk, Instrument, Span
from performance.sound.place import sends

if TYPE_CHECKING:
    from performance.timeline import Cue

RATIOS = np.array([0.5, 1.0, 2.0, 3.003, 2.32, 4.25, 6.63, 9.38, 12.6])
LEVELS = np.array([0.75, 1.0, 0.42, 0.16, 0.30, 0.24, 0.14, 0.075, 0.04])
SHINES = np.array([0.0, 0.0, 0.25, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0])  # which of them the score's `shine` scales
LAGS = np.array([1.9, 0.0, 0.35, 0.9, 0.6, 1.1, 1.5, 0.8, 1.3])  # seconds after the slope
SIDES = np.array([0.0, 0.12, -0.35, 0.6, -0.7, 0.8, -0.95, 0.9, -0.6])
PAIR_HZ = np.array([0.11, 0.23, 0.41, 0.57, 0.8, 1.1, 1.7, 2.2, 2.9])
STRAINED = 4.5  # times further apart under full strain and full tilt
LOUDNESS = 0.085
RUMBLE_HZ = 42.0  # below this a pitch is felt as pressure, not heard: it only takes the headroom
MOST = 3  # pitches
ENTRY = 2.5  # seconds in which it comes when the score first names it

Numbers = NDArray[np.float64]


class Tilt(Instrument):
    """A drone whose pitch is the slope of the stage. Phases are summed over control instants from where it begins."""

    name = "tilt"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._k = -2  # the last control instant taken
        self._shimmer = chances(desk.seed, "tilt", count=2 * RATIOS.size)
        n = np.arange(1, CONTROL + 1, dtype=np.float64)
        self._linear, self._square = n / RATE, n * n / (2 * CONTROL * RATE)
        self._ramp = (n / CONTROL).astype(np.float32)
        self._fall_silent()

    def _fall_silent(self) -> None:
        none = np.zeros(0)
        self._k = -2
        self._turns, self._hz = [none, none], [none, none]
        self._gains = [np.zeros((4, 0), np.float32)] * 2

    def reset(self, frame: int) -> None:
        """Forget the phases: the ticks bring them back."""
        self._fall_silent()

    def anchor(self, frame: int) -> int:
        """Where the row of beats in which it sounds begins."""
        return round(since(self.desk.timeline, self.path, frame / RATE) * RATE)

    def tick(self, k: int, cue: Cue) -> None:
        """Take pitch and level of every partial."""
        hz = self._pitches(k * CONTROL / RATE, cue)
        gains = self._levels(k * CONTROL / RATE, cue) * (hz**2 / (hz**2 + RUMBLE_HZ**2)).astype(np.float32)
        if k != self._k + 1 or hz.size != self._hz[1].size:
            self._turns[1], self._hz[1], self._gains[1] = np.zeros(hz.size), hz, 0 * gains
        turned = self._turns[1] + (self._hz[1] + hz) * (CONTROL / RATE / 2)
        self._turns = [self._turns[1], turned % 1.0]
        self._hz, self._gains, self._k = [self._hz[1], hz], [self._gains[1], gains], k

    def _pitches(self, t: float, cue: Cue) -> Numbers:
        roots = np.array((cue.pitches("chord") or (self.desk.timeline.score.tuning.tonic_hz / 2,))[:MOST])
        sags = np.array([self.desk.timeline.cue(self.path, max(t - lag, 0.0)).number("sag") for lag in LAGS])
        apart = PAIR_HZ * (1 + (STRAINED - 1) * cue.number("strain") * sags)
        sunk = RATIOS * 2.0 ** (-cue.number("depth") * sags / 12)
        pairs = np.stack([sunk, sunk])[None] * roots[:, None, None]
        return np.asarray(pairs + np.array([-0.5, 0.5])[None, :, None] * apart).ravel()

    def _levels(self, t: float, cue: Cue) -> NDArray[np.float32]:
        pitches = min(max(len(cue.pitches("chord")), 1), MOST)
        entry = ease(min(max(t - since(self.desk.timeline, self.path, t), 0.0) / ENTRY, 1.0))
        shine = 1 + SHINES * (1.6 * cue.number("shine") - 1)
        sway = 0.8 + 0.2 * np.sin(2 * np.pi * (0.09 * t * (1 + 0.3 * self._shimmer) + self._shimmer))
        groan = 1 + 0.5 * cue.number("strain") * cue.number("sag") * float(
            drift(self.desk.seed, "groan", t=3.1 * t)
        )
        level = np.tile(LEVELS * shine, 2) * sway
        level[2 : RATIOS.size] *= max(groan, 0.0)
        place = sends(cue.number("pan") + 0.8 * np.tile(SIDES, 2), cue.number("distance"))
        gains = place * (LOUDNESS * entry / np.sqrt(pitches) * level).astype(np.float32)
        return np.tile(gains, pitches)

    def render(self, span: Span) -> None:
        """Sines of quadratic phase between the last two control instants."""
        if self._hz[0].size == 0 or not (self._gains[0].any() or self._gains[1].any()):
            return
        part = slice(span.offset, span.offset + span.frames)
        slope = self._hz[1] - self._hz[0]
        turns = self._turns[0][:, None] + self._hz[0][:, None] * self._linear[part]
        turns += slope[:, None] * self._square[part]
        turns -= np.floor(turns)
        tone = np.sin((2 * np.pi * turns).astype(np.float32))
        change = ((self._gains[1] - self._gains[0]) @ tone) * self._ramp[part]
        span.out[:] += self._gains[0] @ tone + change
