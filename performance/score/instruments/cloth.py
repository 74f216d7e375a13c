"""Cloth: a curtain that rises and falls."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Moment, Number, moment, number
from performance.score.model import Instrument


class Cloth(Instrument):
    """Threads that slip over threads, by the thousand; runners on their rail; a hem that meets the boards."""

    example: ClassVar[Example] = Example(
        'motion = "0 -> 1 -> 0.2", rings = 0.6, land = "5s"', dense="motion = 1, rings = 1, weight = 0"
    )

    motion: Number = number(
        0.5, 0.0, 1.0, "how fast it moves: at rest nothing is heard but a slip now and then"
    )
    weight: Number = number(0.6, 0.0, 1.0, "from silk, bright and thin, to old velvet, dark and broad")
    rings: Number = number(0.2, 0.0, 1.0, "how much the rings rattle along their rail")
    slips: Number = number(6.0, 0.0, 120.0, "slips a minute of cloth that hangs still")
    land: Moment = moment("when its hem meets the boards; unset: never")
