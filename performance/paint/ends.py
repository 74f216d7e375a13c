"""Broken board ends before the fog: each board its own length, splintered, with thickness.

They are sharp, so they are cut into the full-size detail, which darkens the fog in the field to wood.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from performance.paint.canvas import Bytes, Light
from performance.paint.deck import BOARD
from performance.paint.kernels import f4, fast_exp_neg, inline, int32, kernel, smooth_step

SHORTEST, LONGEST = -0.24, 0.62  # a board, beside the edge, where all are ragged
CUTS, ENDS = 16, 2048  # places to a board at which its end is known, and in all
THICK = 0.034  # of a board
REACH = 0.42  # how far back from the shortest board the boards' own light gives way to the fog's


@cache
def board_ends() -> Light:
    """How much farther than the edge each board reaches, (ENDS,) float32, `CUTS` to a board.

    Each has its own length, some are left hanging out, all are splintered.
    """
    rng = np.random.default_rng(19)  # a texture
    boards, part = ENDS // CUTS, (np.arange(CUTS) + 0.5) / CUTS
    ends = np.empty((boards, CUTS))
    for board in range(boards):
        j, k, long = rng.random(3)
        coarse = np.abs((part * (0.9 + 0.8 * k) + j + 0.5) % 1.0 - 0.5)
        teeth = np.interp(part, np.linspace(0.0, 1.0, 6), rng.random(6) * rng.random(6))
        ends[board] = (
            (j - 0.5) * 0.36
            + (0.14 + 0.26 * k) * (long > 0.78)
            + 0.14 * (coarse - 0.25)
            + 0.11 * (teeth - 0.2)
        )
    return np.ascontiguousarray(np.clip(ends.reshape(-1), SHORTEST, LONGEST), np.float32)


@inline
def _column(place: float, u0: float, under0: float, du: float, fall: float, reach: float, stop: int) -> int:
    """The first pixel of a row that lies as far right as `place` on the boards."""
    slope = du * reach + place * fall
    if slope <= f4(1e-9):
        return stop
    return min(max(int((place * under0 - u0 * reach) / slope) + 1, 0), stop)


@kernel("void(i8, i8, u1[:,::1], f4[::1], f4[::1], f4[::1])")
def ends_rows(y0: int, y1: int, detail: Bytes, ends: Light, g: Light, p: Light) -> None:
    """Cut the board ends into the detail. p: level, edge, ragged, spill, deep, t."""
    w = detail.shape[1]
    edge, ragged = p[1], p[2]
    low = edge + ragged * f4(SHORTEST)
    reach = g[6] * g[7]
    spot, under_it, plank = np.empty(w, np.uint32), np.empty(w, np.uint32), np.empty(w, np.uint32)
    near, near_on, top = np.empty(w, np.float32), np.empty(w, np.float32), np.empty(w, np.float32)
    far, far_on, foot = np.empty(w, np.float32), np.empty(w, np.float32), np.empty(w, np.float32)
    tone = np.empty(w, np.float32)
    for y in range(y0, y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        side = (f4(0.5) - g[1]) * g[0]
        u0, under0 = (
            side * g[3] + dv * g[4],
            dv * g[3] - side * g[4] + g[5],
        )  # of the first pixel, and how they go on
        du, fall = g[0] * g[3], g[0] * g[4]
        stop = w
        if fall > f4(1e-7):
            stop = min(w, max(0, int((under0 - f4(0.004)) / fall)))
        elif under0 < f4(0.004):
            continue
        a = _column(low - f4(REACH) - g[8], u0, under0, du, fall, reach, stop)
        b = _column(low - g[8], u0, under0, du, fall, reach, stop)
        c = _column(edge + ragged * f4(LONGEST) - g[8], u0, under0, du, fall, reach, stop)
        step = f4(1.0 / REACH)
        out = detail[y, a:b]
        for i in range(b - a):
            at = f4(int32(i)) + f4(int32(a))
            below = under0 - at * fall
            here = (u0 + at * du) * reach / below + g[8]
            back = min(max((here - low) * step + f4(1), f4(0)), f4(1))
            seen = min(max((below - f4(0.006)) * f4(40), f4(0)), f4(1))  # haze takes the farthest boards
            out[i] = np.uint8(
                int32(f4(out[i]) * (f4(1) - f4(0.66) * seen * back * back * (f4(3) - f4(2) * back)))
            )
        for i in range(c - b):
            below = under0 - (f4(int32(i)) + f4(int32(b))) * fall
            upper = (g[6] / below + g[9]) * f4(CUTS / BOARD) + f4(ENDS * 8)
            lower = ((g[6] + f4(THICK)) / below + g[9]) * f4(CUTS / BOARD) + f4(ENDS * 8)
            top[i], foot[i] = upper - f4(int32(upper)), lower - f4(int32(lower))
            spot[i] = np.uint32(int32(upper) & int32(ENDS - 1))
            under_it[i] = np.uint32(int32(lower) & int32(ENDS - 1))
            board = int32((upper - f4(ENDS * 8)) * f4(1.0 / CUTS) + f4(64)) * int32(CUTS * 7)
            plank[i] = np.uint32(board & int32(ENDS - 1))
        for i in range(c - b):  # looked up apart from what is worked out: that alone cannot be vectorised
            j, k = spot[i], under_it[i]
            near[i], tone[i], far[i] = ends[j], ends[plank[i]], ends[k]
            near_on[i] = ends[(j + np.uint32(1)) & np.uint32(ENDS - 1)] - near[i]
            far_on[i] = ends[(k + np.uint32(1)) & np.uint32(ENDS - 1)] - far[i]
        out = detail[y, b:c]
        for i in range(c - b):
            at = f4(int32(i)) + f4(int32(b))
            below = under0 - at * fall
            u = (u0 + at * du) * g[7]
            depth = g[6] / below
            here = u * depth + g[8]
            across, deep = g[0] * depth, depth * depth * g[0] / g[6]  # what one pixel spans of the boards
            steep = ragged * deep * f4(CUTS / BOARD)
            end = edge + ragged * (near[i] + near_on[i] * top[i])
            cover = (end - here) / (f4(0.8) * across + min(steep * abs(near_on[i]), f4(0.25)))
            cover = min(max(cover + f4(0.5), f4(0)), f4(1))
            far_end = edge + ragged * (far[i] + far_on[i] * foot[i]) - f4(0.006)
            there = u * (g[6] + f4(THICK)) / below + g[8]
            under = (far_end - there) / (f4(0.8) * across + min(steep * abs(far_on[i]), f4(0.25)))
            under = min(max(under + f4(0.5), f4(0)), f4(1))
            shade = tone[i] + f4(0.3)
            lip = fast_exp_neg(max(end - here, f4(0)) * f4(34)) * (f4(0.16) + f4(0.3) * shade)
            wood = f4(0.34) + (f4(0.16) * shade + lip) * smooth_step(f4(0), f4(0.1), here - low)
            value = f4(128) + (f4(128) * (f4(0.10) + f4(0.16) * shade) - f4(128)) * under
            value += (f4(out[i]) * wood - value) * cover
            value = f4(128) + (value - f4(128)) * min(max((below - f4(0.006)) * f4(40), f4(0)), f4(1))
            out[i] = np.uint8(int32(min(max(value, f4(0)), f4(255))))
        out = detail[y, c:stop]
        for i in range(stop - c):
            out[i] = np.uint8(128)
