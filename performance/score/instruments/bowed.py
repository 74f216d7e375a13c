"""Bowed crystal: a chord rubbed from the rims of a glass harmonica."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number
from performance.score.model import Held


class Bowed(Held):
    """Glasses that speak slowly under wet fingers, thin at first, and warm until they are full."""

    example: ClassVar[Example] = Example(
        'chord = "D3 A3 F#4", swell = "0.3 -> 0.8", warmth = "0.1 -> 0.9"',
        dense=(
            'chord = "D2 A2 D3 A3 D4 F#4 A4 D5", swell = 1, warmth = 1, pressure = 1, tremble = 1, '
            'bend = "0 <> 2 every 3s"'
        ),
    )

    swell: Number = number(0.6, 0.0, 1.0, "how strongly it is bowed")
    warmth: Number = number(0.6, 0.0, 1.0, "from thin (overtones only) to full (with the octave below)")
    pressure: Number = number(0.35, 0.0, 1.0, "of the finger: brighter, with more friction")
    bend: Number = number(0.0, -24.0, 24.0, "how far all its pitches are bent, semitones")
    tremble: Number = number(0.0, 0.0, 1.0, "how much the hand shakes")
