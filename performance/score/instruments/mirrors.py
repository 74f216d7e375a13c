"""Singing mirrors: triumph, longing, hope."""

from __future__ import annotations

from performance.score.fields import Number, number
from performance.score.model import Held


class Mirrors(Held):
    """A touched mirror sings its emotion: an open rising fifth, a sigh that falls, a trembling heartbeat.

    It sings on the chord's nearest pitch below; the neighbours that answer in light answer softly.
    """

    bright: Number = number(0.5, 0.0, 1.0, "how brightly they sing")
    answer: Number = number(0.5, 0.0, 1.0, "how loudly the neighbours answer")
