"""Liquid silver without an edge, which answers every step with a ring."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Silver(Thing):
    """A mirror from here to the horizon, instead of a floor."""

    metal: Number = number(0.8, 0.0, 1.0, "1 liquid silver, 0 dark water")
    swell: Number = number(0.5, 0.0, 1.0, "how much it heaves by itself")
    rings: Number = number(1.0, 0.0, 2.0, "how high the rings of steps and drops go")
    charge: Number = number(0.0, 0.0, 1.0, "threads of light that run in it, as if the air were electric")
    reach: Number = number(
        1.0, 0.0, 1.0, "how far it comes towards us; at 0 it has drawn back to a line at the horizon"
    )
    line: Number = number(0.0, 0.0, 1.0, "a line of light where it meets the sky")
    colour: Tint = tint("silver", "the metal")
    glow: Tint = tint("warm", "the colour of that line")
