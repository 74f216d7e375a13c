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
class _Piece:
    """One piece, in edges of a piece from the wall's lower left: its plate (CORNERS, 2), its tabs (m, CORNERS, 2), its
    outline (k, 2), and what of the painting is on it, line by line (n, 2). `middle` (2,)."""

    plate: Array
    tabs: Array
    outline: Array
    painted: tuple[Array, ...]
    middle: Array
    missing: bool


@lru_cache(maxsize=4)
def _cut(seed: int) -> tuple[_Piece, ...]:
    """Every piece, row by row."""
    draw = chances(seed, "puzzle", "cut", count=4 * COLUMNS * ROWS).reshape(4, COLUMNS, ROWS)
    way = np.where(
        draw[:2] < 0.5, -1.0, 1.0
    )  # which side the tab of a piece's right, and of its upper, edge is on
    place = 0.5 + 0.16 * (draw[2:] - 0.5)
    painting = _painting(seed)
    return tuple(
        _piece(column, row, way, place, painting) for row in range(ROWS) for column in range(COLUMNS)
    )


def _piece(column: int, row: int, way: Array, place: Array, painting: list[Array]) -> _Piece:
    corner = np.array([column, row], np.float64)
    sides = (  # start, direction, outward normal, the tab (1 outwards, -1 inwards, 0 none), and where along the edge
        ((0, 0), (1, 0), (0, -1), -way[1, column, row - 1] if row else 0.0, place[1, column, row - 1]),
        ((1, 0), (0, 1), (1, 0), way[0, column, row] if column < COLUMNS - 1 else 0.0, place[0, column, row]),
        ((1, 1), (-1, 0), (0, 1), way[1, column, row] if row < ROWS - 1 else 0.0, 1 - place[1, column, row]),
        (
            (0, 1),
            (0, -1),
            (-1, 0),
            -way[0, column - 1, row] if column else 0.0,
            1 - place[0, column - 1, row],
        ),
    )
    outline, tabs, q = [], [], np.linspace(0.0, 2 * np.pi, CORNERS, endpoint=False)
    for start, along, out, tab, where in sides:
        line, ahead, normal = _edge(tab, where), np.array(along, np.float64), np.array(out, np.float64)
        outline.append(corner + start + line[:, :1] * ahead + line[:, 1:] * normal)
        if tab > 0.0:
            middle = corner + start + where * ahead + NECK * normal
            tabs.append(middle + TAB * np.stack([np.cos(q), np.sin(q)], -1))
    side = np.linspace(0.0, 1.0, CORNERS // 4, endpoint=False)
    plate = np.concatenate([corner + np.array(s) + side[:, None] * np.array(a) for s, a, *_ in sides])
    return _Piece(
        plate,
        np.array(tabs).reshape(-1, CORNERS, 2),
        np.concatenate([*outline, outline[0][:1]]),
        tuple(part for line in painting for part in _within(line, corner)),
        corner + 0.5,
        (column, row) == MISSING,
    )


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


def _within(line: Array, corner: Array) -> list[Array]:
    """The stretches of a line that lie on the square piece at `corner`, a step beyond at each end."""
    inside = np.all((line >= corner) & (line <= corner + 1.0), axis=1)
    turns = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    return [line[max(a - 1, 0) : b + 1] for a, b in turns.reshape(-1, 2)]


def puzzle_at(cue: Cue, t: float, seed: int) -> Drawing | None:
    """The wall a cue asks for, None when there is none."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    z, found = cue.number("z"), cue.number("found")
    pieces = _cut(seed)
    draw = chances(seed, "puzzle", "slip", count=4 * len(pieces)).reshape(-1, 4)
    place, colour, cover = [], [], []
    tabs: list[tuple[Array, Array, float]] = []
    lines: list[Lines] = []
    for piece, chance in zip(pieces, draw, strict=True):
        here = _built(cue.number("built"), piece, chance) * (found if piece.missing else 1.0)
        swing, move = _slip(cue.number("apart"), here, chance, t)
        if piece.missing:  # the gap stays where it is, and what fills it comes straight into it
            swing, move = 0.0, np.zeros(2)

        def stood(
            shape: Array, nearer: float = 0.0, p: _Piece = piece, a: float = swing, m: Array = move
        ) -> Array:
            return _stood(shape, p.middle, a, m, z - nearer)

        rim = np.array(cue.colour("piece" if piece.missing else "moon"))
        if piece.missing:
            tabs += [(stood(tab), np.zeros(3), level) for tab in piece.tabs]
            lines.append(
                _line(
                    stood(piece.outline, 0.004),
                    level * cue.number("gap") * np.array(cue.colour("moon")),
                    0.0026,
                )
            )
        if here <= 0.0:
            continue
        body = _body(cue, piece, chance) if not piece.missing else 0.5 * rim
        place.append(stood(piece.plate))
        colour.append(level * here * body)
        cover.append(level * here)
        tabs += [(stood(tab), level * here * body, level * here) for tab in piece.tabs]
        lines.append(
            _line(
                stood(piece.outline, 0.002),
                level * here * EDGES * (12.0 if piece.missing else 1.0) * rim,
                0.0016,
            )
        )
        lines += [_line(stood(part, 0.003), level * here * INK * rim, 0.0017) for part in piece.painted]
    place += [tab for tab, _, _ in tabs]
    colour += [shade for _, shade, _ in tabs]
    cover += [share for _, _, share in tabs]
    panes = Panes(np.array(place), np.array(colour), np.array(cover), np.full(len(place), 0.0))
    hole = _stood(np.array([[MISSING[0] + 0.5, MISSING[1] + 0.5]]), np.zeros(2), 0.0, np.zeros(2), z)
    light = np.array(cue.colour("piece")) * found * 0.5 + np.array(cue.colour("moon")) * 0.06 * cue.number(
        "gap"
    )
    return Drawing(
        tuple(lines), panes, Glows(hole, np.array([0.9 * PIECE]), level * light[None]), plane="behind"
    )


def _built(built: float, piece: _Piece, chance: Array) -> float:
    """0..1: how far a piece is in its place; they come from the left, not quite in order."""
    return float(np.clip((built * 1.35 - 0.25 * chance[3] - 0.9 * piece.middle[0] / COLUMNS) * 5.0, 0.0, 1.0))


def _slip(apart: float, here: float, chance: Array, t: float) -> tuple[float, Array]:
    """How far a piece is turned and moved out of its place."""
    a, b, c, _ = chance
    swing = apart * (0.26 * (a - 0.5) + 0.02 * np.sin(0.6 * t + 6.28 * b)) + 0.6 * (1.0 - here) * (c - 0.5)
    return float(swing), apart * 0.34 * np.array([b - 0.5, c - 0.5]) + (1.0 - here) * np.array(
        [0.5 * (a - 0.5), 0.7]
    )


def _body(cue: Cue, piece: _Piece, chance: Array) -> Array:
    """What a piece is to the eye between its lines, linear RGB: sky, paler near the moon, or hills."""
    x, y, _ = MOON
    near = float(np.exp(-0.5 * np.hypot(piece.middle[0] - x, piece.middle[1] - y)))
    night, hills, moon = (np.array(cue.colour(name)) for name in ("night", "hills", "moon"))
    low = float(np.clip(1.6 - piece.middle[1], 0.0, 1.0))
    shade = (1.0 - low) * (0.030 * night + 0.040 * near * moon) + low * (0.012 * hills + 0.006 * night)
    return np.asarray(shade * (0.75 + 0.5 * chance[1]))


def _stood(shape: Array, middle: Array, swing: float, move: Array, z: float) -> Array:
    """A flat shape of the wall where it stands on stage, (n, 3) units."""
    c, s = np.cos(swing), np.sin(swing)
    off = (shape - middle) @ np.array([[c, s], [-s, c]]) + middle + move
    return np.stack([(off[:, 0] - 0.5 * COLUMNS) * PIECE, LIFT + off[:, 1] * PIECE, np.full(len(off), z)], -1)


def _line(place: Array, colour: Array, width: float) -> Lines:
    """One line of one colour; as wide on stage as it is far."""
    return Lines(place[None], np.broadcast_to(colour, place.shape)[None], np.full(1, width))
