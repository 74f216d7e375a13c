"""How the forest grows: roots first, then leaves, then stems; every part a sheaf of curves of the plan's plants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from performance.causes.smooth import smooth_step
from performance.stage.forest import (
    CLIMBING,
    LEAVES,
    MIDDLE,
    NEAR,
    RUNNING,
    SPREAD,
    Array,
    Plants,
    columns,
    plan,
)

TUBE, LEAF, FLUTED = 0, 1, 2  # kinds of ribbon
STEM_POINTS, LEAF_POINTS, ROOT_POINTS, CLIMB_POINTS = 34, 10, 12, 22
NODES = 9  # joints of a stem, each a little thicker, under a sheath


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Ribbons of one kind with as many points each: place (n, points, 3), half width and share (n, points)."""

    kind: int
    place: Array
    half: Array
    share: Array
    colour: Array  # (n, 3) linear RGB


def along(plants: Plants, w: Array, sway: Array) -> Array:
    """Places (plants, points, 3) at shares `w` (plants, points) of the full-grown stems: up, over, down in an arch.

    Each stem bends a little at every node, away from the last one, as a stem does that grew node by node.
    """
    x = plants.x[:, None] + plants.lean[:, None] * w**2.2 + sway[:, None] * w * w
    x = x + 0.011 * np.sin(4.3 * w + plants.phase[:, None]) * w**0.5
    zigzag = np.abs((w * NODES * 0.5) % 1.0 - 0.5) - 0.25
    x = x + 0.10 * plants.radius[:, None] * zigzag
    y = plants.height[:, None] * np.sin(plants.droop[:, None] * w)
    return np.stack([x, y, np.broadcast_to(plants.z[:, None], x.shape)], -1)


def swaying(plants: Plants, t: float, amount: float) -> Array:
    """How far each plant's tip is moved aside by the air, (plants,)."""
    slow = np.sin(0.55 * t + plants.phase) + 0.4 * np.sin(1.3 * t + 2.0 * plants.phase)
    return np.asarray(0.012 * amount * slow)


@lru_cache(maxsize=64)
def steps(points: int) -> Array:
    """Even shares 0..1 of the way along a curve of so many points."""
    return np.linspace(0.0, 1.0, points)


def stems(plants: Plants, grown: Array, sway: Array) -> Sheaf:
    """From a thick foot to a thread; joints every so often; a young tip is a blunt green spear."""
    w = steps(STEM_POINTS)[None] * grown[:, None]
    node = np.abs((w * NODES + 0.5) % 1.0 - 0.5)
    thick = 0.17 - 0.13 * w**0.7 + 0.045 * np.clip(1.0 - node * 5.0, 0.0, 1.0) * (1.0 - 0.6 * w)
    tip = 1.0 - 0.85 * (w / np.maximum(grown, 1e-3)[:, None]) ** 6
    half = plants.radius[:, None] * thick * tip * (grown > 0.01)[:, None]
    differ = (plants.phase[:, None] * 1.7) % 1.0
    colour = np.array([0.060, 0.086, 0.040]) + differ * np.array([0.035, -0.016, 0.016])
    return Sheaf(TUBE, along(plants, w, sway), half, w, colour)


def leaves(plants: Plants, own: Array, t: float) -> Sheaf:
    """Strap leaves: a spear at first, that lengthens, opens, arches over and droops."""
    index = np.arange(LEAVES, dtype=np.float64)
    came = smooth_step(0.04 + 0.05 * index, 0.40 + 0.06 * index, own[:, None])
    fan = np.array([0.62, -0.70, 1.12, -1.05, -0.12]) + 0.40 * (plants.leaf - 0.5)
    breath = 0.025 * np.sin(0.4 * t + plants.phase[:, None] + 1.7 * index)
    angle = (fan * (0.20 + 0.85 * came) + breath)[..., None]
    few = (index < 3) | ((plants.plane[:, None] == MIDDLE) & (index < 4))
    size = 0.55 + 7.0 * plants.radius[:, None] - 0.20 * (plants.plane[:, None] == NEAR)
    long = ((0.22 + 0.13 * (plants.leaf * 7.0 % 1.0)) * size * came * few)[..., None]
    w = steps(LEAF_POINTS)
    droop = (0.12 + 0.52 * np.abs(angle)) * came[..., None]
    x = plants.x[:, None, None] + np.sin(angle) * long * 1.30 * (w + 0.10 * w * w)
    y = 0.004 + long * (w * np.cos(0.7 * angle) - droop * w**2.5)
    z = plants.z[:, None, None] - 0.015 + 0.0 * x
    outline = (0.40 + 0.60 * np.sin(np.pi * np.clip(w * 0.86 + 0.10, 0, 1))) * np.sqrt(
        np.clip((1 - w) * 2.6, 0, 1)
    )
    half = np.clip(long * 0.118, 0.0, 1.0) * outline * (0.8 + 0.4 * plants.leaf[..., None]) * (long > 0.01)
    count = len(plants.x) * LEAVES
    colour = np.array([0.026, 0.062, 0.036]) * (0.7 + 0.6 * plants.leaf.reshape(-1, 1))
    place = np.stack([x, np.maximum(y, 0.0), z], -1).reshape(count, LEAF_POINTS, 3)
    share = np.broadcast_to(w, (count, LEAF_POINTS))
    return Sheaf(LEAF, place, half.reshape(count, -1), share, colour)


@lru_cache(maxsize=4)
def shafts(seed: int, level: float) -> Sheaf:
    """The theatre's fluted columns, from a plinth on the boards up out of sight; `level` 0..1 of their width."""
    posts = columns(seed)
    y = np.array([0.0, 0.035, 0.036, 0.06, 0.062, 0.8, 2.0, 3.8])
    wide = np.array([1.45, 1.45, 1.2, 1.2, 1.0, 0.97, 0.9, 0.9])
    place = np.stack(np.broadcast_arrays(posts.x[:, None], y[None], posts.z[:, None]), -1)
    half = posts.half[:, None] * wide * level
    colour = np.repeat(np.array([[0.010, 0.008, 0.014]]), len(posts.x), 0)
    share = np.broadcast_to(y / 3.8, half.shape)
    return Sheaf(FLUTED, place, half, share, colour)


def climbers(seed: int, grow: float) -> Sheaf:
    """Roots that climb the columns' fronts, and roots that run out from them over the boards."""
    return _climbers(seed, float(np.sqrt(smooth_step(0.0, 0.50, grow))))


@lru_cache(maxsize=4)
def _climbers(seed: int, reach: float) -> Sheaf:
    """They are full-grown when `reach` is 1, and never move from then on."""
    posts = columns(seed)
    each = CLIMBING + RUNNING
    a, b, c, d = (part[..., None] for part in posts.root)
    w = steps(CLIMB_POINTS)[None, None] * min(1.0, 0.15 + reach)
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
    w = steps(ROOT_POINTS)
    way = 6.283 * (np.arange(SPREAD)[None, :, None] + a) / SPREAD + 0.30 * np.sin(3.0 * w + 6.283 * c) * w
    long = (0.12 + 0.22 * b) * w
    waves = 0.006 * np.sin(9.0 * w + 6.283 * d) ** 2 * (1.0 - w)
    return np.cos(way) * long, -0.55 * np.abs(np.sin(way)) * long, waves


def roots(seed: int, grow: float) -> Sheaf:
    """Silver roots that feel their way out over the boards from the foot of each plant."""
    return _roots(seed, min(grow, 0.40))


@lru_cache(maxsize=4)
def _roots(seed: int, grow: float) -> Sheaf:
    """They are full-grown before the forest is, and never move from then on."""
    plants = plan(seed)
    reach = smooth_step(-0.03, 0.34, grow - 0.05 * plants.late)[:, None, None]
    aside, towards, waves = _feelers(seed)
    w = steps(ROOT_POINTS)
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
