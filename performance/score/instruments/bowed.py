"""Bowed crystal: a chord rubbed from the rims of a glass harmonica."""

from __future__ import annotations

from performance.score.fields import Number, number
from performance.score.model import Held


class Bowed(Held):
    """Glasses that speak slowly under wet fingers, thin at first, and warm until they are full."""

    swell: Number = number(0.6, 0.0, 1.0, "how strongly it is bowed")
    warmth: Number = number(0.6, 0.0, 1.0, "from thin (overtones only) to full (with the octave below)")
    pressure: Number = number(0.35, 0.0, 1.0, "of the finger: brighter, with more friction")
    bend: Number = number(0.0, -24.0, 24.0, "how far all its pitches are bent, semitones")
    tremble: Number = number(0.0, 0.0, 1.0, "how much the hand shakes")
