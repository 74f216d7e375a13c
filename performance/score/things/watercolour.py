"""A sky of watercolour: violet and gold bleed into each other on wet paper, between twilight and dawn."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Watercolour(Thing):
    """Wet washes over luminous paper, from the horizon to the top of the picture."""

    dawn: Number = number(0.3, 0.0, 1.0, "0 violet twilight, 1 golden dawn")
    flicker: Number = number(0.0, 0.0, 1.0, "how far the hour wavers, a few times a minute, never as a flash")
    bleed: Number = number(0.5, 0.0, 1.0, "0 washes dried with an edge, 1 wet into wet")
    light: Number = number(0.7, 0.0, 2.0, "how bright the paper is at the horizon")
    sun: Number = number(0.1, -1.5, 1.5, "where the light stands behind it, right of the middle")
    violet: Tint = tint("violet", "the washes of twilight")
    gold: Tint = tint("gold", "the washes of dawn")
    rose: Tint = tint("rose", "what bleeds between them")
