"""The motes as a chorus: they answer gestures."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step
from performance.score.model import Held


class Chorus(Held):
    """Soft short tones out of the chord, running through the motes as the ripple of a gesture does."""

    example: ClassVar[Example] = Example(
        'chord = "D4 F#4 A4"',
        also="stage.ghost = { sweeps = 40, touches = 60, wander = 0.5 }",
        dense='chord = "D4 F#4 A4 B4", notes = 16, run = 3, ring = 6',
    )

    notes: Number = step(7.0, 1.0, 16.0, "how many tones answer a gesture")
    run: Number = number(1.1, 0.1, 6.0, "how long the ripple takes to pass through them", "s")
    ring: Number = number(1.6, 0.2, 6.0, "how long a tone lasts", "s")
    glass: Number = number(0.5, 0.0, 1.0, "from sung tones (0) to touched glass (1)")
