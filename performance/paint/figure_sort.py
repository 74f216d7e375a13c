"""Triangles into samples: which one is in front at each of the four samples of a pixel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import f4, kernel

Rows = NDArray[np.float32]
Whole = NDArray[np.int32]

# four samples of a pixel on a turned grid: near-upright and near-level edges both get four steps
XS = (f4(0.375), f4(0.875), f4(0.125), f4(0.625))
YS = (f4(0.125), f4(0.375), f4(0.625), f4(0.875))
NOTHING = 1e9
WHOLE = 4  # pixels of a row whose samples are reckoned at once


@kernel("void(i8, i8, f4[:,::1], i4[:,::1], i4[:,::1], f4[:,::1], i8, i8, i8)")
def triangle_planes(
    i0: int,
    i1: int,
    planes: Rows,
    spans: Whole,
    triangles: Whole,
    rows: Rows,
    two_sided: int,
    x0: int,
    y0: int,
) -> None:
    """Corner, shares' slopes and depth of triangles [i0, i1) in the box at (x0, y0); those unseen get no rows."""
    for i in range(i0, i1):
        a, b, c = rows[triangles[i, 0]], rows[triangles[i, 1]], rows[triangles[i, 2]]
        bx = b[0] - a[0]
        by = b[1] - a[1]
        cx = c[0] - a[0]
        cy = c[1] - a[1]
        area = bx * cy - by * cx
        spans[i, 0] = 0
        spans[i, 1] = 0
        if abs(area) < f4(1e-5) or (i < two_sided and area > f4(0)):
            continue
        k = f4(1) / area
        p = planes[i]
        p[0] = a[0] - f4(x0)
        p[1] = a[1] - f4(y0)
        p[2] = cy * k
        p[3] = -cx * k
        p[4] = -by * k
        p[5] = bx * k
        p[6] = a[2]
        p[7] = b[2] - a[2]
        p[8] = c[2] - a[2]
        p[9] = min(a[0], min(b[0], c[0])) - f4(x0)
        p[10] = max(a[0], max(b[0], c[0])) - f4(x0)
        low = min(a[1], min(b[1], c[1])) - f4(y0)
        high = max(a[1], max(b[1], c[1])) - f4(y0)
        spans[i, 0] = max(int(np.floor(low)), 0)
        spans[i, 1] = max(int(np.floor(high)) + 1, 0)


@kernel("void(i8, i8, f4[:,::1], i4[:,::1], f4[:,::1], i4[:,::1])")
def sort_triangles(y0: int, y1: int, depth: Rows, front: Whole, planes: Rows, spans: Whole) -> None:
    """Rows [y0, y1) of the box: which triangle is nearest at each of the four samples of a pixel, -1 none."""
    width = depth.shape[1] // 4
    across = np.empty(depth.shape[1], np.float32)  # where the samples of a row lie
    down = np.empty(depth.shape[1], np.float32)
    for x in range(width):
        for n in range(4):
            across[4 * x + n] = f4(x) + XS[n]
            down[4 * x + n] = YS[n]
    depth[y0:y1] = f4(NOTHING)
    front[y0:y1] = -1
    for i in range(spans.shape[0]):
        ya, yb = max(spans[i, 0], y0), min(spans[i, 1], y1)
        if ya >= yb:
            continue
        ux, uy, vx, vy = planes[i, 2], planes[i, 3], planes[i, 4], planes[i, 5]
        z0, zu, zv = planes[i, 6], planes[i, 7], planes[i, 8]
        ax, ay = planes[i, 0], planes[i, 1]
        xa, xb = max(int(np.floor(planes[i, 9])), 0), min(int(np.floor(planes[i, 10])) + 1, width)
        if xa >= xb:
            continue
        xb = xa + ((xb - xa + WHOLE - 1) & -WHOLE)  # the rest of a row costs more than a row
        if xb > width:
            xa, xb = max(xa + width - xb, 0), width
        # unsigned: no check for negative places, so it vectorises
        first, last = np.uint64(4 * xa), np.uint64(4 * xb)
        name = np.int32(i)
        for yy in range(ya, yb):
            y = np.uint64(yy)
            u0 = (f4(yy) - ay) * uy - ax * ux
            v0 = (f4(yy) - ay) * vy - ax * vx
            for s in range(first, last):
                u = u0 + across[s] * ux + down[s] * uy
                v = v0 + across[s] * vx + down[s] * vy
                z = z0 + u * zu + v * zv
                old = depth[y, s]
                mine = (u >= f4(0)) & (v >= f4(0)) & (u + v <= f4(1)) & (z < old)
                depth[y, s] = z if mine else old
                front[y, s] = name if mine else front[y, s]
