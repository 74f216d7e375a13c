"""Triangles in the picture: those that face it, as planes, in small blocks that lie close together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import f4, kernel

Rows = NDArray[np.float32]
Whole = NDArray[np.int32]

BLOCK = 64  # triangles
# a plane: corner; slopes of the shares of b and c, each to the right and down; depth and its slopes with the shares;
# left, right; which points a, b and c are
AX, AY, UX, UY, VX, VY, Z0, ZU, ZV, LEFT, RIGHT, A, B, C = range(14)
PLANE = 16  # numbers: as many bytes as a processor fetches at once
COUNT, TOP, BOTTOM, WEST, EAST = range(5)  # of a block


@kernel("void(i8, i8, f4[:,::1], i4[:,::1], i4[:,::1], i4[:,::1], f4[:,::1], i8, f4, f4, i8, i8, i8, i8)")
def triangle_planes(
    n0: int,
    n1: int,
    planes: Rows,
    spans: Whole,
    blocks: Whole,
    triangles: Whole,
    rows: Rows,
    two_sided: int,
    cx: float,
    cy: float,
    top: int,
    bottom: int,
    west: int,
    east: int,
) -> None:
    """The triangles of blocks [n0, n1) that can be seen, one after the other from where a block begins: `planes` round
    the pixel (cx, cy), `spans` their rows, first and end, `blocks` (n, 5) how many and the box round them. Rows and
    columns outside [top, bottom) and [west, east) are not seen; they too count from (cx, cy)."""
    for n in range(n0, n1):
        at, low, high, left, right = n * BLOCK, bottom, top, east, west
        for i in range(n * BLOCK, min((n + 1) * BLOCK, triangles.shape[0])):
            a, b, c = np.uint64(triangles[i, 0]), np.uint64(triangles[i, 1]), np.uint64(triangles[i, 2])
            ax, ay = rows[a, 0] - cx, rows[a, 1] - cy
            bx, by, ex, ey = (
                rows[b, 0] - cx - ax,
                rows[b, 1] - cy - ay,
                rows[c, 0] - cx - ax,
                rows[c, 1] - cy - ay,
            )
            area = bx * ey - by * ex
            if abs(area) < f4(1e-5) or (i < two_sided and area > f4(0)):
                continue
            first = max(int(np.floor(ay + min(f4(0), min(by, ey)))), top)
            end = min(int(np.floor(ay + max(f4(0), max(by, ey)))) + 1, bottom)
            start = max(int(np.floor(ax + min(f4(0), min(bx, ex)))), west)
            stop = min(int(np.floor(ax + max(f4(0), max(bx, ex)))) + 1, east)
            if first >= end or start >= stop:
                continue
            k = f4(1) / area
            planes[at, AX], planes[at, AY] = ax, ay
            planes[at, UX], planes[at, UY] = ey * k, -ex * k
            planes[at, VX], planes[at, VY] = -by * k, bx * k
            z = rows[a, 2]
            planes[at, Z0], planes[at, ZU], planes[at, ZV] = z, rows[b, 2] - z, rows[c, 2] - z
            planes[at, LEFT], planes[at, RIGHT] = f4(start), f4(stop)
            planes[at, A], planes[at, B], planes[at, C] = f4(a), f4(b), f4(c)
            spans[at, 0], spans[at, 1] = first, end
            low, high = min(low, first), max(high, end)
            left, right = min(left, start), max(right, stop)
            at += 1
        blocks[n, COUNT], blocks[n, TOP], blocks[n, BOTTOM] = at - n * BLOCK, low, high
        blocks[n, WEST], blocks[n, EAST] = left, right
