"""Sharpness for soft light: what a finer buffer knows of brightness goes into the full-size detail.

Colour may be soft where brightness is sharp; the eye does not see it (as in broadcast colour, which carries a
quarter of the colour samples). The field holds the mean, the detail the ratio, as display values.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.paint.canvas import Bytes, Canvas, Light
from performance.paint.kernels import f4, int32, kernel

uint64: Any = np.uint64  # a place that is never negative
LEAVE = -1.0  # brightness of a place where the detail stays as it is


@kernel("void(i8, i8, u1[:,::1], f4[:,::1], f4[:,::1], i8, i8, i8, i8)")
def sharpen_rows(
    y0: int,
    y1: int,
    detail: Bytes,
    exact: Light,
    soft: Light,
    scale: int,
    rows: int,
    columns: int,
    first: int,
) -> None:
    """detail *= sqrt(exact / soft). `scale` pixels make one of the field, which has `rows` x `columns` of `exact`.

    The span is counted from the row `first`.
    """
    w = detail.shape[1]
    fh, fw = soft.shape
    eh, ew = exact.shape
    plain = np.empty(fw + 2, np.float32)
    ratio = np.empty(ew + 2, np.float32)
    base = np.empty(ew, np.float32)
    full = np.empty(w, np.float32)
    row_step = f4(int32(rows)) / f4(int32(scale))
    wide = scale // columns
    for y in range(first + y0, first + y1):
        at = f4(int32(y)) + f4(0.5)
        ey = min(max(at * row_step - f4(0.5), f4(0)), f4(eh - 1))
        ea = int32(ey)
        eb = min(ea + 1, eh - 1)
        te = ey - f4(ea)
        upper, lower = exact[ea], exact[eb]
        told = 0
        for x in range(ew):
            told |= int(max(upper[x], lower[x]) >= f4(0))
        if not told:
            continue
        fy = min(max(at / f4(int32(scale)) - f4(0.5), f4(0)), f4(fh - 1))
        fa = int32(fy)
        fb = min(fa + 1, fh - 1)
        tf = fy - f4(fa)
        above, under = soft[fa], soft[fb]
        inner = plain[1:]
        for x in range(fw):
            inner[x] = above[x] + (under[x] - above[x]) * tf
        plain[0], plain[fw + 1] = plain[1], plain[fw]
        if columns == 2:  # live, a number that the compiler knows: of that it makes rows
            for x in range(uint64(ew // 2)):
                base[uint64(2) * x] = inner[x] + (plain[x] - inner[x]) * f4(0.25)
                base[uint64(2) * x + uint64(1)] = inner[x] + (plain[x + uint64(2)] - inner[x]) * f4(0.25)
        for k in range(0 if columns == 2 else columns):
            t = (f4(int32(k)) + f4(0.5)) / f4(int32(columns)) - f4(0.5)
            side, weight = (plain[2:] if t > f4(0) else plain), abs(t)
            for x in range((ew - k + columns - 1) // columns):
                base[x * columns + k] = inner[x] + (side[x] - inner[x]) * weight
        middle = ratio[1:]
        for x in range(ew):
            a, b = upper[x], lower[x]
            value = min(np.sqrt((max(a + (b - a) * te, f4(0)) + f4(2e-4)) / (base[x] + f4(2e-4))), f4(1.99))
            middle[x] = value if min(a, b) >= f4(0) else f4(1)
        ratio[0], ratio[ew + 1] = ratio[1], ratio[ew]
        if wide == 2:
            after = ratio[2:]
            for x in range(uint64(w // 2)):
                full[uint64(2) * x] = f4(0.75) * middle[x] + f4(0.25) * ratio[x]
                full[uint64(2) * x + uint64(1)] = f4(0.75) * middle[x] + f4(0.25) * after[x]
            full[w - 1] = middle[(w - 1) // 2]
        else:
            for k in range(wide):
                t = (f4(int32(k)) + f4(0.5)) / f4(int32(wide)) - f4(0.5)
                near, weight = (ratio[2:] if t > f4(0) else ratio), abs(t)
                for x in range((w - k + wide - 1) // wide):
                    full[x * wide + k] = middle[x] + (near[x] - middle[x]) * weight
        out = detail[y]
        for x in range(w):
            out[x] = np.uint8(min(f4(out[x]) * full[x] + f4(0.5), f4(255)))


def sharpen(
    canvas: Canvas, exact: Light, soft: Light, rows: int, columns: int, span: tuple[int, int]
) -> None:
    """Turn the field's soft brightness `soft` (field's shape) into the finer `exact` by means of the detail.

    `span`: the rows of the field for which that is wanted.
    """
    canvas.detailed = True
    first, last = span[0] * canvas.scale, min(span[1] * canvas.scale, canvas.height)
    canvas.threads.bands(
        max(last - first, 0), sharpen_rows, canvas.detail, exact, soft, canvas.scale, rows, columns, first
    )
