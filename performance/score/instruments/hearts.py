"""Many hearts, which may fall into step."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step
from performance.score.model import Instrument


class Hearts(Instrument):
    """A house full of small drums, each its own, until they are drawn together or towards the performer's heart."""

    example: ClassVar[Example] = Example(
        'count = 120, coupling = "0.6 -> 4"',
        dense="count = 200, rate = 180, coupling = 6, knock = 1",
        length=12.0,
    )

    count: Number = step(60.0, 1.0, 200.0, "how many hearts")
    rate: Number = number(66.0, 24.0, 180.0, "beats a minute, on average")
    apart: Number = number(0.11, 0.0, 0.3, "how far their own rates lie apart, of the average")
    coupling: Number = number(
        1.0, 0.0, 6.0, "how they draw each other: below 1 nothing, 2 slowly, 4 as one body"
    )
    lead: Number = number(0.0, 0.0, 1.0, "how far it is the performer's heart they follow")
    knock: Number = number(0.6, 0.0, 1.0, "how much of them small speakers can carry")
