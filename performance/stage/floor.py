"""The floor under everything: boards in the pool of light, and how far they have turned into liquid glass."""

from __future__ import annotations

from dataclasses import dataclass

from performance.stage.lights import Colour
from performance.timeline import Cue


@dataclass(frozen=True, slots=True)
class Floor:
    """Levels 0..1; `far` in units of depth; colours linear RGB; `t` moves the waves."""

    level: float = 1.0
    morph: float = 0.0
    gloss: float = 0.4
    swell: float = 0.5
    far: float = 5.0
    colour: Colour = (0.147, 0.054, 0.019)
    glass: Colour = (0.006, 0.352, 0.275)
    t: float = 0.0


def floor_at(cue: Cue, t: float) -> Floor | None:
    """The floor a cue asks for, None when there is none."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    return Floor(
        level=level,
        morph=cue.number("morph"),
        gloss=cue.number("gloss"),
        swell=cue.number("swell"),
        far=cue.number("far"),
        colour=cue.colour("colour"),
        glass=cue.colour("glass"),
        t=t,
    )
