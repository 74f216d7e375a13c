"""The constellation: which shards become mirrors, what each remembers, where it hangs and when it is touched.

The largest shards become mirrors of three emotions; each emotion hangs as one figure of stars in the air over the
boards, joined by the shortest lines that join them all (minimum spanning tree, Prim 1957). A touched mirror answers
at once, its neighbours later and fainter with distance. Picture and sound read the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from performance.causes.fracture import Fracture
from performance.causes.place import EYE, HORIZON, Camera
from performance.chance import bells, chances

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

EMOTIONS = ("triumph", "longing", "hope")
MIRRORS = 72
SIZES = (0.026, 0.084)  # of mirrors as seen, picture heights
SLIM = 1.25  # how much smaller long splinters become, so that none sticks out
DUST = 0.55  # how much smaller the shards that are no mirrors become
WAVE = 0.55  # how fast an answer travels, picture heights a second
NEAR = 0.20  # how far it carries
OTHERS = 0.35  # how strongly mirrors of another emotion answer
STAGGER = 0.55  # share of the assembling that the last shard starts after the first
WIDEST = 0.57  # |u| of the outermost mirrors: every shape of frame shows them, wherever the camera drifts
REACH = 0.09  # how near a touch must be to a mirror's middle, picture heights
FIGURES = {  # each emotion's line through (u, v), and how far its stars stray from it
    "triumph": (((-0.19, 0.50), (-0.30, 0.41), (-0.36, 0.29), (-0.45, 0.18), (-0.53, 0.09)), 0.062),
    "longing": (((0.20, 0.07), (0.34, 0.12), (0.43, 0.24), (0.48, 0.40), (0.53, 0.54)), 0.060),
    "hope": (((-0.28, 0.08), (-0.13, 0.20), (0.02, 0.14), (0.15, 0.25), (0.26, 0.42)), 0.052),
}


@dataclass(frozen=True, slots=True)
class Constellation:
    """n shards in the air, of which m are mirrors. Places are of the world, sizes and distances of the picture."""

    mirrors: Indices  # (m,) which shards
    emotion: Indices  # (n,) index into EMOTIONS, of every shard
    places: Array  # (n, 3) where each hangs
    scale: Array  # (n,) how many times its own size it is there
    size: Array  # (m,) as seen, picture heights
    uv: Array  # (m, 2) as seen by a still camera
    links: Indices  # (k, 2) indices of mirrors that a line joins
    distance: Array  # (m, m) between mirrors in the picture
    order: Array  # (n,) 0..1 when each leaves the boards
    rounds: Indices  # the larger ones among the mirrors, an emotion at a time: as the ghost touches them


def _line(points: tuple[tuple[float, float], ...], along: Array) -> Array:
    """Places (n, 2) a share 0..1 along a polyline."""
    corners = np.array(points)
    at = np.linspace(0, 1, len(corners))
    return np.stack([np.interp(along, at, corners[:, k]) for k in range(2)], 1)


def _hang(seed: int, emotion: int, count: int, taken: Array) -> Array:
    """Where the mirrors of an emotion hang: (count, 3) u, v, z, none too near another, none over the performer."""
    points, stray = FIGURES[EMOTIONS[emotion]]
    tries = 40 * count
    along = (np.arange(tries) % count + chances(seed, "hang", emotion, count=tries)) / count
    spread = np.stack([bells(seed, "stray", emotion, k, count=tries) for k in range(2)], 1)
    spots = _line(points, along) + stray * spread
    depth = -0.18 + 1.25 * chances(seed, "deep", emotion, count=tries) ** 1.6
    clear = (np.abs(spots[:, 0]) > 0.15) | (spots[:, 1] < 0.30)
    clear &= (spots[:, 1] > 0.055) & (spots[:, 1] < 0.58) & (np.abs(spots[:, 0]) < WIDEST)
    kept: list[int] = []
    for gap in (0.088, 0.074, 0.060, 0.0):
        for i in np.flatnonzero(clear):
            others = np.concatenate([taken, spots[kept]])
            if len(kept) < count and (not len(others) or np.hypot(*(others - spots[i]).T).min() > gap):
                kept.append(int(i))
    return np.concatenate([spots[kept], depth[kept][:, None]], 1)


def _links(uv: Array, mine: Indices) -> list[tuple[int, int]]:
    """The shortest tree of lines between these mirrors."""
    joined, free, found = [int(mine[0])], [int(i) for i in mine[1:]], []
    while free:
        apart = np.hypot(*(uv[joined][:, None] - uv[free][None]).transpose(2, 0, 1))
        a, b = np.unravel_index(int(apart.argmin()), apart.shape)
        found.append((joined[int(a)], free[int(b)]))
        joined.append(free.pop(int(b)))
    return found


def _world(seen: Array) -> Array:
    """World places of (u, v, z) as a still camera sees them."""
    depth = 1.0 + seen[:, 2]
    return np.stack([seen[:, 0] * depth, EYE - (seen[:, 1] - HORIZON) * depth, seen[:, 2]], 1)


@lru_cache(maxsize=8)
def _constellation(
    seed: int, count: int, sizes: tuple[float, ...], reaches: tuple[float, ...]
) -> Constellation:
    size_of = np.array(sizes)
    n = len(sizes)
    rank = np.empty(n, np.int64)
    rank[np.argsort(-size_of)] = np.arange(n)
    mirrors = np.flatnonzero(rank < count)
    emotion = (rank + rank // 7) % 3
    hung, taken = np.empty((n, 3)), np.empty((0, 2))
    for e in range(3):
        mine = np.flatnonzero(emotion == e)
        stars = mine[rank[mine] < count]
        hung[stars] = _hang(seed, e, len(stars), taken)
        taken = np.concatenate([taken, hung[stars, :2]])
        dust = mine[rank[mine] >= count]
        near = stars[(chances(seed, "beside", e, count=len(dust)) * len(stars)).astype(np.int64)]
        stray = np.stack([bells(seed, "dust", e, k, count=len(dust)) for k in range(3)], 1)
        hung[dust] = hung[near] + stray * (0.055, 0.050, 0.12)
    hung[:, 1] = np.clip(hung[:, 1], 0.03, 0.60)
    hung[:, 2] = np.maximum(hung[:, 2], -0.4)
    uv = hung[mirrors, :2]
    low, high = SIZES
    size = low + (high - low) * chances(seed, "mirror size", count=len(mirrors)) ** 1.7
    scale = np.full(n, DUST)
    scale[mirrors] = size * (1.0 + hung[mirrors, 2]) / np.maximum(size_of, SLIM * np.array(reaches))[mirrors]
    links = [pair for e in range(3) for pair in _links(uv, np.flatnonzero(emotion[mirrors] == e))]
    order = 0.55 * rank / n + 0.45 * chances(seed, "leaves", count=n)
    apart = np.hypot(*(uv[:, None] - uv[None]).transpose(2, 0, 1))
    large = np.argsort(-size)[: max(3, 2 * len(size) // 3)]
    rounds = large[np.argsort(emotion[mirrors][large], kind="stable")]
    return Constellation(
        mirrors, emotion, _world(hung), scale, size, uv, np.array(links), apart, order, rounds
    )


def constellation(seed: int, broken: Fracture, count: int = MIRRORS) -> Constellation:
    """The constellation that the shards of a fracture assemble into."""
    found = _LAST.get((seed, count))
    if found is None or found[0] is not broken:
        sizes, reaches = tuple(broken.sizes.tolist()), tuple(broken.reaches.tolist())
        if len(_LAST) > 8:
            _LAST.clear()
        found = _LAST[seed, count] = broken, _constellation(seed, min(count, broken.count), sizes, reaches)
    return found[1]


_LAST: dict[
    tuple[int, int], tuple[Fracture, Constellation]
] = {}  # by seed and count: of the fracture asked for last


def underway(stars: Constellation, assemble: float) -> Array:
    """How far each shard has come from the boards to its place in the air, (n,) 0..1."""
    return np.clip(assemble * (1 + STAGGER) - stars.order * STAGGER, 0.0, 1.0)


def nearest(stars: Constellation, u: float, v: float, camera: Camera) -> int:
    """The mirror at a place of the picture, as an index into `mirrors`; -1 if there is none within REACH."""
    at_u, at_v, scale = camera.project(*stars.places[stars.mirrors].T)
    reach = np.maximum(REACH, 0.6 * stars.size * scale * (1.0 + stars.places[stars.mirrors, 2]))
    apart = np.hypot(at_u - u, at_v - v) / reach
    return int(apart.argmin()) if apart.min() < 1.0 else -1


def answers(stars: Constellation, touched: ArrayLike) -> tuple[Array, Array]:
    """How every mirror answers touches of some (...,): seconds later (..., m) and how strongly (..., m), 1 for the
    touched."""
    which = np.asarray(touched, np.int64)
    apart = stars.distance[which]
    feeling = stars.emotion[stars.mirrors]
    strength = np.exp(-apart / NEAR) * np.where(feeling == feeling[which][..., None], 0.6, 0.6 * OTHERS)
    strength[np.arange(len(feeling)) == which[..., None]] = 1.0
    return apart / WAVE, strength
