"""A constellation of crystals that light one another, as they are heard in `sound.pulses`."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Crystals(Thing):
    """Each crystal flashes with its pulse, and the light runs along lines to those that answer."""

    size: Number = number(1.0, 0.1, 2.5, "of the crystals")
    rest: Number = number(0.15, 0.0, 1.0, "how much light is left in them between pulses")
    lines: Number = number(0.6, 0.0, 1.0, "light of the lines that join them")
    colour: Tint = tint("wonder", "half of them")
    second: Tint = tint("ice", "the other half")
