"""A section of brass."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Word, number, step, word
from performance.score.instruments.section import Section


class Brass(Section):
    """Horns, trumpets, trombone and tuba: the louder, the more their sound opens."""

    example: ClassVar[Example] = Example(
        'play = "<a2 d3>@2 [d3,a3] [f#3,a3,d4]", every = "6s", swell = "0.3 -> 1", breath = 0.3',
        dense=(
            'theme = "theme", octave = 0, pulse = 0.25, chord = "D2 A2 D3 F#3", players = 8, swell = 1, lips = 1, '
            'breath = 1, tear = 0.4, askew = "0 <> 1 every 3s", muffled = 0.3, answers = "D3 A3 D4"'
        ),
        also="stage.ghost = { sweeps = 24, touches = 20 }",
    )

    players: Number = step(6.0, 1.0, 8.0, "how many play")
    kind: Word = word("all", ("all", "horns", "trumpets", "low"), "who plays")
    lips: Number = number(0.4, 0.0, 1.0, "how much of the lips is heard: buzz and cracks where a note begins")
    breath: Number = number(0.0, 0.0, 1.0, "air blown through the tubes, slowly, as old animals breathe")
