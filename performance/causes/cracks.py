"""How a flat body breaks: cells round a blow, small near it and large far away, that tile its outline.

Sites are thrown on rings about the blow (after the concentric and radial cracks of impact on glass); their
Voronoi cells are the outline clipped by the bisectors to the neighbours (Sutherland and Hodgman 1974).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances

Array = NDArray[np.float64]
CORNERS = 16  # the most corners of one piece
CROWDING = 1.45  # how much the sites crowd about the blow
DARTS = 24  # thrown for one site wanted
DENT = 0.2  # radians; a deeper dent in a piece breaks it again


def area(polygon: Array) -> float:
    """Signed area of a polygon (n, 2), counter-clockwise positive."""
    x, y = polygon[:, 0], polygon[:, 1]
    return float(0.5 * np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def centroid(polygon: Array) -> Array:
    """The middle of a polygon's area."""
    x, y = polygon[:, 0], polygon[:, 1]
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    total = 3 * np.sum(cross)
    along = polygon + np.roll(polygon, -1, axis=0)
    return np.asarray((along * cross[:, None]).sum(0) / total)


def inside(polygon: Array, points: Array) -> NDArray[np.bool_]:
    """Which points (m, 2) lie in a polygon, by counting crossings."""
    x, y = points[:, 0, None], points[:, 1, None]
    x0, y0 = polygon[:, 0], polygon[:, 1]
    x1, y1 = np.roll(x0, -1), np.roll(y0, -1)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = ((y0 <= y) != (y1 <= y)) & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return np.asarray(crossing.sum(1) % 2 == 1)


def sites(polygon: Array, blow: Array, count: int, seed: int) -> Array:
    """Up to `count` places in the polygon about which pieces form, (m, 2)."""
    reach = float(np.hypot(*(polygon - blow).T).max())
    u = chances(seed, "cracks", count=3 * DARTS * count).reshape(-1, 3)
    r = reach * u[:, 0] ** CROWDING
    ring = 0.05 * reach * (1 + 3 * r / reach)
    r = (np.floor(r / ring) + 0.5 + 0.7 * (u[:, 1] - 0.5)) * ring
    darts = blow + r[:, None] * np.stack([np.cos(2 * np.pi * u[:, 2]), np.sin(2 * np.pi * u[:, 2])], 1)
    gap = (0.010 + 0.030 * r / reach) * np.sqrt(260.0 / count)
    within = inside(polygon, darts)
    darts, gap = darts[within], gap[within]
    kept = np.empty((count, 2))
    n = 0
    for dart, least in zip(darts, gap, strict=True):
        if n == 0 or np.min(((kept[:n] - dart) ** 2).sum(1)) > least * least:
            kept[n] = dart
            n += 1
            if n == count:
                break
    return kept[:n]


def clipped(polygon: Array, here: Array, other: Array) -> Array:
    """The part of a polygon that is nearer to `here` than to `other`."""
    side = (polygon - (here + other) / 2) @ (other - here)
    if (side <= 0).all():
        return polygon
    after, following = np.roll(side, -1), np.roll(polygon, -1, axis=0)
    crosses = (side < 0) != (after < 0)
    share = np.where(crosses, side / np.where(crosses, side - after, 1.0), 0.0)
    both = np.stack([polygon, polygon + share[:, None] * (following - polygon)], 1).reshape(-1, 2)
    return np.asarray(both[np.stack([side <= 0, crosses], 1).ravel()])


def plain(polygon: Array) -> Array:
    """The polygon with at most CORNERS corners: the least telling go first (Visvalingam and Whyatt 1993)."""
    while len(polygon) > 3:
        before, after = np.roll(polygon, 1, axis=0), np.roll(polygon, -1, axis=0)
        a, b = polygon - before, after - before
        loss = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])
        least = int(loss.argmin())
        if len(polygon) <= CORNERS and loss[least] > 1e-6:
            break
        polygon = np.delete(polygon, least, axis=0)
    return polygon


def corners_turn(polygon: Array) -> Array:
    """How far each corner turns left, radians; a dent turns right, below 0."""
    along = np.roll(polygon, -1, axis=0) - polygon
    before = np.roll(along, 1, axis=0)
    cross = before[:, 0] * along[:, 1] - before[:, 1] * along[:, 0]
    return np.asarray(np.arctan2(cross, (before * along).sum(1)))


def convex_parts(polygon: Array) -> list[Array]:
    """A piece cut at its dents until nothing but the shallowest are left, and those filled."""
    turn = corners_turn(polygon)
    dent = int(turn.argmin())
    if len(polygon) > 3 and turn[dent] < -DENT:
        after, before = polygon[(dent + 1) % len(polygon)] - polygon[dent], polygon[dent] - polygon[dent - 1]
        cut = before / np.hypot(*before) - after / np.hypot(*after)  # halves the angle outside
        beside = np.array([-cut[1], cut[0]])
        halves = (
            clipped(polygon, polygon[dent] + way * beside, polygon[dent] - way * beside) for way in (1, -1)
        )
        return [
            part
            for half in halves
            if len(half) > 2 and area(half) > 1e-6
            for part in convex_parts(plain(half))
        ]
    while len(polygon) > 3 and (turn := corners_turn(polygon)).min() < 0:
        polygon = np.delete(polygon, int(turn.argmin()), axis=0)
    return [polygon]


def pieces(polygon: Array, blow: Array, count: int, seed: int) -> list[Array]:
    """The convex polygons, counter-clockwise, into which a blow breaks an outline."""
    places = sites(polygon, blow, count, seed)
    found = []
    for i, place in enumerate(places):
        distance = np.hypot(*(places - place).T)
        cell = polygon
        for j in np.argsort(distance)[1:48]:
            if distance[j] > 2 * np.hypot(*(cell - place).T).max():
                break
            cell = clipped(cell, places[i], places[j])
            if len(cell) < 3:
                break
        if len(cell) >= 3 and area(cell) > 1e-6:
            found.extend(convex_parts(plain(cell)))
    return found
