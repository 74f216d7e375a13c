"""The shards of the instrument: they fly, bounce, flash where they strike, and come to rest on the boards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.fracture import Fracture, flight, own_time
from performance.chance import bells, chances
from performance.stage.plates import Plates

if TYPE_CHECKING:
    from performance.timeline import Cue

Array = NDArray[np.float64]
COLD = (0.05, 0.40, 0.95)  # the light inside the ice
KEPT = 0.9  # how fast a shard's inner light dies, 1/s
ICE = (0.80, 0.94, 1.0)  # what ice lets through, linear RGB
SPARK_LASTS = 0.22  # seconds that an impact glitters
SPARKS = 60  # at once at most
POWDER = 420  # grains of ice dust from the break
POWDER_LASTS = 5.0


@dataclass(frozen=True, slots=True)
class Shards:
    """The broken instrument at one instant. Lights are levels of the spotlight's own colour."""

    plates: Plates
    spreads: Array  # (n,) how wide each is, units
    since: float  # seconds since the blow
    flash: Array  # (4,) place and light of the blow itself
    sparks: Array  # (k, 4) places and light of impacts that just happened
    powder: Array  # (m, 4) places and light of ice dust


def shards_at(cue: Cue, t: float, seed: int, broken: Fracture | None) -> Shards | None:
    """The shards at t, None before the blow or when there are none to be seen."""
    level = cue.number("level")
    if broken is None or t < broken.when or level <= 0.0:
        return None
    place, turn = flight(broken, t)
    n = broken.count
    glitter = cue.number("glitter")
    plates = Plates(
        outlines=broken.outlines,
        corners=broken.corners,
        reach=broken.reaches,
        places=place,
        turns=turn,
        scale=np.ones(n),
        thickness=thicknesses(broken),
        tint=_tints(seed, n),
        mirror=np.zeros(n),
        own=_inner(broken, t, cue.number("glow")),
        shown=np.full(n, level),
        form=broken.form,
        grain=broken.placing.grain(),
        frosted=np.ones(n),
    )
    since = t - broken.when
    home = broken.homes[int(broken.delay.argmin())]
    flash = np.array([*home, 6.0 * np.exp(-since * 13.0) * glitter * level])
    return Shards(
        plates,
        broken.spreads,
        since,
        flash,
        sparks(broken, t, glitter * level),
        _powder(seed, broken, own_time(broken, t), glitter * level),
    )


def _inner(broken: Fracture, t: float, glow: float) -> Array:
    """The cold light that stays in the ice for a while, flashing as the crack runs through, (n, 3)."""
    age = own_time(broken, t) - broken.delay
    left = np.exp(-KEPT * np.maximum(age, 0.0)) * glow * 0.20
    crack = 0.16 * np.exp(-np.maximum(age, 0.0) * 24.0) * (age > -0.04)
    return np.asarray(left[:, None] * COLD + crack[:, None] * ICE)


def thicknesses(broken: Fracture) -> Array:
    """How thick each shard is, units: splinters are thinner than plates."""
    return np.minimum(broken.thickness, 0.35 * broken.sizes)


@lru_cache(maxsize=4)
def _tints(seed: int, count: int) -> Array:
    """Clear ice, each piece a little different."""
    vary = 0.90 + 0.2 * chances(seed, "ice tint", count=count)
    return np.array(ICE) * np.stack([vary * 0.97, vary, np.ones(count)], 1)


def sparks(broken: Fracture, t: float, level: float) -> Array:
    """Impacts of the last moments as rows (x, y, z, light), the hardest first."""
    impacts = broken.impacts
    first, last = np.searchsorted(impacts.onset, (t - SPARK_LASTS, t), side="right")
    age = t - impacts.onset[first:last]
    light = np.minimum(impacts.energy[first:last], 4.0) ** 0.45 * np.exp(-age * 16.0) * 3.0 * level
    keep = np.argsort(-light, kind="stable")[:SPARKS]
    keep = keep[light[keep] > 0.03]
    rows = np.stack([impacts.x[first:last], np.full(last - first, 0.004), impacts.z[first:last], light], 1)
    return np.asarray(rows[keep])


@lru_cache(maxsize=4)
def _grains(seed: int) -> tuple[Array, Array]:
    """What is each grain of dust's own: four chances (4, m) and where it is thrown (m, 3)."""
    thrown = np.stack([bells(seed, "powder", k, count=POWDER) for k in range(3)], 1) * (0.34, 0.26, 0.22)
    return chances(seed, "powder", count=4 * POWDER).reshape(4, POWDER), thrown


def _powder(seed: int, broken: Fracture, since: float, level: float) -> Array:
    """Ice dust from the crack: thrown out, held by the air, sinking slowly, twinkling."""
    if since > POWDER_LASTS:
        return np.zeros((0, 4))
    u, thrown = _grains(seed)
    source = broken.homes[(u[0] ** 1.6 * broken.count).astype(np.int64)]
    late = np.linalg.norm(source - broken.homes[int(broken.delay.argmin())], axis=1) / 1.2
    age = np.maximum(since - late, 0.0)
    place = source + thrown * (u[1] ** 2 * (1 - np.exp(-2.4 * age)))[:, None]
    place[:, 1] -= 0.028 * age * (0.4 + u[2]) + 0.05 * u[3] * age * age * 0.2
    place[:, 0] += 0.012 * np.sin(1.3 * age + 6.28 * u[3])
    twinkle = 0.35 + 0.65 * np.maximum(np.sin(age * (5 + 9 * u[2]) + 40 * u[1]), 0.0) ** 3
    light = (
        level
        * twinkle
        * (0.15 + 1.5 * u[3] ** 6)
        * np.exp(-age * (0.5 + 0.9 * u[2]))
        * (age > 0)
        * (place[:, 1] > 0)
    )
    light *= np.clip((POWDER_LASTS - since) / 1.5, 0.0, 1.0)
    return np.concatenate([place, light[:, None]], 1)
