"""Clear convex plates with a bright edge: facets of crystal, pieces of glass."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Canvas
from performance.paint.kernels import f4, fast_exp_neg, inline, int32, kernel

Array = NDArray[np.float64]
MOST = 16  # corners of a pane
DEEP = 8.0  # rims inwards from which a pane is even
NUMBERS = 6  # after the corners: blue, green, red, alpha, rim, corners


@inline
def _span(sides: Any, count: int, at: Any, inset: Any, left: Any, right: Any) -> Any:
    """The columns [lo, hi) of a row that lie at least `inset` inside all sides."""
    lo, hi = left, right
    for j in range(count):
        a, rest = sides[j, 0], sides[j, 1] * at + sides[j, 2]
        if a > f4(1e-6):
            lo = max(lo, int(np.ceil((inset - rest) / a - f4(0.5))))
        elif a < f4(-1e-6):
            hi = min(hi, int(np.floor((inset - rest) / a - f4(0.5))) + 1)
        elif rest < inset:
            hi = lo
    return lo, hi


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4)")
def pane_rows(y0: Any, y1: Any, crisp: Any, panes: Any, edge: Any) -> None:
    """Lay panes over rows of `crisp`. panes (n, 2 MOST + NUMBERS): corners x, y in pixels, then its numbers.

    `edge` is how far, in pixels, the bright rim reaches inwards.
    """
    w = crisp.shape[1]
    sides = np.empty((MOST, 3), np.float32)
    near, tone = np.empty(w, np.float32), np.empty(4, np.float32)
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
            long = np.sqrt(ex * ex + ey * ey)
            r = sign / max(long, f4(1e-4))
            sides[j, 0], sides[j, 1] = -ey * r, ex * r
            sides[j, 2] = -(sides[j, 0] * p[2 * j] + sides[j, 1] * p[2 * j + 1])
            if long < f4(0.01):  # a corner said twice is no side
                sides[j, 0], sides[j, 1], sides[j, 2] = f4(0), f4(0), f4(1e6)
        blue, green, red, alpha, rim = (
            p[2 * MOST],
            p[2 * MOST + 1],
            p[2 * MOST + 2],
            p[2 * MOST + 3],
            p[2 * MOST + 4],
        )
        inv, inset = f4(1) / edge, edge * f4(DEEP)
        for y in range(top, bottom):
            at = f4(int32(y)) + f4(0.5)
            lo, hi = _span(sides, count, at, f4(-0.5), left, right)
            if lo >= hi:
                continue
            first_in, last_in = _span(sides, count, at, inset, lo, hi)
            if first_in >= last_in:
                first_in = last_in = hi
            row = crisp[y]
            for part in range(2):  # only near its edge is it reckoned how near
                begin, end = (lo, first_in) if part == 0 else (last_in, hi)
                m = end - begin
                if m <= 0:
                    continue
                d = near[:m]
                for i in range(m):
                    d[i] = f4(1e6)
                for j in range(count):
                    a, rest = (
                        sides[j, 0],
                        sides[j, 1] * at + sides[j, 2] + sides[j, 0] * (f4(begin) + f4(0.5)),
                    )
                    for i in range(m):
                        d[i] = min(d[i], a * f4(int32(i)) + rest)
                span = row[begin:end]
                for i in range(m):
                    cover = min(max(d[i] + f4(0.5), f4(0)), f4(1))
                    lit = f4(1) + rim * fast_exp_neg(max(d[i], f4(0)) * inv)
                    keep = f4(1) - alpha * cover
                    span[i, 0] = span[i, 0] * keep + blue * lit * cover
                    span[i, 1] = span[i, 1] * keep + green * lit * cover
                    span[i, 2] = span[i, 2] * keep + red * lit * cover
                    span[i, 3] = f4(1) - (f4(1) - span[i, 3]) * keep
            keep = f4(1) - alpha
            inner = row[first_in:last_in].reshape(-1)
            tone[0], tone[1], tone[2], tone[3] = blue, green, red, alpha
            for i in range(inner.shape[0]):
                inner[i] = inner[i] * keep + tone[i & 3]


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
