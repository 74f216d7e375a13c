"""Singing mirrors: triumph, longing, hope."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number
from performance.score.model import Held


class Mirrors(Held):
    """A touched mirror sings its emotion: an open rising fifth, a sigh that falls, a trembling heartbeat.

    It sings on the chord's nearest pitch below; the neighbours that answer in light answer softly.
    """

    example: ClassVar[Example] = Example(
        'chord = "G3 D4 G4 B4 D5"',
        also=(
            'stage.ice = { breaks = "0.1s" }\nstage.ghost = { touches = 40 }\n'
            'stage.mirrors = { assemble = "1 -> 1", every = 0.8 }'
        ),
        dense='chord = "G3 D4 G4 B4 D5", bright = 1, answer = 1',
        length=8.0,
    )

    bright: Number = number(0.5, 0.0, 1.0, "how brightly they sing")
    answer: Number = number(0.5, 0.0, 1.0, "how loudly the neighbours answer")
