"""The plain of liquid silver, and the rings that run out over it from steps and from what is touched."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.causes.lineage import Ring
from performance.causes.steps import Footfall
from performance.stage.lights import Colour
from performance.timeline import Cue

RING_LASTS = 5.5  # seconds until a ring is gone
SPEED = 0.42  # units a second that its front runs
WAVES = 30.0  # radians a unit: the length of its waves
HIGH = 0.75  # slope of the first wave of the heaviest step
FAINT = 0.05  # heft of an echo by which the plain is no longer moved


@dataclass(frozen=True, slots=True)
class Silver:
    """Levels 0..1 but `swell`; colour linear RGB.

    `rings` (n, 5) float32: x, z (units), front (units from there), slope of the waves, radians a unit.
    """

    level: float
    metal: float
    swell: float
    charge: float
    reach: float
    line: float
    colour: Colour
    glow: Colour
    rings: NDArray[np.float32]
    t: float
    stood: float = 0.0  # z of who stands on it


def silver_at(cue: Cue, t: float, causes: Iterable[Footfall], stood: float = 0.0) -> Silver | None:
    """The plain a cue asks for, None when there is none. `causes` are the steps of the last RING_LASTS seconds, `stood`
    is the depth at which somebody stands on it."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    high = cue.number("rings")
    return Silver(
        level=level,
        metal=cue.number("metal"),
        swell=cue.number("swell"),
        charge=cue.number("charge"),
        reach=cue.number("reach"),
        line=cue.number("line"),
        colour=cue.colour("colour"),
        glow=cue.colour("glow"),
        rings=np.array([_ring(step, t, high) for step in causes], np.float32).reshape(-1, 5),
        t=t,
        stood=stood,
    )


def _ring(step: Footfall, t: float, high: float) -> tuple[float, float, float, float, float]:
    age = max(t - step.t, 0.0)
    rise = 1.0 - math.exp(-age * 9.0)  # silver is heavy: it yields before it rings
    left = max(1.0 - age / RING_LASTS, 0.0)
    slope = HIGH * high * step.strength * rise * left * left * (3.0 - 2.0 * left) / (1.0 + 0.4 * age)
    return step.x, step.z, SPEED * age, slope, WAVES * (1.25 - 0.5 * step.strength)


def fallen_on(rings: Iterable[Ring]) -> list[Footfall]:
    """The drop and those of its echoes that move the plain, as it feels steps."""
    return [
        Footfall(ring.t, 0, ring.x, ring.z, ring.level * ring.heft) for ring in rings if ring.heft > FAINT
    ]
