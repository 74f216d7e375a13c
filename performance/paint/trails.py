"""Strokes of light that follow the hands, as of a brush: broad and bright where a hand is quick, pointed at both ends.

As they age a veil opens round them, they rise, cool, and fray into threads that break up into beads; sparks fall.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.paint.canvas import TILE, Bytes
from performance.paint.frame import Frame
from performance.paint.kernels import f4, kernel
from performance.stage.performer import TRAIL, Performer

Rows = NDArray[np.float32]
Array = NDArray[np.float64]
CORE, VEIL, THREADS = 0, 1, 3  # strands of a stroke: its body, the veil round it, and so many threads
STRANDS = 2 + THREADS
WIDE, FINE, OPEN = 0.0130, 0.0026, 0.036  # radii of body, threads and veil at their broadest, figure heights
SPARK_RATE = 30.0  # a second and hand
SPARK_LASTS = 1.3  # seconds, less than TRAIL
SPARKS = 512  # different ones
THINNEST = 1.2  # pixels
LONG = 1.8  # figure heights of a stroke
QUICK = 1.6  # figure heights a second at which a ribbon is full
WARM, COOL = np.array([1.0, 0.80, 0.50]), np.array([0.62, 0.32, 1.0])


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,::1])")
def strokes(y0: int, y1: int, crisp: Rows, touched: Bytes, lines: Rows) -> None:
    """Soft lines (n, 10: from x y, to x y, light at both ends, radius, blue green red) added to rows [y0, y1); their
    tiles are marked."""
    w = crisp.shape[1]
    for n in range(lines.shape[0]):
        ax, ay, bx, by = lines[n, 0], lines[n, 1], lines[n, 2], lines[n, 3]
        radius = lines[n, 6]
        ya, yb = max(int(min(ay, by) - radius), y0), min(int(max(ay, by) + radius) + 2, y1)
        if ya >= yb:
            continue
        xa, xb = max(int(min(ax, bx) - radius), 0), min(int(max(ax, bx) + radius) + 2, w)
        ex = bx - ax
        ey = by - ay
        k = f4(1) / (ex * ex + ey * ey + f4(1e-6))
        long = ex * ex + ey * ey
        reach = radius * np.sqrt(long)
        for y in range(ya, yb):
            py = f4(y) + f4(0.5) - ay
            first, last = xa, xb
            if abs(ey) > f4(0.5):  # a row of a slanting line is short
                middle = ax + py * ex / ey
                first = max(first, int(middle - reach / abs(ey)))
                last = min(last, int(middle + reach / abs(ey)) + 2)
            if first >= last:
                continue
            for tile in range(first // TILE, (last - 1) // TILE + 1):
                touched[y // TILE, tile] = 1
            for x in range(first, last):
                px = f4(x) + f4(0.5) - ax
                h = (px * ex + py * ey) * k
                if long > f4(0.01) and (h < f4(0) or h >= f4(1)):
                    continue  # the next piece goes on from there: no light twice
                h = min(max(h, f4(0)), f4(1))
                dx = px - ex * h
                dy = py - ey * h
                near = f4(1) - (dx * dx + dy * dy) / (radius * radius)
                if near <= f4(0):
                    continue
                near *= near
                near = (lines[n, 4] + (lines[n, 5] - lines[n, 4]) * h) * near * near * near
                crisp[y, x, 0] += near * lines[n, 7]
                crisp[y, x, 1] += near * lines[n, 8]
                crisp[y, x, 2] += near * lines[n, 9]


def lay_strokes(frame: Frame, lines: Rows) -> None:
    """Add soft lines (n, 10), see `strokes`, to the sharp layer."""
    if not len(lines):
        return
    canvas = frame.canvas
    canvas.bands(strokes, canvas.crisp, canvas.touched, lines)


def trails_of(frame: Frame, performer: Performer) -> tuple[Rows, Rows]:
    """The ribbons and sparks of both hands as lines: those behind her, and those in front."""
    if performer.trails <= 0.0 or len(performer.trail) < 2:
        return _NONE, _NONE
    found = [kind(frame, performer, hand) for kind in (_ribbon, _sparks) for hand in (0, 1)]
    lines = np.concatenate([part[0] for part in found])
    behind = np.concatenate([part[1] for part in found]) < performer.hips[0, 2]
    seen = np.maximum(lines[:, 4], lines[:, 5]) > 0.010
    return lines[seen & behind].astype(np.float32), lines[seen & ~behind].astype(np.float32)


_NONE = np.zeros((0, 10), np.float32)


def _seen(frame: Frame, performer: Performer, points: Array) -> tuple[Array, Array, Array]:
    """Pixels x, y and pixels per figure height of points (..., 3) of figure space."""
    h = performer.height
    place = performer.x + points[..., 0] * h, points[..., 1] * h, performer.z - points[..., 2] * h
    u, v, s = frame.camera.project(*place)
    view = frame.canvas.view
    return view.x(u), view.y(v), s * view.unit * h


def _smooth(path: Array, times: int = 2) -> Array:
    """A path (n, 3) with `times` points for each of its own (Catmull and Rom 1974)."""
    at = np.linspace(0.0, len(path) - 1.0, (len(path) - 1) * times + 1)
    i = np.minimum(at.astype(np.intp), len(path) - 2)
    x = (at - i)[:, None]
    a, b, c, d = path[np.maximum(i - 1, 0)], path[i], path[i + 1], path[np.minimum(i + 2, len(path) - 1)]
    return np.asarray(b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a))))


def _ribbon(frame: Frame, performer: Performer, hand: int) -> tuple[Array, Array]:
    """Lines (n, 10) of the strands behind one hand, and how far towards the audience (n,) each is."""
    path = _smooth(performer.trail[:, hand].astype(np.float64))
    even = np.linspace(0.0, 1.0, len(path))
    born = performer.t - even * TRAIL  # waves stay with the place where they were made
    step = _speeds(path)
    speed = np.sqrt((step * step).sum(-1))
    gone = (
        np.cumsum(speed) * (TRAIL / (len(path) - 1)) / LONG
    )  # a quick stroke is as long as a slow one, and never a hoop
    age = np.minimum((even**3 + gone**3) ** (1 / 3), 1.0)
    quick = np.clip(speed / QUICK, 0.0, 1.3)
    draw = _strand_chances(performer.seed, hand)
    drawn = _frayed(path, step / (speed[:, None] + 1e-6), age, born, draw)
    x, y, size = _seen(frame, performer, drawn)
    light, broad = _brush(age, quick, born, draw)
    light *= performer.trails * performer.level
    radius = broad * size
    out = np.zeros((STRANDS, len(path) - 1, 10))
    out[..., 0], out[..., 1], out[..., 2], out[..., 3] = x[:, :-1], y[:, :-1], x[:, 1:], y[:, 1:]
    light = light * np.minimum(radius / THINNEST, 1.0)  # what is thinner than can be drawn is darker
    out[..., 4], out[..., 5] = light[:, :-1], light[:, 1:]
    out[..., 6] = np.maximum(radius[:, :-1], THINNEST)
    colour = (WARM + (COOL - WARM) * np.clip(age * 1.7 - 0.15, 0.0, 1.0)[:, None]) * np.asarray(
        performer.light
    )
    out[..., 7:10] = colour[:-1, ::-1]
    return out.reshape(-1, 10), drawn[:, :-1, 2].ravel()


def _frayed(path: Array, ahead: Array, age: Array, born: Array, draw: Array) -> Array:
    """The strands (STRANDS, n, 3): all rise, threads stray to both sides the farther the older."""
    drawn = np.repeat(path[None], STRANDS, 0)
    drawn[..., 1] += 0.09 * age * age + age * 0.016 * np.sin(5.1 * born + draw[0])
    aside = np.linspace(-1.0, 1.0, THREADS)[:, None] + 0.7 * np.sin(3.1 * born + 2.4 * age + draw[1, 2:])
    stray = 0.075 * age**1.4 * aside + 0.010 * age * np.sin(11.0 * born + draw[2, 2:])
    drawn[2:, :, 0] -= stray * ahead[:, 1]
    drawn[2:, :, 1] += stray * ahead[:, 0]
    return drawn


def _brush(age: Array, quick: Array, born: Array, draw: Array) -> tuple[Array, Array]:
    """Light and radius (STRANDS, n) in figure heights along a stroke."""
    tip = np.minimum(age * 9.0, 1.0) ** 0.6  # it begins at a point
    fade = (1.0 - age) ** 2
    light, broad = np.empty((STRANDS, len(age))), np.empty((STRANDS, len(age)))
    light[CORE] = 1.05 * quick**1.3 * fade * tip
    broad[CORE] = WIDE * quick**1.2 * (1.0 - age) ** 1.4 * tip
    light[VEIL] = 0.15 * quick**1.4 * fade * np.minimum(age * 4.0, 1.0)
    broad[VEIL] = OPEN * quick * (0.25 + age) * tip
    beads = 0.5 + 0.5 * np.sin(born * (31.0 + 7.0 * np.sin(draw[0, 2:])) + draw[1, 2:])
    whole = np.clip(1.6 - 2.2 * age, 0.0, 1.0)
    light[2:] = 0.50 * quick * fade * np.minimum(age * 5.0, 1.0) * (whole + (1.0 - whole) * 2.0 * beads**5)
    broad[2:] = FINE * (0.6 + 0.4 * quick)
    return light, broad


def _speeds(path: Array) -> Array:
    """How fast and where to (n, 3) it went along a path through TRAIL seconds, as far as its direction counts."""
    step = np.empty_like(path)
    step[1:-1] = 0.5 * (path[2:] - path[:-2])
    step[0], step[-1] = path[1] - path[0], path[-1] - path[-2]
    return step * ((len(path) - 1) / TRAIL)


@lru_cache(maxsize=8)
def _strand_chances(seed: int, hand: int) -> Array:
    return 6.3 * chances(seed, "ribbon", hand, count=STRANDS * 3).reshape(3, STRANDS, 1)


@lru_cache(maxsize=8)
def _spark_chances(seed: int, hand: int) -> Array:
    return chances(seed, "spark", hand, count=6 * SPARKS).reshape(SPARKS, 6)


def _sparks(frame: Frame, performer: Performer, hand: int) -> tuple[Array, Array]:
    """Points that leave the hand at even times and fall, twinkling: as (n, 10) lines of no length, and z (n,)."""
    t = performer.t
    numbers = np.arange(math.ceil((t - SPARK_LASTS) * SPARK_RATE), math.floor(t * SPARK_RATE) + 1)
    age = np.clip(t - numbers / SPARK_RATE, 0.0, SPARK_LASTS)
    draw = _spark_chances(performer.seed, hand)[numbers % SPARKS]
    path = performer.trail[:, hand].astype(np.float64)
    step = _speeds(path)
    at = np.minimum((age / TRAIL * (len(path) - 1)).astype(np.intp), len(path) - 1)
    start, speed = path[at], step[at]
    quick = np.minimum(np.sqrt((speed * speed).sum(-1)) / QUICK, 1.2)
    loose = (draw[:, :3] - 0.5) * 0.35 - 0.10 * speed * np.where(draw[:, 4:5] > 0.3, 1.0, -0.6)
    place = start + loose * (1.0 - np.exp(-2.0 * age))[:, None]
    place[:, 1] -= 0.22 * age * age - 0.03 * age
    shine = (1.0 - age / SPARK_LASTS) ** 1.5 * (
        0.55 + 0.45 * np.sin(age * (14 + 18 * draw[:, 3]) + 9 * draw[:, 4])
    )
    shine *= 1.6 * (0.3 + draw[:, 3]) * performer.trails * performer.level
    shine[(draw[:, 5] > quick) | (place[:, 1] < 0.0)] = 0.0
    x, y, size = _seen(frame, performer, place)
    radius = np.maximum(0.0056 * size * (0.5 + draw[:, 4]), 1.7)
    colour = np.broadcast_to((WARM * np.asarray(performer.light))[::-1], (len(age), 3))
    return np.column_stack([x, y, x, y, shine, shine, radius, colour]), place[:, 2]
