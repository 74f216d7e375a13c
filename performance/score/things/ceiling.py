"""The ceiling over a bed: plaster mouldings, and one sparkle of mirrored light that dances on them."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Ceiling(Thing):
    """What is seen on waking."""

    sparkle: Number = number(1.0, 0.0, 1.0, "the mirrored light")
    dance: Number = number(0.6, 0.0, 1.0, "how far and how fast it moves")
    dawn: Number = number(0.3, 0.0, 1.0, "the light of the room")
    colour: Tint = tint("moon", "the light of the room")
