"""The constellation of mirrors, made of the shards."""

from __future__ import annotations

from performance.score.fields import Number, number
from performance.score.model import Thing


class Mirrors(Thing):
    """Shards that lift, gather into three emotions' constellations and mirror the picture; touched, they flare."""

    assemble: Number = number(0.0, 0.0, 1.0, "0 on the boards, 1 all in their places in the air")
    lines: Number = number(1.0, 0.0, 2.0, "light of the lines that join the mirrors of an emotion")
    ghost: Number = number(1.0, 0.0, 1.0, "how often the ghost performer touches one; 0 never")
    every: Number = number(3.4, 0.8, 60.0, "about how long between the ghost's touches", "s")
