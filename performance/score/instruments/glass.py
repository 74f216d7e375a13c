"""Wide slow chords of glass."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step
from performance.score.model import Held


class Glass(Held):
    """A chord laid from wall to wall: each pitch three panes a little apart, rolled from the bottom, with glints."""

    example: ClassVar[Example] = Example(
        'chord = "D3 A3 E4 F#4", roll = "1.5s", glints = 40',
        dense='chord = "A2 E3 A3 C#4 E4 A4 B4 E5", swell = 1, shine = 1, glints = 120, bend = "0 <> 1 every 4s"',
    )

    swell: Number = number(0.7, 0.0, 1.0, "how loud the panes sound")
    shine: Number = number(0.5, 0.0, 1.0, "how much of their upper partials is heard")
    motion: Number = number(0.5, 0.0, 1.0, "how much its pitches swell in turn, like waves")
    roll: Number = step(2.5, 0.0, 20.0, "how long it takes from the lowest pitch to the highest", "s")
    glints: Number = number(18.0, 0.0, 120.0, "struck high glasses of the same chord, a minute")
    bend: Number = number(0.0, -24.0, 24.0, "how far all its pitches are bent, semitones")
