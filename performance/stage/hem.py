"""The hem of the curtain, with the light behind it."""

from __future__ import annotations

from dataclasses import dataclass

from performance.chance import chance, drift
from performance.stage.lights import Colour
from performance.timeline import Cue

STIRS, STIR = 0.45, 0.3  # how often a second those beyond let more light through or less, and how much
LONG = 900.0  # seconds: who passes beyond it in another performance is who passes at another time in this one


@dataclass(frozen=True, slots=True)
class Hem:
    """Level, how far the light reaches (picture heights), how much feet darken it, its linear RGB."""

    level: float
    reach: float
    feet: float
    colour: Colour
    t: float


def hem_at(cue: Cue, t: float, seed: int, heard: float = 1.0) -> Hem | None:
    """The light a cue asks for, None when there is none. `heard` 0..1 is how strongly the orchestra sounds."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    pulse, feet = cue.number("pulse"), cue.number("feet")
    stir = 1.0 + STIR * feet * (1.0 - pulse) * float(drift(seed, "hem", t=t * STIRS))
    return Hem(
        level * stir * (1.0 + pulse * (heard - 1.0)),
        cue.number("reach") * (1.0 + 0.4 * pulse * (min(heard, 1.5) - 0.5)),
        feet,
        cue.colour("colour"),
        t + LONG * chance(seed, "hem", "who"),
    )
