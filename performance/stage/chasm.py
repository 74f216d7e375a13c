"""The chasm at the right of the stage: where the boards end, and how the fog in it breathes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from performance.stage.lights import Colour
from performance.timeline import Cue

OPENS = 2.6  # how far to the right the edge is before the chasm has opened
BREATH_S = 6.4  # one breath of the fog


@dataclass(frozen=True, slots=True)
class Chasm:
    """`edge` in units right of centre; `spill` 0..1 how far fog lies over the boards now; colour linear RGB."""

    level: float = 1.0
    edge: float = 0.55
    ragged: float = 0.5
    spill: float = 0.5
    deep: float = 0.6
    colour: Colour = (0.014, 0.078, 0.687)
    t: float = 0.0


def chasm_at(cue: Cue, t: float) -> Chasm | None:
    """The chasm a cue asks for, None when there is none; with its level it comes in from the right."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    phase = 2 * math.pi * t / BREATH_S
    breathing = 0.5 + 0.5 * math.sin(phase + 0.35 * math.sin(phase))  # in a little faster than out
    return Chasm(
        level=level,
        edge=cue.number("edge") + OPENS * (1.0 - level),
        ragged=cue.number("ragged"),
        spill=cue.number("breath") * (0.25 + 0.75 * breathing),
        deep=cue.number("deep") * (0.9 + 0.1 * breathing),
        colour=cue.colour("colour"),
        t=t,
    )
