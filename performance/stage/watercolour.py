"""Where the washes of the watercolour sky stand, and what hour it is there."""

from __future__ import annotations

from dataclasses import dataclass

from performance.chance import drift
from performance.stage.lights import Colour
from performance.timeline import Cue

WAVER = 0.23  # hours a second, so to say: new values of the flicker each second
FLOW = 0.012  # paper widths that wet colour creeps in a second


@dataclass(frozen=True, slots=True)
class Watercolour:
    """Levels 0..1 but for `light`; colours linear RGB; `flow` how far the washes have crept."""

    level: float
    dawn: float
    bleed: float
    light: float
    sun: float
    violet: Colour
    gold: Colour
    rose: Colour
    flow: float
    seed: int


def watercolour_at(cue: Cue, t: float, seed: int) -> Watercolour | None:
    """The sky a cue asks for, None when there is none."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    waver = 0.5 * float(drift(seed, "watercolour", t=t * WAVER)) * cue.number("flicker")
    return Watercolour(
        level=level,
        dawn=min(max(cue.number("dawn") + waver, 0.0), 1.0),
        bleed=cue.number("bleed"),
        light=cue.number("light"),
        sun=cue.number("sun"),
        violet=cue.colour("violet"),
        gold=cue.colour("gold"),
        rose=cue.colour("rose"),
        flow=t * FLOW,
        seed=seed,
    )
