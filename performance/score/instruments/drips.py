"""Drips of liquid gold, each a soft tuned plink."""

from __future__ import annotations

from performance.score.fields import Number, number
from performance.score.model import Played


class Drips(Played):
    """A drop falls at each note of the rhythm: a bubble's rising chirp, and the gold that rings under it."""

    size: Number = number(0.5, 0.0, 1.0, "of the drops: small and high to large and round")
    gold: Number = number(0.6, 0.0, 1.0, "from water (the bubble alone) to ringing metal")
    ring: Number = number(1.0, 0.1, 4.0, "how long the gold rings, against its usual length")
