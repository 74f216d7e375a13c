"""The rising current: what surges up from under a break."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number, step
from performance.score.model import Instrument


class Current(Instrument):
    """Overtones of the tonic through which a crest of light climbs, air rushing after it."""

    example: ClassVar[Example] = Example('rise = "0.1 -> 1"', dense="rise = 0.9, swell = 1, air = 1")

    rise: Number = number(0.0, 0.0, 1.0, "how high the crest stands: 0 at the root, 1 at the top of hearing")
    swell: Number = number(0.7, 0.0, 1.0, "how strong it flows")
    air: Number = number(0.4, 0.0, 1.0, "how much air rushes in it")
    octave: Number = step(-1.0, -3.0, 1.0, "octaves above the tonic on which the overtones stand")
