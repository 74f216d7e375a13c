"""The sunbeam: a voice as warm light that slants down through the air."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Sunbeam(Thing):
    """A wide ray from the upper left, as bright and as wide as the voice that it is."""

    colour: Tint = tint("candle", "of its light")
    x: Number = number(0.02, -1.5, 1.5, "where it touches the boards, right of centre")
    z: Number = number(0.10, -0.5, 4.0, "where it touches the boards, away from the audience")
    width: Number = number(0.30, 0.05, 1.0, "radius where it touches the boards")
    slant: Number = number(0.75, -2.0, 2.0, "how far to the left of that it comes from, picture heights")
    rest: Number = number(0.12, 0.0, 1.0, "how much of it is there when the voice is silent")
    dust: Number = number(0.8, 0.0, 1.0, "gold dust that drifts in it")
