"""The orchid forest as plain data: stems, leaves, roots and columns as ribbons, blossoms as sprites with a place.

Every plant is planned once from the seed; growth and sway then bend and lengthen all of them at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import Camera
from performance.chance import at_indices, chances
from performance.timeline import Cue

Array = NDArray[np.float64]
TUBE, LEAF, FLUTED = 0, 1, 2  # kinds of ribbon
STEM_POINTS, LEAF_POINTS, ROOT_POINTS = 28, 18, 40
BLOSSOMS, BUDS, LEAVES = 8, 3, 5  # of one plant
ROOTS = 5  # of one column
FAR, MIDDLE, NEAR = 0, 1, 2
RING = 3.2  # seconds a blossom shows that it was sounded


@dataclass(frozen=True, slots=True)
class Plants:
    """The plan of all plants, one row each: where it stands, how tall, where it leans, how it differs."""

    plane: NDArray[np.int64]
    x: Array
    z: Array
    height: Array
    lean: Array  # how far the tip reaches sideways
    radius: Array  # of a blossom
    variety: NDArray[np.int64]
    phase: Array
    column: NDArray[np.bool_]  # whether a column stands behind it


@dataclass(frozen=True, slots=True)
class Ribbons:
    """Bands along curves, in world places: (n, points, 3) and half widths (n, points). A width of 0 is not there."""

    kind: int
    place: Array
    half: Array
    colour: Array  # (n, 3) linear RGB
    plane: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Blossoms:
    """(n,) each: place, radius, turn (radians), opening 0..1, variety, which yaw, brightness, plane, phase."""

    place: Array
    radius: Array
    turn: Array
    opening: Array
    variety: NDArray[np.int64]
    yaw: NDArray[np.int64]
    mirrored: NDArray[np.bool_]
    bright: Array
    plane: NDArray[np.int64]
    phase: Array


@dataclass(frozen=True, slots=True)
class Orchids:
    """The forest at one instant."""

    level: float
    ribbons: tuple[Ribbons, ...]
    blossoms: Blossoms
    tremble: float
    glow: float


@lru_cache(maxsize=4)
def plan(seed: int) -> Plants:
    """The forest of a seed: a far, a middle and a near row that leave the middle of the stage free."""
    rows = [(FAR, 12, 1.05, 0.55, 0.036, 1.05), (MIDDLE, 6, 0.16, 0.44, 0.041, 0.76), (NEAR, 4, -0.38, 0.42, 0.043, 0.52)]
    parts: list[tuple[Array, ...]] = []
    for plane, count, z, clear, radius, height in rows:
        c = [chances(seed, "orchid", plane, k, count=count) for k in range(7)]
        side = np.where(np.arange(count) % 2 == 0, -1.0, 1.0)
        step = (np.arange(count) // 2 + 0.25 + 0.5 * c[0]) / max(count // 2, 1)
        reach = {FAR: 1.5, MIDDLE: 1.05, NEAR: 0.62}[plane]
        x = side * (clear * (1.0 if plane != FAR else 0.5) + reach * step * (0.8 if plane != NEAR else 0.45))
        inward = np.where(c[1] < 0.8, -side, side)
        parts.append(
            (
                np.full(count, plane),
                x,
                z * (1.0 + 0.25 * (c[2] - 0.5)) + 0.05 * (c[2] - 0.5),
                height * (0.78 + 0.44 * c[3]),
                inward * (0.13 + 0.16 * c[4] + (0.06 if plane == NEAR else 0.0)),
                radius * (0.86 + 0.36 * c[5]),
                np.digitize(c[6], (0.34, 0.64, 0.90)),
                6.283 * c[2],
                np.arange(count) < {FAR: 6, MIDDLE: 4, NEAR: 2}[plane],
            )
        )
    return Plants(*(np.concatenate(column) for column in zip(*parts)))  # type: ignore[arg-type]


def smooth(low: Array | float, high: Array | float, x: Array | float) -> Array:
    t = np.clip((x - np.asarray(low)) / (np.asarray(high) - np.asarray(low)), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def _along(plants: Plants, w: Array, sway: Array) -> Array:
    """Places (plants, points, 3) at shares `w` (plants, points) of the full-grown stems: up, over and down in an arch."""
    x = plants.x[:, None] + plants.lean[:, None] * w**2.3 + sway[:, None] * w * w
    x = x + 0.012 * np.sin(5.0 * w + plants.phase[:, None])
    y = plants.height[:, None] * np.sin(1.98 * w) * (1.0 - 0.04 * w)
    return np.stack([x, y, np.broadcast_to(plants.z[:, None], x.shape)], -1)


def _sway(plants: Plants, t: float, amount: float) -> Array:
    slow = np.sin(0.55 * t + plants.phase) + 0.4 * np.sin(1.3 * t + 2.0 * plants.phase)
    return np.asarray(0.012 * amount * slow)


def _stems(plants: Plants, grown: Array, sway: Array) -> Ribbons:
    w = np.linspace(0.0, 1.0, STEM_POINTS)[None] * grown[:, None]
    taper = 0.16 - 0.09 * w
    tip = 1.0 - 0.72 * (w / np.maximum(grown, 1e-3)[:, None]) ** 4
    half = plants.radius[:, None] * taper * tip * (grown > 0.01)[:, None]
    colour = np.array([0.085, 0.165, 0.085]) * (0.8 + 0.5 * (plants.phase[:, None] % 1.0))
    return Ribbons(TUBE, _along(plants, w, sway), half, colour, plants.plane)


def _leaves(plants: Plants, grow: float, t: float) -> Ribbons:
    """Strap leaves that rise from the foot, arch over and droop."""
    n = len(plants.x)
    index = np.arange(LEAVES)
    differ = at_indices(91, np.arange(n * LEAVES)).reshape(n, LEAVES)
    angle = (index - 2) * 0.42 + 0.22 * (differ - 0.5) * 2 + 0.03 * np.sin(0.4 * t + plants.phase[:, None] + index)
    length = plants.height[:, None] * (0.26 + 0.10 * differ) * smooth(0.05 + 0.06 * index, 0.5 + 0.06 * index, grow)
    length = np.minimum(length, 0.30)
    w = np.linspace(0.0, 1.0, LEAF_POINTS)
    a, long = angle.reshape(-1, 1), length.reshape(-1, 1)
    x = np.repeat(plants.x, LEAVES)[:, None] + np.sin(a) * long * 1.35 * w
    y = 0.005 + long * (w * np.cos(a) - 0.80 * w**2.4 * np.abs(np.sin(a)))
    z = np.repeat(plants.z, LEAVES)[:, None] - 0.02 + 0 * w
    outline = np.sin(np.pi * np.clip(w * 0.93 + 0.05, 0.0, 1.0)) ** 0.7
    half = np.repeat(plants.radius, LEAVES)[:, None] * 0.55 * outline * (long > 0.01)
    colour = np.repeat(np.array([[0.030, 0.066, 0.038]]), n * LEAVES, 0) * (0.7 + 0.6 * differ.reshape(-1, 1))
    return Ribbons(LEAF, np.stack([x, np.maximum(y, 0.0), z], -1), half, colour, np.repeat(plants.plane, LEAVES))


def _columns(plants: Plants, level: float) -> Ribbons:
    """The theatre's fluted columns, from the boards up out of sight."""
    chosen = plants.column
    x, z = plants.x[chosen] * 1.22, plants.z[chosen] + 0.12
    y = np.linspace(0.0, 2.6, 6)
    place = np.stack(np.broadcast_arrays(x[:, None], y[None], z[:, None]), -1)
    half = np.broadcast_to(np.array([0.075, 0.062, 0.060, 0.060, 0.060, 0.060]) * level, place.shape[:2])
    colour = np.repeat(np.array([[0.052, 0.038, 0.058]]), len(x), 0)
    return Ribbons(FLUTED, place, half, colour, plants.plane[chosen])


def _roots(plants: Plants, grow: float) -> Ribbons:
    """Roots that climb the columns and run out over the boards."""
    chosen = np.flatnonzero(plants.column)
    count = len(chosen) * ROOTS
    differ = [at_indices(17 + k, np.arange(count)) for k in range(4)]
    owner = np.repeat(chosen, ROOTS)
    reach = float(smooth(0.0, 0.45, grow))
    w = np.linspace(0.0, 1.0, ROOT_POINTS)[None]
    up = (np.arange(count) % ROOTS < 3)[:, None]
    cx, cz = (plants.x[owner] * 1.22)[:, None], (plants.z[owner] + 0.10)[:, None]
    turn = 6.28 * differ[0][:, None] + w * reach * (8 + 6 * differ[1][:, None]) * np.where(differ[2] < 0.5, -1, 1)[:, None]
    out = (differ[3][:, None] - 0.5) * 2.6
    long = (0.16 + 0.2 * differ[1][:, None]) * reach
    x = np.where(up, cx + 0.072 * np.sin(turn), cx + np.sin(out) * (0.05 + long * w) + 0.012 * np.sin(w * 14 + out * 9))
    y = np.where(up, w * reach * (0.7 + 0.9 * differ[2][:, None]), 0.05 * np.exp(-w * 9.0))
    z = np.where(up, cz - 0.03, cz - 0.05 - np.cos(out) * 0.22 * long / 0.3 * w)
    front = np.clip(np.cos(turn) * 4.0 + 1.0, 0.0, 1.0)
    half = (0.016 - 0.0115 * w) * np.where(up, front, 1.0) * (0.6 + 0.6 * differ[0][:, None]) * min(1.0, 5.0 * reach)
    colour = np.repeat(np.array([[0.060, 0.052, 0.050]]), count, 0)
    return Ribbons(TUBE, np.stack([x, y, z], -1), half, colour, plants.plane[owner])


def _stalks_and_blossoms(plants: Plants, grow: float, grown: Array, sway: Array, t: float, rung: Array) -> tuple[Ribbons, Blossoms]:
    """Blossoms in turn to the left and right of each stem, buds at its tip, each on its own small stalk."""
    n, each = len(plants.x), BLOSSOMS + BUDS
    i = np.arange(each)
    share = 0.34 + 0.64 * (i / (each - 1)) ** 0.92
    foot = _along(plants, np.broadcast_to(share, (n, each)), sway)
    here = grown[:, None] >= share
    opening = np.clip((grow * 1.75 - 0.62 - 0.055 * i) / 0.40, 0.0, 1.0) * np.where(i < BLOSSOMS, 1.0, 0.0)
    opening = opening * (1.0 - 0.25 * (i > BLOSSOMS - 3))
    differ = [at_indices(29 + k, np.arange(n * each)).reshape(n, each) for k in range(3)]
    side = np.where(i % 2 == 1, 1.0, -1.0)
    radius = plants.radius[:, None] * (1.04 - 0.05 * i)
    off_x = side * radius * 0.66 * (0.55 + 0.45 * opening)
    off_y = -radius * (0.30 + 0.15 * side)
    place = foot + np.stack([off_x, off_y, np.full_like(off_x, -0.012)], -1)
    swell = smooth(share, share + 0.12, grown[:, None] * np.ones_like(share))
    size = radius * (0.55 + 0.45 * opening) * np.where(i < BLOSSOMS, 1.0, 0.62) * swell * here
    turn = 0.32 * (differ[0] - 0.5) + 0.10 * side + 0.06 * np.sin(0.8 * t + 1.7 * i + plants.phase[:, None])
    w = np.linspace(0.0, 1.0, 5)
    stalk = foot[:, :, None, :] + (place - foot)[:, :, None, :] * np.stack([w, w**1.6, w], -1)
    half = np.broadcast_to((radius * 0.05 * here)[..., None], stalk.shape[:3])
    count = n * each
    colour = np.repeat(np.array([[0.10, 0.17, 0.09]]), count, 0)
    ribbons = Ribbons(TUBE, stalk.reshape(count, 5, 3), half.reshape(count, 5), colour, np.repeat(plants.plane, each))
    mirrored = np.repeat(plants.x > 0, each)
    blossoms = Blossoms(
        place=place.reshape(count, 3),
        radius=size.reshape(count),
        turn=turn.reshape(count),
        opening=np.broadcast_to(opening, (n, each)).reshape(count),
        variety=np.repeat(plants.variety, each),
        yaw=(differ[1] * 3).astype(np.int64).reshape(count),
        mirrored=mirrored,
        bright=(0.86 + 0.3 * differ[2]).reshape(count) + rung,
        plane=np.repeat(plants.plane, each),
        phase=(6.28 * differ[0]).reshape(count),
    )
    return ribbons, blossoms


def rung_by(count: int, sounded: list[tuple[int, float, float]], t: float) -> Array:
    """How much each of `count` blossoms rings at t, from notes (address, onset, level)."""
    rung = np.zeros(count)
    for address, onset, level in sounded:
        age = t - onset
        if 0.0 <= age < RING:
            rung[address % count] += 1.6 * level * math.exp(-1.8 * age) * min(1.0, age / 0.05)
    return rung


def orchids_at(cue: Cue, t: float, seed: int, sounded: list[tuple[int, float, float]]) -> Orchids | None:
    """The forest of a cue; `sounded` are the petals' notes of the last seconds as (address, onset, level)."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    plants, grow = plan(seed), cue.number("grow")
    sway = _sway(plants, t, cue.number("sway"))
    late = 0.12 * (plants.phase / 6.283)
    grown = smooth(0.10 + late, 0.75 + late, grow * 1.12)
    count = len(plants.x) * (BLOSSOMS + BUDS)
    stalks, blossoms = _stalks_and_blossoms(plants, grow, grown, sway, t, rung_by(count, sounded, t))
    ribbons = (_columns(plants, level), _roots(plants, grow), _leaves(plants, grow, t), _stems(plants, grown, sway), stalks)
    return Orchids(level, ribbons, blossoms, cue.number("tremble"), cue.number("glow"))


def nearest_blossom(orchids: Orchids, camera: Camera, u: float, v: float) -> int | None:
    """The blossom under a picture place, None where there is none."""
    x, y, z = orchids.blossoms.place.T
    bu, bv, scale = camera.project(x, y, z)
    inside = np.hypot(bu - u, bv - v) / np.maximum(orchids.blossoms.radius * scale, 1e-6)
    best = int(np.argmin(inside))
    return best if inside[best] < 1.1 else None
