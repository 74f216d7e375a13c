"""Motes: what the audience becomes. Fireflies slow to leave, a chorus that answers gestures, dust in a beam."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, step, tint
from performance.score.model import Thing


class Motes(Thing):
    """Specks of light in the air. They leave the audience as it dissolves."""

    count: Number = step(6000, 200, 20000, "how many there are")
    colour: Tint = tint("gold", "of most of them")
    cool: Tint = tint("rose", "what they cool to when they have been in the air for a while")
    rise: Number = number(0.0, 0.0, 1.0, "they leave their seats and fill the air, whoever they were")
    swarm: Number = number(
        0.0, 0.0, 1.0, "they gather in slowly turning tiers round the performer, as a choir"
    )
    answer: Number = number(1.0, 0.0, 3.0, "how strongly a gesture runs through them")
    blink: Number = number(0.7, 0.0, 1.0, "how much they blink, as fireflies do")
    dust: Number = number(0.0, 0.0, 4.0, "dust in the beam, which was never anybody; beyond 1 it glares")
    fall: Number = number(0.0, 0.0, 1.0, "they sink and go out, one by one")
