"""Bursts of colour, one for each note: indigo ripples, wildfire gold, liquid silver, all falling towards the sound."""

from __future__ import annotations

from performance.score.fields import Number, Tint, Word, number, tint, word
from performance.score.model import Thing

HEARD = ("gravity", "voice", "bowed", "glass", "struck", "chorus", "drips", "recall", "wires")


class Bursts(Thing):
    """What the notes of an instrument do to the air."""

    of: Word = word("gravity", HEARD, "whose notes are seen")
    size: Number = number(0.22, 0.05, 0.8, "how far a burst reaches")
    pull: Number = number(0.6, 0.0, 1.0, "how strongly everything falls back towards where the sound is made")
    y: Number = number(0.34, 0.0, 1.0, "how high over the ground the sound is made")
    wide: Number = number(0.45, 0.0, 1.5, "how far to both sides notes burst")
    low: Tint = tint("indigo", "ripples, the low notes")
    middle: Tint = tint("amber", "wildfire, the notes between")
    high: Tint = tint("silver", "liquid silver, the high notes")
