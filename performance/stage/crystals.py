"""The crystals of the pulses: facets that flash, and light that runs along the lines between them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.pulses import Pulse, crystals
from performance.chance import chances
from performance.stage.drawing import Drawing, Glints, Glows, Lines, Panes
from performance.timeline import Cue

Array = NDArray[np.float64]

SEEN = 2.4  # seconds that a pulse is seen
FADES = 2.2  # how fast, a second
POINTS = 9  # of a line
CORNERS = np.array(
    [(0, 1, 2), (0, 2, 3), (1, 4, 2), (2, 4, 3)]
)  # of four facets: foot, left, middle, right, top
SHADES = np.array([0.16, 0.52, 0.34, 1.0])
MIDDLE = 0.46  # how high the last of them that is lit hangs, about
GOES = 0.08  # of `rest`, in which one of them goes out
ALONG = np.linspace(0.0, 1.0, POINTS)


@dataclass(frozen=True, slots=True)
class _Grown:
    """What of the constellation does not move: (n,) or (n, 3) of crystals, (lines, POINTS, 3) of their lines."""

    place: Array
    size: Array
    draw: Array  # (4, n)
    rank: Array  # 0..1, which of them go out first as `rest` sinks: the outermost
    first: NDArray[np.bool_]  # whose colour is the first one
    path: Array
    pairs: NDArray[np.intp]
    line: dict[tuple[int, int], int]


@lru_cache(maxsize=8)
def _grown(seed: int, count: int) -> _Grown:
    stars = crystals(seed, count)
    place = np.stack([stars.x, stars.y, stars.z], -1)
    draw = chances(seed, "crystal forms", count=4 * count).reshape(4, count)
    pairs = np.array(stars.lines, np.intp).reshape(-1, 2)
    path = place[pairs[:, 0], None] + (place[pairs[:, 1]] - place[pairs[:, 0]])[:, None] * ALONG[:, None]
    line = {pair: k for k, pair in enumerate(stars.lines)}
    rank = np.argsort(np.argsort(np.hypot(place[:, 0], place[:, 1] - MIDDLE))) / max(count - 1, 1)
    return _Grown(place, np.asarray(stars.size), draw, rank, draw[0] < 0.5, path, pairs, line)


def crystals_at(cue: Cue, t: float, seed: int, count: int, pulses: list[Pulse]) -> Drawing | None:
    """The constellation a cue asks for, None when there is none. `pulses` are those of the last SEEN seconds."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    grown, size = _grown(seed, count), cue.number("size")
    flash = [0.0] * count
    for one in pulses:
        flash[one.crystal % count] += one.level * math.exp(-FADES * (t - one.t))
    lit = np.minimum(np.array(flash) + _rest(grown.rank, cue.number("rest")), 1.6)
    own = np.where(grown.first[:, None], cue.colour("colour"), cue.colour("second"))
    bright = level * np.clip(lit - 0.12, 0.0, 1.3)
    return Drawing(
        _lines(grown, cue.number("lines"), t, pulses, own, level),
        _forms(grown, size, t, lit, own, level),
        Glows(grown.place, 0.10 * size * grown.size, (0.30 * bright)[:, None] * own),
        Glints(
            grown.place,
            np.full(count, 0.0017),
            0.045 * bright * grown.size,
            (1.8 * bright)[:, None] * (0.35 + 0.65 * own),
        ),
        plane="behind",
    )


def _rest(rank: Array, rest: float) -> Array:
    """What is left in each between pulses: they go out one by one, and the innermost, which is brightest, goes last."""
    stays = np.clip((rest * (1.0 + GOES) - rank) / GOES, 0.0, 1.0)
    return np.asarray(0.10 * rest + (0.16 + 0.5 * np.exp(-24.0 * rank)) * stays * stays * (3.0 - 2.0 * stays))


def _forms(grown: _Grown, size: float, t: float, lit: Array, own: Array, level: float) -> Panes:
    """Pointed crystals, of six facets each the four that are seen, that turn very slowly."""
    count = len(lit)
    long = 0.05 * size * (0.22 + 1.05 * grown.size)
    lean = 0.9 * (grown.draw[1] - 0.5) + 0.05 * np.sin(0.4 * t + 6.28 * grown.draw[2])
    axis = np.stack([np.sin(lean), np.cos(lean)], -1) * long[:, None]
    stout = 0.22 + 0.16 * grown.draw[2]
    girth = np.sort(stout * np.cos(0.25 * t + 6.28 * grown.draw[3] + np.arange(3)[:, None] * np.pi / 1.5), 0)
    points = np.empty((5, count, 3))
    points[..., 2] = grown.place[:, 2]
    points[0, :, :2], points[4, :, :2] = grown.place[:, :2] - 0.75 * axis, grown.place[:, :2] + axis
    points[1:4, :, :2] = grown.place[:, :2] + 0.12 * axis + girth[..., None] * (axis[:, ::-1] * (1.0, -1.0))
    faces = points[CORNERS].transpose(2, 0, 1, 3).reshape(-1, 3, 3)
    colour = (level * (0.022 + 0.78 * lit))[:, None, None] * SHADES[:, None] * (0.8 * own + 0.15)[:, None, :]
    return Panes(
        faces,
        colour.reshape(-1, 3),
        np.repeat(level * np.minimum(0.16 + 1.6 * lit, 0.5), 4),
        np.full(4 * count, 1.6),
    )


def _lines(
    grown: _Grown, share: float, t: float, pulses: list[Pulse], own: Array, level: float
) -> tuple[Lines, ...]:
    """Thin lines along which answers run as light."""
    if share <= 0.0 or not len(grown.pairs):
        return ()
    light = np.full((len(grown.pairs), POINTS), 0.016)
    running = [
        (grown.line[pair], one.crystal == pair[1], t - one.t, one.level)
        for one in pulses
        if one.caller >= 0
        and (pair := (min(one.caller, one.crystal), max(one.caller, one.crystal))) in grown.line
    ]
    if running:
        which, onwards, age, loud = (np.array(part) for part in zip(*running, strict=True))
        way = np.where(onwards[:, None], ALONG, 1.0 - ALONG)
        run = np.exp(-(((way - 1.0 - 0.8 * age[:, None]) / 0.30) ** 2)) + 0.35 * np.exp(-1.8 * age)[:, None]
        np.add.at(light, which, (0.5 * loud * np.exp(-1.5 * age))[:, None] * run)
    tint = 0.5 * (own[grown.pairs[:, 0]] + own[grown.pairs[:, 1]])
    colour = (level * share * light)[..., None] * tint[:, None]
    return (Lines(grown.path, colour, np.full(len(grown.pairs), 0.0009)),)
