"""Struck crystal: glasses, bowls, bars, bells, ice and mirrors."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Pitches, Word, number, pitches, word
from performance.score.model import Played

BODIES = ("glass", "bowl", "bar", "bell", "ice", "mirror")


class Struck(Played):
    """A body that is hit and rings, never twice the same."""

    example: ClassVar[Example] = Example(
        'play = "<d4 a4 f#5>*3 ~ . d5 a4", every = "2s", humanise = 0.02, spread = 0.6',
        dense='play = "d3*16 a3*16 d4*16 f#4*16", every = "1s", ring = 4, hardness = 1',
    )

    body: Word = word("glass", BODIES, "what is struck")
    ring: Number = number(1.0, 0.02, 4.0, "how long it rings, against its usual length")
    hardness: Number = number(0.5, 0.0, 1.0, "of the mallet: felt to steel")
    place: Number = number(0.3, 0.0, 1.0, "where it is struck: at the rim to in the middle")
    damping: Number = number(0.0, 0.0, 1.0, "how firmly it is held: free to choked")
    beating: Number = number(1.0, 0.0, 4.0, "how far its near pairs stand apart, against the usual")
    answers: Pitches = pitches("", "the pitches that sound when a visitor strikes; none: it does not answer")
