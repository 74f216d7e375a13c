"""Thin ice between you and the picture: cracks run across the frame, and hold, or close again."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Fissures(Thing):
    """A sheet of ice as large as the frame, seen only where it has cracked."""

    run: Number = number(
        0.5, 0.0, 1.0, "how far the cracks have run from where it was struck; back to 0 they close"
    )
    x: Number = number(0.1, -0.9, 0.9, "where it was struck, right of the middle")
    y: Number = number(0.5, 0.0, 1.0, "where it was struck, down from the top")
    plates: Number = number(0.5, 0.0, 1.0, "how much light the broken plates catch")
    shiver: Number = number(0.2, 0.0, 1.0, "how the plates tremble against each other")
    colour: Tint = tint("ice", "the light in the cracks")
