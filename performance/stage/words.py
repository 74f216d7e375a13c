"""Words of light: what is written, where, and how far its motes have come together."""

from __future__ import annotations

from dataclasses import dataclass

from performance.stage.lights import Colour
from performance.timeline import Cue


@dataclass(frozen=True, slots=True)
class Words:
    """One line; (u, v) is its middle, `size` its em in picture heights; `gather` and `leave` 0..1."""

    line: str
    u: float
    v: float
    size: float
    level: float
    gather: float
    leave: float
    colour: Colour
    cool: Colour
    t: float
    seed: int


def words_at(cue: Cue, t: float, seed: int) -> Words | None:
    """The words a cue asks for, None when there are none."""
    level, line = cue.number("level"), cue.text("line")
    if level <= 0.0 or not line.strip() or cue.number("leave") >= 1.0:
        return None
    return Words(
        line, cue.number("x"), cue.number("y"), cue.number("size"), level, cue.number("gather"),
        cue.number("leave"), cue.colour("colour"), cue.colour("cool"), t, seed,
    )  # fmt: skip
