"""Fine lines of light, mitred where they bend and round at their ends: no beads, no teeth, no corners."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import TILE, Canvas
from performance.paint.fetch import ask
from performance.paint.kernels import f4, inline, int32, kernel

Array = NDArray[np.float64]
Points = NDArray[np.float32]
FAINT = 0.003  # light of a segment below which it is left out
LEAST = 0.5  # pixels: a finer line keeps this width and grows dim instead
REACH = 2.75  # widths from its middle at which a line is gone
NOWHERE = 1e-3  # pixels: what is nearer to another point lies where it lies
AHEAD = 4  # rows after which pixels are needed that are asked for now
SHARP = -0.35  # cosine of the bend from which a joint is not mitred


@inline
def _way(points: Any, i: Any) -> Any:
    """The direction from a point to the next, and one over how far it is; any for one that lies where it lies."""
    ex, ey = points[i + 1, 0] - points[i, 0], points[i + 1, 1] - points[i, 1]
    far = ex * ex + ey * ey
    if far < f4(NOWHERE * NOWHERE):
        return f4(1), f4(0), f4(1 / NOWHERE)
    per = f4(1) / np.sqrt(far)
    return ex * per, ey * per, per


@inline
def _cut(points: Any, other: Any, ends: Any, ex: Any, ey: Any, margin: Any) -> Any:
    """Across which direction a segment is cut off, and how far beyond its point: at an end its own, where its light
    is gone; at a joint halfway to its neighbour's, at the point."""
    if ends:
        return ex, ey, margin
    ox, oy, _ = _way(points, other)
    if ox * ex + oy * ey > f4(SHARP):
        ex, ey = ex + ox, ey + oy
    return ex, ey, f4(0)


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,::1])")
def stroke_rows(y0: Any, y1: Any, crisp: Any, touched: Any, points: Any) -> None:
    """Add soft polylines and mark the tiles they lie in.

    points (n, 7): x, y, width in pixels, blue, green, red, and 1 for the last point of a line, else 0. Every pixel
    beside a joint belongs to one of its two segments: which, is reckoned alike for both.
    """
    w, low, high = f4(int32(crisp.shape[1])), f4(int32(y0)), f4(int32(y1))
    for i in range(points.shape[0] - 1):
        here, after = points[i], points[i + 1]
        wide, fine = max(here[2], f4(LEAST)), max(after[2], f4(LEAST))
        margin = max(wide, fine) * f4(REACH)
        x0, ya, x1, yb = here[0], here[1], after[0], after[1]
        if here[6] > f4(0.5) or min(ya, yb) - f4(2) * margin > high or max(ya, yb) + f4(2) * margin < low:
            continue
        if min(x0, x1) - f4(2) * margin > w or max(x0, x1) + f4(2) * margin < f4(0):
            continue
        thin = min(here[2] / wide, f4(1))
        b0, g0, r0 = here[3] * thin, here[4] * thin, here[5] * thin
        thin = min(after[2] / fine, f4(1))
        b1, g1, r1 = after[3] * thin, after[4] * thin, after[5] * thin
        if max(max(max(b0, b1), max(g0, g1)), max(r0, r1)) < f4(FAINT):
            continue
        b1, g1, r1 = b1 - b0, g1 - g0, r1 - r0
        ex, ey, per = _way(points, i)
        ax, ay, far = _cut(points, i - 1, i == 0 or points[i - 1, 6] > f4(0.5), ex, ey, margin)
        xs, ys = x0 - ex * far, ya - ey * far
        bx, by, far = _cut(points, i + 1, after[6] > f4(0.5), ex, ey, margin)
        xe, ye = x1 + ex * far, yb + ey * far
        ta, tb = margin / (ax * ex + ay * ey), margin / (bx * ex + by * ey)
        top: Any = int32(max(min(ys - ta * abs(ax), ye - tb * abs(bx)), low))
        bottom: Any = int32(min(max(ys + ta * abs(ax), ye + tb * abs(bx)) + f4(1), high))
        first = max(min(xs - ta * abs(ay), xe - tb * abs(by)), f4(0))
        last = min(max(xs + ta * abs(ay), xe + tb * abs(by)), w)
        ax = ax if abs(ax) > f4(1e-5) else f4(1e-5)
        bx = bx if abs(bx) > f4(1e-5) else f4(1e-5)
        cut_a, cut_b, from_a, to_b = -ay / ax, -by / bx, ax > f4(0), bx > f4(0)
        lean, half = f4(0), f4(1e6)
        if abs(ey) > f4(1e-4):
            lean, half = ex / ey, margin / abs(ey)
        slim, along, long = f4(1) / (wide * f4(REACH)), ex * per, f4(1) / per
        slimmer = f4(1) / (fine * f4(REACH)) - slim
        for y in range(top, bottom):
            at = f4(int32(y)) + f4(0.5)
            dy = at - ya
            middle, a, b = x0 + dy * lean, xs + (at - ys) * cut_a, xe + (at - ye) * cut_b
            xa, xb = max(first, middle - half), min(last, middle + half)
            if from_a:
                xa = max(xa, a)
            else:
                xb = min(xb, a)
            if to_b:
                xb = min(xb, b)
            else:
                xa = max(xa, b)
            left: Any = int32(np.ceil(xa - f4(0.5)))
            right: Any = int32(np.ceil(xb - f4(0.5)))
            if right <= left:
                continue
            if y + AHEAD < bottom:  # a slanting line is short in every row
                soon: Any = int32(max(min(middle + lean * f4(AHEAD), w - f4(1)), f4(0)))
                ask(crisp[y + AHEAD, soon], np.uint64(0))
            for tile in range(left // TILE, (right - 1) // TILE + 1):
                touched[y // TILE, tile] = 1
            row = crisp[y, left:right]
            dx = f4(left) + f4(0.5) - x0
            q, d = (dx * ex + dy * ey) * per, dx * ey - dy * ex
            for x in range(right - left):  # pixel by pixel: as rows of many this is twice as slow
                s = min(max(q, f4(0)), f4(1))
                beyond, k = (q - s) * long, slim + s * slimmer
                g = max(f4(1) - (d * d + beyond * beyond) * (k * k), f4(0))
                g = g * g * g
                row[x, 0] += g * (b0 + s * b1)
                row[x, 1] += g * (g0 + s * g1)
                row[x, 2] += g * (r0 + s * r1)
                q += along
                d += ey


def line_points(canvas: Canvas, u: Array, v: Array, width: Array | float, colour: Array) -> Points:
    """Polylines as points (k n, 7) for `stroke_rows`.

    u, v (k, n) picture heights, colour (k, n, 3) linear RGB; one width, (k, 1) or (k, n), in picture heights.
    """
    points = np.zeros((*u.shape, 7), np.float32)
    points[..., 0], points[..., 1] = canvas.view.x(u), canvas.view.y(v)
    points[..., 2] = width * canvas.view.unit
    points[..., 3:6] = colour[..., ::-1]
    points[:, -1, 6] = 1.0
    return points.reshape(-1, 7)


def lay_lines(canvas: Canvas, points: Points) -> None:
    """Add polylines, see `line_points`, to `crisp`."""
    if len(points):
        canvas.bands(stroke_rows, canvas.crisp, canvas.touched, points)


def paint_lines(canvas: Canvas, u: Array, v: Array, width: Array | float, colour: Array) -> None:
    """Add polylines of one number of points to `crisp`, see `line_points`."""
    lay_lines(canvas, line_points(canvas, u, v, width, colour))
