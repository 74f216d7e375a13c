"""Spiral: an instrument of crystal whose first thrum is felt, and whose one note is purer than anything."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step
from performance.score.model import Held


class Spiral(Held):
    """Holds one note (the first of its chord) or several: a thrum under it, the note itself, resonances that build."""

    example: ClassVar[Example] = Example(
        'chord = "A4", thrum = "0 -> 0.8", pure = "0.2 -> 1", resonance = "0 -> 1"',
        dense='chord = "D4 F4 A4 C5 E5 G5", thrum = 1, pure = 1, resonance = 1',
    )

    thrum: Number = number(0.0, 0.0, 1.0, "how strongly it thrums below hearing, felt more than heard")
    pure: Number = number(1.0, 0.0, 1.0, "how loud the note itself is")
    resonance: Number = number(
        0.0, 0.0, 1.0, "how far the resonances have built, from the nearest to the farthest"
    )
    shine: Number = number(0.2, 0.0, 1.0, "how much glass is in the note: nothing is the purest")
    turn: Number = number(0.05, -1.0, 1.0, "how fast the resonances wind about the listener, turns a second")
    slow: Number = step(3.0, 0.05, 20.0, "how long the note takes to come", "s")
    bend: Number = number(0.0, -24.0, 24.0, "how far all its pitches are bent, semitones")
