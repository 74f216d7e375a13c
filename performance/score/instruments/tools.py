"""Tools: the bustle of people who set a stage."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number
from performance.score.model import Instrument


class Tools(Instrument):
    """Wood is knocked, metal put down, cases roll over the boards, somebody hurries past."""

    example: ClassVar[Example] = Example(
        "knocks = 120, cases = 20, feet = 20", dense="knocks = 600, cases = 60, feet = 60"
    )

    knocks: Number = number(70.0, 0.0, 600.0, "knocks a minute, in flurries of a few")
    metal: Number = number(0.4, 0.0, 1.0, "how many of them are of metal")
    cases: Number = number(5.0, 0.0, 60.0, "cases a minute that are rolled past")
    feet: Number = number(8.0, 0.0, 60.0, "people a minute who hurry past")
