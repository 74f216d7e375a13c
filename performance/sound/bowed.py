"""Bowed crystal: wet fingers on the rims of a glass harmonica.

The rim turns under the finger and sings its (2, 0) mode, whose pitch is the note's (Rossing 1994). Friction locks the
overtones into a faint harmonic series; the rim's two directions stand a little apart and beat; the finger's pressure
comes round with the turning. Thin at first (the air of the second partial, hardly any ground), it warms until the
octave below hums along. A breath of friction lies over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.chance import chances
from performance.sound.friction import Friction
from performance.sound.held import Array, HeldInstrument, Partials
from performance.sound.instrument import CONTROL, RATE, Desk, Span
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.timeline import Event

ORDERS = np.array([1.0, 1.0, 0.5, 2.0, 2.0, 3.0, 4.0, 5.0, 6.0])
GAINS = np.array([0.60, 0.38, 0.15, 0.20, 0.12, 0.085, 0.036, 0.02, 0.011])
APART_HZ = np.array([-0.21, 0.24, 0.0, -0.3, 0.37, 0.0, 0.0, 0.0, 0.0])  # the rim's two directions
ROW_HZ, ROW = 300.0, 0.36  # the bowls stand in a row, low ones left: middle of it, and an octave of it
SIDES = np.array([-0.42, 0.42, -0.1, 0.5, -0.5, -0.6, 0.6, -0.7, 0.7])  # where a rim gives off its partials
WIDE = 0.3  # how much every glass differs in that
LOUDNESS = 0.08


class Bowed(HeldInstrument):
    """Glass harmonica: a chord of rubbed rims."""

    name = "bowed"
    memory = 5.0
    controls = ("swell", "warmth", "pressure", "tremble")

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._friction = Friction(desk.quantum, 3400.0, 1.1)

    def reset(self, frame: int) -> None:
        """No tone."""
        super().reset(frame)
        self._rubbed: tuple[int, Array] = (-1, np.zeros((2, 4)))

    def tone(self, event: Event) -> Partials:
        """One rim under one finger."""
        n = ORDERS.size
        draw = chances(self.desk.seed, "bowed", event.address, count=4 * n).reshape(4, n)
        slow = 0.55 + 0.5 * (220.0 / event.pitch_hz) ** 0.5  # large glasses speak late
        late = 0.35 * draw[0, 0]
        pitch = event.pitch_hz * ORDERS + APART_HZ * (0.7 + 0.6 * draw[1])
        row = np.clip(ROW * np.log2(event.pitch_hz / ROW_HZ), -0.6, 0.6)
        sides = SIDES * (1 if draw[3, 0] < 0.5 else -1) + WIDE * (draw[2] - 0.5)
        width = np.clip(event.pan + row + sides, -1, 1)
        strength = GAINS * (300.0 / max(event.pitch_hz, 120.0)) ** 0.25 * air(pitch, event.distance)
        return Partials(
            pitch_hz=pitch,
            sends=sends(width, event.distance) * strength * LOUDNESS,
            order=ORDERS,
            onset=np.full(n, event.onset + late),
            end=np.full(n, event.onset + event.length),
            attack=slow * (1.0 + 0.35 * np.abs(ORDERS - 1)),
            release=np.clip(2.2 * 900 / pitch, 0.8, 4.0),
            swing=0.10 + 0.12 * draw[3],
            swing_hz=0.55 + 0.9 * draw[0],  # fingers' pressure, once a turn or so
            wander=np.full(n, 0.0013),
            wander_hz=np.full(n, 0.23 + 0.2 * draw[1, 0]),
            scoop=np.full(n, 0.006),
            phase=np.where(ORDERS == 1.0, draw[2], draw[2, 0]),
        )

    def shape(self, partials: Partials, numbers: Array, pitch_hz: Array, t: Array) -> Array:
        """Swell is how loud; warmth brings the ground, pressure the overtones; tremble shakes it."""
        swell, warmth, pressure, tremble = (numbers[:, i : i + 1] for i in range(4))
        order = partials.order
        ground = np.where(order == 0.5, warmth**1.5, np.where(order == 1.0, 0.22 + 0.78 * warmth, 1.0))
        bright = (0.35 + 0.9 * pressure + 0.35 * swell) ** np.maximum(order - 1.0, 0.0)
        shake = 1 - 0.4 * tremble * (0.5 + 0.5 * np.sin(2 * np.pi * (5.1 * t + partials.phase)))
        return np.asarray(swell**1.4 * ground * np.minimum(bright, 2.5) * shake)

    def render(self, span: Span) -> None:
        """The rims, and the skin on them."""
        super().render(span)
        if not len(self._partials):
            return
        start = span.start - span.offset
        if self._rubbed[0] != start:
            self._rubbed = start, self._rub(start)
        gains, share = self._rubbed[1], np.array([[span.offset], [span.offset + span.frames]]) / CONTROL
        self._friction.add(span, (gains[0] + (gains[1] - gains[0]) * share).astype(np.float32))

    def _rub(self, start: int) -> Array:
        """Gains (2, 4) of the friction at both ends of a control interval."""
        numbers = self.numbers(start, CONTROL)
        t = np.array([[start], [start + CONTROL]]) / RATE
        low = self._partials.part(self._partials.order == 0.5)
        touch = low.strength(t) @ low.sends.T
        return np.asarray(touch * (numbers[:, :1] ** 1.4 * (0.04 + 0.2 * numbers[:, 2:3])))
