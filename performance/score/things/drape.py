"""The house curtain, seen from the stage: royal red with gold, between you and everyone who is waiting."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Drape(Thing):
    """A red curtain with fringe and tassels that is gathered up in swags, thin enough for light to come through."""

    rise: Number = number(0.0, 0.0, 1.0, "0 its fringe touches the boards; 1 it is out of sight")
    thin: Number = number(0.5, 0.0, 1.0, "how much of the house is seen through the cloth")
    glow: Number = number(0.5, 0.0, 1.0, "the lights of the house behind it")
    gold: Number = number(0.6, 0.0, 1.5, "how brightly fringe and tassels shimmer")
    sway: Number = number(0.4, 0.0, 1.0, "how much the cloth moves")
    z: Number = number(0.45, 0.1, 4.0, "how far behind the pool it hangs")
    colour: Tint = tint("red", "the cloth")
