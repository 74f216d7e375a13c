"""The spotlight: a white beam that finds you, turns to liquid gold, melts and drips."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Spotlight(Thing):
    """A beam through haze, and its pool on the boards."""

    x: Number = number(0.0, -3.0, 3.0, "the middle of the pool, right of the performer it follows")
    z: Number = number(0.0, -0.5, 8.0, "the same, away from the audience")
    width: Number = number(0.14, 0.02, 1.5, "radius of the pool")
    source_x: Number = number(0.1, -4.0, 4.0, "where the lamp hangs, right of centre")
    source_y: Number = number(1.6, 0.3, 6.0, "how high the lamp hangs")
    colour: Tint = tint("white", "the gel in the lamp")
    edge: Number = number(0.3, 0.0, 1.0, "0 a hard edge like a knife, 1 all soft")
    haze: Number = number(0.5, 0.0, 1.0, "how thick the air is in which the beam shows")
    before: Number = number(
        0.0,
        0.0,
        1.0,
        "how much of the lit air stands before house, set and boards: 0 they hide two thirds of it",
    )
    melt: Number = number(0.0, 0.0, 1.0, "light becomes liquid: it thickens, drips down the figure and pools")
    sweep: Number = number(0.0, 0.0, 1.0, "how far the beam searches from side to side before it finds you")
    follow: Number = number(1.0, 0.0, 1.0, "how closely the pool follows the performer")
    otherwise: Number = number(
        0.0, 0.0, 1.0, "how far lamp and pool are elsewhere with another seed, which may change their side"
    )
    strobe: Number = number(
        0.0, 0.0, 1.0, "how far it flashes with the heart: 1 it is dark between; never twice in 0.62 seconds"
    )
