"""Drips of liquid gold: a bubble's rising chirp as the drop closes over it, and the gold that rings under it.

A bubble of radius r sings at about 3/r Hz and rises as it nears the surface (van den Doel 2005, "Physically based
models for liquid sounds"). The chirp lasts some forty milliseconds and is drawn as short runs of one sine; the ring is
a soft bar of the note itself, its overtones nearly harmonic, as a dish of thick gold might have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.chance import chances
from performance.sound.instrument import Desk, Instrument, Span
from performance.sound.lines import Line, Lines
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.timeline import Event

RATIOS = np.array([1.0, 1.0, 2.01, 3.03, 4.3, 6.1])
GAINS = np.array([1.0, 0.6, 0.33, 0.14, 0.07, 0.03])
LOUDNESS = 0.17
CHIRP = 0.5  # of the bubble against the ring


class Drips(Instrument):
    """Plinks."""

    name = "drips"
    memory = 6.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._lines = Lines()

    def reset(self, frame: int) -> None:
        """No bubble is rising."""
        self._lines.clear()

    def begin(self, event: Event, frame: int) -> None:
        """One drop."""
        cue = self.desk.timeline.cue(self.path, event.onset)
        size, gold, ring = (cue.number(name) for name in ("size", "gold", "ring"))
        draw = chances(self.desk.seed, "drip", event.address, count=8)
        level = LOUDNESS * event.level * (0.75 + 0.5 * draw[0])
        place = sends(event.pan, event.distance, 1.2)
        pitch = event.pitch_hz * RATIOS * (1 + 0.0015 * (draw[2:8] - 0.5))
        pitch[1] += 0.6 + 1.2 * draw[1]  # beats
        t60 = ring * np.clip((0.5 + 0.9 * gold) * (500 / pitch) ** 0.6, 0.05, 3.0) * (0.7 + 0.6 * size)
        strength = (
            GAINS
            * (0.3 + 0.7 * gold)
            * air(pitch, event.distance)
            * (pitch / event.pitch_hz) ** (-0.4 * size)
        )
        self.desk.splinters.strike(
            Modes(pitch, t60, level * strength / strength.sum()), frame, place, self.number
        )
        self._lines.add(
            frame, _bubble(event.pitch_hz, size, draw), place * (level * CHIRP * (1.2 - 0.7 * gold))
        )

    def render(self, span: Span) -> None:
        """The bubbles; the gold is in the bank."""
        self._lines.render(span)


def _bubble(pitch_hz: float, size: float, draw: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Line:
    """The chirp from the note up: it ends higher than it began, and is gone."""
    length = 0.05 + 0.05 * size
    t = np.linspace(0.0, 1.0, 48)
    rise = 1.0 + (0.35 + 0.4 * draw[1]) * t**2
    strength = np.minimum(t / 0.06, 1.0) * np.exp(-3.2 * t) * np.clip((1 - t) / 0.3, 0.0, 1.0)
    return Line(pitch_hz * (2.0 - 0.9 * size) * rise, strength, length)
