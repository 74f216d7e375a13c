"""Echoes: earlier moments of the piece itself, seen again as layered ghosts in stretched time."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, text, tint
from performance.score.model import Thing


class Echoes(Thing):
    """Up to three earlier beats, passing over one another, slower and slower, until they converge."""

    recall: str = text("", 'ids of the beats that return, at most three, such as "motes-rise shatter"', 130)
    passing: Number = number(
        0.0, 0.0, 1.0, "how far the procession has come; time in the ghosts runs with it"
    )
    converge: Number = number(0.0, 0.0, 1.0, "0 apart, 1 laid over one another in one place")
    reach: Number = number(10.0, 0.5, 60.0, "how much of each earlier beat passes", "s")
    first: Tint = tint("candle", "the tint of the first")
    second: Tint = tint("cobalt", "the tint of the second")
    third: Tint = tint("hope", "the tint of the third")
