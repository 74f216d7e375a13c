"""A memory in pieces: earlier moments of the piece itself, broken, out of register, replayed in stutters."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, text, tint
from performance.score.model import Thing


class Memory(Thing):
    """A picture that hangs in the air and has broken; every piece of it holds another instant."""

    recall: str = text("", 'ids of the beats it remembers, at most three, such as "two-skies"', 130)
    reach: Number = number(2.0, 0.2, 30.0, "how much of each beat is remembered", "s")
    apart: Number = number(0.7, 0.0, 1.0, "0 whole, 1 its pieces have flown apart")
    split: Number = number(0.6, 0.0, 1.0, "how far its colours are out of register")
    stutter: Number = number(5.0, 0.0, 12.0, "how often a piece jumps to another instant, times a second")
    size: Number = number(0.62, 0.2, 1.6, "how high the whole picture is")
    y: Number = number(0.4, 0.0, 0.9, "where its middle is, down from the top of the frame")
    seams: Number = number(0.2, 0.0, 2.0, "light along the edges of the pieces")
    seam: Tint = tint("gold", "the colour of that light: gold mends")
