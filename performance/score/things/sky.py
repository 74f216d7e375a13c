"""What is farthest away: the dark of the house, light that moves in it, a horizon of soft-focus starlight."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Sky(Thing):
    """The backdrop. Its parts add up, so that one can give way to another."""

    house: Number = number(0.5, 0.0, 1.0, "the far wall of the stage, as a breath of light from its foot")
    aurora: Number = number(0.0, 0.0, 1.0, "curtains of coloured light that hang in the dark")
    glow: Number = number(0.0, 0.0, 1.0, "light along the horizon")
    stars: Number = number(0.0, 0.0, 1.0, "how many stars are out")
    blur: Number = number(0.5, 0.0, 1.0, "0 stars are points, 1 they are soft discs as in a wide-open lens")
    colour: Tint = tint("teal", "the horizon and the hem of the aurora")
    high: Tint = tint("violet", "what is higher up")
