"""The hem of the curtain, with the light behind it."""

from __future__ import annotations

from dataclasses import dataclass

from performance.stage.lights import Colour
from performance.timeline import Cue


@dataclass(frozen=True, slots=True)
class Hem:
    """Level, how far the light reaches (picture heights), how much feet darken it, its linear RGB."""

    level: float
    reach: float
    feet: float
    colour: Colour
    t: float


def hem_at(cue: Cue, t: float, heard: float = 1.0) -> Hem | None:
    """The light a cue asks for, None when there is none. `heard` 0..1 is how strongly the orchestra sounds."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    pulse = cue.number("pulse")
    return Hem(
        level * (1.0 + pulse * (heard - 1.0)),
        cue.number("reach") * (1.0 + 0.4 * pulse * (min(heard, 1.5) - 0.5)),
        cue.number("feet"),
        cue.colour("colour"),
        t,
    )
