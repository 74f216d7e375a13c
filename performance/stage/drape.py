"""The house curtain: how high it has been gathered, how its folds and tassels swing."""

from __future__ import annotations

import math
from dataclasses import dataclass

from performance.chance import drift
from performance.stage.lights import Colour
from performance.timeline import Cue

FLOWN = 1.36  # units that its hem goes up
FRINGE = 0.062  # units that the longest fringe hangs under the hem
BAY = 0.46  # units between the lines that gather it
LAG = 0.26  # units that the cloth hangs down between them
AT = (-0.76, 0.76)  # where the great tassels hang
TASSEL = 0.27  # units, their length without the cord
TASSEL_HIGH = 0.72  # over the boards, the top of the knot


@dataclass(frozen=True, slots=True)
class Drape:
    """Shares 0..1, heights in units over the boards, colours linear RGB."""

    level: float
    hem: float  # at the lines that gather it
    lag: float  # how much lower it hangs between them
    open: float  # share of the house that it no longer hides
    thin: float
    glow: float
    gold: float
    sway: float
    z: float
    colour: Colour
    tassels: tuple[tuple[float, float, float], ...]  # x, height of the knot, swing in radians
    t: float


def drape_at(cue: Cue, t: float, seed: int) -> Drape | None:
    """The curtain a cue asks for, None when there is none or it has been flown out."""
    level, rise = cue.number("level"), cue.number("rise")
    if level <= 0.0 or rise >= 1.0:
        return None
    sway = cue.number("sway")
    swings = [0.10 * sway * float(drift(seed, "tassel", n, t=0.8 * t)) for n in range(len(AT))]
    lifted = FLOWN * rise
    return Drape(
        level=level,
        hem=FRINGE + lifted,
        lag=LAG * (1.0 - math.exp(-4.0 * rise)),
        open=1.0 - level * (1.0 - rise),
        thin=cue.number("thin"),
        glow=cue.number("glow"),
        gold=cue.number("gold"),
        sway=sway,
        z=cue.number("z"),
        colour=cue.colour("colour"),
        tassels=tuple((x, TASSEL_HIGH + lifted, swing) for x, swing in zip(AT, swings, strict=True)),
        t=t,
    )
