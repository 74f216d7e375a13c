"""One heart, heard from within."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number
from performance.score.model import Instrument


class Heart(Instrument):
    """Two closures a beat; lights may pulse with it."""

    example: ClassVar[Example] = Example(
        'rate = "60 -> 100", drum = "0 -> 0.6"', dense="rate = 200, drum = 1"
    )

    rate: Number = number(66.0, 24.0, 200.0, "beats a minute")
    drum: Number = number(0.0, 0.0, 1.0, "from a heart in the chest to a drum in an empty hall")
    knock: Number = number(0.6, 0.0, 1.0, "how much of it small speakers can carry: a knock at 110 to 260 Hz")
