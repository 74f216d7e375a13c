"""Crystals that pulse from inside and answer one another, like a constellation."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Word, number, step, word
from performance.score.model import Instrument

SOURCES = ("own", "drop")


class Pulses(Instrument):
    """Light in crystals: one pulses, its neighbours along the lines of the constellation answer, and theirs."""

    example: ClassVar[Example] = Example(
        "rate = 1.2, answer = 0.7", dense="rate = 8, answer = 1, count = 40, ring = 3", length=8.0
    )

    count: Number = step(18.0, 2.0, 40.0, "how many crystals there are")
    rate: Number = number(0.5, 0.0, 8.0, "pulses a second that nobody has called")
    source: Word = word("own", SOURCES, "what wakes them: themselves, or the echoes of the drop")
    answer: Number = number(0.6, 0.0, 1.0, "how far a pulse is answered along the lines")
    pace: Number = step(1.0, 0.2, 5.0, "how fast an answer travels, units a second")
    soft: Number = number(0.5, 0.0, 1.0, "from a struck point of light to one that swells from inside")
    ring: Number = number(1.0, 0.1, 3.0, "how long a pulse rings")
    octave: Number = step(2.0, -1.0, 4.0, "octaves above the tonic where the lowest crystals sound")
