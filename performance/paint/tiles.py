"""The crisp picture by tiles: cleared, let go where nothing was painted, and made small for mirrors and bloom.

Only tiles that somebody touched cost anything.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.compiled import intrinsic, ir, types
from performance.paint.canvas import TILE, Bytes, Canvas, Light
from performance.paint.kernels import f4, inline, kernel

TOUCHED, PAINTED = 1, 2  # a painter's box reached it; and something is known to be painted there
BRIGHTEST = 24.0  # light above this is no brighter in mirrors: one glint would outshine all
TILE_FLOATS = 4 * TILE
uint64: Any = np.uint64  # places of this type are known not to be negative, and rows of them are vectorised


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1])")
def clear_crisp(t0: int, t1: int, crisp: Light, touched: Bytes) -> None:
    """Make the touched tiles of rows of tiles [t0, t1) empty and untouched."""
    h, w = crisp.shape[0], crisp.shape[1]
    for ty in range(t0, t1):
        for tx in range(touched.shape[1]):
            if touched[ty, tx]:
                touched[ty, tx] = 0
                crisp[ty * TILE : min((ty + 1) * TILE, h), tx * TILE : min((tx + 1) * TILE, w)] = f4(0)


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1])")
def clear_light(y0: int, y1: int, field: Light, air: Light) -> None:
    """No light in rows [y0, y1) of two soft pictures."""
    field[y0:y1] = f4(0)
    air[y0:y1] = f4(0)


@inline
def _is_lit(row: Light, tile: int) -> bool:
    """Whether there is anything in a tile's share of a row."""
    bits, lit = row.view(np.uint32), np.uint32(0)  # whole numbers, of which whole rows are looked at at once
    for i in range(uint64(tile * TILE_FLOATS), uint64(min((tile + 1) * TILE_FLOATS, row.shape[0]))):
        lit |= bits[i]
    return bool(lit)


@kernel("void(i8, i8, f4[:,::1], u1[:,::1])")
def release_rows(t0: int, t1: int, crisp: Light, touched: Bytes) -> None:
    """Touched tiles of rows of tiles [t0, t1) are found to be painted, or let go. `crisp` in flat rows."""
    for ty in range(t0, t1):
        for tx in range(touched.shape[1]):
            if touched[ty, tx] == TOUCHED:
                touched[ty, tx] = 0
                for y in range(ty * TILE, min((ty + 1) * TILE, crisp.shape[0])):
                    if _is_lit(crisp[y], tx):
                        touched[ty, tx] = PAINTED
                        break


@inline
def _gather(wide: Light, none: Light, y0: int, y1: int, crisp: Light, touched: Bytes) -> bool:
    """The sum of rows [y0, y1) of the crisp picture where it is touched; marks what is painted there. Four rows are
    read side by side: that brings more from memory in the same time. `none`: an empty row."""
    begun, y = False, y0
    while y < y1:
        marks, until = touched[y // TILE], min(y1, (y // TILE + 1) * TILE)
        one, two = crisp[y], crisp[y + 1] if y + 1 < until else none
        three, four = crisp[y + 2] if y + 2 < until else none, crisp[y + 3] if y + 3 < until else none
        y = min(y + 4, until)
        end = 0
        while end < marks.shape[0]:
            first = end
            while end < marks.shape[0] and marks[end] != 0:
                end += 1
            if end == first:
                end += 1
                continue
            if not begun:
                wide[:] = f4(0)
                begun = True
            for i in range(uint64(first * TILE_FLOATS), uint64(min(end * TILE_FLOATS, one.shape[0]))):
                wide[i] += min(one[i], f4(BRIGHTEST)) + min(two[i], f4(BRIGHTEST))
                wide[i] += min(three[i], f4(BRIGHTEST)) + min(four[i], f4(BRIGHTEST))
    if begun:
        for tile in range(touched.shape[1]):
            for ty in range(y0 // TILE, (y1 - 1) // TILE + 1):
                if touched[ty, tile] == TOUCHED and _is_lit(wide, tile):
                    touched[ty, tile] = PAINTED
    return begun


def _adding_pixel(context: Any, row: Any, at: Any, other: Any, there: Any) -> Any:
    """Add four numbers of another row to four of a row, at once."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pixel = ir.VectorType(ir.FloatType(), 4).as_pointer()
        row, other = (
            builder.bitcast(
                builder.gep(
                    context.make_array(signature.args[k])(context, builder, arguments[k]).data,
                    [arguments[k + 1]],
                ),
                pixel,
            )
            for k in (0, 2)
        )
        builder.store(builder.fadd(builder.load(row, align=4), builder.load(other, align=4)), row, align=4)
        return context.get_dummy_value()

    return types.void(row, at, other, there), build


_add_pixel: Any = intrinsic(_adding_pixel)


@kernel("void(i8, i8, f4[:,::1], f4[:,::1], f4[:,::1], u1[:,::1], i8)")
def shrink_rows(y0: int, y1: int, env: Light, field: Light, crisp: Light, touched: Bytes, s: int) -> None:
    """Rows [y0, y1) of env = crisp over field, `s` x `s` pixels to one, and how much is crisp. All in flat rows."""
    h, w, n = crisp.shape[0], crisp.shape[1], env.shape[1]
    wide = np.zeros(n * s, np.float32)
    total, keep, none = np.zeros(n, np.float32), np.empty(n, np.float32), np.zeros(w, np.float32)
    last = f4(4 * s) / f4(w - n * s + 4 * s)  # the last column may have fewer pixels
    for y in range(y0, y1):
        top, bottom = y * s, min((y + 1) * s, h)
        out, behind = env[y], field[y]
        if not _gather(wide[:w], none, top, bottom, crisp, touched):
            for i in range(n):  # written out: a row set to a row takes two seconds to compile
                out[i] = behind[i]
            for x in range(n // 4):
                out[4 * x + 3] = f4(0)
            continue
        wide[w:] = f4(0)
        total[:] = f4(0)
        for x in range(n // 4):
            for k in range(s):
                _add_pixel(total, 4 * x, wide, 4 * (s * x + k))
        for i in range(n - 4, n):
            total[i] *= last
        share = f4(1) / f4((bottom - top) * s)
        for x in range(uint64(n // 4)):
            b = uint64(4) * x
            uncovered = max(f4(1) - total[b + uint64(3)] * share, f4(0))
            keep[b] = uncovered
            keep[b + uint64(1)] = uncovered
            keep[b + uint64(2)] = uncovered
            keep[b + uint64(3)] = uncovered
        for i in range(n):
            out[i] = behind[i] * keep[i] + total[i] * share
        for x in range(n // 4):
            out[4 * x + 3] = f4(1) - keep[4 * x]


def flat(pixels: Any) -> Any:
    """A picture (h, w, 4) as rows (h, 4 w)."""
    return pixels.reshape(len(pixels), -1)


def release_empty(canvas: Canvas) -> None:
    """Let go of tiles that a painter's box reached but nothing was painted in: they need no work pixel by pixel."""
    touched = canvas.touched
    if (touched == TOUCHED).any():
        canvas.threads.bands(len(touched), release_rows, flat(canvas.crisp), touched)


def shrink(canvas: Canvas) -> None:
    """`env` becomes the picture so far at the size of the field: what is crisp over the field, the air left out."""
    canvas.field_bands(
        shrink_rows, flat(canvas.env), flat(canvas.field), flat(canvas.crisp), canvas.touched, canvas.scale
    )
    touched = canvas.touched
    touched[touched == TOUCHED] = 0
