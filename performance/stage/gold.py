"""Liquid gold: streams that pour out of the light, drops that hang, fall and strike, and the pool with its rings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.drips import GATHER, GRAVITY, Drip
from performance.chance import chances
from performance.stage.performer import Performer
from performance.stage.skeleton import BONE

if TYPE_CHECKING:
    from performance.timeline import Cue

Array = NDArray[np.float64]
STREAMS = 5
POINTS = 56  # down a stream
TOP = 1.0  # units over the boards, above the frame: where the light begins to thicken
RING_LASTS = 2.6  # seconds
DROP = 0.0062  # radius of the largest drop, units
LANDINGS = ("head", "armA", "head", "armB", "head")


@dataclass(frozen=True, slots=True)
class Gold:
    """One instant of the metal, in the house.

    `streams` (n, POINTS, 4): x, y, z and half width, from the top down; `turned` (n, POINTS): 0 light .. 1 metal.
    `drops` (m, 6): x, y, z, radius, stretch upwards in radii, and how far up its thread reaches (units).
    `rings` (k, 4): x and z from the middle of the pool, age in seconds, strength. `radius` of the pool; `level`.
    """

    x: float
    z: float
    t: float
    seed: int
    level: float
    melt: float
    radius: float
    streams: Array
    turned: Array
    drops: Array
    rings: Array


def gold_at(cue: Cue, t: float, seed: int, performer: Performer, drips: Sequence[Drip]) -> Gold | None:
    """The gold at `t`; `drips` are the drops that strike within RING_LASTS before t and 2 s after it."""
    level, melt = cue.number("level"), cue.number("melt")
    if level <= 0.0 or melt <= 0.0:
        return None
    return Gold(
        performer.x, performer.z, t, seed, level, melt,
        cue.number("pool") * float(np.clip((melt - 0.22) / 0.78, 0.0, 1.0)) ** 0.6,
        *_streams(t, seed, performer, melt, cue.number("streams"), cue.number("thickness")),
        _drops(t, performer, drips, melt),
        _rings(t, drips, melt),
    )  # fmt: skip


def _streams(
    t: float, seed: int, performer: Performer, melt: float, wide: float, thick: float
) -> tuple[Array, Array]:
    """Threads of metal from the beam to head, shoulders and hands, swaying, with beads that travel down them."""
    draw = _stream_chances(seed)
    n = np.arange(STREAMS)[:, None]
    first = n == 0
    s = np.linspace(0.0, 1.0, POINTS)
    crown = performer.origins[BONE["head"]].astype(np.float64)
    end = np.array([_landing(performer, k, crown, draw[k]) for k in range(STREAMS)])[:, :, None]
    begin = performer.x + (end[:, 0] - performer.x) * 0.45 + 0.03 * (draw[:, :1] - 0.5)
    reach = np.clip((melt - 0.05 - 0.10 * draw[:, 1:2] * (n > 0)) / (0.16 + 0.08 * n / STREAMS), 0.0, 1.0)
    reach = reach * reach * (3.0 - 2.0 * reach)
    ending = np.where(first, np.clip((1.06 - melt) / 0.1, 0.35, 1.0), np.clip((1.02 - melt) / 0.10, 0.0, 1.0))
    way = s * reach
    out = np.empty((STREAMS, POINTS, 4))
    sway = 0.0028 * np.sin(9.0 * way - 1.3 * t + 6.3 * draw[:, 2:3]) * way * (1.0 - way) * 4.0
    out[..., 0] = begin + (end[:, 0] - begin) * way**1.25 + sway
    out[..., 1] = TOP + (end[:, 1] - TOP) * way
    out[..., 2] = end[:, 2]
    # swellings gather as they run down, further apart the faster it falls
    running = (0.55 - 0.3 * thick) * t * (0.8 + 0.4 * draw[:, 3:4]) - draw[:, 4:5]
    beads = np.maximum(np.sin(2 * np.pi * (4.4 * np.sqrt(way + 0.02) - running)), 0.0)
    swell = 1.0 + 0.35 * beads**4 * way
    size = np.where(first, 0.0075, 0.0019 + 0.0022 * draw[:, 5:6] ** 2) * wide
    width = size * (1.25 - 0.55 * np.sqrt(way)) * swell * (0.25 + 0.75 * min(4.0 * melt, 1.0))
    tip = np.where(reach < 1.0, np.clip((1.0 - s) * 14.0, 0.0, 1.0), 1.0)
    pooled = np.where(first, 2.2, 1.2) * np.exp(-(1.0 - s) / 0.022) * (reach >= 1.0)
    out[..., 3] = width * (0.35 + 0.65 * tip) * ending * (1.0 + pooled)
    x = np.clip((way - 0.26 + 0.16 * melt) / (0.34 - 0.16 * melt), 0.0, 1.0)
    return out, np.asarray(x * x * (3.0 - 2.0 * x))


@lru_cache(maxsize=8)
def _stream_chances(seed: int) -> Array:
    return chances(seed, "stream", count=STREAMS * 6).reshape(STREAMS, 6)


def _landing(performer: Performer, n: int, crown: Array, draw: Array) -> Array:
    """Where a stream lands: the crown, a shoulder, a forearm; in the house."""
    bone = LANDINGS[n % len(LANDINGS)]
    point = performer.origins[BONE[bone]].astype(np.float64).copy()
    if bone == "head":
        point += np.array([(0.045 if n == 2 else -0.040) * (n > 0), 0.112 - 0.020 * (n > 0), -0.02])
    else:
        point += np.array([0.0, 0.012, 0.0])
    return np.array(performer.world(point))


def _drops(t: float, performer: Performer, drips: Sequence[Drip], melt: float) -> Array:
    """Drops that hang on a thread, let go and fall."""
    rows = []
    for drip in drips:
        begun = t - (drip.onset - GATHER)
        if begun < 0.0 or t >= drip.impact or melt < 0.15:
            continue
        grown = min(begun / GATHER, 1.0)
        radius = DROP * drip.size * (0.45 + 0.55 * grown)
        since = t - drip.onset
        fallen = 0.5 * GRAVITY * max(since, 0.0) ** 2
        hung = 0.020 * grown**3
        y = drip.height - hung * (since < 0.0) - fallen
        stretch = 1.2 * grown if since < 0.0 else max(1.6 - 7.0 * since, 0.0) + 0.35 * min(since * 3.0, 1.0)
        thread = hung + 0.004 if since < 0.0 else max(0.016 - 0.2 * since, 0.0)
        rows.append([performer.x + drip.x, y, performer.z + drip.z, radius, stretch, thread])
    return np.array(rows, np.float64).reshape(-1, 6)


def _rings(t: float, drips: Sequence[Drip], melt: float) -> Array:
    """Rings that run out from where drops struck."""
    rows = [
        [drip.x, drip.z, t - drip.impact, drip.size * (1.0 - (t - drip.impact) / RING_LASTS)]
        for drip in drips
        if 0.0 <= t - drip.impact < RING_LASTS
    ]
    steady = [
        [0.012, 0.0, (0.37 * t) % 1.0 * 1.9 + 0.1, 0.30 * melt * (1.0 - (0.37 * t) % 1.0)]
    ]  # what runs off the hem
    return np.array([*rows[-9:], *steady], np.float64).reshape(-1, 4)
