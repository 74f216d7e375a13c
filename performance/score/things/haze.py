"""Haze in the house, so that depth can be seen."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Haze(Thing):
    """Thin lit air, thickest at one height of the picture."""

    colour: Tint = tint("cobalt", "the light it takes up")
    height: Number = number(0.6, -0.5, 1.5, "where it is thickest, picture heights from the top")
    spread: Number = number(0.22, 0.02, 2.0, "how far it reaches up and down from there")
    drift: Number = number(0.8, 0.0, 1.0, "how patchy it is as it drifts")
