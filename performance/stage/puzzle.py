"""A jigsaw of a painted night: pieces of board that fit by their tabs, and on them a moon over hills, printed a little
out of register on each. One is missing, and light comes through."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.stage.drawing import Drawing, Glows, Lines
from performance.stage.jigsaw import COLUMNS, MISSING, Cut, Jigsaw, cut_of, painted_of
from performance.timeline import Cue

Array = NDArray[np.float64]

PIECE = 0.35  # units along an edge
LIFT = 0.02  # the wall's foot over the boards
NIGHT_PAINT, HILL_PAINT, MOON_PAINT = (0.042, 0.024, 0.479), (0.006, 0.352, 0.275), (0.738, 0.815, 1.0)
FOUND = 0.5  # light of the piece that was missing, against its colour


def puzzle_at(cue: Cue, t: float, seed: int) -> Drawing | None:
    """The wall a cue asks for, None when there is none."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    cut, found, z = cut_of(seed), cue.number("found"), cue.number("z")
    draw, order, outline = _settled(seed)
    gone = np.arange(len(draw)) == MISSING
    here = _built(cue.number("built"), cut, draw) * np.where(gone, found, 1.0)
    swing, move = _slip(cue.number("apart"), here, draw, t)
    swing, move = np.where(gone, 0.0, swing), np.where(gone[:, None], 0.0, move)  # the gap stays where it is
    corners = _stood(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])[None], cut.corner, swing, move, z)
    moon, gold = np.array(cue.colour("moon")), np.array(cue.colour("piece"))
    tone = (
        level
        * here[:, None]
        * np.where(gone[:, None], 3.0 * gold, _paints(cue, cut, draw, painted_of(seed).moon))
    )
    order = order[here[order] > 0.0]
    pieces = Jigsaw(corners[order], order, tone[order], (level * here)[order], seed)
    rim = level * (cue.number("gap") * moon + 0.6 * found * gold)
    edge = _stood(outline, cut.corner[gone], np.zeros(1), np.zeros((1, 2)), z - 0.003)
    shine = np.broadcast_to(rim, (1, edge.shape[1], 3))
    lines = (Lines(edge, shine, np.full(1, 0.0020)), Lines(edge, 0.35 * shine, np.full(1, 0.0065)))
    glow = Glows(
        corners[gone][:, 1:].mean(1),
        np.array([0.9 * PIECE]),
        level * (FOUND * found * gold + 0.10 * cue.number("gap") * moon)[None],
    )
    return Drawing(lines if rim.max() > 0.0 else (), glows=glow, jigsaw=pieces, plane="behind")


@lru_cache(maxsize=4)
def _settled(seed: int) -> tuple[Array, NDArray[np.intp], Array]:
    """What is chance in each piece (n, 4); the order in which they are laid, so that each throws its shadow on those
    before it; the outline of the missing one (1, points, 2)."""
    cut = cut_of(seed)
    draw = chances(seed, "puzzle", "slip", count=4 * len(cut.corner)).reshape(-1, 4)
    return draw, np.lexsort((-cut.corner[:, 0], cut.corner[:, 1])), cut.outline(MISSING)[None]


def _built(built: float, cut: Cut, draw: Array) -> Array:
    """(n,) 0..1: how far each piece is in its place; they come from the left, not quite in order."""
    return np.clip(
        (built * 1.35 - 0.25 * draw[:, 3] - 0.9 * (cut.corner[:, 0] + 0.5) / COLUMNS) * 5.0, 0.0, 1.0
    )


def _slip(apart: float, here: Array, draw: Array, t: float) -> tuple[Array, Array]:
    """How far each piece is turned (n,) and moved (n, 2) out of its place."""
    a, b, c, _ = draw.T
    swing = apart * (0.26 * (a - 0.5) + 0.02 * np.sin(0.6 * t + 6.28 * b)) + 0.6 * (1.0 - here) * (c - 0.5)
    aside = apart * 0.34 * np.stack([b - 0.5, c - 0.5], -1)
    return swing, aside + (1.0 - here)[:, None] * np.stack([0.5 * (a - 0.5), np.full(len(a), 0.7)], -1)


def _paints(cue: Cue, cut: Cut, draw: Array, moon_at: tuple[float, float, float]) -> Array:
    """How the paints of each piece (n, 3) differ from those that the picture is painted with, and no two pieces quite
    alike."""
    x, y = (cut.corner + 0.5).T
    low = np.clip(1.6 - y, 0.0, 1.0)[:, None]
    near = (np.exp(-np.hypot(x - moon_at[0], y - moon_at[1]))[:, None]) * (1.0 - low)
    night, hills, moon = (
        np.clip(np.array(cue.colour(name)) / np.array(painted), 0.0, 4.0)
        for name, painted in (("night", NIGHT_PAINT), ("hills", HILL_PAINT), ("moon", MOON_PAINT))
    )
    share = (1.0 - low - near) * night + low * hills + near * moon
    return np.asarray(share * (0.85 + 0.3 * draw[:, 1:2]))


def _stood(shape: Array, corner: Array, swing: Array, move: Array, z: float) -> Array:
    """Flat shapes (1, points, 2), in edges from their piece's corner (n, 2), where they stand on stage: (n, points, 3)
    units. Pieces turn about their middles."""
    c, s = np.cos(swing)[:, None], np.sin(swing)[:, None]
    off, middle = shape - 0.5, corner + 0.5 + move
    x = off[..., 0] * c - off[..., 1] * s + middle[:, None, 0]
    y = off[..., 0] * s + off[..., 1] * c + middle[:, None, 1]
    return np.stack([(x - 0.5 * COLUMNS) * PIECE, LIFT + y * PIECE, np.full(x.shape, z)], -1)
