"""Struck bodies: glasses, bowls, bars and bells, each a small bank of decaying modes."""

from __future__ import annotations

from performance.score.fields import Number, Word, number, word
from performance.score.model import Played

BODIES = ("glass", "bowl", "bar", "bell", "ice")


class Struck(Played):
    """A body that is hit and rings."""

    body: Word = word("glass", BODIES, "what is struck")
    ring: Number = number(2.5, 0.05, 20.0, "seconds until a note at the tonic is 60 dB down", "s")
    hardness: Number = number(0.5, 0.0, 1.0, "of the mallet: felt to steel")
