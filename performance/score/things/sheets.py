"""Blank sheets of music that drift and turn in the beam."""

from __future__ import annotations

from performance.score.fields import Number, number, step
from performance.score.model import Thing


class Sheets(Thing):
    """Thin paper, lit from before and through, written in glyphs that nobody reads."""

    count: Number = step(15.0, 1.0, 24.0, "how many")
    x: Number = number(0.0, -2.0, 2.0, "where their middle is, right of centre")
    spread: Number = number(0.62, 0.05, 1.6, "how far they scatter to both sides")
    size: Number = number(0.13, 0.04, 0.4, "how wide a sheet is")
    drift: Number = number(1.0, 0.0, 3.0, "how fast they sink, turn and flutter")
    ink: Number = number(0.9, 0.0, 1.0, "how black the writing is; 0 is blank paper")
    gleam: Number = number(0.2, 0.0, 1.0, "a cold light in the writing")
    scatter: Number = number(0.0, 0.0, 1.0, "blown away to the sides")
