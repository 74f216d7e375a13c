"""Struck crystal: each note of the pattern is a blow on a body, never twice the same.

A visitor's blow is answered with the nearest of the pitches that the score allows: nobody can play a wrong note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.causes.place import HORIZON, pan_of
from performance.chance import chance
from performance.gestures import Strike
from performance.sound.bodies import BODIES, struck
from performance.sound.instrument import RATE, Instrument, Span
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue, Event

LOUDNESS = 0.22
ARM = 0.14  # how unevenly a mallet is led, of its hardness


class Struck(Instrument):
    """Wine glass, bowl, bar, bell, ice or mirror under a mallet from felt to steel."""

    name = "struck"
    memory = 20.0

    def begin(self, event: Event, frame: int) -> None:
        """One blow, in the manner the score asks for at its onset."""
        cue = self.desk.timeline.cue(self.path, event.onset)
        self._blow(cue, event.pitch_hz, event.level, frame, event.address, (event.pan, event.distance))

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A visitor's blow: high in the picture is high in the chord."""
        if not isinstance(gesture, Strike):
            return
        cue = self.desk.timeline.cue(self.path, frame / RATE)
        pitches = sorted(cue.pitches("answers"))
        if pitches:
            height = min(max((HORIZON + 0.2 - gesture.v) / (HORIZON + 0.2), 0.0), 0.999)
            pitch, place = (
                pitches[int(height * len(pitches))],
                (float(pan_of(gesture.u)), cue.number("distance")),
            )
            self._blow(cue, pitch, 0.4 + 0.6 * gesture.strength, frame, frame, place)

    def _blow(
        self, cue: Cue, pitch_hz: float, level: float, frame: int, which: int, place: tuple[float, float]
    ) -> None:
        hardness = cue.number("hardness") + ARM * (chance(self.desk.seed, "arm", which) - 0.5)
        modes = struck(
            BODIES[cue.word("body")],
            pitch_hz,
            LOUDNESS * level,
            (self.desk.seed, which),
            hardness=float(np.clip(hardness, 0.0, 1.0)) * (0.8 + 0.2 * level),
            place=cue.number("place"),
            damping=cue.number("damping"),
            beat=cue.number("beating"),
        )
        far = modes.amplitude * air(modes.pitch_hz, place[1])
        body = Modes(modes.pitch_hz, modes.t60 * cue.number("ring"), far)
        self.desk.bank.strike(body, frame, sends(*place), self.number)

    def render(self, span: Span) -> None:
        """The bank sounds it."""
