"""Drops of molten gold: when each lets go, where it falls from, and when it strikes the pool.

Every note of the drips is one drop: it lands as the note sounds, so that picture and sound are one event.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from performance.causes.place import FIGURE_HEIGHT
from performance.chance import chances

if TYPE_CHECKING:
    from performance.timeline import Timeline

INSTRUMENT = "drips"
GRAVITY = 1.7  # units a second a second: thick, and slower than life
GATHER = 0.9  # seconds that a drop hangs and grows before it lets go
SPOTS = 12  # places on a figure that gold drips from
LOWEST, HIGHEST = 0.06, 0.34  # units over the boards


@dataclass(frozen=True, slots=True)
class Drip:
    """One drop. `x` and `z` are units from the figure's place; `spot` (0..SPOTS) says what it hangs from."""

    onset: float  # it lets go
    impact: float  # it strikes, and sounds
    x: float
    z: float
    height: float
    size: float  # 0..1
    spot: int
    address: int


def drips(timeline: Timeline, a: float, b: float) -> list[Drip]:
    """The drops that strike in [a, b), in order of time."""
    return [
        drip(timeline.seed, event.address, event.onset, event.level)
        for event in timeline.events(a, b)
        if event.instrument == INSTRUMENT
    ]


def drip(seed: int, address: int, impact: float, level: float) -> Drip:
    """The drop that strikes at `impact`."""
    draw = chances(seed, "drop", address, count=5)
    spot = int(draw[0] * SPOTS)
    around = 2 * math.pi * (spot + draw[1]) / SPOTS
    far = 0.045 + 0.075 * draw[2]
    height = (LOWEST + (HIGHEST - LOWEST) * draw[3] ** 1.4) * FIGURE_HEIGHT / 0.42
    fall = math.sqrt(2.0 * height / GRAVITY)
    size = min(0.35 + 0.45 * level + 0.2 * draw[4], 1.0)
    return Drip(
        impact - fall,
        impact,
        far * math.cos(around),
        0.6 * far * math.sin(around),
        height,
        size,
        spot,
        address,
    )
