"""Applause: from one pair of hands to a house of two thousand."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step
from performance.score.model import Instrument


class Applause(Instrument):
    """Single hands, each with its own shape, place and pace; they join in, fall into step, scatter, and thin out."""

    example: ClassVar[Example] = Example(
        'clapping = "0.02 -> 1 ease-in over 2s", unison = "0 -> 1 over 2s after 4s", cheers = 0.3, whistles = 0.2',
        dense="count = 2000, zeal = 1, tempo = 1.6, cheers = 1, whistles = 1",
        length=12.0,
    )

    count: Number = step(400.0, 1.0, 2000.0, "how many people sit in the house")
    clapping: Number = number(1.0, 0.0, 1.0, "the share of them that claps; the last one stops at 0")
    unison: Number = number(0.0, 0.0, 1.0, "from each at their own pace to a house that claps as one")
    zeal: Number = number(0.6, 0.0, 1.0, "how hard and how quickly they clap")
    tempo: Number = number(1.0, 0.4, 1.6, "pace, against the usual")
    uneven: Number = number(0.5, 0.0, 1.0, "how unevenly a pair of hands keeps its pace")
    cupped: Number = number(0.5, 0.0, 1.0, "from flat hands, high and dry, to hollow ones, low and full")
    cheers: Number = number(0.0, 0.0, 1.0, "how many of them shout")
    whistles: Number = number(0.0, 0.0, 1.0, "how many of them whistle")
    cloth: Number = number(0.0, 0.0, 1.0, "how much heavy cloth hangs between: the share of hands behind it")
