"""Wide slow chords of glass: panes from wall to wall that swell in turn, high glasses glinting over them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from performance.chance import chance, chances
from performance.sound.bodies import BODIES, struck
from performance.sound.held import Array, HeldInstrument, Partials
from performance.sound.instrument import CONTROL, RATE
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.timeline import Cue, Event

PANES = np.array([-1.0, 0.0, 1.0])  # of each pitch: left, middle, right
APART = 0.0016  # how far the outer panes are off, of the pitch
ORDERS = np.array([1.0, 2.0, 2.32, 3.0, 4.0, 4.25, 6.63])
GAINS = np.array([1.0, 0.30, 0.26, 0.16, 0.10, 0.12, 0.06])
LOUDNESS = 0.034
GLINT = 0.09


class Glass(HeldInstrument):
    """A chord of panes."""

    name = "glass"
    memory = 25.0
    controls = ("swell", "shine", "motion")

    def tone(self, event: Event) -> Partials:
        """Three panes, each with its overtones; low ones enter first."""
        panes, n = PANES.size, ORDERS.size
        count = panes * n
        draw = chances(self.desk.seed, "glass", event.address, count=3 * count).reshape(3, panes, n)
        order = np.tile(ORDERS, panes)
        off = np.repeat(PANES * (1 + 0.5 * draw[0, :, 0]) * APART, n)
        pitch = event.pitch_hz * order * (1 + off)
        wide = np.repeat(PANES * 0.85, n) * (1 - 0.3 * abs(event.pan)) + event.pan
        strength = np.tile(GAINS, panes) * (event.pitch_hz / 330.0) ** 0.2 * air(pitch, event.distance)
        cue = self.desk.timeline.cue(self.path, event.onset)
        late = self._roll(cue, event.pitch_hz) + 0.4 * np.repeat(draw[1, :, 0], n)
        return Partials(
            pitch_hz=pitch,
            sends=sends(wide, event.distance, 1.25) * strength * LOUDNESS,
            order=order,
            onset=event.onset + late,
            end=np.full(count, event.onset + event.length),
            attack=2.2 + 0.5 * order,
            release=np.clip(3600 / pitch, 3.0, 10.0),  # one chord rings into the next
            swing=np.full(count, 0.12),
            swing_hz=np.repeat(0.3 + 0.5 * draw[1, :, 0], n) * order**0.3,
            wander=np.full(count, 0.0007),
            wander_hz=np.repeat(0.11 + 0.15 * draw[2, :, 0], n),
            scoop=np.zeros(count),
            phase=draw[2].reshape(-1),
        )

    def _roll(self, cue: Cue, pitch_hz: float) -> float:
        """Seconds after the chord's start at which a pitch enters."""
        low, high = min(cue.pitches("chord")), max(cue.pitches("chord"))
        return cue.number("roll") * math.log(pitch_hz / low) / math.log(high / low) if high > low else 0.0

    def shape(self, partials: Partials, numbers: Array, pitch_hz: Array, t: Array) -> Array:
        """Swell is how loud, shine the overtones, motion the waves that pass from pitch to pitch."""
        swell, shine, motion = (numbers[:, i : i + 1] for i in range(3))
        bright = np.where(partials.order == 1.0, 1.0, (0.25 + 1.5 * shine) * (0.6 + 0.5 * swell))
        wave = 0.5 + 0.5 * np.sin(2 * np.pi * (0.071 * t - 0.9 * np.log2(partials.pitch_hz / partials.order)))
        return np.asarray(swell**1.3 * bright * (1 - 0.75 * motion * wave))

    def tick(self, k: int, cue: Cue) -> None:
        """Now and then a high glass of the chord glints."""
        super().tick(k, cue)
        chord = cue.pitches("chord")
        if not chord or chance(self.desk.seed, "glint", k) >= cue.number("glints") / 60.0 * CONTROL / RATE:
            return
        draw = chances(self.desk.seed, "glints", k, count=5)
        pitch = chord[int(draw[0] * len(chord))]
        while pitch < 900.0 + 900.0 * draw[1]:
            pitch *= 2.0
        level = GLINT * (0.3 + 0.7 * draw[2] ** 2) * cue.number("swell")
        body = struck(
            BODIES["glass"], pitch, level, (self.desk.seed, k), hardness=0.35 + 0.4 * cue.number("shine")
        )
        frame = k * CONTROL + int(draw[3] * CONTROL)
        place = sends(1.8 * draw[4] - 0.9, cue.number("distance") * (1.2 + draw[1]), 1.4)
        self.desk.bank.strike(body, frame, place, self.number)

    def anchor(self, frame: int) -> int:
        """Glints that may still ring are struck again."""
        return frame - 10 * RATE
