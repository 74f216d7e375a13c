"""Gears: a train of wheels whose rhythm is the number of their teeth."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Pitches, number, pitches, text
from performance.score.model import Instrument

TEETH_SHAPE = r"\s*\d{1,3}(\+\d{1,3})?(\s+\d{1,3}(\+\d{1,3})?){0,7}\s*"


class Gears(Instrument):
    """Wheels that drive one another: every tooth that meets its gap is heard, each with a fault of its own."""

    example: ClassVar[Example] = Example(
        'teeth = "12 18+30 48+10 36", speed = "0.2 -> 1.4", chord = "D4 A4 F5 D6"',
        dense='teeth = "40 60+90 30+80 60+90 40 60 80 90", speed = 4, fault = 1',
    )

    teeth: str = text(
        "12 18+30 48+10 36",
        'teeth of the wheels, each driven by the one before; "18+30" is two wheels on one shaft, the second drives on',
        60,
        TEETH_SHAPE,
        'teeth such as "12 18+30 48"',
    )
    speed: Number = number(0.5, 0.0, 8.0, "turns of the first wheel a second")
    mesh: Number = number(
        1.0, 0.0, 1.0, "how many of the wheels have come into gear, from the first to the last"
    )
    fault: Number = number(
        0.5, 0.0, 1.0, "how uneven the teeth are; every wheel's own pattern comes round with it"
    )
    accent: Number = number(0.4, 0.0, 1.0, "how much one tooth of each wheel stands out, once a turn")
    weight: Number = number(0.4, 0.0, 1.0, "from a watch to a mill: deeper, longer")
    chord: Pitches = pitches("", "the pitches that the wheels ring on in turn; none: those of the harmony")
