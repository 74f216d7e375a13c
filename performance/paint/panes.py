"""Clear convex plates with a bright edge: facets of crystal, pieces of glass."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Canvas
from performance.paint.kernels import f4, fast_exp_neg, int32, kernel

Array = NDArray[np.float64]
MOST = 16  # corners of a pane
NUMBERS = 6  # after the corners: blue, green, red, alpha, rim, corners


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4)")
def pane_rows(y0: Any, y1: Any, crisp: Any, panes: Any, edge: Any) -> None:
    """Lay panes over rows of `crisp`. panes (n, 2 MOST + NUMBERS): corners x, y in pixels, then its numbers.

    `edge` is how far, in pixels, the bright rim reaches inwards.
    """
    w = crisp.shape[1]
    sides = np.empty((MOST, 3), np.float32)
    near = np.empty(w, np.float32)
    for s in range(panes.shape[0]):
        p = panes[s]
        count = int(p[2 * MOST + 5])
        low, high, first, last = p[1], p[1], p[0], p[0]
        area = f4(0)
        for j in range(count):
            k = j + 1 if j + 1 < count else 0
            low, high = min(low, p[2 * j + 1]), max(high, p[2 * j + 1])
            first, last = min(first, p[2 * j]), max(last, p[2 * j])
            area += p[2 * j] * p[2 * k + 1] - p[2 * k] * p[2 * j + 1]
        top: Any = max(int32(low - f4(0.5)), y0)
        bottom: Any = min(int32(high + f4(0.5)) + 1, y1)
        left: Any = max(int32(first - f4(0.5)), 0)
        right: Any = min(int32(last + f4(0.5)) + 1, w)
        n = right - left
        if bottom <= top or n <= 0 or abs(area) < f4(0.05):
            continue
        sign = f4(1) if area > f4(0) else f4(-1)
        for j in range(count):
            k = j + 1 if j + 1 < count else 0
            ex, ey = p[2 * k] - p[2 * j], p[2 * k + 1] - p[2 * j + 1]
            r = sign / max(np.sqrt(ex * ex + ey * ey), f4(1e-4))
            sides[j, 0], sides[j, 1] = -ey * r, ex * r
            sides[j, 2] = -(sides[j, 0] * p[2 * j] + sides[j, 1] * p[2 * j + 1])
        blue, green, red, alpha, rim = (
            p[2 * MOST],
            p[2 * MOST + 1],
            p[2 * MOST + 2],
            p[2 * MOST + 3],
            p[2 * MOST + 4],
        )
        inv = f4(1) / edge
        for y in range(top, bottom):
            at = f4(int32(y)) + f4(0.5)
            d = near[:n]
            for i in range(n):
                d[i] = f4(1e6)
            for j in range(count):
                a, rest = sides[j, 0], sides[j, 1] * at + sides[j, 2] + sides[j, 0] * (f4(left) + f4(0.5))
                for i in range(n):
                    d[i] = min(d[i], a * f4(int32(i)) + rest)
            row = crisp[y, left:right]
            for i in range(n):
                cover = min(max(d[i] + f4(0.5), f4(0)), f4(1))
                lit = f4(1) + rim * fast_exp_neg(max(d[i], f4(0)) * inv)
                keep = f4(1) - alpha * cover
                row[i, 0] = row[i, 0] * keep + blue * lit * cover
                row[i, 1] = row[i, 1] * keep + green * lit * cover
                row[i, 2] = row[i, 2] * keep + red * lit * cover
                row[i, 3] = f4(1) - (f4(1) - row[i, 3]) * keep


def paint_panes(canvas: Canvas, u: Array, v: Array, colour: Array, alpha: Array, rim: Array) -> None:
    """Lay panes over `crisp`, in order. u, v (n, corners) picture heights; colour (n, 3) linear RGB."""
    n, corners = u.shape
    if n == 0:
        return
    x, y = canvas.view.x(u), canvas.view.y(v)
    rows = np.zeros((n, 2 * MOST + NUMBERS), np.float32)
    rows[:, 0 : 2 * corners : 2], rows[:, 1 : 2 * corners : 2] = x, y
    rows[:, 2 * MOST : 2 * MOST + 3] = colour[:, ::-1]
    rows[:, 2 * MOST + 3], rows[:, 2 * MOST + 4], rows[:, 2 * MOST + 5] = alpha, rim, corners
    canvas.touch_boxes(x.min(1) - 1, y.min(1) - 1, x.max(1) + 1, y.max(1) + 1)
    canvas.bands(pane_rows, canvas.crisp, rows, f4(max(0.0022 * canvas.view.unit, 0.7)))
