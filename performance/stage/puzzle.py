"""A jigsaw of a painted night: dark pieces that fit by their tabs, and on them a moon over hills, drawn in light from
piece to piece. One is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.stage.drawing import Drawing, Glows, Lines, Panes
from performance.timeline import Cue

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

COLUMNS, ROWS = 9, 4
PIECE = 0.35  # units along an edge
TAB = 0.125  # of an edge: radius of a tab
NECK = 0.095  # how far its middle lies beyond the edge
CORNERS = 12
MISSING = (5, 2)  # column and row, from the lower left
LIFT = 0.02  # the wall's foot over the boards
EDGES = 0.035  # light along the edges of the pieces
INK = 0.20  # and of what is painted on them
MOON = (2.6, 2.75, 0.80)  # place and radius, in edges of a piece
STARS = 26


@dataclass(frozen=True, slots=True)
class _Cut:
    """All pieces, row by row, in edges of a piece from the wall's lower left: plates and middles (n, CORNERS, 2) and
    (n, 2), tabs (m, CORNERS, 2), outlines and what is painted as strokes (k, 2, 2); and which piece each is of."""

    plates: Array
    middles: Array
    tabs: Array
    tab_of: Whole
    edges: Array
    edge_of: Whole
    ink: Array
    ink_of: Whole


@lru_cache(maxsize=4)
def _cut(seed: int) -> _Cut:
    draw = chances(seed, "puzzle", "cut", count=4 * COLUMNS * ROWS).reshape(4, COLUMNS, ROWS)
    way = np.where(
        draw[:2] < 0.5, -1.0, 1.0
    )  # which side the tab of a piece's right, and of its upper, edge is on
    where = 0.5 + 0.16 * (draw[2:] - 0.5)
    plates, tabs, edges = [], [], []
    for row in range(ROWS):
        for column in range(COLUMNS):
            plate, own, outline = _piece(column, row, way, where)
            plates.append(plate)
            tabs.append(own)
            edges.append(_strokes(outline))
    ink = np.concatenate([_strokes(line) for line in _painting(seed)])
    column, row = (
        np.clip(ink.mean(1)[:, k], 0.0, n - 1e-6).astype(np.int64) for k, n in ((0, COLUMNS), (1, ROWS))
    )
    plate = np.array(plates)
    return _Cut(
        plate,
        plate.mean(1),
        np.concatenate(tabs),
        np.repeat(np.arange(len(tabs)), [len(own) for own in tabs]),
        np.concatenate(edges),
        np.repeat(np.arange(len(edges)), [len(own) for own in edges]),
        ink,
        row * COLUMNS + column,
    )


def _strokes(line: Array) -> Array:
    """A line (n, 2) as single strokes (n - 1, 2, 2)."""
    return np.stack([line[:-1], line[1:]], 1)


def _piece(column: int, row: int, way: Array, where: Array) -> tuple[Array, Array, Array]:
    """Plate (CORNERS, 2), tabs (m, CORNERS, 2) and outline (k, 2) of one piece."""
    corner = np.array([column, row], np.float64)
    sides = (  # start, direction, outward normal, the tab (1 outwards, -1 inwards, 0 none), and where along the edge
        ((0, 0), (1, 0), (0, -1), -way[1, column, row - 1] if row else 0.0, where[1, column, row - 1]),
        ((1, 0), (0, 1), (1, 0), way[0, column, row] if column < COLUMNS - 1 else 0.0, where[0, column, row]),
        ((1, 1), (-1, 0), (0, 1), way[1, column, row] if row < ROWS - 1 else 0.0, 1 - where[1, column, row]),
        (
            (0, 1),
            (0, -1),
            (-1, 0),
            -way[0, column - 1, row] if column else 0.0,
            1 - where[0, column - 1, row],
        ),
    )
    outline, tabs, q = [], [], np.linspace(0.0, 2 * np.pi, CORNERS, endpoint=False)
    for start, along, out, tab, at in sides:
        line, ahead, normal = _edge(tab, at), np.array(along, np.float64), np.array(out, np.float64)
        outline.append(corner + start + line[:, :1] * ahead + line[:, 1:] * normal)
        if tab > 0.0:
            middle = corner + start + at * ahead + NECK * normal
            tabs.append(middle + TAB * np.stack([np.cos(q), np.sin(q)], -1))
    side = np.linspace(0.0, 1.0, CORNERS // 4, endpoint=False)
    plate = np.concatenate([corner + np.array(s) + side[:, None] * np.array(a) for s, a, *_ in sides])
    return plate, np.array(tabs).reshape(-1, CORNERS, 2), np.concatenate([*outline, outline[0][:1]])


def _edge(tab: float, where: float) -> Array:
    """An edge from (0, 0) to (1, 0), its end left out, with its tab to one side, (n, 2)."""
    if tab == 0.0:
        return np.array([[0.0, 0.0], [0.5, 0.0]])
    opening = np.arccos(-NECK / TAB)
    q = np.linspace(-opening, opening, 13)
    return np.concatenate(
        [[[0.0, 0.0]], np.stack([where + TAB * np.sin(q), tab * (NECK + TAB * np.cos(q))], -1)]
    )


def _painting(seed: int) -> list[Array]:
    """The moon with rings of light about it, three crests of hills, and stars, as lines (n, 2)."""
    q = np.linspace(0.0, 2 * np.pi, 73)
    x, y, radius = MOON
    lines = [
        np.array([x, y]) + radius * r * np.stack([np.cos(q), np.sin(q)], -1) for r in (1.0, 0.93, 0.7, 1.45)
    ]
    s = np.linspace(0.0, COLUMNS, 181)
    for k, (high, swell) in enumerate(((1.55, 0.42), (1.05, 0.34), (0.55, 0.22))):
        lines.append(np.stack([s, high + swell * np.sin(0.8 * s + 1.9 * k) + 0.12 * np.sin(2.3 * s + k)], -1))
    draw = chances(seed, "puzzle", "stars", count=3 * STARS).reshape(3, STARS)
    for a, b, c in draw.T:
        star = np.array([a * COLUMNS, 2.1 + b * (ROWS - 2.2)])
        for tip in ((1.0, 0.0), (0.0, 1.0)):
            lines.append(star + (0.03 + 0.05 * c) * np.linspace(-1.0, 1.0, 3)[:, None] * np.array(tip))
    return lines


def puzzle_at(cue: Cue, t: float, seed: int) -> Drawing | None:
    """The wall a cue asks for, None when there is none."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    cut, found, z = _cut(seed), cue.number("found"), cue.number("z")
    draw = chances(seed, "puzzle", "slip", count=4 * len(cut.plates)).reshape(-1, 4)
    gone = np.arange(len(cut.plates)) == MISSING[1] * COLUMNS + MISSING[0]
    here = _built(cue.number("built"), cut, draw) * np.where(gone, found, 1.0)
    swing, move = _slip(cue.number("apart"), here, draw, t)
    swing, move = np.where(gone, 0.0, swing), np.where(gone[:, None], 0.0, move)  # the gap stays where it is

    def stood(shape: Array, of: Whole, nearer: float) -> Array:
        return _stood(shape, cut.middles[of], swing[of], move[of], z - nearer)

    moon, gold = np.array(cue.colour("moon")), np.array(cue.colour("piece"))
    body = np.where(gone[:, None], 0.5 * gold, _body(cue, cut, draw))
    shade, cover = level * here[:, None] * body, level * np.where(gone, 1.0, here)
    seen, tab_seen = here > 0.0, cover[cut.tab_of] > 0.0  # the gap's own tabs are holes in its neighbours
    tab_of = cut.tab_of[tab_seen]
    place = [stood(cut.plates[seen], np.flatnonzero(seen), 0.0), stood(cut.tabs[tab_seen], tab_of, 0.0)]
    alpha = np.concatenate([level * here[seen], cover[tab_of]])
    panes = Panes(
        np.concatenate(place), np.concatenate([shade[seen], shade[tab_of]]), alpha, np.zeros(len(alpha))
    )
    rim = np.where(gone[:, None], cue.number("gap") * moon + 0.6 * found * gold, EDGES * here[:, None] * moon)
    lines = (
        _lines(stood(cut.edges, cut.edge_of, 0.003), level * rim[cut.edge_of], 0.0020),
        _lines(stood(cut.ink, cut.ink_of, 0.003), level * INK * here[cut.ink_of, None] * moon, 0.0018),
    )
    glow = Glows(
        _stood(cut.middles[gone][None], cut.middles[gone], np.zeros(1), np.zeros((1, 2)), z)[0],
        np.array([0.9 * PIECE]),
        level * (0.5 * found * gold + 0.06 * cue.number("gap") * moon)[None],
    )
    return Drawing(lines, panes, glow, plane="behind")


def _built(built: float, cut: _Cut, draw: Array) -> Array:
    """(n,) 0..1: how far each piece is in its place; they come from the left, not quite in order."""
    return np.clip((built * 1.35 - 0.25 * draw[:, 3] - 0.9 * cut.middles[:, 0] / COLUMNS) * 5.0, 0.0, 1.0)


def _slip(apart: float, here: Array, draw: Array, t: float) -> tuple[Array, Array]:
    """How far each piece is turned (n,) and moved (n, 2) out of its place."""
    a, b, c, _ = draw.T
    swing = apart * (0.26 * (a - 0.5) + 0.02 * np.sin(0.6 * t + 6.28 * b)) + 0.6 * (1.0 - here) * (c - 0.5)
    aside = apart * 0.34 * np.stack([b - 0.5, c - 0.5], -1)
    return swing, aside + (1.0 - here)[:, None] * np.stack([0.5 * (a - 0.5), np.full(len(a), 0.7)], -1)


def _body(cue: Cue, cut: _Cut, draw: Array) -> Array:
    """What each piece is to the eye between its lines, linear RGB (n, 3): sky, paler near the moon, or hills."""
    x, y = cut.middles.T
    near = np.exp(-0.5 * np.hypot(x - MOON[0], y - MOON[1]))[:, None]
    night, hills, moon = (np.array(cue.colour(name)) for name in ("night", "hills", "moon"))
    low = np.clip(1.6 - y, 0.0, 1.0)[:, None]
    shade = (1.0 - low) * (0.055 * night + 0.055 * near * moon) + low * (0.022 * hills + 0.008 * night)
    return np.asarray(shade * (0.75 + 0.5 * draw[:, 1:2]))


def _stood(shape: Array, middle: Array, swing: Array, move: Array, z: float) -> Array:
    """Flat shapes of the wall (n, points, 2) where they stand on stage, (n, points, 3) units."""
    c, s = np.cos(swing)[:, None], np.sin(swing)[:, None]
    off = shape - middle[:, None]
    x = off[..., 0] * c - off[..., 1] * s + (middle + move)[:, None, 0]
    y = off[..., 0] * s + off[..., 1] * c + (middle + move)[:, None, 1]
    return np.stack([(x - 0.5 * COLUMNS) * PIECE, LIFT + y * PIECE, np.full(x.shape, z)], -1)


def _lines(place: Array, colour: Array, width: float) -> Lines:
    """Strokes (n, 2, 3) of one colour each, (n, 3); dark ones are left out."""
    lit = colour.max(1) > 0.0
    shine = np.repeat(colour[lit, None], 2, 1)
    return Lines(place[lit], shine, np.full(int(lit.sum()), width))
