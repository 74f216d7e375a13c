"""Tide: rhythm that assembles out of nothing, dissolves, and returns."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step, text
from performance.score.model import Instrument


class Tide(Instrument):
    """Metal, glass and skin on a common beat: few and astray at ebb, all together and in time at flood."""

    example: ClassVar[Example] = Example('flood = "0.2 -> 1"', dense="flood = 1, layers = 6, stride = 0.08")

    flood: Number = number(
        0.5, 0.0, 1.0, "from ebb (a stray sound now and then) to flood (every layer on its beat)"
    )
    order: Number = number(
        1.0, 0.0, 1.0, "how exactly flood brings them onto the beat; at 0 they stay astray"
    )
    layers: Number = step(5.0, 1.0, 6.0, "how many rhythms there are: skin, bar, bowl, glass, bell, mirror")
    stride: Number = step(0.16, 0.06, 1.0, "how long the shortest step lasts", "s")
    motif: str = text(
        "",
        "the motif whose tones they take in turn; none: the eldest line of the drop",
        40,
        "([a-z][a-z0-9-]*)?",
        "a motif's name",
    )
    octave: Number = step(1.0, -1.0, 3.0, "octaves above the tonic where the motif stands")
    ring: Number = number(0.7, 0.05, 3.0, "how long the sounds ring")
