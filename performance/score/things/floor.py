"""The floor: old polished boards, which turn into waves of liquid glass."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Floor(Thing):
    """Boards lying across the stage, or the sea they become."""

    morph: Number = number(
        0.0, 0.0, 1.0, "0 boards; at half they heave like a wave machine; 1 a sea of liquid glass"
    )
    gloss: Number = number(0.4, 0.0, 1.0, "how much the worn varnish mirrors")
    swell: Number = number(0.5, 0.0, 1.0, "how high the glass waves go")
    far: Number = number(
        5.0, 1.0, 60.0, "how far back the boards can be seen; the sea always reaches its horizon"
    )
    colour: Tint = tint("wood", "the boards")
    glass: Tint = tint("teal", "light through the crests of the waves")
