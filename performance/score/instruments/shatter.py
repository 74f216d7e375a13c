"""The shatter: the blow, and every shard that touches the boards."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Word, number, word
from performance.score.model import Instrument


class Shatter(Instrument):
    """Sounds what the picture breaks: each touch of a shard is a small body struck, where and when it is seen."""

    example: ClassVar[Example] = Example(
        also='stage.ice = { breaks = "0.4s" }', dense='stuff = "glass", ring = 4'
    )

    stuff: Word = word("ice", ("ice", "glass"), "what the shards are made of")
    size: Number = number(0.5, 0.0, 1.0, "of the broken body: higher or deeper")
    ring: Number = number(1.0, 0.1, 4.0, "how long shards ring, against their usual length")
    crack: Number = number(0.8, 0.0, 1.0, "how loud the blow itself is")
