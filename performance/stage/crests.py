"""The crests of the rings that a drop and its echoes send out over the plain: lines of light that widen and fade."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.lineage import Ring
from performance.stage.drawing import Lines
from performance.stage.silver import RING_LASTS, SPEED
from performance.timeline import Cue

Array = NDArray[np.float64]

WIDENS = RING_LASTS  # seconds that a ring of the eldest line is seen
BRIEF, SLOW, CROWDED = 1.8, 0.4, 0.45  # of all others: how long, how fast, and how bright
WIDE, SMALL = 73, 21  # points round a ring
SECOND, FAINTER = 0.62, 0.45  # where a second crest follows, of the first one's way, and of its light
LEAST = 0.012  # light by which a ring is still seen


def crests(cue: Cue, t: float, level: float, rings: list[Ring], colour: Array) -> list[Lines]:
    """Those of the eldest line wide, long and double, all others small and brief."""
    struck = [one for one in rings if one.t <= t]
    line = np.array([(t - one.t, one.x, one.z, one.heft) for one in struck if one.eldest]).reshape(-1, 4)
    late = [one for one in struck if not one.eldest and one.t > t - BRIEF]
    brood = np.array([(t - one.t, one.x, one.z, one.heft) for one in late]).reshape(-1, 4)
    crowd = CROWDED * level * cue.number("echoes") * np.ones(len(brood))
    return [
        *_circles(line, WIDENS, SPEED, level * line[:, 3], WIDE, colour),
        *_circles(line, WIDENS, SECOND * SPEED, FAINTER * level * line[:, 3], WIDE, colour),
        *_circles(brood, BRIEF, SLOW * SPEED, crowd, SMALL, colour),
    ]


def _circles(
    struck: Array, lasts: float, speed: float, bright: Array, points: int, colour: Array
) -> list[Lines]:
    """Circles on the plain, one of so many points for each row of `struck` (n, 4): age, x, z, heft."""
    left = np.maximum(1.0 - struck[:, 0] / lasts, 0.0)
    light = bright * left**1.6 / (1.0 + struck[:, 0])
    seen = light > LEAST
    if not seen.any():
        return []
    age, x, z, heft = struck[seen].T[..., None]
    turn = np.linspace(0.0, 2 * np.pi, points)
    place = np.zeros((len(x), points, 3))
    place[..., 0] = x + speed * age * np.cos(turn)
    place[..., 2] = z + speed * age * np.sin(turn)
    facing = (
        0.25 + 0.75 * np.sin(turn) ** 2
    )  # brightest where a crest comes towards us and where it leaves us
    lit = (light[seen, None] * facing)[..., None] * colour
    return [Lines(place, lit, 0.0014 + 0.005 * heft[:, 0] * (1.2 - left[seen]))]
