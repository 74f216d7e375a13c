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

from performance.causes.place import Camera
from performance.chance import chances
from performance.stage.forest import (
    BLOSSOMS,
    BUDS,
    CLIMBING,
    FAR,
    HUMMING,
    LEAVES,
    MIDDLE,
    NEAR,
    ROWS,
    RUNNING,
    SPREAD,
    Array,
    Columns,
    Plants,
    columns,
    humming,
    plan,
)
from performance.timeline import Cue

__all__ = ["FAR", "FLUTED", "LEAF", "MIDDLE", "NEAR", "RING", "TUBE", "Blossoms", "Orchids", "Ribbons"]
TUBE, LEAF, FLUTED = 0, 1, 2  # kinds of ribbon
STEM_POINTS, LEAF_POINTS, ROOT_POINTS, CLIMB_POINTS, STALK_POINTS = 34, 10, 12, 22, 4
NODES = 9  # joints of a stem, each a little thicker, under a sheath
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
class Sheaf:
    """Ribbons of one kind with as many points each: place (n, points, 3), half width and share (n, points)."""

    kind: int
    place: Array
    half: Array
    share: Array
    colour: Array  # (n, 3) linear RGB


@dataclass(frozen=True, slots=True)
class Blossoms:
    """(n,) each, the far plane first: place, radius, turn (radians), opening 0..1, variety, which yaw, brightness, phase.
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


def smooth(low: Array | float, high: Array | float, x: Array | float) -> Array:
    t = np.clip((x - np.asarray(low)) / (np.asarray(high) - np.asarray(low)), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def _along(plants: Plants, w: Array, sway: Array) -> Array:
    """Places (plants, points, 3) at shares `w` (plants, points) of the full-grown stems: up, over, down in an arch.

    Each stem bends a little at every node, away from the last one, as a stem does that grew node by node.
    """
    x = plants.x[:, None] + plants.lean[:, None] * w**2.2 + sway[:, None] * w * w
    x = x + 0.011 * np.sin(4.3 * w + plants.phase[:, None]) * w**0.5
    zigzag = np.abs((w * NODES * 0.5) % 1.0 - 0.5) - 0.25
    x = x + 0.10 * plants.radius[:, None] * zigzag
    y = plants.height[:, None] * np.sin(plants.droop[:, None] * w)
    return np.stack([x, y, np.broadcast_to(plants.z[:, None], x.shape)], -1)


def _sway(plants: Plants, t: float, amount: float) -> Array:
    slow = np.sin(0.55 * t + plants.phase) + 0.4 * np.sin(1.3 * t + 2.0 * plants.phase)
    return np.asarray(0.012 * amount * slow)


@lru_cache(maxsize=64)
def _steps(points: int) -> Array:
    return np.linspace(0.0, 1.0, points)


def _stems(plants: Plants, grown: Array, sway: Array) -> Sheaf:
    """From a thick foot to a thread; joints every so often; a young tip is a blunt green spear."""
    w = _steps(STEM_POINTS)[None] * grown[:, None]
    node = np.abs((w * NODES + 0.5) % 1.0 - 0.5)
    thick = 0.17 - 0.13 * w**0.7 + 0.045 * np.clip(1.0 - node * 5.0, 0.0, 1.0) * (1.0 - 0.6 * w)
    tip = 1.0 - 0.85 * (w / np.maximum(grown, 1e-3)[:, None]) ** 6
    half = plants.radius[:, None] * thick * tip * (grown > 0.01)[:, None]
    differ = (plants.phase[:, None] * 1.7) % 1.0
    colour = np.array([0.060, 0.086, 0.040]) + differ * np.array([0.035, -0.016, 0.016])
    return Sheaf(TUBE, _along(plants, w, sway), half, w, colour)


def _leaves(plants: Plants, own: Array, t: float) -> Sheaf:
    """Strap leaves: a spear at first, that lengthens, opens, arches over and droops."""
    index = np.arange(LEAVES)
    came = smooth(0.04 + 0.05 * index, 0.40 + 0.06 * index, own[:, None])
    fan = np.array([0.62, -0.70, 1.12, -1.05, -0.12]) + 0.40 * (plants.leaf - 0.5)
    breath = 0.025 * np.sin(0.4 * t + plants.phase[:, None] + 1.7 * index)
    angle = (fan * (0.20 + 0.85 * came) + breath)[..., None]
    few = (index < 3) | ((plants.plane[:, None] == MIDDLE) & (index < 4))
    size = 0.55 + 7.0 * plants.radius[:, None] - 0.20 * (plants.plane[:, None] == NEAR)
    long = ((0.22 + 0.13 * (plants.leaf * 7.0 % 1.0)) * size * came * few)[..., None]
    w = _steps(LEAF_POINTS)
    droop = (0.12 + 0.52 * np.abs(angle)) * came[..., None]
    x = plants.x[:, None, None] + np.sin(angle) * long * 1.30 * (w + 0.10 * w * w)
    y = 0.004 + long * (w * np.cos(0.7 * angle) - droop * w**2.5)
    z = plants.z[:, None, None] - 0.015 + 0.0 * x
    outline = (0.40 + 0.60 * np.sin(np.pi * np.clip(w * 0.86 + 0.10, 0, 1))) * np.sqrt(np.clip((1 - w) * 2.6, 0, 1))
    half = np.clip(long * 0.118, 0.0, 1.0) * outline * (0.8 + 0.4 * plants.leaf[..., None]) * (long > 0.01)
    count = len(plants.x) * LEAVES
    colour = np.array([0.026, 0.062, 0.036]) * (0.7 + 0.6 * plants.leaf.reshape(-1, 1))
    place = np.stack([x, np.maximum(y, 0.0), z], -1).reshape(count, LEAF_POINTS, 3)
    share = np.broadcast_to(w, (count, LEAF_POINTS))
    return Sheaf(LEAF, place, half.reshape(count, -1), share, colour)


def _shafts(posts: Columns, level: float) -> Sheaf:
    """The theatre's fluted columns, from a plinth on the boards up out of sight."""
    y = np.array([0.0, 0.035, 0.036, 0.06, 0.062, 0.8, 2.0, 3.8])
    wide = np.array([1.45, 1.45, 1.2, 1.2, 1.0, 0.97, 0.9, 0.9])
    place = np.stack(np.broadcast_arrays(posts.x[:, None], y[None], posts.z[:, None]), -1)
    half = posts.half[:, None] * wide * min(1.0, 4.0 * level)
    colour = np.repeat(np.array([[0.010, 0.008, 0.014]]), len(posts.x), 0)
    share = np.broadcast_to(y / 3.8, half.shape)
    return Sheaf(FLUTED, place, half, share, colour)


def _climbers(posts: Columns, grow: float, t: float) -> Sheaf:
    """Roots that climb the columns' fronts, and roots that run out from them over the boards."""
    each = CLIMBING + RUNNING
    a, b, c, d = (part[..., None] for part in posts.root)
    reach = float(np.sqrt(smooth(0.0, 0.50, grow)))
    w = _steps(CLIMB_POINTS)[None, None] * min(1.0, 0.15 + reach)
    up = (np.arange(each) < CLIMBING)[None, :, None]
    wind = 0.9 * np.sin(6.283 * a + (4.0 + 5.0 * b) * w) + 0.22 * np.sin(17.0 * w + 6.283 * c)
    cx, cz, ch = (part[:, None, None] for part in (posts.x, posts.z, posts.half))
    climb_x, climb_y = cx + ch * 0.88 * np.clip(wind, -1.05, 1.05), w * reach * (0.8 + 1.9 * c)
    out = (d - 0.5) * 3.0
    run_x = cx + np.sin(out) * (0.06 + (0.25 + 0.3 * b) * w * reach) + 0.018 * np.sin(11 * w + 9 * a)
    x, y = np.where(up, climb_x, run_x), np.where(up, climb_y, 0.07 * np.exp(-w * 7.0) * reach)
    z = np.where(up, cz - 0.06, cz - 0.09 - np.cos(out) * 0.26 * w * reach)
    half = (0.021 - 0.017 * w**0.8) * (0.55 + 0.7 * a) * min(1.0, 4.0 * reach)
    count = len(posts.x) * each
    place = np.stack([x, y, z], -1).reshape(count, CLIMB_POINTS, 3)
    colour = np.repeat(np.array([[0.040, 0.036, 0.038]]), count, 0)
    half = np.broadcast_to(half, (*posts.root.shape[1:], CLIMB_POINTS)).reshape(count, -1)
    share = np.broadcast_to(w, (*posts.root.shape[1:], CLIMB_POINTS)).reshape(count, -1)
    return Sheaf(TUBE, place, half, share, colour)


@lru_cache(maxsize=4)
def _feelers(seed: int) -> tuple[Array, Array, Array]:
    """How the roots of each plant run when full-grown, (plants, SPREAD, points) each: aside, towards us, waves in
    height."""
    a, b, c, d = (part[..., None] for part in plan(seed).root)
    w = _steps(ROOT_POINTS)
    way = 6.283 * (np.arange(SPREAD)[None, :, None] + a) / SPREAD + 0.30 * np.sin(3.0 * w + 6.283 * c) * w
    long = (0.12 + 0.22 * b) * w
    waves = 0.006 * np.sin(9.0 * w + 6.283 * d) ** 2 * (1.0 - w)
    return np.cos(way) * long, -0.55 * np.abs(np.sin(way)) * long, waves


def _roots(seed: int, plants: Plants, grow: float) -> Sheaf:
    """Silver roots that feel their way out over the boards from the foot of each plant."""
    reach = smooth(-0.03, 0.34, grow - 0.05 * plants.late)[:, None, None]
    aside, towards, waves = _feelers(seed)
    w = _steps(ROOT_POINTS)
    place = np.empty((*aside.shape, 3))
    place[..., 0] = plants.x[:, None, None] + aside * reach
    place[..., 1] = 0.030 * np.exp(-6.0 * w) * reach + waves
    place[..., 2] = plants.z[:, None, None] - 0.01 + towards * reach
    thick = plants.radius[:, None] * (0.7 + 0.6 * plants.root[3]) * np.minimum(1.0, 5.0 * reach[..., 0])
    half = thick[..., None] * (0.19 - 0.165 * w)
    count = len(plants.x) * SPREAD
    return Sheaf(
        TUBE,
        place.reshape(count, ROOT_POINTS, 3),
        half.reshape(count, -1),
        np.broadcast_to(w, (count, ROOT_POINTS)),
        np.broadcast_to(np.array([0.058, 0.060, 0.056]), (count, 3)),
    )


def _blossoms(plants: Plants, own: Array, grown: Array, sway: Array, t: float, rung: Array) -> tuple[Sheaf, Blossoms]:
    """Blossoms in turn to the left and right of each stem, buds at its tip, each on its own small stalk."""
    n, each = len(plants.x), BLOSSOMS + BUDS
    count = n * each
    i = np.arange(each)
    share = 0.36 + 0.62 * (i / (each - 1)) ** 0.92
    foot = _along(plants, np.broadcast_to(share, (n, each)), sway)
    open_at = 0.555 + 0.034 * i + 0.03 * (plants.flower[0] - 0.5)
    opening = smooth(open_at, open_at + 0.17, own[:, None]) * np.where(i < BLOSSOMS, 1.0, 0.0)
    opening = opening * (1.0 - 0.22 * (i > BLOSSOMS - 3))
    side = np.where(i % 2 == 1, 1.0, -1.0)
    radius = plants.radius[:, None] * (1.05 - 0.045 * i)
    off_x = side * radius * 0.66 * (0.50 + 0.50 * opening)
    off_y = -radius * (0.30 + 0.15 * side)
    place = foot + np.stack([off_x, off_y, np.full_like(off_x, -0.012)], -1)
    swell = smooth(share, share + 0.16, grown[:, None] * 1.05)
    size = radius * np.where(i < BLOSSOMS, 1.25 - 0.25 * opening, 0.95) * swell
    ringing = rung.reshape(n, each)
    turn = 0.32 * (plants.flower[0] - 0.5) + 0.10 * side + 0.05 * np.sin(0.8 * t + 1.7 * i + plants.phase[:, None])
    w = _steps(STALK_POINTS)
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


def _firsts(each: int) -> tuple[int, int, int, int]:
    """Where the things of each plane begin, when every plant has `each` of them; and the end."""
    counts = [each * row.count for row in ROWS]
    return 0, counts[0], counts[0] + counts[1], sum(counts)


def _bundle(plane: int, whole: list[Sheaf], shared: list[Sheaf]) -> Ribbons:
    """All ribbons of one plane: `whole` sheaves, and its plants' part of those `shared` by the planes."""
    plants = sum(row.count for row in ROWS)
    parts = [(sheaf, 0, len(sheaf.place)) for sheaf in whole]
    for sheaf in shared:
        first = _firsts(len(sheaf.place) // plants)
        parts.append((sheaf, first[plane], first[plane + 1]))
    points = np.concatenate([np.full(b - a, sheaf.place.shape[1]) for sheaf, a, b in parts])
    return Ribbons(
        np.concatenate([sheaf.place[a:b].reshape(-1, 3) for sheaf, a, b in parts]),
        np.concatenate([sheaf.half[a:b].reshape(-1) for sheaf, a, b in parts]),
        np.concatenate([sheaf.share[a:b].reshape(-1) for sheaf, a, b in parts]),
        np.concatenate([[0], np.cumsum(points)]).astype(np.int64),
        np.concatenate([np.full(b - a, sheaf.kind) for sheaf, a, b in parts]).astype(np.int64),
        np.concatenate([sheaf.colour[a:b] for sheaf, a, b in parts]),
    )


def rung_by(rung: Array, struck: Sequence[tuple[int, float, float]], t: float) -> None:
    """Add to how much each blossom rings at t, from (blossom, when, strength)."""
    for which, when, strength in struck:
        age = t - when
        if 0.0 <= age < RING:
            rung[which % len(rung)] += strength * math.exp(-1.6 * age) * min(1.0, age / 0.05) * (1.0 - age / RING)


def _hum(rung: Array, petals: Cue, t: float, seed: int) -> None:
    """Add the hum of the petals as the ears have it: each from the value of `open` at which it opens, with its
    own tremble; and a flare as it opens, when its small bell rings."""
    if not petals.number("gain_db") > -50.0:
        return
    opened, count = petals.number("open"), min(int(petals.number("count")), HUMMING)
    draw = chances(seed, "petals", count=6 * HUMMING).reshape(6, HUMMING)[:, :count]
    since = opened - (0.04 + 0.9 * draw[0])
    shake = 0.5 + 0.5 * np.sin(6.283 * ((3.2 + 3.2 * draw[4]) * t + draw[2]))
    hum = petals.number("hum") * smooth(0.0, 0.07, since) * (1.0 - 0.55 * petals.number("tremble") * shake)
    flare = smooth(0.0, 0.004, since) * np.exp(-np.maximum(since, 0.0) / 0.03) * (opened < 1.0)
    np.add.at(rung, humming(seed)[:count], 0.30 * hum + 0.9 * flare)


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
    sway = _sway(plants, t, cue.number("sway"))
    own = np.clip((grow - 0.10 * plants.late) / 0.90, 0.0, 1.0)
    grown = smooth(0.14, 0.74, own)
    singers = humming(seed)
    rung = np.zeros(len(plants.x) * (BLOSSOMS + BUDS))
    rung_by(rung, [(int(singers[note % HUMMING]), when, 0.8 * loud) for note, when, loud in sounded], t)
    rung_by(rung, touched, t)
    if petals is not None:
        _hum(rung, petals, t, seed)
    stalks, blossoms = _blossoms(plants, own, grown, sway, t, rung)
    posts_too = [_shafts(posts, level), _climbers(posts, grow, t)]
    sheaves = [_roots(seed, plants, grow), _stems(plants, grown, sway), stalks, _leaves(plants, own, t)]
    ribbons = tuple(_bundle(plane, posts_too if plane == FAR else [], sheaves) for plane in (FAR, MIDDLE, NEAR))
    return Orchids(level, (ribbons[0], ribbons[1], ribbons[2]), blossoms, cue.number("tremble"), cue.number("glow"))


def nearest_blossom(orchids: Orchids, camera: Camera, u: float, v: float) -> int | None:
    """The blossom under a picture place, None where there is none."""
    x, y, z = orchids.blossoms.place.T
    bu, bv, scale = camera.project(x, y, z)
    inside = np.hypot(bu - u, bv - v) / np.maximum(orchids.blossoms.radius * scale, 1e-6)
    best = int(np.argmin(inside))
    return best if inside[best] < 1.1 else None
