"""One body's breath."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number
from performance.score.model import Instrument


class Breath(Instrument):
    """In through the mouth, bright and short; out, dark and long."""

    example: ClassVar[Example] = Example("rate = 18, depth = 0.8, tremble = 0.3")

    rate: Number = number(14.0, 3.0, 60.0, "breaths a minute")
    depth: Number = number(0.6, 0.0, 1.0, "how deep they are")
    tremble: Number = number(0.0, 0.0, 1.0, "how unsteady they are")
