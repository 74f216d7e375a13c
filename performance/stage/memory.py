"""Where the pieces of a broken memory hang, and which instant each of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes import cracks
from performance.causes.gone import gone
from performance.causes.smooth import smooth
from performance.chance import chances
from performance.curves import Colour
from performance.timeline import Cue, Timeline

Array = NDArray[np.float64]

PIECES = 44
SHOTS = 8  # instants in all
WIDE = 1.62  # of its height
BLOW = (0.12, 0.06)  # where it broke, of its height, right and down of the middle
EVENT = (0.5, 0.58)  # where in the picture the figure is that it is about
DRAWN, WIDENED = (
    0.78,
    0.8,
)  # how far a loose piece is drawn towards the event, and how much more of it it holds


@dataclass(frozen=True, slots=True)
class Memory:
    """Pieces from back to front, in picture heights.

    `outlines` (n, corners, 2) about their own middles, as they are turned and scaled now; `corners` (n,);
    `places` (n, 2) u, v of those middles; `homes` (n, 2) what of the picture (0..1 across and down) each middle
    shows, `zooms` (n,) how much more of it than was there; `turns` (n,) radians and `scales` (n,) how the piece is
    laid; `shot` (n,) index into `moments`; `off` (n,) how far red and blue lie apart, of the picture's width;
    `rim` (n,) light of the edges.
    """

    level: float
    moments: tuple[float, ...]
    outlines: Array
    corners: NDArray[np.int64]
    places: Array
    homes: Array
    zooms: Array
    turns: Array
    scales: Array
    shot: NDArray[np.int64]
    off: Array
    rim: Array
    seam: Colour
    size: float


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The picture as it breaks, of height 1: see Memory."""

    outlines: Array
    corners: NDArray[np.int64]
    middles: Array


@lru_cache(maxsize=8)
def _broken(seed: int) -> _Pieces:
    half = 0.5 * WIDE
    frame = np.array([[-half, -0.5], [half, -0.5], [half, 0.5], [-half, 0.5]])
    found = cracks.pieces(frame, np.array(BLOW), PIECES, seed)
    middles = np.array([cracks.centroid(piece) for piece in found])
    corners = np.array([len(piece) for piece in found])
    outlines = np.stack(
        [np.vstack([piece, np.repeat(piece[-1:], cracks.CORNERS - len(piece), 0)]) for piece in found]
    )
    return _Pieces(outlines - middles[:, None], corners, middles)


@lru_cache(maxsize=8)
def _draw(seed: int, n: int) -> Array:
    """What of each piece is chance, (6, n)."""
    return chances(seed, "memory", count=6 * n).reshape(6, n)


def memory_at(cue: Cue, timeline: Timeline, t: float) -> Memory | None:
    """The broken memory a cue asks for, None when there is none or nothing is remembered."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    moments = _moments(cue, timeline)
    if not moments:
        return None
    seed = timeline.seed
    pieces = _broken(seed)
    n = len(pieces.middles)
    draw = _draw(seed, n)
    size, apart = cue.number("size"), cue.number("apart")
    away = pieces.middles - np.array(BLOW)
    far = np.hypot(*away.T)[:, None]
    loose = smooth(apart * 1.35 - 0.35 * draw[0])
    fly = away / (far + 0.05) * (0.10 + 0.34 * draw[1])[:, None] * np.array([1.0, 0.75])
    swim = np.stack([np.sin(0.31 * t + 6.28 * draw[2]), np.cos(0.27 * t + 6.28 * draw[3])], -1) * 0.022
    places = pieces.middles + (fly + swim) * loose[:, None]
    scales = 1.0 + loose * (0.9 * draw[4] ** 3 - 0.12)
    turns = loose * (1.1 * (draw[5] - 0.5) + 0.10 * np.sin(0.23 * t + 6.28 * draw[1]))
    c, s = np.cos(turns) * scales * size, np.sin(turns) * scales * size
    x, y = pieces.outlines[..., 0], pieces.outlines[..., 1]
    outlines = np.stack([x * c[:, None] - y * s[:, None], x * s[:, None] + y * c[:, None]], -1)
    order = np.argsort(scales, kind="stable")
    homes = pieces.middles / np.array([WIDE, 1.0]) + 0.5
    homes = homes + (np.array(EVENT) - homes) * DRAWN * loose[:, None]
    middle = np.array([0.0, cue.number("y")])
    return Memory(
        level=level,
        moments=moments,
        outlines=outlines[order],
        corners=pieces.corners[order],
        places=(places * size + middle)[order],
        homes=homes[order],
        zooms=(1.0 + WIDENED * loose)[order],
        turns=turns[order],
        scales=scales[order],
        shot=_shots(gone(timeline, "stage.memory", "stutter", t), draw, len(moments))[order],
        off=(cue.number("split") * (0.004 + 0.022 * draw[2]) * np.sign(draw[3] - 0.5))[order],
        rim=(cue.number("seams") * (0.6 + 0.8 * draw[4]))[order],
        seam=cue.colour("seam"),
        size=size,
    )


def _moments(cue: Cue, timeline: Timeline) -> tuple[float, ...]:
    """The instants that are remembered: a few close together from the middle of each beat."""
    names = [name for name in cue.text("recall").split()[:3] if name in {span.id for span in timeline.beats}]
    found: list[float] = []
    for name in names:
        span, count = timeline.beat(name), SHOTS // len(names)
        reach = min(cue.number("reach"), span.length)
        start = span.start + 0.62 * (span.length - reach)
        found += [start + reach * k / max(count - 1, 1) for k in range(count)]
    return tuple(found)


def _shots(jumps: float, draw: Array, count: int) -> NDArray[np.int64]:
    """Which instant each piece holds: it steps forwards, hangs, and runs back, in a rhythm of its own."""
    turn = np.floor(jumps * (0.5 + draw[0]) + 16.0 * draw[1])
    hang = np.floor(turn * 0.62 + 3.0 * draw[2])  # now and then the same instant twice
    way = np.mod(hang + np.floor(2 * count * draw[3]), 2 * count)
    return np.asarray(np.where(way < count, way, 2 * count - 1 - way), np.int64)
