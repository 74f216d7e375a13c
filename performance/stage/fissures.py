"""Cracks in a sheet of ice that fills the frame: where it has broken, fine white lines; where a crack goes down aslant,
the pale face of it; hairs that branch off, crushed ice where the blow fell, and bubbles frozen in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes import cracks
from performance.causes.place import EYE, HORIZON
from performance.chance import chances
from performance.stage.drawing import Drawing, Glows, Lines, Panes, specks
from performance.timeline import Cue

Array = NDArray[np.float64]

CELLS = 150
WIDE, TALL = 2.5, 1.5  # of the sheet, picture heights: more than any frame shows
BENDS = 5  # points of one edge
RAGGED = 0.035  # how far an edge strays from straight, of its length
FAINT = 0.012  # light of a face below which it is left out
STEP = 0.02  # picture heights between places where it can be struck: one that still fades in breaks nothing twice
FRONT = 0.10  # picture heights over which the running end fades in
DEEP = (0.02, 0.10)  # how far the face of a crack reaches under the ice, narrow and wide
CLEAR = 1e-6  # light of the ice itself, where only its sides are seen
HAIRS, CRUSHED, BUBBLES = 260, 46, 170
WHITE = (0.80, 0.92, 1.0)  # of what the light breaks in
PALE = (0.46, 0.66, 0.80)  # and of what is seen through ice
BRIGHT, SHAKEN = np.array(WHITE), np.array([1.0, -1.0, 0.0])  # which way a shiver goes
FADING = np.array([1.0, 0.7, 0.15])[:, None] * BRIGHT  # a hair's light along it


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet about its blow.

    Places are in the house. Of its edges: `edges` (n, BENDS, 3), `along` (n, BENDS) how far each point is from the
    blow, with the crack's own detours, `wide` (n,) how wide open it is, 0..1, and `drawn` those that lie in the sheet.
    Of its cells: `cells` (m, CORNERS, 3), `away` (m,) from the blow, `tilt` (m,) 0..1, and of each side which edge it
    is, how deep its face reaches and how pale that is, `side_of`, `deep` and `pale` (m, CORNERS). Hairs (h, 3, 3) and
    bubbles (b, 3), and how far; of bubbles, their size.
    """

    edges: Array
    along: Array
    wide: Array
    drawn: NDArray[np.int64]
    cells: Array
    away: Array
    tilt: Array
    side_of: NDArray[np.int64]
    deep: Array
    pale: Array
    hairs: Array
    hair_along: Array
    bubbles: Array
    bubble_away: Array
    bubble_size: Array


@lru_cache(maxsize=4)
def _sheet(seed: int, x: float, y: float) -> _Sheet:
    frame = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]) * (WIDE, TALL)
    blow = np.array([x, y - 0.5])
    found = cracks.pieces(frame, blow, CELLS, seed)
    cells = np.stack(
        [np.vstack([cell, np.repeat(cell[-1:], cracks.CORNERS - len(cell), 0)]) for cell in found]
    )
    ends = np.stack([cells, np.roll(cells, -1, 1)], 2)  # (m, CORNERS, 2, 2)
    middle = np.round(ends.mean(2).reshape(-1, 2) * 400.0)
    _, first, side_of = np.unique(middle, axis=0, return_index=True, return_inverse=True)
    side_of = side_of.reshape(-1)  # each edge has two cells, and leans under one of them
    edges, along, straight, drawn = _edges(ends.reshape(-1, 2, 2)[first], blow, seed)
    under_first = (chances(seed, "fissure", "lean", count=len(first)) < 0.5)[side_of]
    leans = (np.arange(len(middle)) == first[side_of]) == under_first
    deep = np.where(leans, chances(seed, "fissure", "deep", count=len(first))[side_of] ** 1.5, 0.0)
    hairs, hair_along = _hairs(edges, along, blow, seed)
    middles = np.array([cracks.centroid(cell) for cell in found])
    bubbles = (chances(seed, "fissure", "bubbles", count=2 * BUBBLES).reshape(-1, 2) - 0.5) * (1.9, 1.0)
    bubble_away = np.hypot(*(bubbles - blow).T)
    deep = deep.reshape(cells.shape[:2])
    return _Sheet(
        _placed(edges),
        along,
        straight**3,  # what runs out from the blow is wide open
        drawn,
        _placed(cells),
        np.hypot(*(middles - blow).T),
        chances(seed, "fissure", "tilt", count=len(found)),
        side_of.reshape(cells.shape[:2]),
        DEEP[0] + (DEEP[1] - DEEP[0]) * deep,
        0.55 * np.minimum(deep * 4.0, 1.0),
        _placed(hairs),
        hair_along,
        _placed(bubbles),
        bubble_away,
        0.0008 + 0.0013 * np.modf(bubble_away * 1e3)[0] ** 3,
    )


def _edges(pairs: Array, blow: Array, seed: int) -> tuple[Array, Array, Array, NDArray[np.int64]]:
    """Edges between two ends (n, 2, 2) as ragged lines, with how far along the crack they are, how straight, and
    which are edges at all."""
    n = len(pairs)
    share = np.linspace(0.0, 1.0, BENDS)[None, :, None]
    way, out = pairs[:, 1] - pairs[:, 0], pairs.mean(1) - blow
    stray = (chances(seed, "fissure", "stray", count=n * BENDS).reshape(n, BENDS) - 0.5) * 2.0 * RAGGED
    stray[:, [0, -1]] = 0.0
    edges = pairs[:, :1] + way[:, None] * share + stray[..., None] * (way[:, ::-1] * (-1.0, 1.0))[:, None]
    straight = np.abs((way * out).sum(1)) / (np.hypot(*way.T) * np.hypot(*out.T) + 1e-9)
    late = (1.25 - 0.5 * straight) * 0.85 + 0.4 * chances(seed, "fissure", "late", count=n)
    inner = (np.abs(pairs.mean(1)) < 0.499 * np.array([WIDE, TALL])).all(1)
    drawn = np.flatnonzero(inner & (np.hypot(*way.T) > 1e-3))
    return edges, np.hypot(*np.moveaxis(edges - blow, -1, 0)) * late[:, None], straight, drawn


def _hairs(edges: Array, along: Array, blow: Array, seed: int) -> tuple[Array, Array]:
    """Fine cracks that branch off the edges, and those of the crushed ice round the blow: (h, 3, 2), and how late."""
    a, b, c, d = chances(seed, "fissure", "hairs", count=4 * HAIRS).reshape(4, HAIRS)
    of = (a * len(edges)).astype(np.int64)
    root = edges[of, 1 + (b * (BENDS - 2)).astype(np.int64)]
    out = root - blow
    turn = np.arctan2(out[:, 1], out[:, 0]) + np.where(c < 0.5, 1.0, -1.0) * (0.3 + 0.7 * d)
    long = 0.02 + 0.07 * np.abs(c - 0.5) * 2.0
    a, b, c, d = chances(seed, "fissure", "crushed", count=4 * CRUSHED).reshape(4, CRUSHED)
    near = 0.045 * np.sqrt(a)[:, None] * np.stack([np.cos(6.283 * b), np.sin(6.283 * b)], -1)
    root = np.concatenate([root, blow + near])
    turn = np.concatenate([turn, 6.283 * b + 1.4 * (c - 0.5)])
    long = np.concatenate([long, 0.01 + 0.05 * d])
    bend = chances(seed, "fissure", "bend", count=len(turn)) - 0.5
    step = long[:, None] * np.stack([np.cos(turn), np.sin(turn)], -1)
    next_step = long[:, None] * np.stack([np.cos(turn + bend), np.sin(turn + bend)], -1)
    late = np.concatenate([along[of].max(1), np.hypot(*near.T)])
    return np.stack([root, root + 0.5 * step, root + 0.5 * step + 0.5 * next_step], 1), late


def fissures_at(cue: Cue, t: float, seed: int) -> Drawing | None:
    """The cracked ice a cue asks for, None when there is none."""
    level, run = cue.number("level"), cue.number("run")
    if level <= 0.0 or run <= 0.0:
        return None
    x, y = (STEP * round(cue.number(name) / STEP) for name in ("x", "y"))
    sheet = _sheet(seed, x, y)
    reach = 1.9 * run**1.2
    tint, shake = np.array(cue.colour("colour")), cue.number("shiver")
    behind = reach - sheet.along
    light = np.clip(behind / FRONT, 0.0, 1.0) * ((0.22 + 0.9 * np.exp(behind * behind / -0.012)) * level)
    drawn = sheet.drawn[light[sheet.drawn].max(1) > 0.0]
    shiver = shake * 0.0022 * np.sin(31.0 * t + 7.0 * drawn)
    wide = sheet.wide[drawn]
    bright = Lines(
        sheet.edges[drawn] + shiver[:, None, None] * SHAKEN,
        (light[drawn] * (0.12 + 1.5 * wide[:, None]))[..., None] * BRIGHT,
        0.0005 + 0.0005 * wide,
    )
    fresh = level * np.clip((reach - sheet.hair_along) / FRONT, 0.0, 1.0) * (0.10 + 0.2 * shake)
    hairs = Lines(sheet.hairs, fresh[:, None, None] * FADING, np.full(len(sheet.hairs), 0.0004))
    cracked = np.clip((reach - sheet.away) / 0.2, 0.0, 1.0)
    faces = _faces(
        sheet, light.mean(1) * (0.25 + sheet.wide), cracked * level, cue.number("plates"), tint, t, shake
    )
    seen = sheet.bubble_away < reach
    motes = specks(
        sheet.bubbles[seen],
        sheet.bubble_size[seen],
        np.repeat(0.12 * level * cracked.mean() * BRIGHT[None], int(seen.sum()), 0),
    )
    glow = Glows(
        _placed(np.array([[x, y - 0.5]])),
        np.array([0.12]),
        0.05 * level * min(run * 4.0, 1.0) * BRIGHT[None],
    )
    return Drawing((hairs, bright), veils=faces, glows=glow, motes=motes, plane="nearest")


def _faces(
    sheet: _Sheet, light: Array, cracked: Array, plates: float, tint: Array, t: float, shake: float
) -> Panes:
    """The faces of the cracks under the ice, and the plates that tilt a little and catch the light."""
    catch = 0.5 + 0.5 * np.sin(6.28 * sheet.tilt + 0.35 * t + 2.0 * shake * np.sin(17.0 * t))
    shine = plates * cracked * 0.05 * catch**9
    face = light[sheet.side_of] * sheet.pale
    seen = np.flatnonzero((face.max(1) > FAINT) | (shine > FAINT))
    face, shine = face[seen], shine[seen]
    body = np.maximum(np.where(shine > 0.2 * FAINT, shine, 0.0), CLEAR)
    rim = np.empty((*face.shape, 2))
    rim[..., 0] = np.where(face < 0.5 * FAINT, 0.0, face / body[:, None])
    rim[..., 1] = sheet.deep[seen]
    return Panes(sheet.cells[seen], body[:, None] * (tint * np.array(PALE) * 1.6), np.zeros(len(seen)), rim)


def _placed(uv: Array) -> Array:
    """Places in the frame (u, v from its middle) as places in the house at the pool's depth."""
    return np.stack([uv[..., 0], EYE + HORIZON - 0.5 - uv[..., 1], np.zeros(uv.shape[:-1])], -1)
