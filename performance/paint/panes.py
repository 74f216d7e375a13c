"""Clear convex plates with bright sides: facets of crystal, pieces of glass, floes of ice."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import TILE, Canvas
from performance.paint.fetch import fetch
from performance.paint.kernels import f4, int32, kernel
from performance.paint.sides import MOST, SIDE, WHOLE, near_side, set_sides, span
from performance.paint.tiles import flat

Array = NDArray[np.float64]
NUMBERS = (
    5  # after the corners: blue, green, red, alpha, how many corners; then each side's light and its reach
)
RIM = 0.011  # of a picture height: how far the light of a rim reaches inwards
FAINT = 1e-5  # light below which the inside of a pane is left out
LEAST = 3.5  # pixels that it reaches at any size
NO_TILES = np.zeros((0, 0), np.uint8)
uint64: Any = np.uint64  # unsigned places, all four channels: else the compiler does not make rows of it


@kernel("void(i8, i8, f4[:,::1], u1[:,::1], f4[:,::1])")
def pane_rows(y0: Any, y1: Any, crisp: Any, touched: Any, panes: Any) -> None:
    """Lay panes over rows of `crisp`, flat as tiles.flat says, and mark the tiles they lie in, where there are any.
    panes (n, 4 MOST + NUMBERS): corners x, y in pixels, then its numbers."""
    w = crisp.shape[1] // 4
    sides, from_corner, insets = (
        np.empty((MOST, SIDE), np.float32),
        np.empty(MOST, np.int64),
        np.empty(MOST, np.float32),
    )
    covers, lights = np.empty(w + 2 * WHOLE, np.float32), np.empty(w + 2 * WHOLE, np.float32)
    for s in range(panes.shape[0]):
        p = panes[s]
        count, top, bottom, left, right = set_sides(sides, from_corner, p, int(p[2 * MOST + 4]))
        first: Any = max(top, y0)
        last: Any = min(bottom, y1)
        left, right = max(left, 0), min(right, w)
        if last <= first or right <= left or count < 3:
            continue
        rims, reaches = p[2 * MOST + NUMBERS :: 2], p[2 * MOST + NUMBERS + 1 :: 2]
        for j in range(count):
            insets[j] = reaches[from_corner[j]] + f4(0.5) if rims[from_corner[j]] != f4(0) else f4(1)
        blue, green, red, alpha = p[2 * MOST], p[2 * MOST + 1], p[2 * MOST + 2], p[2 * MOST + 3]
        clear, keep = max(max(blue, green), max(red, alpha)) < f4(FAINT), f4(1) - alpha
        for y in range(first, last):
            at = f4(int32(y)) + f4(0.5)
            lo, hi = span(sides, count, at, insets, f4(0), left, right)
            if lo >= hi:
                continue
            for tile in range(lo // TILE, (hi - 1) // TILE + 1 if len(touched) else 0):
                touched[y // TILE, tile] = 1
            if y + 1 < last:
                fetch(crisp[y + 1], 4 * lo, 4 * hi)
            inner, outer = span(sides, count, at, insets, f4(1), lo, hi)
            if inner >= outer:
                inner = outer = hi
            row, n, shown = crisp[y], hi - lo, not clear
            covers[: n + WHOLE], lights[: n + WHOLE] = f4(1), f4(0)
            for j in range(count):
                near, far, d = near_side(sides[j], at, insets[j], lo, n)
                if near < far:
                    rim, within, step = rims[from_corner[j]], f4(1) / reaches[from_corner[j]], sides[j, 0]
                    shown = shown or rim != f4(0)
                    many = (
                        far - near + WHOLE - 1
                    ) & -WHOLE  # some more: the rest of a row costs more than a row
                    cover, light = covers[near : near + many], lights[near : near + many]
                    for i in range(many):
                        deep = d + step * f4(int32(i))
                        cover[i] = min(cover[i], max(deep + f4(0.5), f4(0)))
                        shine = min(max(f4(1) - deep * within, f4(0)), f4(1))
                        shine *= shine
                        light[i] = max(light[i], shine * shine * rim)
            for part in range(2 if shown else 0):  # only near its sides is it anything but even
                begin, end = (lo, inner) if part == 0 else (outer, hi)
                some, cover, light = row[4 * begin : 4 * end], covers[begin - lo :], lights[begin - lo :]
                for i in range(uint64(end - begin)):
                    b = uint64(4) * uint64(i)
                    g, r, a = b + uint64(1), b + uint64(2), b + uint64(3)
                    share, bright = cover[i], f4(1) + light[i]
                    some[b] += (blue * bright - some[b] * alpha) * share
                    some[g] += (green * bright - some[g] * alpha) * share
                    some[r] += (red * bright - some[r] * alpha) * share
                    some[a] += (alpha - some[a] * alpha) * share
            if clear:
                continue
            even = row[4 * inner : 4 * outer]
            for i in range(uint64(outer - inner)):
                b = uint64(4) * uint64(i)
                g, r, a = b + uint64(1), b + uint64(2), b + uint64(3)
                even[b] = even[b] * keep + blue
                even[g] = even[g] * keep + green
                even[r] = even[r] * keep + red
                even[a] = even[a] * keep + alpha


def paint_panes(canvas: Canvas, u: Array, v: Array, colour: Array, alpha: Array, rim: Array) -> None:
    """Lay panes over `crisp`, in order. u, v (n, corners) picture heights; the others as in stage's Panes."""
    if not len(u):
        return
    x, y = canvas.view.x(u), canvas.view.y(v)
    canvas.bands(
        pane_rows, flat(canvas.crisp), canvas.touched, _rows(x, y, colour, alpha, rim, canvas.view.unit)
    )


def paint_veils(canvas: Canvas, u: Array, v: Array, colour: Array, rim: Array) -> None:
    """Add panes of soft light to the air, as above."""
    if len(u):
        x, y = canvas.view.x(u) / canvas.scale, canvas.view.y(v) / canvas.scale
        rows = _rows(x, y, colour, np.zeros(len(u)), rim, canvas.field_unit)
        canvas.field_bands(pane_rows, flat(canvas.air), NO_TILES, rows)


def _rows(x: Array, y: Array, colour: Array, alpha: Array, rim: Array, unit: float) -> NDArray[np.float32]:
    """Panes as `pane_rows` takes them; x, y (n, corners) pixels, `unit` pixels to a picture height."""
    n, corners = x.shape
    rows = np.zeros((n, 4 * MOST + NUMBERS), np.float32)
    rows[:, 0 : 2 * corners : 2], rows[:, 1 : 2 * corners : 2] = x, y
    rows[:, 2 * MOST : 2 * MOST + 3] = colour[:, ::-1]
    rows[:, 2 * MOST + 3], rows[:, 2 * MOST + 4] = alpha, corners
    rims = rows[:, 2 * MOST + NUMBERS :].reshape(n, MOST, 2)
    if rim.ndim == 1:
        rims[..., 0], rims[..., 1] = rim[:, None], RIM
    else:
        rims[:, :corners] = rim
    rims[..., 1] = np.maximum(rims[..., 1] * unit, LEAST)
    return rows
