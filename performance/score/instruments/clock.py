"""A clock, relentless."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number
from performance.score.model import Instrument


class Clock(Instrument):
    """Tick and tock of an escapement in its case."""

    example: ClassVar[Example] = Example('rate = "90 -> 150"', dense="rate = 600, size = 1")

    rate: Number = number(60.0, 6.0, 600.0, "ticks a minute, tocks counted")
    size: Number = number(0.5, 0.0, 1.0, "from a watch at the ear to a clock in a hall")
    hard: Number = number(0.5, 0.0, 1.0, "how hard its teeth fall")
    limp: Number = number(0.08, 0.0, 1.0, "how far it is out of beat: every tock late")
