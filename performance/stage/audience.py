"""The audience: hundreds of backs in the dark of the house, lit from the stage, that let go one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from performance.causes.smooth import smooth
from performance.stage.seats import LETTING_GO, ROWS, Array, Seats, seats

if TYPE_CHECKING:
    from performance.timeline import Cue

SWAY_RATES = (0.071, 0.113)  # Hz: slower than breath
SWAY = 0.034  # heads
BREATH_RATE = 0.24
BREATH = 0.011
NOD_RATE = 0.083
NOD = 0.055
COMES = 0.6  # share of an audience's coming that each of them takes
LAST_DARK = 0.22  # of the dissolve: the dark among them stays until so little is left


@dataclass(frozen=True, slots=True)
class Audience:
    """Everyone at one moment. Lengths of movement are in heads of the person."""

    seats: Seats
    level: float
    here: Array  # (n,) how far everyone has come, 0..1
    sway: Array  # (n,) of the head to the right
    nod: Array  # (n,) of the head down
    breath: Array  # (n,) of the shoulders up
    gone: Array  # (n,) 0 here, 1 all motes
    rise: float  # how much higher they sit, picture heights
    glow: float  # how strongly the stage lights them
    dark: float  # how dark it is among them, 0..1


def audience_at(cue: Cue, t: float, seed: int) -> Audience | None:
    """The audience of one performance at `t`."""
    level = cue.number("level")
    dissolve = cue.number("dissolve")
    if level <= 0.0 or dissolve >= 1.0:
        return None
    everyone = seats(seed)
    p = everyone.phases * (2 * np.pi)
    stir = cue.number("stir")
    a, b = (2 * np.pi * rate * t for rate in SWAY_RATES)
    sway = (
        stir * SWAY * (np.sin(a * (0.7 + 0.6 * everyone.phases[:, 1]) + p[:, 0]) + 0.5 * np.sin(b + p[:, 2]))
    )
    nod = (
        stir
        * NOD
        * np.maximum(np.sin(2 * np.pi * NOD_RATE * t * (0.6 + everyone.phases[:, 4]) + p[:, 3]), 0.0) ** 14
    )
    breath = BREATH * np.sin(2 * np.pi * BREATH_RATE * (0.85 + 0.3 * everyone.phases[:, 5]) * t + p[:, 4])
    gone = np.clip((dissolve - everyone.release) / LETTING_GO, 0.0, 1.0)
    return Audience(
        everyone,
        level,
        _come(level, everyone),
        sway,
        nod,
        breath,
        gone,
        cue.number("rise"),
        cue.number("glow"),
        level * min(1.0, (1.0 - dissolve) / LAST_DARK),
    )


def _come(level: float, everyone: Seats) -> Array:
    """How far everyone is there: those near the stage's light are seen first, and nobody all at once."""
    if level >= 1.0:
        return np.ones(len(everyone))
    late = (1.0 - COMES) * (0.5 * everyone.row / (ROWS - 1.0) + 0.5 * everyone.phases[:, 1])
    return smooth((level - late) / COMES)
