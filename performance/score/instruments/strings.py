"""A section of strings."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Word, number, step, word
from performance.score.instruments.section import Section


class Strings(Section):
    """Violins, violas, celli and a bass, each with a wooden body of its own."""

    example: ClassVar[Example] = Example(
        'theme = "theme", pulse = 0.42, swell = "0.4 -> 0.9", chord = "D3 A3 F#4"',
        dense=(
            'theme = "theme", pulse = 0.25, chord = "D2 A2 D3 A3 D4", players = 14, bow = "tremolo", swell = 1, '
            'pressure = 1, tear = 0.4, askew = "0 <> 1 every 3s", muffled = 0.3, accents = 1, answers = "D4 A4 D5"'
        ),
        also="stage.ghost = { sweeps = 24, touches = 20 }",
        length=8.0,
    )

    players: Number = step(12.0, 1.0, 14.0, "how many play")
    bow: Word = word("bowed", ("bowed", "tremolo", "plucked"), "how the strings are played")
    pressure: Number = number(0.4, 0.0, 1.0, "of the bow: from air to bite")
