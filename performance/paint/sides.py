"""The sides of a convex plate in one row of pixels: between which columns it lies, and how far within a side.

Copied into the kernels of those who paint plates. A plate is (x, y) of its corners in pixels. A side is (a, b, c), with
a x + b y + c how far inside it a place lies, and (slope, offset, 1 / a), with slope y + offset where a row crosses it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.compiled import inline

MOST = 16  # corners of a plate
SIDE = 6  # numbers of a side
SHORT = 0.02  # pixels: a corner said twice is no side
LEVEL = 1e-5  # a side that leans less is crossed by no row
f4: Any = np.float32
WHOLE = 16  # pixels of a row that are reckoned at once: loops over fewer, one by one, cost more
int32: Any = np.int32


@inline
def set_sides(sides: Any, from_corner: Any, plate: Any, count: int) -> Any:
    """Write the sides (count at most, 3 or more), and which corner each begins at.

    Gives their number, 0 for a plate without area, and the rows and columns it reaches: top, bottom, left, right.
    """
    low, high, first, last, area = plate[1], plate[1], plate[0], plate[0], f4(0)
    for j in range(count):
        k = j + 1 if j + 1 < count else 0
        x, y = plate[2 * j], plate[2 * j + 1]
        low, high, first, last = min(low, y), max(high, y), min(first, x), max(last, x)
        area += x * plate[2 * k + 1] - plate[2 * k] * y
    sign = f4(1) if area > f4(0) else f4(-1)
    number = 0
    for j in range(count):
        k = j + 1 if j + 1 < count else 0
        ex, ey = plate[2 * k] - plate[2 * j], plate[2 * k + 1] - plate[2 * j + 1]
        long = np.sqrt(ex * ex + ey * ey)
        if long >= f4(SHORT) and abs(area) >= f4(0.05):
            r = sign / long
            a, b = -ey * r, ex * r
            c = -(a * plate[2 * j] + b * plate[2 * j + 1])
            per = f4(1) / a if abs(a) > f4(LEVEL) else f4(0)
            sides[number, 0], sides[number, 1], sides[number, 2] = a, b, c
            sides[number, 3], sides[number, 4], sides[number, 5] = -b * per, -c * per, per
            from_corner[number] = j
            number += 1
    return (
        number,
        int32(np.floor(low - f4(0.5))),
        int32(np.ceil(high + f4(0.5))),
        int32(np.floor(first - f4(0.5))),
        int32(np.ceil(last + f4(0.5))),
    )


@inline
def span(sides: Any, count: int, at: Any, insets: Any, share: Any, left: Any, right: Any) -> Any:
    """The columns [lo, hi) of [left, right) that at the height `at` lie within every side by half a pixel less than
    `share` of its own inset."""
    lo, hi = f4(left), f4(right)
    for j in range(count):
        inset, per = insets[j] * share - f4(0.5), sides[j, 5]
        crossing = sides[j, 3] * at + sides[j, 4] + inset * per
        if per > f4(0):
            lo = max(lo, crossing - f4(0.5))
        elif per < f4(0):
            hi = min(hi, crossing + f4(0.5))
        elif sides[j, 1] * at + sides[j, 2] < inset:
            hi = f4(left)  # nothing; `lo` may lie far to the right of all columns by now
    lo, hi = min(lo, f4(right)), max(hi, f4(left))
    return int(np.ceil(lo)), int(np.floor(hi))


@inline
def near_side(side: Any, at: Any, inset: Any, begin: Any, n: Any) -> Any:
    """Of the `n` pixels from column `begin`: those nearer to a side than `inset`, [first, end) of them, and how far
    inside the first of those is."""
    a, per = side[0], side[5]
    d, most = side[1] * at + side[2] + a * (f4(begin) + f4(0.5)), f4(n)
    first, end = 0, n
    if per > f4(0):
        end = int(min(max((inset - d) * per + f4(1), f4(0)), most))
    elif per < f4(0):
        first = int(min(max((inset - d) * per, f4(0)), most))
    elif d > inset:
        end = 0
    return first, end, d + a * f4(first)


@inline
def repeat(out: Any, blue: Any, green: Any, red: Any, alpha: Any) -> None:
    """Four numbers for each pixel of a row (4 n,)."""
    for x in range(out.shape[0] // 4):
        out[4 * x], out[4 * x + 1], out[4 * x + 2], out[4 * x + 3] = blue, green, red, alpha
