"""Steps on silver, wood or glass."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Pitches, Word, number, pitches, word
from performance.score.model import Played

GROUNDS = ("silver", "wood", "glass")


class Steps(Played):
    """The performer's own footfalls, and those of a rhythm: a wet metallic ring, a board, a pane."""

    example: ClassVar[Example] = Example(
        'play = "~ g4 d4 a4", every = "3s"', dense='play = "~ <d4 a4>*11", every = "2s"'
    )

    ground: Word = word("silver", GROUNDS, "what is walked on")
    walk: Number = number(1.0, 0.0, 1.0, "how loudly the performer's own steps are heard")
    rings: Pitches = pitches(
        "", "the pitches that the performer's steps ring at; none: the tonic and its fifth"
    )
    ring: Number = number(1.0, 0.1, 3.0, "how long it rings, against its usual length")
    wet: Number = number(0.6, 0.0, 1.0, "how much silver closes over the foot: bubbles after the step")
    weight: Number = number(0.5, 0.0, 1.0, "of the heel")
