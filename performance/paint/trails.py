"""Strokes of light that follow the hands, as of a brush: broad and bright where a hand is quick, pointed at both ends.

As they age a veil opens round them, they rise, cool, and fray into threads that break up into beads; sparks fall.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE
from performance.chance import chances
from performance.paint.brush import SPARK_LASTS, SPARK_RATE, SPARKS, STRANDS, lines_of
from performance.paint.canvas import TILE, Bytes
from performance.paint.frame import Frame
from performance.paint.kernels import f4, kernel
from performance.stage.performer import Performer

Rows = NDArray[np.float32]
Array = NDArray[np.float64]


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
    camera, view, t = frame.camera, frame.canvas.view, performer.t
    first = math.ceil((t - SPARK_LASTS) * SPARK_RATE)
    seen = np.array([
        performer.x, performer.z, performer.height, camera.x, EYE + camera.y, camera.dolly, camera.zoom,
        math.cos(camera.roll), math.sin(camera.roll), view.unit, view.x(0.0), view.y(0.0), t,
        performer.trails * performer.level, performer.hips[0, 2], first, *performer.light,
    ])  # fmt: skip
    points = 2 * len(performer.trail) - 1
    lines = np.empty((2, 2 * (STRANDS * (points - 1) + int(SPARK_LASTS * SPARK_RATE) + 2), 10), np.float32)
    strands, sparks = _chances(performer.seed)
    count = np.zeros(2, np.int64)
    lines_of(performer.trail, seen, strands, sparks, lines, count)
    return lines[0, : count[0]], lines[1, : count[1]]


_NONE = np.zeros((0, 10), np.float32)


@lru_cache(maxsize=8)
def _chances(seed: int) -> tuple[Array, Array]:
    """(2, 3, STRANDS) phases of the strands behind each hand, (2, SPARKS, 6) lots of its sparks."""
    strands = [6.3 * chances(seed, "ribbon", hand, count=STRANDS * 3) for hand in (0, 1)]
    sparks = [chances(seed, "spark", hand, count=6 * SPARKS) for hand in (0, 1)]
    return np.reshape(strands, (2, 3, STRANDS)), np.reshape(sparks, (2, SPARKS, 6))
