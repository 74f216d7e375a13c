"""Cracks in a sheet of ice that fills the frame: edges of its cells, as far as the crack has run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes import cracks
from performance.causes.place import EYE, HORIZON
from performance.chance import chances
from performance.stage.drawing import Drawing, Lines, Panes
from performance.timeline import Cue

Array = NDArray[np.float64]

CELLS = 150
WIDE, TALL = 2.5, 1.5  # of the sheet, picture heights: more than any frame shows
BENDS = 4  # points of one edge
RAGGED = 0.05  # how far an edge strays from straight, of its length
FAINT = 0.012  # light of a plate below which it is left out
FRONT = 0.10  # picture heights over which the running end fades in


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet about its blow: `edges` (n, BENDS, 2), `cells` (m, CORNERS, 2), `tilt` (m,) and distances."""

    edges: Array
    along: Array  # (n, BENDS) how far each point is from the blow, with the crack's own detours
    cells: Array
    away: Array
    tilt: Array
    straight: Array  # (n,) how nearly each edge runs straight out from the blow, 0..1


@lru_cache(maxsize=4)
def _sheet(seed: int, x: float, y: float) -> _Sheet:
    frame = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]) * (WIDE, TALL)
    blow = np.array([x, y - 0.5])
    found = cracks.pieces(frame, blow, CELLS, seed)
    cells = np.stack(
        [np.vstack([cell, np.repeat(cell[-1:], cracks.CORNERS - len(cell), 0)]) for cell in found]
    )
    pairs = np.concatenate([np.stack([cell, np.roll(cell, -1, 0)], 1) for cell in found])
    middle = pairs.mean(1)
    _, first = np.unique(np.round(middle * 400.0), axis=0, return_index=True)  # each edge has two cells
    pairs = pairs[np.sort(first)]
    inner = (np.abs(pairs.mean(1)) < 0.499 * np.array([WIDE, TALL])).all(1)
    pairs = pairs[inner]
    n = len(pairs)
    share = np.linspace(0.0, 1.0, BENDS)[None, :, None]
    edges = pairs[:, :1] + (pairs[:, 1:] - pairs[:, :1]) * share
    across = (pairs[:, 1] - pairs[:, 0])[:, ::-1] * (-1.0, 1.0)
    stray = (chances(seed, "fissure", "stray", count=n * BENDS).reshape(n, BENDS) - 0.5) * 2.0 * RAGGED
    stray[:, [0, -1]] = 0.0
    edges = edges + stray[..., None] * across[:, None]
    way, out = pairs[:, 1] - pairs[:, 0], pairs.mean(1) - blow
    straight = np.abs((way * out).sum(1)) / (np.hypot(*way.T) * np.hypot(*out.T) + 1e-9)
    late = (1.25 - 0.5 * straight) * 0.85 + 0.4 * chances(seed, "fissure", "late", count=n)
    middles = np.array([cracks.centroid(cell) for cell in found])
    return _Sheet(
        edges,
        np.hypot(*np.moveaxis(edges - blow, -1, 0)) * late[:, None],
        cells,
        np.hypot(*(middles - blow).T),
        chances(seed, "fissure", "tilt", count=len(found)),
        straight,
    )


def fissures_at(cue: Cue, t: float, seed: int) -> Drawing | None:
    """The cracked ice a cue asks for, None when there is none."""
    level, run = cue.number("level"), cue.number("run")
    if level <= 0.0 or run <= 0.0:
        return None
    sheet = _sheet(seed, round(cue.number("x"), 3), round(cue.number("y"), 3))
    reach = 1.9 * run**1.2
    colour = np.array(cue.colour("colour"))
    shiver = cue.number("shiver") * 0.0022 * np.sin(31.0 * t + 7.0 * np.arange(len(sheet.edges)))
    light = np.clip((reach - sheet.along) / FRONT, 0.0, 1.0)
    light = light * (0.20 + 0.9 * np.exp(-((reach - sheet.along) ** 2) / 0.012)) * level
    light = light * (0.10 + 1.3 * sheet.straight[:, None] ** 3)  # what runs out from the blow is wide open
    edges = sheet.edges + shiver[:, None, None]
    bright = Lines(
        _placed(edges), light[..., None] * (0.25 + 0.75 * colour), 0.0006 + 0.0012 * sheet.straight**2
    )
    wide = sheet.straight > 0.6  # only a wide crack is seen to have two sides
    under = Lines(
        _placed(edges[wide] + (0.0022, 0.0028)),
        0.30 * light[wide, :, None] * colour * (0.4, 0.7, 1.0),
        0.0008 + 0.0016 * sheet.straight[wide] ** 2,
    )
    cracked = np.clip((reach - sheet.away) / 0.2, 0.0, 1.0)
    catch = 0.5 + 0.5 * np.sin(6.28 * sheet.tilt + 0.35 * t + 2.0 * cue.number("shiver") * np.sin(17.0 * t))
    shine = level * cue.number("plates") * cracked * 0.12 * catch**9
    seen = np.flatnonzero(shine > FAINT)  # a plate that catches nothing is clear
    clear = 0.10 * level * cracked[seen]
    panes = Panes(_placed(sheet.cells[seen]), shine[seen, None] * colour, clear, np.full(len(seen), 2.0))
    return Drawing((under, bright), panes, plane="nearest")


def _placed(uv: Array) -> Array:
    """Places in the frame (u, v from its middle) as places in the house at the pool's depth."""
    return np.stack([uv[..., 0], EYE + HORIZON - 0.5 - uv[..., 1], np.zeros(uv.shape[:-1])], -1)
