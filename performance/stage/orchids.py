"""The orchid forest as plain data: stems, leaves, roots and columns as ribbons, blossoms as sprites with a place.

Growth and sway bend and lengthen the planned plants all at once. Roots come first, then leaves, then the stems,
buds along them, and at last, from the lowest up, the petals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from performance.causes.petals import MOST, wood
from performance.causes.place import Camera
from performance.causes.smooth import smooth_step
from performance.stage.flowers import Blossoms, flowering
from performance.stage.forest import BLOSSOMS, BUDS, FAR, MIDDLE, NEAR, Array, humming, plan
from performance.stage.growth import climbers, leaves, roots, shafts, stems, swaying
from performance.stage.sheaves import Ribbons, bundle
from performance.timeline import Cue

RING = 3.2  # seconds a blossom shows that it was sounded or touched


@dataclass(frozen=True, eq=False)
class Orchids:
    """The forest at one instant: how it stands, and on request where all of it is.

    Working out the places takes a millisecond that one core does alone, and painters ask for them some times a second
    only: so it waits until they are asked for. `rung` is of each blossom, how much it is heard or was
    touched just now.
    """

    t: float
    seed: int
    level: float
    grow: float
    sway: float
    tremble: float
    glow: float
    rung: Array = field(repr=False)

    @cached_property
    def _grown(self) -> tuple[tuple[Ribbons, Ribbons, Ribbons], Blossoms]:
        plants, t = plan(self.seed), self.t
        sway = swaying(plants, t, self.sway)
        own = np.clip((self.grow - 0.10 * plants.late) / 0.90, 0.0, 1.0)
        grown = smooth_step(0.14, 0.74, own)
        stalks, blossoms = flowering(plants, own, grown, sway, t, self.rung)
        posts = [shafts(self.seed, min(1.0, 4.0 * self.level)), climbers(self.seed, self.grow)]
        each = [roots(self.seed, self.grow), stems(plants, grown, sway), stalks, leaves(plants, own, t)]
        far, middle, near = (
            bundle(plane, posts if plane == FAR else [], each) for plane in (FAR, MIDDLE, NEAR)
        )
        return (far, middle, near), blossoms

    def work_out(self) -> None:
        """Ask for the places now: a frame in which something is drawn has enough to do."""
        _ = self._grown

    @property
    def ribbons(self) -> tuple[Ribbons, Ribbons, Ribbons]:
        """Of the far, the middle and the near plane."""
        return self._grown[0]

    @property
    def blossoms(self) -> Blossoms:
        """Of all planes."""
        return self._grown[1]


def rung_by(rung: Array, struck: Sequence[tuple[int, float, float]], t: float) -> None:
    """Add to how much each blossom rings at t, from (blossom, when, strength)."""
    for which, when, strength in struck:
        age = t - when
        if 0.0 <= age < RING:
            rung[which % len(rung)] += (
                strength * math.exp(-1.6 * age) * min(1.0, age / 0.05) * (1.0 - age / RING)
            )


def _hum(rung: Array, petals: Cue, t: float, seed: int) -> None:
    """Add the hum of the petals as the ears have it: each from the value of `open` at which it opens, with its
    own tremble; and a flare as it opens, when its small bell rings."""
    if not petals.number("gain_db") > -50.0:
        return
    opened, heard = petals.number("open"), wood(seed)
    since = opened - heard.opens
    steady = 1.0 - 0.55 * petals.number("tremble") * heard.shaking(t)
    hum = petals.number("hum") * heard.opened(opened) * steady
    flare = smooth_step(0.0, 0.004, since) * np.exp(-np.maximum(since, 0.0) / 0.03) * (opened < 1.0)
    count = int(petals.number("count"))
    np.add.at(rung, humming(seed)[:count], (0.30 * hum + 0.9 * flare)[:count])


def orchids_at(
    cue: Cue,
    t: float,
    seed: int,
    sounded: Sequence[tuple[int, float, float]] = (),
    touched: Sequence[tuple[int, float, float]] = (),
    petals: Cue | None = None,
) -> Orchids | None:
    """The forest of a cue. `sounded` are the petals' notes of the last seconds (address, onset, level), `touched`
    the touches (blossom as of `meant_blossom`, when, strength), `petals` the cue of the instrument that hums."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    singers = humming(seed)
    rung = np.zeros(len(plan(seed).x) * (BLOSSOMS + BUDS))
    rung_by(rung, [(int(singers[note % MOST]), when, 0.8 * loud) for note, when, loud in sounded], t)
    rung_by(rung, touched, t)
    if petals is not None:
        _hum(rung, petals, t, seed)
    grow, sway, tremble, glow = (cue.number(name) for name in ("grow", "sway", "tremble", "glow"))
    return Orchids(t, seed, level, grow, sway, tremble, glow, rung)


def nearest_blossom(orchids: Orchids, camera: Camera, u: float, v: float) -> int | None:
    """The blossom under a picture place, None where there is none."""
    x, y, z = orchids.blossoms.place.T
    bu, bv, scale = camera.project(x, y, z)
    inside = np.hypot(bu - u, bv - v) / np.maximum(orchids.blossoms.radius * scale, 1e-6)
    best = int(np.argmin(inside))
    return best if inside[best] < 1.1 else None


@lru_cache(maxsize=64)
def meant_blossom(seed: int, t: float, grow: float, sway: float, camera: Camera, u: float, v: float) -> int:
    """The blossom that a touch of the forest means at (u, v) and `t`: the one under it, else the nearest, sideways
    first."""
    rung = np.zeros(len(plan(seed).x) * (BLOSSOMS + BUDS))
    orchids = Orchids(t, seed, 1.0, grow, sway, 0.0, 1.0, rung)
    under = nearest_blossom(orchids, camera, u, v)
    if under is not None:
        return under
    x, y, z = orchids.blossoms.place.T
    bu, bv, _ = camera.project(x, y, z)
    hidden = np.where(orchids.blossoms.opening > 0.3, 0.0, 9.0)
    return int(np.argmin(np.hypot(bu - u, 0.35 * (bv - v)) + hidden))
