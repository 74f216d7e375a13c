"""How the pieces of the puzzle are made: the night that is painted on the wall, cut, each paint printed a little out of
register, edges rounded and lit, with the thickness of the board and the shadow that it throws."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.chance import chances
from performance.paint.cache import kept
from performance.stage import jigsaw
from performance.stage.jigsaw import COLUMNS, ROWS, TAB, Cut, Painted, cut_of, painted_of

Array = NDArray[np.float64]
Words = NDArray[np.uint32]

MARGIN = 0.25  # of an edge, round each baked piece: room for a tab and the shadow
BRIGHTEST = 1.2  # light of a whole byte; a byte is its root
SOFTLY = 0.09  # of an edge: how far round its neck a tab grows out of its piece
ROUND = 0.05  # of an edge: how far in it is rounded
LIGHT_FROM = (-0.62, 0.78)  # right and up
THICK, SHADOW = (0.018, -0.030), (0.045, -0.075)  # where the back of a piece lies, and its shadow
OFF = 0.035  # how far the paints may lie from where they belong
MOON_LIGHT = (0.74, 0.82, 1.0)
STARS, STAR = 30, 0.18  # how many, and half the width of what is painted for one
AROUND = 0.45  # of an edge, that the picture is larger than the wall
MADE_BY = mark_of(__file__, jigsaw.__file__)


@lru_cache(maxsize=3)
def bake(seed: int, texels: int) -> Words:
    """All pieces (n, size, size), their boxes MARGIN larger than a piece on every side, row 0 above."""
    return kept("puzzle", (seed, texels), lambda: {"pieces": _baked(seed, texels)}, MADE_BY)["pieces"]


def _baked(seed: int, texels: int) -> Words:
    cut, size = cut_of(seed), round((1.0 + 2.0 * MARGIN) * texels)
    place = (np.arange(size) + 0.5) / texels - MARGIN
    s, t = np.meshgrid(place, place[::-1])
    grain = np.random.default_rng(7).random((2, size, size))  # a texture, not chance
    wall = _wall(seed, texels)
    printed = (_printed(wall, corner, k, seed, size, texels) for k, corner in enumerate(cut.corner))
    return np.stack([_piece(cut, k, light, s, t, texels, grain) for k, light in enumerate(printed)])


def _piece(cut: Cut, piece: int, printed: Array, s: Array, t: Array, texels: int, grain: Array) -> Words:
    """One piece as `piece_rows` takes it; `printed` (size, size, 3) what is on it, `s`, `t` where its texels lie."""
    inside = -_distance(cut, piece, s, t)
    rise_y, rise_x = np.gradient(inside)
    lean = (
        -(LIGHT_FROM[0] * rise_x - LIGHT_FROM[1] * rise_y) * texels
    )  # how much the rounded edge faces the light
    slope = np.clip(1.0 - inside / ROUND, 0.0, 1.0) ** 1.5
    printed = printed * (0.95 + 0.1 * grain[0])[..., None]
    lit = np.clip(1.0 + 0.95 * slope * lean, 0.12, None)[..., None]
    shine = 0.055 * (slope * np.clip(lean, 0.0, 1.0) ** 2)[..., None] * (0.8, 0.9, 1.0)
    board = np.array([0.016, 0.014, 0.016]) * (0.7 + 0.6 * grain[0])[..., None]
    front = _soft(inside, texels)
    back = np.maximum(_soft(-_distance(cut, piece, s - THICK[0], t - THICK[1]), texels) - front, 0.0)
    shade = np.exp(-np.maximum(_distance(cut, piece, s - SHADOW[0], t - SHADOW[1]), 0.0) / 0.03) * 0.72
    edge = np.clip(np.minimum.reduce([s, t, 1.0 - s, 1.0 - t]) + MARGIN, 0.0, 0.02) / 0.02
    light = (printed * lit + shine) * front[..., None] + board * back[..., None]
    cover = np.maximum(front + back, shade * edge * (1.0 - front - back))
    roots = np.sqrt(np.clip(light / BRIGHTEST, 0.0, 1.0)) * 255.0 + 0.8 * (grain[1, ..., None] - 0.5)
    red, green, blue = np.moveaxis(np.clip(np.round(roots), 0, 255).astype(np.uint32), -1, 0)
    return np.asarray(
        blue | green << 8 | red << 16 | np.round(255.0 * cover).astype(np.uint32) << 24, np.uint32
    )


def _soft(inside: Array, texels: int) -> Array:
    """0..1 across the edge, two texels wide."""
    return np.clip(0.5 + 0.5 * inside * texels, 0.0, 1.0)


def _distance(cut: Cut, piece: int, s: Array, t: Array) -> Array:
    """How far outside a piece a place is, in edges; s right and t up from its lower left corner."""
    far = np.maximum(np.abs(s - 0.5), np.abs(t - 0.5)) - 0.5
    for (x, y), way in zip(cut.tabs()[piece], cut.way[piece], strict=True):
        tab = np.hypot(s - x, t - y) - TAB
        far = _joined(far, tab) if way > 0.0 else -_joined(-far, tab) if way < 0.0 else far
    return far


def _joined(a: Array, b: Array) -> Array:
    """Distance from two shapes that run into one another softly (after Quilez, "Smooth minimum", 2013)."""
    near = np.maximum(SOFTLY - np.abs(a - b), 0.0)
    return np.minimum(a, b) - near * near / (4.0 * SOFTLY)


def _printed(wall: Array, corner: Array, piece: int, seed: int, size: int, texels: int) -> Array:
    """What is printed on a piece: the whole a little aside, and each paint a little further, linear RGB."""
    draw = chances(seed, "puzzle", "print", piece, count=4) - 0.5
    aside = OFF * np.array([np.cos(6.28 * draw[2]), np.sin(6.28 * draw[2])]) * (0.5 + abs(draw[3]))
    paints = []
    for colour, share in enumerate((1.0, 0.0, -1.0)):
        x, y = corner + 0.05 * draw[:2] + share * aside + (AROUND - MARGIN)
        left, top = round(x * texels), len(wall) - round(y * texels) - size
        paints.append(wall[top : top + size, left : left + size, colour])
    return np.stack(paints, -1)


def _wall(seed: int, texels: int) -> Array:
    """The whole picture (rows from above, columns, 3), and AROUND it what would be there."""
    x = np.arange(round((COLUMNS + 2 * AROUND) * texels)) / texels - AROUND
    y = np.arange(round((ROWS + 2 * AROUND) * texels))[::-1] / texels - AROUND
    light = picture(*np.meshgrid(x, y), painted_of(seed))
    for a, b, c in chances(seed, "puzzle", "stars", count=3 * STARS).reshape(-1, 3):
        dx, dy = np.abs(x - a * COLUMNS), np.abs(y - 2.1 - b * (ROWS - 2.2))
        across, down = np.flatnonzero(dx < STAR), np.flatnonzero(dy < STAR)
        dx, dy = np.meshgrid(dx[across], dy[down])
        size = 0.018 + 0.03 * c
        core = np.exp(-(((dx + dy) / size) ** 2))
        rays = 0.7 * np.exp(-np.minimum(dx, dy) / 0.012 - np.maximum(dx, dy) / (1.8 * size))
        light[np.ix_(down, across)] += (0.5 * (core + rays) * (1.0 - dx / STAR))[..., None] * np.array(
            MOON_LIGHT
        )
    return np.asarray(light, np.float32)


def picture(x: Array, y: Array, painted: Painted) -> Array:
    """The painted night, linear RGB; x, y in edges of a piece from the wall's lower left."""
    night, moon = np.array([0.042, 0.030, 0.30]), np.array(MOON_LIGHT)
    moon_x, moon_y, radius = painted.moon
    brush = np.sin(7.3 * x + 2.1 * np.sin(3.1 * y)) * np.sin(9.7 * y + 1.7 * np.sin(4.2 * x) + 0.6 * x)
    brush = 0.6 * brush + 0.4 * np.sin(23.0 * y + 5.0 * np.sin(2.7 * x + y) + 3.0 * x)
    away = np.hypot(x - moon_x, y - moon_y)
    glow = 0.17 * np.exp(-1.25 * np.maximum(away - radius, 0.0)) * (1.0 + 0.35 * np.cos(9.0 * away))
    sky = (0.08 + 0.13 * (1.0 - y / ROWS) + 0.03 * brush)[..., None] * night + glow[..., None] * moon * 0.55
    disc = np.clip((radius - away) / 0.02, 0.0, 1.0)
    light = sky + (disc * _face(x, y, painted, brush))[..., None] * (moon - sky)
    return np.asarray(np.maximum(_hills(light, x, y, painted, brush), 0.0))


def _face(x: Array, y: Array, painted: Painted, brush: Array) -> Array:
    """The moon: its seas, and the part of it that lies in the dark."""
    moon_x, moon_y, radius = painted.moon
    x, y = (x - moon_x) / radius, (y - moon_y) / radius
    seas = np.sin(2.7 * x + 3.3) * np.sin(3.3 * y + 5.4) + 0.6 * np.sin(6.3 * x - 4.2 * y) * np.sin(
        4.9 * x + 3.5 * y + 2.1
    )
    face = (0.40 + 0.20 * np.clip(seas, -1.0, 1.0) + 0.04 * brush) * (1.0 - 0.45 * (x * x + y * y))
    night = np.clip((1.0 - np.hypot(x - painted.waned, y + 0.25 * painted.waned)) / 0.06, 0.0, 1.0)
    return np.asarray(face * (1.0 - 0.9 * night))


def _hills(light: Array, x: Array, y: Array, painted: Painted, brush: Array) -> Array:
    """Three hills before that light, the nearest last, each lit along its crest under the moon."""
    moon, hill = np.array(MOON_LIGHT), np.array([0.01, 0.24, 0.19])
    for k, (high, swell) in enumerate(((1.55, 0.42), (1.05, 0.34), (0.55, 0.22))):
        wide, narrow = painted.hills[k]
        crest = high + swell * np.sin(0.8 * x + wide) + 0.12 * np.sin(2.3 * x + narrow) + 0.015 * brush
        under = crest - y
        lit = np.exp(-np.maximum(under, 0.0) / 0.09) * np.exp(-0.28 * np.abs(x - painted.moon[0]))
        body = (0.15 - 0.04 * k + 0.04 * brush) * (0.35 + 0.65 * np.exp(-np.maximum(under, 0.0) / 0.5))
        slope = body[..., None] * hill + (0.13 * lit)[..., None] * moon
        light = light + np.clip(under / 0.02, 0.0, 1.0)[..., None] * (slope - light)
    return np.asarray(light)
