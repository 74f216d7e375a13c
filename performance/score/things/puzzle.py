"""The set as a puzzle: a painted wall of pieces, one of which is missing."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Puzzle(Thing):
    """A moonlit backdrop cut like a jigsaw; through the gap there is nothing to see but light."""

    z: Number = number(1.1, 0.1, 6.0, "how far behind the pool it stands")
    built: Number = number(1.0, 0.0, 1.0, "how much of it has been put together, piece by piece")
    apart: Number = number(0.0, 0.0, 1.0, "how far its pieces have slipped from one another")
    gap: Number = number(0.6, 0.0, 1.0, "how brightly the gap is rimmed")
    found: Number = number(0.0, 0.0, 1.0, "how far the missing piece is in its place, as light")
    night: Tint = tint("indigo", "the painted sky")
    hills: Tint = tint("teal", "the painted hills")
    moon: Tint = tint("moon", "the painted moon, and the edges of the pieces")
    piece: Tint = tint("gold", "the piece that was missing")
