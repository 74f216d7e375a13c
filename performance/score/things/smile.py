"""One warm line of light in the dark, which may become a smile."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Smile(Thing):
    """A thread of light drawn across the dark, from its middle outwards; its ends may rise."""

    x: Number = number(0.0, -1.0, 1.0, "its middle, right of centre")
    y: Number = number(0.3, -0.1, 1.0, "its middle, above the boards")
    z: Number = number(0.0, -0.5, 4.0, "its middle, away from the audience")
    drawn: Number = number(1.0, 0.0, 1.0, "how much of it is drawn")
    wide: Number = number(0.5, 0.02, 2.0, "how wide it is")
    curve: Number = number(0.0, -1.0, 1.0, "how far its ends rise; 0 is a straight line")
    warmth: Number = number(0.5, 0.0, 1.0, "how far its light spreads")
    colour: Tint = tint("candle", "its light")
