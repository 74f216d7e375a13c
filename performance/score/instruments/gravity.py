"""Gravity: a long melody whose notes bend time and pitch around them."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step, text
from performance.score.model import Instrument


class Gravity(Instrument):
    """Every note is a mass: it swings into its pitch as into an orbit, and dust falls towards it, faster and nearer in
    pitch until it meets it, and away again after."""

    example: ClassVar[Example] = Example(
        "pulse = 0.5, dust = 12", dense="pulse = 0.15, dust = 40, pull = 1", length=9.0
    )

    pull: Number = number(0.7, 0.0, 1.0, "how strongly notes bend time and pitch around them")
    dust: Number = number(9.0, 0.0, 40.0, "specks of dust a second that fall past the notes")
    motif: str = text(
        "",
        "which of the motifs under [motif] it grows from; none: the piece's own",
        40,
        "([a-z][a-z0-9-]*)?",
        "a motif's name",
    )
    pulse: Number = step(0.85, 0.15, 3.0, "how long one count of the melody lasts", "s")
    rubato: Number = step(1.2, 0.0, 1.5, "how freely it takes its time")
    octave: Number = step(1.0, -2.0, 3.0, "octaves above the tonic where the melody's scale begins")
    lift: Number = step(0.0, -7.0, 7.0, "scale steps by which it is raised")
    burst: Number = number(0.7, 0.0, 1.0, "how much each note breaks open: ripples, wildfire, silver")
    ring: Number = number(1.0, 0.1, 4.0, "how long its notes hold on")
