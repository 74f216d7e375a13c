"""A section of woodwinds."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Word, number, step, word
from performance.score.instruments.section import Section


class Winds(Section):
    """Flute, oboe, clarinet and bassoon."""

    example: ClassVar[Example] = Example(
        'play = "d5 e5 f#5 a5 [d4,f#4]@2 a4 [b4 a4]", every = "4s", swell = "0.4 -> 0.8"',
        dense=(
            'theme = "theme", octave = 2, pulse = 0.25, chord = "D3 A3 D4 F#4", players = 8, swell = 1, breath = 1, '
            'tear = 0.4, askew = "0 <> 1 every 3s", muffled = 0.3, accents = 1, answers = "D4 F#4 A4 D5"'
        ),
        also="stage.ghost = { sweeps = 24, touches = 20 }",
    )

    players: Number = step(5.0, 1.0, 8.0, "how many play")
    kind: Word = word("all", ("all", "flutes", "oboes", "clarinets", "bassoons"), "who plays")
    breath: Number = number(0.4, 0.0, 1.0, "how much air is heard in the tone")
