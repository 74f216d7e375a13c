"""Light under the hem of a closed curtain, and over the boards before it."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Hem(Thing):
    """A bright slit, and what it throws over the boards: what is to be seen of the house from behind the curtain."""

    pulse: Number = number(0.0, 0.0, 1.0, "how far it beats with the sections of the orchestra")
    reach: Number = number(0.16, 0.02, 0.6, "how far it lies over the boards, picture heights")
    feet: Number = number(0.4, 0.0, 1.0, "how much those who pass beyond it darken it")
    colour: Tint = tint("candle", "its light")
