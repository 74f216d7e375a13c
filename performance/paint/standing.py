"""What stands for some frames: drawn now and then in a picture of its own, and laid over the sharp one wherever there
is anything in it. In half the size, a quarter of the pixels, where it is out of focus.

To draw again and again in a picture that lies in the cache, and then lay it once over one that does not, takes less
time than to draw in that.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.paint.canvas import TILE, Bytes, Canvas, Light
from performance.paint.fetch import fetch
from performance.paint.kernels import f4, inline, kernel
from performance.paint.tiles import flat

BLOCK = 16  # pixels that are laid or left alone together
PAYS = 400  # pixels per picture height from which it pays to keep what is drawn
ENOUGH = 700  # and from which half of them will do
uint64: Any = np.uint64  # unsigned places: else the compiler does not make rows of it


@kernel("void(i8, i8, f4[:,::1], u1[:,::1])")
def clear_blocks(y0: int, y1: int, plane: Light, seen: Bytes) -> None:
    """Make the marked blocks of rows [y0, y1) empty, and unmark them. Here and below pictures come in flat rows: to
    reshape them row by row takes longer than to lay a short one."""
    for y in range(y0, y1):
        row, marks = plane[y], seen[y]
        for b in range(marks.shape[0]):
            if marks[b] != 0:
                marks[b] = 0
                for i in range(uint64(4 * b * BLOCK), uint64(min(4 * (b + 1) * BLOCK, row.shape[0]))):
                    row[i] = f4(0)


@inline
def _stretch(
    wide: Light, pixels: Any, mixed: Light, above: Light, below: Light, share: float, x0: int, x1: int
) -> None:
    """Pixels [x0, x1) of two rows, `share` of the lower one, as twice as many pixels. wide (3, 8 pixels): the result,
    and room for the pixels of even and of odd place; `pixels` is the same."""
    last = above.shape[0] // 4 - 1
    n = uint64(4 * (x1 - x0))
    up, down = f4(1) - share, share
    here, a, b = mixed[4 : 4 + n], above[4 * x0 : 4 * x1], below[4 * x0 : 4 * x1]
    for i in range(n):
        here[i] = a[i] * up + b[i] * down
    before, after = 4 * max(x0 - 1, 0), 4 * min(x1, last)
    for c in range(4):
        mixed[c] = above[before + c] * up + below[before + c] * down
        mixed[n + uint64(4 + c)] = above[after + c] * up + below[after + c] * down
    left, right, even, odd = mixed[:n], mixed[8 : 8 + n], wide[1, :n], wide[2, :n]
    for i in range(n):
        even[i] = f4(0.75) * here[i] + f4(0.25) * left[i]
        odd[i] = f4(0.75) * here[i] + f4(0.25) * right[i]
    for x in range(uint64(x1 - x0)):  # a pixel is one 16-byte move
        pixels[0, uint64(2) * x] = pixels[1, x]
        pixels[0, uint64(2) * x + uint64(1)] = pixels[2, x]


@inline
def _blend(out: Light, above: Light) -> None:
    """Lay pixels over a row."""
    for x in range(uint64(out.shape[0] // 4)):
        b = uint64(4) * x
        g, r, a = b + uint64(1), b + uint64(2), b + uint64(3)
        keep = f4(1) - above[a]
        out[b] = out[b] * keep + above[b]
        out[g] = out[g] * keep + above[g]
        out[r] = out[r] * keep + above[r]
        out[a] = out[a] * keep + above[a]


@kernel("void(i8, i8, f4[:,::1], u1[:,::1], f4[:,::1], u1[:,::1])")
def lay_doubled(y0: int, y1: int, crisp: Light, touched: Bytes, small: Light, seen: Bytes) -> None:
    """Lay `small`, where it is `seen`, over rows [y0, y1) of `crisp`, twice as large, bilinear."""
    w, sh, sw = crisp.shape[1] // 4, small.shape[0], small.shape[1] // 4
    mixed, wide = np.empty(4 * sw + 8, np.float32), np.empty((3, 8 * sw), np.float32)
    pixels = wide.view(np.complex128)
    for y in range(y0, y1):
        upper, lower = max((y - 1) // 2, 0), min((y + 1) // 2, sh - 1)
        above, below = small[upper], small[lower]
        one, other, end = seen[upper], seen[lower], 0
        while end < seen.shape[1]:
            start = end
            end += 1
            if (one[start] | other[start]) == 0:
                continue
            while end < seen.shape[1] and (one[end] | other[end]) != 0:
                end += 1
            x0, x1 = start * BLOCK, min(end * BLOCK, sw)
            if y + 1 < crisp.shape[0]:
                fetch(crisp[y + 1], 8 * x0, min(8 * x1, 4 * w))
            _stretch(wide, pixels, mixed, above, below, f4(0.75) if y & 1 == 0 else f4(0.25), x0, x1)
            _blend(crisp[y, 8 * x0 : min(8 * x1, 4 * w)], wide[0])
            for tile in range(2 * x0 // TILE, (min(2 * x1, w) - 1) // TILE + 1):
                touched[y // TILE, tile] = 1


@kernel("void(i8, i8, f4[:,::1], u1[:,::1], f4[:,::1], u1[:,::1])")
def lay_blocks(y0: int, y1: int, crisp: Light, touched: Bytes, plane: Light, seen: Bytes) -> None:
    """Lay `plane`, where it is `seen`, over rows [y0, y1) of `crisp`."""
    w = crisp.shape[1] // 4
    for y in range(y0, y1):
        row, end = seen[y], 0
        while end < row.shape[0]:
            start = end
            end += 1
            if row[start] == 0:
                continue
            while end < row.shape[0] and row[end] != 0:
                end += 1
            x0, x1 = start * BLOCK, min(end * BLOCK, w)
            _blend(crisp[y, 4 * x0 : 4 * x1], plane[y, 4 * x0 : 4 * x1])
            for tile in range(x0 // TILE, (x1 - 1) // TILE + 1):
                touched[y // TILE, tile] = 1


def fineness(out: Light, marks: Bytes) -> tuple[int, int]:
    """What painters have to mark of a picture: blocks of 2^a x 2^b pixels, down and across. Of one that stands, blocks
    of its rows, and a pixel beside what they paint; else tiles."""
    return (0, BLOCK.bit_length() - 1) if len(marks) == len(out) else (TILE.bit_length() - 1,) * 2


class Standing:
    """A picture that is kept until it is drawn again, as large as the canvas (`share` 1) or, where that has pixels
    ENOUGH, half as large (2). Where it is very small it is the canvas's own sharp picture, drawn anew each time."""

    def __init__(self, canvas: Canvas, share: int) -> None:
        unit = canvas.view.unit
        self.canvas, self.share = canvas, share if unit >= ENOUGH else 1
        self.kept = unit >= PAYS
        self.plane: Light = canvas.crisp
        self.marks: Bytes = canvas.touched  # what is painted in it, see `fineness`
        if self.kept:
            h, w = -(-canvas.height // self.share), -(-canvas.width // self.share)
            self.plane = np.zeros((h, w, 4), np.float32)
            self.marks = np.zeros((h, -(-w // BLOCK)), np.uint8)

    def clear(self) -> None:
        """Begin with nothing in the picture."""
        if self.kept:
            self.canvas.threads.bands(len(self.plane), clear_blocks, flat(self.plane), self.marks)

    def lay(self) -> None:
        """Lay the picture over the sharp one."""
        canvas = self.canvas
        if self.kept:
            lay = lay_blocks if self.share == 1 else lay_doubled
            canvas.bands(lay, flat(canvas.crisp), canvas.touched, flat(self.plane), self.marks)
