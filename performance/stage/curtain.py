"""The curtain: velvet that hangs, sways and is lit from below, and how far it has unfurled into wings."""

from __future__ import annotations

import math
from dataclasses import dataclass

from performance.chance import chance
from performance.stage.lights import Colour
from performance.timeline import Cue

# What a cloth is to the eye: its body in full light and the sheen of its nap at grazing angles, linear RGB.
CLOTHS: dict[str, tuple[Colour, Colour]] = {
    "black-velvet": ((0.012, 0.010, 0.018), (0.20, 0.17, 0.34)),
    "violet-velvet": ((0.060, 0.012, 0.140), (0.42, 0.16, 0.80)),
}


@dataclass(frozen=True, slots=True)
class Curtain:
    """Levels and shares 0..1, colours linear RGB. Beyond `unfurl` 0 the pleats are feathers."""

    level: float = 1.0
    open: float = 0.7
    valance: float = 0.6
    legs: float = 0.7
    under: float = 0.0
    under_colour: Colour = (0.014, 0.078, 0.687)
    sway: float = 0.4
    unfurl: float = 0.0
    beat: float = 0.3
    body: Colour = CLOTHS["black-velvet"][0]
    sheen: Colour = CLOTHS["black-velvet"][1]
    t: float = 0.0
    folds: tuple[float, float] = (
        -2.2,
        2.2,
    )  # where in their run the folds of the left and right drape begin, radians


def curtain_at(cue: Cue, t: float, seed: int, heard: float = 1.0) -> Curtain | None:
    """The curtain a cue asks for, None when there is none. It has been hung anew for every `seed`, and its folds fall
    otherwise. `heard` 0..1 is how strongly the orchestra sounds."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    before, now, mix = cue.blend("cloth")
    body, sheen = (
        tuple(a + (b - a) * mix for a, b in zip(CLOTHS[before][side], CLOTHS[now][side], strict=True))
        for side in (0, 1)
    )
    return Curtain(
        level=level,
        open=cue.number("open"),
        valance=cue.number("valance"),
        legs=cue.number("legs"),
        under=cue.number("under") * (1.0 + cue.number("pulse") * (heard - 1.0)),
        under_colour=cue.colour("under_colour"),
        sway=cue.number("sway"),
        unfurl=cue.number("unfurl"),
        beat=cue.number("beat"),
        body=(body[0], body[1], body[2]),
        sheen=(sheen[0], sheen[1], sheen[2]),
        t=t,
        folds=(2.0 * math.pi * chance(seed, "folds", 0), 2.0 * math.pi * chance(seed, "folds", 1)),
    )
