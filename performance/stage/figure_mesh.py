"""The dancer's skin as triangles: the modelled body cut out of space once, with what moves each point of it.

Surface nets (Gibson, "Constrained Elastic Surface Nets", 1998) in boxes with cells of several sizes: wide over the
trunk, fine over face and hands. Neighbouring boxes overlap by a cell or two and, as they follow one surface, no
seam is seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.stage.anatomy import body
from performance.stage.cones import cone_distance, distance
from performance.stage.limbs import rest_bodies
from performance.stage.skeleton import BONE, BONES, REST_FOOT, REST_FORE

Array = NDArray[np.float64]
BINDING = 0.012  # how far round a joint its two bones share the skin, figure heights
CAVITY = 0.035  # how far round a point its own body takes its light
HIDDEN = -0.13  # the skin from here up to the waist is under the skirt


@dataclass(frozen=True, slots=True)
class Box:
    """A part of space, the size of its cells, and the part of the body that belongs to it."""

    low: tuple[float, float, float]
    high: tuple[float, float, float]
    cell: float


def boxes(coarse: float, hands: float = 1.0) -> list[Box]:
    """Trunk, head, two hands, two feet; `coarse` 1 for a figure seen large, 2 for a small one, `hands` times that for
    hands."""
    rest = rest_bodies().origins[0]
    arms = hands if coarse <= 1.0 else 1.0  # whose hands are seen close, the forearm too
    out = [Box((-0.37, -0.51, -0.13), (0.37, 0.315, 0.12), 0.0125 * coarse)]
    head = rest[BONE["head"]]
    out.append(Box((-0.07, head[1] - 0.045, -0.115), (0.07, head[1] + 0.145, 0.085), 0.0056 * coarse))
    for n, s in enumerate("AB"):
        wrist, along = rest[BONE["hand" + s]], REST_FORE[n] * 0.11
        low = np.minimum(wrist - REST_FORE[n] * 0.008, wrist + along) - 0.035
        high = np.maximum(wrist - REST_FORE[n] * 0.008, wrist + along) + 0.035
        out.append(Box(tuple(low), tuple(high), 0.0043 * coarse * hands))
        elbow = rest[BONE["fore" + s]]
        arm = np.stack([elbow * 0.35 + rest[BONE["arm" + s]] * 0.65, wrist])
        out.append(Box(tuple(arm.min(0) - 0.032), tuple(arm.max(0) + 0.032), 0.0088 * coarse * arms))
        ankle = rest[BONE["foot" + s]]
        low, high = (ankle[0] - 0.045, ankle[1] - 0.055, -0.055), (ankle[0] + 0.055, ankle[1] + 0.085, 0.12)
        out.append(Box(low, high, 0.0068 * coarse))  # from over the ankle, which is thin
    return out


def surface_net(box: Box, cones: Array) -> tuple[Array, NDArray[np.int64]]:
    """(points (n, 3), triangles (m, 3), outward counter-clockwise) of the skin inside a box."""
    axes = [np.arange(lo, hi + box.cell, box.cell) for lo, hi in zip(box.low, box.high, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), -1)
    d = distance(grid.reshape(-1, 3), _near(box, cones)).reshape(grid.shape[:3])
    inside = d < 0
    corners = [np.array([i, j, k]) for i in (0, 1) for j in (0, 1) for k in (0, 1)]
    count: NDArray[np.int64] = np.array(d.shape) - 1
    total, crossings = np.zeros((*count, 3)), np.zeros(count)
    for a in range(8):
        for b in range(a + 1, 8):
            if np.abs(corners[a] - corners[b]).sum() != 1:
                continue
            da, db = _shifted(d, corners[a], count), _shifted(d, corners[b], count)
            crossed = (da < 0) != (db < 0)
            u = np.where(crossed, da / np.where(crossed, da - db, 1.0), 0.0)
            total += np.where(crossed[..., None], corners[a] + u[..., None] * (corners[b] - corners[a]), 0.0)
            crossings += crossed
    used = crossings > 0
    index = np.full(used.shape, -1)
    index[used] = np.arange(used.sum())
    base = np.stack(np.meshgrid(*(np.arange(n) for n in count), indexing="ij"), -1)
    points = np.array(box.low) + (base[used] + total[used] / crossings[used][:, None]) * box.cell
    return points, _faces(inside, index)


def _near(box: Box, cones: Array) -> Array:
    """The cones that can reach into a box."""
    low, high = np.array(box.low), np.array(box.high)
    r = np.maximum(cones[:, 3], cones[:, 7]) + np.abs(cones[:, 8]) + 2 * np.abs(cones[:, 9]) + box.cell
    a = np.minimum(cones[:, 0:3], cones[:, 4:7]) - r[:, None]
    b = np.maximum(cones[:, 0:3], cones[:, 4:7]) + r[:, None]
    return np.asarray(cones[((a < high) & (b > low)).all(1)])


def _shifted(d: Array, corner: NDArray[np.int64], count: NDArray[np.int64]) -> Array:
    i, j, k = corner
    return np.asarray(d[i : i + count[0], j : j + count[1], k : k + count[2]])


def _faces(inside: NDArray[np.bool_], index: NDArray[np.int64]) -> NDArray[np.int64]:
    """Two triangles across every edge of the grid that the skin crosses."""
    out = []
    for axis in range(3):
        a = np.moveaxis(inside, axis, 0)
        cells = np.moveaxis(index, axis, 0)
        first, second = a[:-1, 1:-1, 1:-1], a[1:, 1:-1, 1:-1]
        q = [cells[:, :-1, :-1], cells[:, 1:, :-1], cells[:, 1:, 1:], cells[:, :-1, 1:]]
        for leaving in (True, False):
            crossed = (first & ~second) if leaving else (~first & second)
            quad = np.stack([part[crossed] for part in q], -1)
            if leaving != (axis == 1):  # the middle axis' other two come in odd order
                quad = quad[:, ::-1]
            out += [quad[:, [0, 2, 1]], quad[:, [0, 3, 2]]]
    return np.concatenate(out)


def settle(points: Array, cones: Array) -> tuple[Array, Array]:
    """Points drawn onto the surface, and its normals (n, 3), by the gradient of the distance."""
    normals = points
    for _ in range(2):
        normals = gradient(points, cones)
        points = points - normals * np.clip(distance(points, cones), -0.006, 0.006)[:, None]
    return points, gradient(points, cones)


def gradient(points: Array, cones: Array, step: float = 0.0016) -> Array:
    """Unit gradient (n, 3) of the distance, by four taps at the corners of a tetrahedron."""
    total = np.zeros_like(points)
    for k in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        tap = np.array(k, np.float64)
        total += distance(points + tap * step, cones)[:, None] * tap
    return np.asarray(total / np.maximum(np.sqrt((total * total).sum(-1, keepdims=True)), 1e-9))


def binding(points: Array, cones: Array) -> tuple[Array, NDArray[np.int64]]:
    """(weights (n, 4), bones (n, 4)) by the distance to the flesh of each bone."""
    near = np.full((points.shape[0], len(BONES)), 1e3)
    for row in cones[cones[:, 9] > 0.0]:
        bone = int(row[10])
        near[:, bone] = np.minimum(near[:, bone], cone_distance(points, row))
    fine = np.array([0.3 if name[:-1] in ("fingers", "tips", "thumb", "hand") else 1.0 for name in BONES])
    weights = np.exp(-(near - near.min(1, keepdims=True)) / (BINDING * fine))
    _keep_sides_apart(points, weights)
    order = np.argsort(-weights, 1)[:, :4]
    kept = np.take_along_axis(weights, order, 1)
    kept[kept < 0.015 * kept[:, :1]] = 0.0
    return kept / kept.sum(1, keepdims=True), order


def _keep_sides_apart(points: Array, weights: Array) -> None:
    """One leg does not pull the skin of the other."""
    for s, g in (("A", 1.0), ("B", -1.0)):
        for bone in ("thigh", "shin", "foot", "toes"):
            weights[:, BONE[bone + s]] *= np.clip(0.5 + g * points[:, 0] / 0.03, 0.0, 1.0)


def neckline(points: Array) -> Array:
    """How far (n,) a point of the skin is inside the dress, figure heights: low in the back, a soft heart in front."""
    x, y, z = points.T
    front = np.clip(0.5 + z / 0.05, 0.0, 1.0)
    heart = (
        0.226
        + 0.010 * np.cos(np.clip(np.abs(np.abs(x) - 0.034) / 0.034, 0, 1) * np.pi * 0.5)
        - 0.014 * np.exp(-((x / 0.014) ** 2))
    )
    back = 0.150 + 0.55 * np.abs(x)
    edge = back + (heart - back) * front
    strap = np.abs(np.abs(x) - (0.052 + 0.10 * (0.24 - y)))
    over = np.where((y > 0.19) & (y < 0.30) & (np.abs(x) < 0.08), 0.0050 - strap * 0.8, -1.0)
    inside = np.minimum(edge - y, 0.085 - np.abs(x) + np.clip(0.16 - y, 0, 1))
    return np.asarray(np.clip(np.maximum(inside, over * 0.0 - 1.0), -0.03, 0.03))


def slipper(points: Array, side: str) -> Array:
    """How far (n,) a point of a foot is inside its slipper: over the toes, round the sole and up the heel."""
    way = REST_FOOT["AB".index(side)]
    up = np.array([0.0, 1.0, 0.0]) - way * way[1]
    away = points - rest_bodies().origins[0, BONE["foot" + side]]
    along, above = away @ way, away @ up / np.sqrt(up @ up)
    return np.asarray(np.clip(np.maximum(along - 0.040, -0.009 - above), -0.03, 0.03))


def openness(points: Array, normals: Array, cones: Array) -> Array:
    """How much (n,) of the sky over a point its own body leaves free, 0..1: the distance field sampled outwards."""
    total = np.zeros(points.shape[0])
    for k in (0.35, 0.65, 1.0):
        total += np.clip(distance(points + normals * CAVITY * k, cones) / (CAVITY * k), 0.0, 1.0) / 3.0
    return np.asarray(0.3 + 0.7 * total)


def make(coarse: float, skirt: bool = True, hands: float = 1.0) -> dict[str, NDArray[np.generic]]:
    """The body as arrays, figure space with the pelvis at the origin: see paint/figure.py for their shapes."""
    skin, hair = body()
    parts = boxes(coarse, hands)
    points, triangles, kinds, near, start = [], [], [], [], 0
    jobs = [(box, skin, 0.0) for box in parts] + [(parts[1], hair, 1.0)]
    for n, (box, cones, kind) in enumerate(jobs):
        found, faces = surface_net(box, cones)
        if n == 0:
            faces = faces[~_elsewhere(found, parts[1:])[faces].all(1)]
            under = skirt & (found[:, 1] < 0.045) & (found[:, 1] > HIDDEN)
            faces = faces[~under[faces].all(1)]  # nor is what the skirt covers
        if kind == 0.0 and n == 1:  # skin under the hair is never seen
            covered = distance(found, hair) < -0.004
            faces = faces[~covered[faces].all(1)]
        found, faces = _compact(found, faces)
        points.append(found)
        near.append(_near(box, cones))
        triangles.append(faces + start)
        kinds.append(np.full(found.shape[0], kind))
        start += found.shape[0]
    return _finish(points, near, np.concatenate(triangles), np.concatenate(kinds), skin, hair)


def softened(points: Array, normals: Array, reach: float = 0.013) -> Array:
    """Normals (n, 3) of a thick coat over the skin: the mean of those within about `reach` that face the same way."""
    order = np.argsort(points[:, 0])
    p, n = points[order], normals[order]
    squares = np.einsum("ij,ij->i", p, p)
    found = np.empty_like(n)
    for i in range(0, len(p), 256):
        here = slice(i, min(i + 256, len(p)))
        low, high = np.searchsorted(p[:, 0], (p[here][0, 0] - 3.5 * reach, p[here][-1, 0] + 3.5 * reach))
        apart = squares[here, None] + squares[None, low:high] - 2.0 * p[here] @ p[low:high].T  # squared
        weights = np.exp(apart / (-2 * reach * reach)) * (n[here] @ n[low:high].T > 0.2)
        found[here] = weights @ n[low:high]
    out = np.empty_like(found)
    out[order] = found / np.maximum(np.sqrt((found * found).sum(-1, keepdims=True)), 1e-9)
    return out


def fine() -> dict[str, NDArray[np.generic]]:
    """The body for a figure seen large."""
    return make(1.0)


def close() -> dict[str, NDArray[np.generic]]:
    """The body for a picture of its hands."""
    return make(1.0, hands=0.6)


def coarse() -> dict[str, NDArray[np.generic]]:
    """The body for a figure seen small."""
    return make(1.9, hands=0.72)


def blacks() -> dict[str, NDArray[np.generic]]:
    """The body for somebody who wears no skirt over it."""
    return make(2.1, skirt=False, hands=0.62)


def _finish(
    points: list[Array],
    near: list[Array],
    triangles: NDArray[np.int64],
    kind: Array,
    skin: Array,
    hair: Array,
) -> dict[str, NDArray[np.generic]]:
    place, normals = [], []
    for part, cones in zip(points, near, strict=True):
        settled, n = settle(part, cones)
        place.append(settled)
        normals.append(n)
    p, n = np.concatenate(place), np.concatenate(normals)
    weights, bones = binding(p, skin)
    head = kind > 0.5
    weights[head], bones[head] = (1.0, 0.0, 0.0, 0.0), BONE["head"]
    everything = np.concatenate([skin, hair])
    torso = np.isin(
        bones[:, 0],
        [BONE[b] for b in ("pelvis", "spine", "chest", "clavicleA", "clavicleB", "thighA", "thighB")],
    )
    cloth = np.where(torso & ~head, neckline(p), -0.03)
    for s in "AB":
        foot = np.isin(bones[:, 0], [BONE["foot" + s], BONE["toes" + s]])
        cloth[foot] = slipper(p[foot], s)
    return {
        "points": p.astype(np.float32), "normals": n.astype(np.float32), "triangles": triangles.astype(np.int32),
        "weights": weights.astype(np.float32), "bones": bones.astype(np.int32), "hair": kind.astype(np.float32),
        "cloth": cloth.astype(np.float32), "open": openness(p, n, everything).astype(np.float32),
        "coat": softened(p, n).astype(np.float32),
    }  # fmt: skip


def _elsewhere(points: Array, parts: list[Box]) -> NDArray[np.bool_]:
    """Points that lie well inside another box and are drawn there."""
    out = np.zeros(points.shape[0], bool)
    for box in parts:
        low, high = np.array(box.low) + 0.014, np.array(box.high) - 0.014
        out |= ((points > low) & (points < high)).all(1)
    return out


def _compact(points: Array, faces: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
    used = np.unique(faces)
    index = np.zeros(points.shape[0], np.int64)
    index[used] = np.arange(used.shape[0])
    return points[used], index[faces]
