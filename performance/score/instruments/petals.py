"""Petals that hum, each its own note of the chord."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step
from performance.score.model import Held


class Petals(Held):
    """A forest of small hums; every petal joins as it opens, with a tiny bell."""

    example: ClassVar[Example] = Example(
        'chord = "D4 A4 E5 F#4", open = "0.1 -> 1"',
        dense='chord = "D3 A3 D4 F#4 A4 B4 C#5 E5 F#5 A5", count = 60, open = "0.5 -> 1", bells = 1',
    )

    open: Number = number(1.0, 0.0, 1.0, "the share of the petals that has opened")
    count: Number = step(28.0, 1.0, 60.0, "how many petals there are")
    hum: Number = number(0.7, 0.0, 1.0, "how loud they hum")
    tremble: Number = number(0.4, 0.0, 1.0, "how much they tremble")
    bells: Number = number(0.5, 0.0, 1.0, "how clearly an opening petal rings")
    bend: Number = number(0.0, -24.0, 24.0, "how far all their pitches are bent, semitones")
