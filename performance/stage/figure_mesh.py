"""The dancer's skin as triangles: the modelled body cut out of space once, with what moves each point of it.

Surface nets (net.py) in boxes with cells of several sizes: wide over the trunk, fine over face and hands. Neighbouring
boxes overlap by a cell or two and, as they follow one surface, no seam is seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.stage.anatomy import body
from performance.stage.cones import cone_distances, distance, neighbourhoods
from performance.stage.face import features
from performance.stage.flesh import folds
from performance.stage.limbs import rest_bodies
from performance.stage.net import Box, surface_net
from performance.stage.skeleton import BONE, BONES, REST_FOOT, REST_FORE

Array = NDArray[np.float64]
BINDING = 0.012  # how far round a joint its two bones share the skin, figure heights
FACE_CELL, FACE_TO = 0.0034, 1.4  # figure heights; how coarse the body may be that has a face
CAVITY = 0.035  # how far round a point its own body takes its light
HIDDEN = -0.13, 0.030  # between these heights over the pelvis the skin is under the skirt


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
    if coarse <= FACE_TO:
        y = head[1] + 0.052
        out.append(Box((-0.050, y - 0.052, 0.004), (0.050, y + 0.036, 0.085), FACE_CELL))
    return out


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
    flesh = cones[cones[:, 9] > 0.0]
    for bone in np.unique(flesh[:, 10]).astype(int):
        near[:, bone] = cone_distances(points, flesh[flesh[:, 10] == bone]).min(0)
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
    front = parts[-1] if coarse <= FACE_TO else None
    points, triangles, kinds, flesh, start = [], [], [], [], 0
    jobs = [(box, skin, 0.0) for box in parts] + [(parts[1], hair, 1.0)]
    for n, (box, cones, kind) in enumerate(jobs):
        found, faces = surface_net(box, cones)
        if n == 0:
            faces = faces[~_elsewhere(found, parts[1:])[faces].all(1)]
            under = skirt & (found[:, 1] > HIDDEN[0]) & (found[:, 1] < HIDDEN[1])
            faces = faces[~under[faces].all(1)]  # nor is what the skirt covers
        if kind == 0.0 and box in (parts[1], front):  # skin under the hair is never seen
            covered = distance(found, hair) < -0.004
            if front not in (None, box):
                covered |= _elsewhere(found, [front], 0.008)
            faces = faces[~covered[faces].all(1)]
        found, faces = _compact(found, faces)
        points.append(found)
        flesh.append(cones)
        triangles.append(faces + start)
        kinds.append(np.full(found.shape[0], kind))
        start += found.shape[0]
    made = _finish(points, flesh, np.concatenate(triangles), np.concatenate(kinds), skin, hair)
    if front is not None:
        where = (np.asarray(made[name], np.float64) for name in ("points", "normals"))
        made["hair"] = np.maximum(np.asarray(made["hair"], np.float32), features(*where)).astype(np.float32)
    return made


def softened(points: Array, normals: Array, reach: float = 0.013) -> Array:
    """Normals (n, 3) of a thick coat over the skin: the mean of those within about `reach` that face the same way.

    What is averaged are not single points but handfuls: those of one small cube of space that face one octant.
    """
    cubes = np.floor((points - points.min(0)) / (0.6 * reach)).astype(np.int64)
    octants = (normals > 0).astype(np.int64) @ (1, 2, 4)
    _, handful, count = np.unique(
        ((cubes[:, 0] * 1000 + cubes[:, 1]) * 1000 + cubes[:, 2]) * 8 + octants,
        return_inverse=True, return_counts=True,
    )  # fmt: skip
    sums = [
        np.stack([np.bincount(handful, part[:, k], len(count)) for k in range(3)], -1)
        for part in (points, normals)
    ]
    p, n = sums[0] / count[:, None], sums[1]
    out, squares = np.empty_like(normals), np.einsum("ij,ij->i", p, p)
    for some in neighbourhoods(points, 256):
        here = points[some]
        near = ((p > here.min(0) - 3.0 * reach) & (p < here.max(0) + 3.0 * reach)).all(1)
        apart = np.einsum("ij,ij->i", here, here)[:, None] + squares[near] - 2.0 * here @ p[near].T
        weights = np.exp(apart / (-2 * reach * reach)) * (normals[some] @ n[near].T > 0.0)
        out[some] = weights @ n[near]
    return np.asarray(out / np.maximum(np.sqrt((out * out).sum(-1, keepdims=True)), 1e-9))


def fine() -> dict[str, NDArray[np.generic]]:
    """The body for a figure seen large."""
    return make(1.0)


def close() -> dict[str, NDArray[np.generic]]:
    """The body for a picture of its hands."""
    made = make(1.0, hands=0.5)
    points, normals, free = (np.asarray(made[name], np.float64) for name in ("points", "normals", "open"))
    return made | {"open": (free * folds(points, normals)).astype(np.float32)}


def coarse() -> dict[str, NDArray[np.generic]]:
    """The body for a figure seen small."""
    return make(1.9, hands=0.72)


def tailored() -> dict[str, NDArray[np.generic]]:
    """The same for one who is seen near."""
    return make(1.35, skirt=False, hands=0.85)


def blacks() -> dict[str, NDArray[np.generic]]:
    """The body for somebody who wears no skirt over it."""
    return make(2.1, skirt=False, hands=0.62)


def _finish(
    points: list[Array],
    flesh: list[Array],
    triangles: NDArray[np.int64],
    kind: Array,
    skin: Array,
    hair: Array,
) -> dict[str, NDArray[np.generic]]:
    place, normals = [], []
    for part, cones in zip(points, flesh, strict=True):
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


def _elsewhere(points: Array, parts: list[Box], well: float = 0.014) -> NDArray[np.bool_]:
    """Points that lie well inside another box and are drawn there."""
    out = np.zeros(points.shape[0], bool)
    for box in parts:
        low, high = np.array(box.low) + well, np.array(box.high) - well
        out |= ((points > low) & (points < high)).all(1)
    return out


def _compact(points: Array, faces: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
    used = np.unique(faces)
    index = np.zeros(points.shape[0], np.int64)
    index[used] = np.arange(used.shape[0])
    return points[used], index[faces]
