"""Marks on the floor: the steps that you were taught, in light."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, step, tint
from performance.score.model import Thing


class Marks(Thing):
    """Footprints, arrows and crosses on the boards: a choreography, which may lead nowhere."""

    count: Number = step(26.0, 1.0, 80.0, "how many steps it has")
    shown: Number = number(1.0, 0.0, 1.0, "how many of them have come to light, from the first to the last")
    astray: Number = number(
        0.5, 0.0, 1.0, "how far they turn off, double back and break off; 0 is a plain round"
    )
    lost: Number = number(0.0, 0.0, 1.0, "how far they have slid from their places and gone out")
    colour: Tint = tint("ice", "their light")
    wrong: Tint = tint("dread", "the crosses, where no step can be set")
