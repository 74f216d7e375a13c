"""A choir."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Word, number, step, word
from performance.score.instruments.section import Section

VOWELS = ("a", "o", "u", "e", "i")


class Choir(Section):
    """One to twenty-four singers on vowels: a chord that lives, a line in unison, or one hum."""

    example: ClassVar[Example] = Example(
        'chord = "D3 A3 D4 F#4", vowel = "u -> a -> o", phasing = 0.4, swell = "0.3 -> 0.8"',
        dense=(
            'chord = "D2 A2 D3 A3 D4 F#4 A4", theme = "theme", pulse = 0.3, players = 24, vowel = "a -> i", swell = 1, '
            'hum = 0.2, phasing = 0.5, breath = 1, askew = "0 <> 1 every 3s", answers = "D4 F#4 A4"'
        ),
        also="stage.ghost = { sweeps = 24, touches = 20 }",
        length=8.0,
    )

    players: Number = step(12.0, 1.0, 24.0, "how many sing")
    vowel: Word = word("a", VOWELS, "the vowel they sing")
    hum: Number = number(0.0, 0.0, 1.0, "how far the lips are closed: 1 is one low resonance, no word")
    scatter: Number = number(16.0, 0.0, 60.0, "how far their pitches lie apart", "cents")
    phasing: Number = number(0.0, 0.0, 1.0, "how far the voices come and go, each at its own pace")
    breath: Number = number(0.3, 0.0, 1.0, "how much of the breath is heard that they take together")
