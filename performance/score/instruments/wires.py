"""Wires under tension, plucked or bowed; the machine's strings."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step
from performance.score.model import Played


class Wires(Played):
    """Stiff steel in a box: a pluck that relaxes, a bow that holds, a pitch that may slide away like sand."""

    example: ClassVar[Example] = Example(
        'play = "d3 a3 [f4 e4] d4", every = "2s", bow = "0 -> 0.7", slide = "0 -> 3", sand = 0.6',
        dense='play = "[d2,a2,d3,f3,a3,d4,f4,a4]*4", every = "2s", ring = 3, sand = 1, slide = 12',
    )

    bow: Number = number(0.0, 0.0, 1.0, "from plucked to bowed for as long as the note lasts")
    ring: Number = number(1.0, 0.05, 3.0, "how long a plucked wire rings, against its usual length")
    bright: Number = number(0.55, 0.0, 1.0, "of the pluck: a fingertip to a steel pin")
    place: Number = number(0.13, 0.02, 0.5, "where along the wire it is plucked or bowed")
    stiff: Number = number(0.4, 0.0, 1.0, "from gut (its overtones in tune) to a rod (far apart)")
    tension: Number = number(0.4, 0.0, 1.0, "how far a hard pluck pulls the pitch up before it relaxes")
    slide: Number = number(
        0.0, 0.0, 36.0, "how fast sounding wires slide away after a moment, semitones a second"
    )
    sand: Number = number(0.0, 0.0, 1.0, "how much a sliding tone crumbles into grains")
    pins: Number = step(
        0.0, 0.0, 48.0, "pins on the last wheel of the gears, each of which plucks a wire as it passes"
    )
