"""Petals that hum, each its own note of the chord, and ring once, tiny, as they open or are touched.

A hum is a tone behind closed lips: a strong ground, a little nose around 1 kHz, hardly anything above. Every petal has
its own place in the forest, its own unhurried tremble, and is a few cents off: together they are a wood, not a chord.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.petals import MOST, wood
from performance.causes.place import pan_of
from performance.chance import chances
from performance.gestures import Touch
from performance.sound.bodies import BODIES, struck
from performance.sound.held import Array, HeldInstrument, Partials, none
from performance.sound.instrument import CONTROL, RATE, Desk
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue, Event

ORDERS = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
GAINS = np.array([1.0, 0.34, 0.12, 0.07, 0.035])
NOSE_HZ, NOSE_WIDTH = 1000.0, 0.7  # octaves
SMALL_HZ = 190.0  # what is no larger than a petal hardly moves the air below this
LOUDNESS = 0.045
BELL = 0.10


class Petals(HeldInstrument):
    """Small hums in a forest."""

    name = "petals"
    memory = 5.0
    controls = ("hum", "open", "tremble")

    def __init__(self, desk: Desk, number: int) -> None:
        self._wood = wood(desk.seed)
        super().__init__(desk, number)

    def reset(self, frame: int) -> None:
        """All petals silent."""
        super().reset(frame)
        self._opened = -1.0

    def tone(self, event: Event) -> Partials:
        """The petals that hum this pitch of the chord."""
        cue = self.desk.timeline.cue(self.path, event.onset)
        mine = self._humming(cue, event.pitch_hz)
        if not mine.size:
            return none()
        n, count = ORDERS.size, mine.size * ORDERS.size
        order = np.tile(ORDERS, mine.size)
        petal = np.repeat(mine, n)
        pitch = event.pitch_hz * self._wood.octave[petal] * order * (1 + self._wood.detune[petal])
        nose = 1 + 1.6 * np.exp(-((np.log2(pitch / NOSE_HZ) / NOSE_WIDTH) ** 2))
        strength = (
            np.tile(GAINS, mine.size)
            * nose
            * (330.0 / pitch * order) ** 0.3
            * (1.33 / (1 + (SMALL_HZ / pitch) ** 2))
            * air(pitch, self._wood.distance[petal])
        )
        draw = chances(self.desk.seed, "hum", event.address, count=count)
        return Partials(
            pitch_hz=pitch,
            sends=sends(self._wood.pan[petal], self._wood.distance[petal], 1.2)
            * strength
            * LOUDNESS
            / mine.size**0.3,
            order=order + 100.0 * petal,  # carries the petal along, see shape
            onset=event.onset + 0.8 * np.repeat(draw[: mine.size], n),
            end=np.full(count, event.onset + event.length),
            attack=np.full(count, 0.9),
            release=np.full(count, 2.5),
            swing=np.full(count, 0.14),
            swing_hz=0.17 + 0.2 * self._wood.opens[petal],
            wander=np.full(count, 0.0022),
            wander_hz=0.3 + 0.35 * self._wood.opens[petal],
            scoop=np.full(count, 0.012),
            phase=np.repeat(draw[-mine.size :], n),
        )

    def _humming(self, cue: Cue, pitch_hz: float) -> NDArray[np.int64]:
        """The petals that hum one pitch: they are dealt out in turn."""
        chord = cue.pitches("chord")
        petals = np.arange(min(int(cue.number("count")), MOST))
        nearest = int(np.argmin(np.abs(np.log(np.array(chord) / pitch_hz)))) if chord else 0
        return np.asarray(petals[petals % max(len(chord), 1) == nearest])

    def shape(self, partials: Partials, numbers: Array, pitch_hz: Array, t: Array) -> Array:
        """Each petal hums when it has opened, and trembles."""
        hum, opened, tremble = (numbers[:, i : i + 1] for i in range(3))
        petal = (partials.order // 100).astype(np.int64)
        wide, shake = self._wood.opened(opened)[:, petal], self._wood.shaking(t)[:, petal]
        return np.asarray(hum**1.2 * wide * (1 - 0.55 * tremble * shake))

    def tick(self, k: int, cue: Cue) -> None:
        """A petal that has just opened rings."""
        super().tick(k, cue)
        before, self._opened = self._opened, cue.number("open")
        petals = np.arange(min(int(cue.number("count")), MOST))
        if before >= 0.0 and cue.number("bells") > 0.0:
            for petal in petals[
                (self._wood.opens[petals] > before) & (self._wood.opens[petals] <= self._opened)
            ]:
                self._ring(
                    int(petal), cue, k * CONTROL + int(CONTROL * self._wood.opens[petal] * 97 % CONTROL), 0.6
                )

    def answer(self, gesture: Gesture, frame: int) -> None:
        """The open petal nearest to a touch rings."""
        cue = self.desk.timeline.cue(self.path, frame / RATE)
        petals = np.arange(min(int(cue.number("count")), MOST))
        petals = petals[self._wood.opens[petals] < cue.number("open")]
        if isinstance(gesture, Touch) and petals.size:
            nearest = petals[np.argmin(np.abs(self._wood.pan[petals] - float(pan_of(gesture.u))))]
            self._ring(int(nearest), cue, frame, 0.7 + 0.6 * gesture.strength)

    def _ring(self, petal: int, cue: Cue, frame: int, level: float) -> None:
        chord = cue.pitches("chord")
        if chord:
            pitch = chord[petal % len(chord)] * 2 * self._wood.octave[petal]
            loud = BELL * level * (0.4 + cue.number("bells"))
            body = struck(BODIES["bell"], pitch, loud, (self.desk.seed, frame), hardness=0.3, place=0.15)
            place = sends(self._wood.pan[petal], self._wood.distance[petal], 1.3)
            self.desk.bank.strike(body, frame, place, self.number)

    def anchor(self, frame: int) -> int:
        """Bells that may still ring are rung again."""
        return frame - 10 * RATE
