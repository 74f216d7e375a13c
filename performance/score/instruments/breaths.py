"""Many breaths, which may fall into step."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step
from performance.score.model import Instrument


class Breaths(Instrument):
    """A house that breathes: surf without a tide, until all breathe as one."""

    example: ClassVar[Example] = Example(
        'count = 120, coupling = "0.6 -> 5"',
        dense="count = 200, rate = 60, coupling = 6, depth = 1",
        length=16.0,
    )

    count: Number = step(60.0, 1.0, 200.0, "how many breathe")
    rate: Number = number(13.0, 3.0, 60.0, "breaths a minute, on average")
    apart: Number = number(0.14, 0.0, 0.3, "how far their own rates lie apart, of the average")
    coupling: Number = number(
        1.0, 0.0, 6.0, "how they draw each other: below 1 nothing, 2 slowly, 4 as one body"
    )
    lead: Number = number(0.0, 0.0, 1.0, "how far it is the performer's breath they follow")
    depth: Number = number(0.6, 0.0, 1.0, "how deep they breathe")
