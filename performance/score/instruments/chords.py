"""Two chords of rubbed glass that need not agree."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Pitches, number, pitches, step
from performance.score.model import Held


class Chords(Held):
    """A chord and another one against it, tone beside tone; where they agree they are one."""

    example: ClassVar[Example] = Example(
        'chord = "D3 A3 D4 F#4", against = "D3 A3 D4 F4", flicker = 0.7, every = "3s", agree = "0 -> 0 -> 1"',
        dense=(
            'chord = "D2 A2 D3 A3 D4 F#4 A4 D5", against = "D2 A2 D3 Bb3 D4 F4 Bb4 C5", every = "2s", shine = 1, '
            'agree = "0 <> 1 every 5s"'
        ),
        length=9.0,
    )

    against: Pitches = pitches("", 'the other chord, such as "D3 F4 A3"; "" is none')
    swell: Number = number(0.6, 0.0, 1.0, "how loud they sound")
    agree: Number = number(0.0, 0.0, 1.0, "how far the other chord has come over to the first")
    flicker: Number = number(0.5, 0.0, 1.0, "how much the two give way to each other in turn")
    every: Number = step(7.0, 1.0, 60.0, "how long they take for that", "s")
    beating: Number = step(0.5, 0.0, 1.0, "how fast the tones of each pitch beat against one another")
    shine: Number = number(0.4, 0.0, 1.0, "from a drone to glass: how much of their upper partials is heard")
