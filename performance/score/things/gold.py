"""Liquid gold: the beam thickens into metal, melts, runs down the figure and pools on the boards."""

from __future__ import annotations

from performance.score.fields import Number, number
from performance.score.model import Thing


class Gold(Thing):
    """Streams out of the light, drops that strike as they sound, a pool that spreads. Its coat is the performer's."""

    melt: Number = number(0.0, 0.0, 1.0, "from light (0) to metal that has all run down (1)")
    streams: Number = number(0.8, 0.0, 1.0, "how thick the streams out of the beam are")
    pool: Number = number(0.34, 0.0, 0.8, "radius of the pool at the end")
    thickness: Number = number(0.6, 0.0, 1.0, "of the metal: slow and heavy, or quick")
