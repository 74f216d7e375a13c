"""Struck crystal: each note of the pattern is a blow on a body, never twice the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.chance import chance
from performance.sound.bodies import BODIES, struck
from performance.sound.instrument import Instrument, Span
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.timeline import Cue, Event


class Struck(Instrument):
    """Wine glass, bowl, bar, bell, ice or mirror under a mallet from felt to steel."""

    name = "struck"
    memory = 20.0

    def begin(self, event: Event, frame: int) -> None:
        """One blow, in the manner the score asks for at its onset."""
        cue = self.desk.timeline.cue(self.path, event.onset)
        self.desk.bank.strike(self._body(event, cue), frame, sends(event.pan, event.distance), self.number)

    def _body(self, event: Event, cue: Cue) -> Modes:
        hardness = cue.number("hardness") + 0.12 * (
            chance(self.desk.seed, "struck", event.address, "arm") - 0.5
        )
        modes = struck(
            BODIES[cue.word("body")],
            event.pitch_hz,
            0.5 * event.level,
            (self.desk.seed, event.address),
            float(np.clip(hardness, 0.0, 1.0)),
            cue.number("place"),
            cue.number("damping"),
        )
        return Modes(modes.pitch_hz, modes.t60, modes.amplitude * air(modes.pitch_hz, event.distance))

    def render(self, span: Span) -> None:
        """The bank sounds it."""
