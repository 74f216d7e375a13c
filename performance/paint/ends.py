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
def _end(ends: Light, away: float) -> float:
    """What `board_ends` says of a depth, linear between its cuts."""
    q = away * f4(CUTS / BOARD) + f4(ENDS * 8)
    i = int32(q)
    a = ends[np.uint32(i & int32(ENDS - 1))]
    value: float = a + (ends[np.uint32((i + int32(1)) & int32(ENDS - 1))] - a) * (q - f4(i))
    return value


@inline
def _steep(ends: Light, away: float) -> float:
    """How much the ends change with depth there."""
    i = int32(away * f4(CUTS / BOARD) + f4(ENDS * 8))
    a = ends[np.uint32(i & int32(ENDS - 1))]
    value: float = abs(ends[np.uint32((i + int32(1)) & int32(ENDS - 1))] - a) * f4(CUTS / BOARD)
    return value


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
        out = detail[y]
        step = f4(1.0 / REACH)
        for x in range(a, b):
            at = f4(int32(x))
            here = (u0 + at * du) * reach / (under0 - at * fall) + g[8]
            back = min(max((here - low) * step + f4(1), f4(0)), f4(1))
            seen = min(
                max((under0 - at * fall - f4(0.006)) * f4(40), f4(0)), f4(1)
            )  # haze takes the farthest boards
            out[x] = np.uint8(f4(out[x]) * (f4(1) - f4(0.66) * seen * back * back * (f4(3) - f4(2) * back)))
        for x in range(b, c):
            at = f4(int32(x))
            below = under0 - at * fall
            u = (u0 + at * du) * g[7]
            depth = g[6] / below
            here = u * depth + g[8]
            across, deep = g[0] * depth, depth * depth * g[0] / g[6]  # what one pixel spans of the boards
            sharp = f4(1) / (f4(0.8) * across + min(ragged * deep * _steep(ends, depth + g[9]), f4(0.25)))
            end = edge + ragged * _end(ends, depth + g[9])
            cover = min(max((end - here) * sharp + f4(0.5), f4(0)), f4(1))
            lower = (g[6] + f4(THICK)) / below
            far_end = edge + ragged * _end(ends, lower + g[9]) - f4(0.006)
            sharp = f4(1) / (f4(0.8) * across + min(ragged * deep * _steep(ends, lower + g[9]), f4(0.25)))
            under = min(max((far_end - u * lower - g[8]) * sharp + f4(0.5), f4(0)), f4(1))
            board = int32((depth + g[9]) * f4(1.0 / BOARD) + f4(64)) * int32(CUTS * 7)
            tone = ends[np.uint32(board & int32(ENDS - 1))] + f4(0.3)
            lip = fast_exp_neg(max(end - here, f4(0)) * f4(34)) * (f4(0.16) + f4(0.3) * tone)
            wood = f4(out[x]) * (f4(0.34) + (f4(0.16) * tone + lip) * smooth_step(f4(0), f4(0.1), here - low))
            face = f4(128) * (f4(0.10) + f4(0.16) * tone)
            value = f4(128) + (face - f4(128)) * under
            value += (wood - value) * cover
            value = f4(128) + (value - f4(128)) * min(max((below - f4(0.006)) * f4(40), f4(0)), f4(1))
            out[x] = np.uint8(min(max(value, f4(0)), f4(255)))
        for x in range(c, stop):
            out[x] = np.uint8(128)
