"""A floor that was lit in finer rows than the field has goes into the field; what is finer is kept for sharpening."""

from __future__ import annotations

import numpy as np

from performance.paint.canvas import Light
from performance.paint.kernels import f4, int32, kernel
from performance.paint.sharpen import LEAVE


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,::1], f4[:,::1], f4[:,:,::1], i8, f4, i8)")
def settle_rows(
    y0: int, y1: int, field: Light, env: Light, exact: Light, soft: Light, sea: Light, fine: int, level: float,
    first: int,
) -> None:  # fmt: skip
    """field = the mean of the sea's rows; what that adds of light goes to env too, so that it blooms.

    The span is counted from the row `first`, over which there is nothing.
    """
    w = field.shape[1]
    total, under = np.empty((4, w), np.float32), np.empty(w, np.float32)
    share = level / f4(int32(fine))
    if y0 == 0 and first > 0:
        exact[first * fine - 1] = f4(LEAVE)
    for y in range(first + y0, first + y1):
        sums, light = total[3], field[y]
        for x in range(w):
            under[x] = light[x, 0] + f4(2) * light[x, 1] + light[x, 2]
        for k in range(4):
            row = total[k]
            for x in range(w):
                row[x] = f4(0)
        for k in range(fine):
            b, g, r, cover, sharp = (
                sea[y * fine + k, 0], sea[y * fine + k, 1], sea[y * fine + k, 2], sea[y * fine + k, 3],
                exact[y * fine + k],
            )  # fmt: skip
            for x in range(w):
                value = b[x] + f4(2) * g[x] + r[x]
                value = under[x] + (value - under[x]) * cover[x]
                sharp[x] = value if cover[x] > f4(0) and level > f4(0.98) else f4(LEAVE)
                sums[x] += cover[x]
            for c in range(3):
                row, column = sea[y * fine + k, c], total[c]
                for x in range(w):
                    column[x] += row[x] * cover[x]
        most = f4(0)
        for x in range(w):
            most = max(most, sums[x])
        around = env[y]
        if most > f4(0):
            for k in range(3):
                row = total[k]
                for x in range(w):
                    before = light[x, k]
                    after = before * (f4(1) - sums[x] * share) + row[x] * share
                    around[x, k] = max(around[x, k] + after - before, f4(0))
                    light[x, k] = after
        out = soft[y]
        for x in range(w):
            out[x] = light[x, 0] + f4(2) * light[x, 1] + light[x, 2]
