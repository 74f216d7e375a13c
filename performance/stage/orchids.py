"""The orchid forest as plain data: stems, leaves, roots and columns as ribbons, blossoms as sprites with a place.

Growth and sway bend and lengthen the planned plants all at once. Roots come first, then leaves, then the stems,
buds along them, and at last, from the lowest up, the petals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.petals import MOST, wood
from performance.causes.place import Camera
from performance.causes.smooth import smooth_step
from performance.stage.forest import (
    BLOSSOMS,
    BUDS,
    FAR,
    MIDDLE,
    NEAR,
    ROWS,
    Array,
    Plants,
    columns,
    humming,
    plan,
)
from performance.stage.growth import (
    TUBE,
    Sheaf,
    along,
    climbers,
    leaves,
    roots,
    shafts,
    stems,
    steps,
    swaying,
)
from performance.timeline import Cue

STALK_POINTS = 4
RING = 3.2  # seconds a blossom shows that it was sounded or touched


@dataclass(frozen=True, slots=True)
class Ribbons:
    """The bands of one plane along curves, one after the other in the order they are drawn; ribbon i has the points
    start[i]:start[i + 1]. A width of 0 is not there."""

    place: Array  # (points, 3) in the world
    half: Array  # (points,) half widths
    share: Array  # (points,) place along the full-grown curve
    start: NDArray[np.int64]  # (n + 1,)
    kind: NDArray[np.int64]  # (n,)
    colour: Array  # (n, 3) linear RGB


@dataclass(frozen=True, slots=True)
class Blossoms:
    """(n,) each, the far plane first: place, radius, turn (radians), opening 0..1, variety, yaw, brightness, phase.
    The blossoms of plane p are first[p]:first[p + 1].

    `rung` is how much it is heard or was touched just now: it trembles and glows.
    """

    place: Array
    radius: Array
    turn: Array
    opening: Array
    variety: NDArray[np.int64]
    yaw: NDArray[np.int64]
    mirrored: NDArray[np.bool_]
    bright: Array
    rung: Array
    phase: Array
    first: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Orchids:
    """The forest at one instant."""

    level: float
    ribbons: tuple[Ribbons, Ribbons, Ribbons]  # of the far, the middle and the near plane
    blossoms: Blossoms
    tremble: float
    glow: float


def _blossoms(
    plants: Plants, own: Array, grown: Array, sway: Array, t: float, rung: Array
) -> tuple[Sheaf, Blossoms]:
    """Blossoms in turn to the left and right of each stem, buds at its tip, each on its own small stalk."""
    n, each = len(plants.x), BLOSSOMS + BUDS
    count = n * each
    i = np.arange(each)
    share = np.asarray(0.36 + 0.62 * (i / (each - 1)) ** 0.92, np.float64)
    foot = along(plants, np.broadcast_to(share, (n, each)), sway)
    open_at = 0.555 + 0.034 * i + 0.03 * (plants.flower[0] - 0.5)
    opening = smooth_step(open_at, open_at + 0.17, own[:, None]) * np.where(i < BLOSSOMS, 1.0, 0.0)
    opening = opening * (1.0 - 0.22 * (i > BLOSSOMS - 3))
    side = np.where(i % 2 == 1, 1.0, -1.0)
    radius = plants.radius[:, None] * (1.05 - 0.045 * i)
    off_x = side * radius * 0.66 * (0.50 + 0.50 * opening)
    off_y = -radius * (0.30 + 0.15 * side)
    place = foot + np.stack([off_x, off_y, np.full_like(off_x, -0.012)], -1)
    swell = smooth_step(share, share + 0.16, grown[:, None] * 1.05)
    size = radius * np.where(i < BLOSSOMS, 1.25 - 0.25 * opening, 0.95) * swell
    ringing = rung.reshape(n, each)
    turn = (
        0.32 * (plants.flower[0] - 0.5)
        + 0.10 * side
        + 0.05 * np.sin(0.8 * t + 1.7 * i + plants.phase[:, None])
    )
    w = steps(STALK_POINTS)
    stalk = foot[:, :, None, :] + (place - foot)[:, :, None, :] * np.stack([w, w**1.6, w], -1)
    half = np.broadcast_to((radius * 0.05 * np.minimum(1.0, 3.0 * swell))[..., None], stalk.shape[:3])
    ribbons = Sheaf(
        TUBE,
        stalk.reshape(count, STALK_POINTS, 3),
        half.reshape(count, STALK_POINTS),
        np.broadcast_to(w, (count, STALK_POINTS)),
        np.repeat(np.array([[0.060, 0.070, 0.042]]), count, 0),
    )
    blossoms = Blossoms(
        place=place.reshape(count, 3),
        radius=size.reshape(count),
        turn=turn.reshape(count),
        opening=np.broadcast_to(opening, (n, each)).reshape(count),
        variety=np.repeat(plants.variety, each),
        yaw=(plants.flower[1] * 3).astype(np.int64).reshape(count),
        mirrored=np.repeat(plants.x > 0, each),
        bright=(0.82 + 0.36 * plants.flower[2]).reshape(count),
        rung=ringing.reshape(count),
        phase=(6.28 * plants.flower[0]).reshape(count),
        first=_firsts(each),
    )
    return ribbons, blossoms


def _bundle(plane: int, whole: list[Sheaf], shared: list[Sheaf]) -> Ribbons:
    """All ribbons of one plane: `whole` sheaves, and its plants' part of those `shared` by the planes."""
    plants = sum(row.count for row in ROWS)
    parts = [(sheaf, 0, len(sheaf.place)) for sheaf in whole]
    for sheaf in shared:
        first = _firsts(len(sheaf.place) // plants)
        parts.append((sheaf, first[plane], first[plane + 1]))
    start, kinds = _order(tuple((b - a, sheaf.place.shape[1], sheaf.kind) for sheaf, a, b in parts))
    return Ribbons(
        np.concatenate([sheaf.place[a:b].reshape(-1, 3) for sheaf, a, b in parts]),
        np.concatenate([sheaf.half[a:b].reshape(-1) for sheaf, a, b in parts]),
        np.concatenate([sheaf.share[a:b].reshape(-1) for sheaf, a, b in parts]),
        start,
        kinds,
        np.concatenate([sheaf.colour[a:b] for sheaf, a, b in parts]),
    )


@lru_cache(maxsize=16)
def _order(parts: tuple[tuple[int, int, int], ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each ribbon begins and of which kind it is, for parts of (ribbons, points of each, kind)."""
    points = np.concatenate([np.full(count, each) for count, each, _ in parts])
    kinds = np.concatenate([np.full(count, kind) for count, _, kind in parts])
    return np.concatenate([[0], np.cumsum(points)]).astype(np.int64), kinds.astype(np.int64)


@lru_cache(maxsize=8)
def _firsts(each: int) -> tuple[int, int, int, int]:
    """Where the things of each plane begin, when every plant has `each` of them; and the end."""
    counts = [each * row.count for row in ROWS]
    return 0, counts[0], counts[0] + counts[1], sum(counts)


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
    the touches (blossom as of `nearest_blossom`, when, strength), `petals` the cue of the instrument that hums."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    plants, posts, grow = plan(seed), columns(seed), cue.number("grow")
    sway = swaying(plants, t, cue.number("sway"))
    own = np.clip((grow - 0.10 * plants.late) / 0.90, 0.0, 1.0)
    grown = smooth_step(0.14, 0.74, own)
    singers = humming(seed)
    rung = np.zeros(len(plants.x) * (BLOSSOMS + BUDS))
    rung_by(rung, [(int(singers[note % MOST]), when, 0.8 * loud) for note, when, loud in sounded], t)
    rung_by(rung, touched, t)
    if petals is not None:
        _hum(rung, petals, t, seed)
    stalks, blossoms = _blossoms(plants, own, grown, sway, t, rung)
    posts_too = [shafts(posts, level), climbers(posts, grow, t)]
    sheaves = [roots(seed, plants, grow), stems(plants, grown, sway), stalks, leaves(plants, own, t)]
    ribbons = tuple(
        _bundle(plane, posts_too if plane == FAR else [], sheaves) for plane in (FAR, MIDDLE, NEAR)
    )
    return Orchids(
        level, (ribbons[0], ribbons[1], ribbons[2]), blossoms, cue.number("tremble"), cue.number("glow")
    )


def nearest_blossom(orchids: Orchids, camera: Camera, u: float, v: float) -> int | None:
    """The blossom under a picture place, None where there is none."""
    x, y, z = orchids.blossoms.place.T
    bu, bv, scale = camera.project(x, y, z)
    inside = np.hypot(bu - u, bv - v) / np.maximum(orchids.blossoms.radius * scale, 1e-6)
    best = int(np.argmin(inside))
    return best if inside[best] < 1.1 else None


def meant_blossom(orchids: Orchids, camera: Camera, u: float, v: float) -> int:
    """The blossom that a touch at a picture place means: the one under it, else the nearest, sideways first."""
    under = nearest_blossom(orchids, camera, u, v)
    if under is not None:
        return under
    x, y, z = orchids.blossoms.place.T
    bu, bv, _ = camera.project(x, y, z)
    hidden = np.where(orchids.blossoms.opening > 0.3, 0.0, 9.0)
    return int(np.argmin(np.hypot(bu - u, 0.35 * (bv - v)) + hidden))
