"""Whispers: many close mouths, which may turn one after another into a far lullaby."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Word, number, step, word
from performance.score.instruments.voice import SCALE_NAMES
from performance.score.model import Instrument


class Whispers(Instrument):
    """Speech without words or voice; `turn` brings it to song."""

    example: ClassVar[Example] = Example(
        'turn = "0 -> 1 over 6s after 1s"', dense="turn = 0.6, mouths = 12, close = 1", length=9.0
    )

    turn: Number = number(0.0, 0.0, 1.0, "from whispering (0) to a lullaby (1); mouth after mouth turns")
    mouths: Number = number(12.0, 1.0, 12.0, "how many whisper")
    close: Number = number(0.6, 0.0, 1.0, "how near the nearest mouths come to the ear")
    scale: Word = word("ionian", SCALE_NAMES, "the scale of the lullaby")
    octave: Number = step(1.0, -1.0, 2.0, "octaves above the tonic where the lullaby's scale begins")
    pulse: Number = step(0.62, 0.3, 2.0, "how long one count of the lullaby lasts", "s")
