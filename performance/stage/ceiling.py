"""A ceiling in the dark of a room, and where on it the one sparkle of mirrored light is dancing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from performance.chance import drift
from performance.stage.lights import Colour
from performance.timeline import Cue


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Levels 0..1; `u`, `v` the middle of the sparkle, `turn` its angle in radians; colour linear RGB."""

    level: float
    sparkle: float
    dawn: float
    colour: Colour
    u: float
    v: float
    turn: float
    t: float


def ceiling_at(cue: Cue, t: float, seed: int) -> Ceiling | None:
    """The ceiling a cue asks for, None when there is none."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    dance = cue.number("dance")
    wander = [float(drift(seed, "sparkle", axis, t=t * (0.22 + 0.30 * dance))) for axis in range(3)]
    quick = [float(drift(seed, "sparkle", axis, "quick", t=t * 1.3)) for axis in range(2)]
    breath = float(np.sin(2 * np.pi * t / 5.1))
    return Ceiling(
        level=level,
        sparkle=cue.number("sparkle") * (0.90 + 0.10 * breath),
        dawn=cue.number("dawn"),
        colour=cue.colour("colour"),
        u=0.10 + dance * (0.30 * wander[0] + 0.025 * quick[0]),
        v=0.44 + dance * (0.16 * wander[1] + 0.02 * quick[1]) + 0.006 * breath,
        turn=-0.5 + 0.7 * dance * wander[2],
        t=t,
    )
