"""Ice that ticks, creaks and cracks."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Moment, Number, moment, number
from performance.score.model import Instrument


class Ice(Instrument):
    """The cold at work in a body of ice: ticks of frost, creaks that tighten, now and then a crack that runs."""

    example: ClassVar[Example] = Example(
        'ticks = 240, creaks = 30, cracks = 20, load = "0.2 -> 0.8"',
        dense='ticks = 600, creaks = 60, cracks = 40, load = 1, crack = "2s"',
    )

    ticks: Number = number(40.0, 0.0, 600.0, "ticks a minute, in flurries")
    creaks: Number = number(5.0, 0.0, 60.0, "creaks a minute")
    cracks: Number = number(2.0, 0.0, 40.0, "running cracks a minute")
    load: Number = number(0.5, 0.0, 1.0, "how great the strain is: faster, higher, harder")
    crack: Moment = moment("when one great crack runs; unset: never")
