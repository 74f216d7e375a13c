"""Fine lines of light."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import TILE, Canvas
from performance.paint.kernels import f4, fast_exp_neg, int32, kernel

Array = NDArray[np.float64]
Rows = NDArray[np.float32]
FAINT = 0.003  # light of a segment below which it is left out
WHOLE = 16  # pixels of a row that are reckoned at once


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,::1])")
def stroke_rows(y0: Any, y1: Any, crisp: Any, touched: Any, lines: Any) -> None:
    """Add butt-ended soft segments, so that joints do not show as beads, and mark the tiles they lie in.

    lines (n, 11): x0, y0, x1, y1, width, then blue, green, red at the start and at the end; pixels.
    """
    w = crisp.shape[1]
    light: Any = np.empty((2, w + WHOLE), np.float32)
    for s in range(lines.shape[0]):
        x0, y0_, ex, ey = lines[s, 0], lines[s, 1], lines[s, 2] - lines[s, 0], lines[s, 3] - lines[s, 1]
        wide = max(lines[s, 4], f4(0.6))
        thin = min(lines[s, 4] / wide, f4(1))
        margin = wide * f4(2.6) + f4(1)
        root = f4(1) / np.sqrt(ex * ex + ey * ey + f4(1e-9))
        per, tall, broad = root * root, margin * abs(ex) * root, margin * abs(ey) * root
        top = max(int32(min(y0_, y0_ + ey) - tall), y0)
        bottom = min(int32(max(y0_, y0_ + ey) + tall) + 1, y1)
        if bottom <= top:
            continue
        left: Any = max(int32(min(x0, x0 + ex) - broad), 0)
        right: Any = min(int32(max(x0, x0 + ex) + broad) + 1, w)
        k = f4(0.5) / (wide * wide)
        steep, level = abs(ey) > f4(1e-3), abs(ex) > f4(1e-3)
        lean, reach, slant, far = f4(0), f4(0), f4(0), f4(0)
        if steep:
            lean, reach = ex / ey, margin / (abs(ey) * root)
        if level:
            slant, far = ey / ex, f4(1) / (per * ex)
        b0, g0, r0 = lines[s, 5], lines[s, 6], lines[s, 7]
        b1, g1, r1 = lines[s, 8] - b0, lines[s, 9] - g0, lines[s, 10] - r0
        along, across = ex * per, ey * root
        for y in range(top, bottom):
            dy = f4(int32(y)) + f4(0.5) - y0_
            xa: Any = left
            xb: Any = right
            if steep:  # only as far as it is wide
                middle = x0 + dy * lean
                xa = max(xa, int32(middle - reach))
                xb = min(xb, int32(middle + reach) + 1)
            if level:  # and only between its ends
                near = x0 - dy * slant
                xa = max(xa, int32(min(near, near + far) - f4(0.5)))
                xb = min(xb, int32(max(near, near + far) + f4(0.5)) + 1)
            n = xb - xa
            if n <= 0:
                continue
            whole = (n + WHOLE - 1) & -WHOLE  # the rest of a row costs more than a row
            lit, end = light[0, :whole], light[1, :whole]
            dx = f4(int32(xa)) + f4(0.5) - x0
            q0, d0 = (dx * ex + dy * ey) * per, (dx * ey - dy * ex) * root
            for i in range(whole):
                q = q0 + f4(int32(i)) * along
                d = d0 + f4(int32(i)) * across
                g = fast_exp_neg(d * d * k) * thin
                g = g if q >= f4(0) and q < f4(1) else f4(0)
                lit[i] = g
                end[i] = g * q
            for tile in range(xa // TILE, (xb - 1) // TILE + 1):
                touched[y // TILE, tile] = 1
            row = crisp[y, xa:xb]
            for i in range(n):  # pixel by pixel: as rows of many this is three times as slow
                row[i, 0] += lit[i] * b0 + end[i] * b1
                row[i, 1] += lit[i] * g0 + end[i] * g1
                row[i, 2] += lit[i] * r0 + end[i] * r1


def line_rows(canvas: Canvas, u: Array, v: Array, width: float | Array, colour: Array) -> Rows:
    """Polylines as segments (n, 11) for `stroke_rows`; those too dim or out of the frame are left out.

    u, v (k, n) picture heights, colour (k, n, 3) linear RGB, one width or (k,).
    """
    x, y = canvas.view.x(u), canvas.view.y(v)
    rows = np.empty((x.shape[0], x.shape[1] - 1, 11), np.float32)
    rows[..., 0], rows[..., 1] = x[:, :-1], y[:, :-1]
    rows[..., 2], rows[..., 3] = x[:, 1:], y[:, 1:]
    rows[..., 4] = np.broadcast_to(width, len(x))[:, None] * canvas.view.unit
    rows[..., 5:8], rows[..., 8:] = colour[:, :-1, ::-1], colour[:, 1:, ::-1]
    bright = np.maximum(np.maximum(colour[..., 0], colour[..., 1]), colour[..., 2])
    seen = np.maximum(bright[:, :-1], bright[:, 1:]) > FAINT
    for at, size in ((x, canvas.width), (y, canvas.height)):
        seen &= (np.maximum(at[:, :-1], at[:, 1:]) > -8.0) & (np.minimum(at[:, :-1], at[:, 1:]) < size + 8.0)
    return np.asarray(rows[seen])


def lay_lines(canvas: Canvas, lines: Rows) -> None:
    """Add segments (n, 11) to `crisp`."""
    if not len(lines):
        return
    canvas.bands(stroke_rows, canvas.crisp, canvas.touched, np.ascontiguousarray(lines))


def paint_lines(canvas: Canvas, u: Array, v: Array, width: float | Array, colour: Array) -> None:
    """Add polylines to `crisp`, see `line_rows`."""
    lay_lines(canvas, line_rows(canvas, u, v, width, colour))
