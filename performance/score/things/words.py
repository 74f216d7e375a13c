"""A few words of light in the air: letters that motes gather into, and leave again."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, text, tint
from performance.score.model import Thing


class Words(Thing):
    """What is whispered, written in the air for as long as it is heard. It stays; `gather` brings and takes it."""

    line: str = text("", "the words", 48)
    x: Number = number(
        0.0, -0.8, 0.8, "the middle of the line, picture heights right of the picture's middle"
    )
    y: Number = number(0.3, 0.0, 1.0, "its height, picture heights from the top")
    size: Number = number(0.085, 0.03, 0.2, "of the letters, picture heights")
    gather: Number = number(1.0, 0.0, 1.0, "how many motes have found their letters, the first words first")
    leave: Number = number(0.0, 0.0, 1.0, "how many have left them again, upwards, and gone out")
    colour: Tint = tint("candle", "of most of them")
    cool: Tint = tint("ice", "of those that are not yet, or no longer, part of a letter")
