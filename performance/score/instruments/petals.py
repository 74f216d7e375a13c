"""Petals that hum, each its own note of the chord."""

from __future__ import annotations

from performance.score.fields import Number, number, step
from performance.score.model import Held


class Petals(Held):
    """A forest of small hums; every petal joins as it opens, with a tiny bell."""

    open: Number = number(1.0, 0.0, 1.0, "the share of the petals that has opened")
    count: Number = step(28.0, 1.0, 60.0, "how many petals there are")
    hum: Number = number(0.7, 0.0, 1.0, "how loud they hum")
    tremble: Number = number(0.4, 0.0, 1.0, "how much they tremble")
    bells: Number = number(0.5, 0.0, 1.0, "how clearly an opening petal rings")
    bend: Number = number(0.0, -24.0, 24.0, "how far all their pitches are bent, semitones")
