"""Clear convex plates with bright sides: facets of crystal, pieces of glass, floes of ice."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Canvas
from performance.paint.kernels import f4, int32, kernel
from performance.paint.sides import MOST, SIDE, WHOLE, lay_near, near_side, repeat, set_sides, span

Array = NDArray[np.float64]
NUMBERS = (
    5  # after the corners: blue, green, red, alpha, how many corners; then each side's light and its reach
)
RIM = 0.011  # of a picture height: how far the light of a rim reaches inwards
FAINT = 1e-5  # light below which the inside of a pane is left out
LEAST = 3.5  # pixels that it reaches at any size


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1])")
def pane_rows(y0: Any, y1: Any, crisp: Any, panes: Any) -> None:
    """Lay panes over rows of `crisp`. panes (n, 4 MOST + NUMBERS): corners x, y in pixels, then its numbers."""
    w = crisp.shape[1]
    sides, from_corner, insets = (
        np.empty((MOST, SIDE), np.float32),
        np.empty(MOST, np.int64),
        np.empty(MOST, np.float32),
    )
    covers, lights = np.empty(4 * w + 8 * WHOLE, np.float32), np.empty(4 * w + 8 * WHOLE, np.float32)
    tone, colours = np.empty(4 * w, np.float32), np.empty(4 * w, np.float32)
    repeat(colours, f4(1), f4(1), f4(1), f4(0))
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
        clear = max(max(blue, green), max(red, alpha)) < f4(FAINT)
        repeat(tone[: 4 * (right - left)], blue, green, red, alpha)
        for y in range(first, last):
            at = f4(int32(y)) + f4(0.5)
            lo, hi = span(sides, count, at, insets, f4(0), left, right)
            if lo >= hi:
                continue
            inner, outer = span(sides, count, at, insets, f4(1), lo, hi)
            if inner >= outer:
                inner = outer = hi
            row, whole, shown = crisp[y], (hi - lo + WHOLE - 1) & -WHOLE, not clear
            covers[: 4 * whole], lights[: 4 * whole] = f4(1), f4(0)
            for j in range(count):
                near, far, d = near_side(sides[j], at, insets[j], lo, hi - lo)
                if near < far:
                    rim, within = rims[from_corner[j]], f4(1) / reaches[from_corner[j]]
                    lay_near(covers, lights, near, far, sides[j, 0], d, rim, within)
                    shown = shown or rim != f4(0)
            for part in range(2 if shown else 0):  # only near its sides is it anything but even
                begin, end = (lo, inner) if part == 0 else (outer, hi)
                some, at_once = row[begin:end].reshape(-1), slice(4 * (begin - lo), 4 * (end - lo))
                cover, light = covers[at_once], lights[at_once]
                for k in range(some.shape[0]):
                    share = min(cover[k], f4(1))
                    some[k] += (tone[k] * (f4(1) + light[k] * colours[k]) - some[k] * alpha) * share
            if clear:
                continue
            keep = f4(1) - alpha
            even = row[inner:outer].reshape(-1)
            for i in range(even.shape[0]):
                even[i] = even[i] * keep + tone[i]


def paint_panes(canvas: Canvas, u: Array, v: Array, colour: Array, alpha: Array, rim: Array) -> None:
    """Lay panes over `crisp`, in order. u, v (n, corners) picture heights; the others as in stage's Panes."""
    if not len(u):
        return
    x, y = canvas.view.x(u), canvas.view.y(v)
    canvas.touch_boxes(x.min(1) - 1, y.min(1) - 1, x.max(1) + 1, y.max(1) + 1)
    canvas.bands(pane_rows, canvas.crisp, _rows(x, y, colour, alpha, rim, canvas.view.unit))


def paint_veils(canvas: Canvas, u: Array, v: Array, colour: Array, rim: Array) -> None:
    """Add panes of soft light to the air, as above."""
    if len(u):
        x, y = canvas.view.x(u) / canvas.scale, canvas.view.y(v) / canvas.scale
        rows = _rows(x, y, colour, np.zeros(len(u)), rim, canvas.field_unit)
        canvas.field_bands(pane_rows, canvas.air, rows)


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
