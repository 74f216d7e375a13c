"""Drips of liquid gold, each a soft tuned plink."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number
from performance.score.model import Played


class Drips(Played):
    """A drop falls at each note of the rhythm: a bubble's rising chirp, and the gold that rings under it."""

    example: ClassVar[Example] = Example(
        'play = "<d5 f#5 a5 e5>*3 ~ <a5 b5 d6> [f#5? d5]", every = "3s", humanise = 0.1, spread = 0.4',
        dense='play = "d5*8 f#5*8 a5*8 d6*8", every = "1s", ring = 4, gold = 1',
    )

    size: Number = number(0.5, 0.0, 1.0, "of the drops: small and high to large and round")
    gold: Number = number(0.6, 0.0, 1.0, "from water (the bubble alone) to ringing metal")
    ring: Number = number(1.0, 0.1, 4.0, "how long the gold rings, against its usual length")
