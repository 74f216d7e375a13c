"""Sand of light that runs through the fingers."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Sand(Thing):
    """Grains that fall from the performer's hands, heap up on the floor and slip away."""

    flow: Number = number(0.7, 0.0, 1.0, "how much runs")
    spread: Number = number(0.4, 0.0, 1.0, "how far the grains scatter as they fall")
    wind: Number = number(0.0, -1.0, 1.0, "how far they are carried aside")
    colour: Tint = tint("candle", "their light")
