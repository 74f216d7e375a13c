"""The spiral: a thrum, one pure note, and the resonances that it wakes one after another.

The note is a sine with hardly anything beside it. Under it stand its sub-octaves in pairs a fraction of a hertz apart:
the thrum; what of it small speakers cannot carry is hinted at by its third and fourth partials. The resonances are
strings and glasses that nobody touches: fifths, octaves, the tones of the harmonic series below and above the note,
waking from the nearest to the farthest, winding about the listener by the golden angle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.causes.inkey import pitch_of_gesture
from performance.causes.place import pan_of
from performance.causes.smooth import smooth
from performance.chance import chances
from performance.gestures import Strike, Touch
from performance.sound.bodies import BODIES, struck
from performance.sound.held import Array, HeldInstrument, Partials
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Event

# of the resonances, from the nearest: ratio to the note; the order in which they are counted is the order they wake
WOKEN = np.array([1.0, 0.5, 1.5, 2.0, 0.75, 0.25, 3.0, 0.375, 4.0, 1.25, 2.5, 5.0, 0.625, 6.0, 8.0])
LOUD = np.array([0.35, 0.6, 0.42, 0.3, 0.5, 0.7, 0.2, 0.55, 0.13, 0.3, 0.17, 0.09, 0.35, 0.06, 0.04])
GOLDEN = 2.399963  # radians
PURE, SHINE, THRUM, RESONANCE = 0.16, 0.05, 0.21, 0.07
THRUM_ORDERS = np.array([1.0, 1.0, 2.0, 3.0, 4.0])
THRUM_GAINS = np.array([0.55, 0.42, 0.22, 0.16, 0.10])
THRUM_BEAT = 0.9  # hertz: it comes and goes like a slow heart
THRUM_HZ = 42.0  # about where it stands
_PURE, _SHINE, _THRUM, _WOKEN = 0.0, 1.0, 2.0, 10.0  # what the `order` of a partial says


class Spiral(HeldInstrument):
    """The living instrument."""

    name = "spiral"
    memory = 16.0
    controls = ("thrum", "pure", "resonance", "shine", "turn")
    level = slice(3)

    def tone(self, event: Event) -> Partials:
        """One note with all that it can wake."""
        woken, low = np.repeat(WOKEN, 2), THRUM_ORDERS.size
        sub = event.pitch_hz / 2.0 ** max(round(np.log2(event.pitch_hz / THRUM_HZ)), 0)
        n = 3 + low + woken.size
        draw = chances(self.desk.seed, "spiral", event.address, count=4 * n).reshape(4, n)
        apart = np.concatenate(
            [
                np.zeros(3),
                0.5 * THRUM_BEAT * np.array([-1.0, 1.0, -1.0, 1.0, -1.0]),
                0.35 * (draw[0, 3 + low :] - 0.5),
            ]
        )
        own = np.array([1.0, 2.0, 2.32]) * event.pitch_hz
        pitch = np.concatenate([own, sub * THRUM_ORDERS, event.pitch_hz * woken]) + apart
        order = np.concatenate(
            [[_PURE, _SHINE, _SHINE], np.full(low, _THRUM), _WOKEN + np.repeat(np.arange(WOKEN.size), 2)]
        )
        strength = np.concatenate(
            [
                [PURE, SHINE, 0.6 * SHINE],
                THRUM * THRUM_GAINS,
                RESONANCE * np.repeat(LOUD, 2) * (0.6 + 0.8 * draw[1, 3 + low :]),
            ]
        )
        wide = np.concatenate([[0.0, -0.3, 0.3], np.zeros(low), np.tile([-0.85, 0.85], WOKEN.size)])
        slow = self.desk.timeline.cue(self.path, event.onset).number("slow")
        heard = strength * air(pitch, event.distance)
        return Partials(
            pitch_hz=pitch,
            sends=sends(np.clip(event.pan + wide, -1, 1), event.distance, 1.2) * heard,
            order=order,
            onset=np.full(n, event.onset),
            end=np.full(n, event.onset + event.length),
            attack=np.where(order == _PURE, slow, 0.6 * slow + 0.5),
            release=np.clip(2600.0 / pitch, 2.5, 7.0),
            swing=np.where(order >= _WOKEN, 0.22, np.where(order == _THRUM, 0.12, 0.015)),
            swing_hz=0.08 + 0.35 * draw[2],
            wander=np.where(order == _PURE, 0.00012, 0.0004),
            wander_hz=0.1 + 0.2 * draw[3],
            scoop=np.zeros(n),
            phase=draw[1],
        )

    def shape(self, partials: Partials, numbers: Array, pitch_hz: Array, t: Array) -> Array:
        """How much of each there is."""
        thrum, pure, resonance, shine, turn = (numbers[:, i : i + 1] for i in range(5))
        order = partials.order
        place = order - _WOKEN
        woken = smooth((resonance * (WOKEN.size + 2.5) - place) / 2.5)
        right = np.sign(partials.sends[1] - partials.sends[0])
        wound = 0.5 + 0.5 * right * np.sin(2 * np.pi * turn * t + GOLDEN * place)
        glass = pure * shine
        sounding = np.where(order >= _WOKEN, woken * (0.25 + 0.75 * wound), thrum**1.3)
        return np.asarray(np.where(order == _PURE, pure**1.2, np.where(order == _SHINE, glass, sounding)))

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A touch: a tone of it, struck from inside."""
        if isinstance(gesture, (Touch, Strike)):
            pitch = pitch_of_gesture(self.desk.timeline, gesture, 300.0, 1300.0)
            level = 0.12 * (0.5 + 0.5 * gesture.strength)
            made = struck(BODIES["mirror"], pitch, level, (self.desk.seed, frame), 0.3)
            place = sends(float(pan_of(gesture.u)), 1.0, 1.3)
            self.desk.bank.strike(
                Modes(made.pitch_hz, 0.6 * made.t60, made.amplitude), frame, place, self.number
            )
