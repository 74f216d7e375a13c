"""Half the size for what is out of focus: drawn in a quarter of the pixels, laid over the sharp picture by tiles."""

from __future__ import annotations

import numpy as np

from performance.paint.canvas import TILE, Bytes, Canvas, Light
from performance.paint.kernels import f4, inline, kernel
from performance.paint.tiles import clear_crisp

HALF = TILE // 2
BLOCK = 16  # pixels that are laid or left alone together
ENOUGH = 700  # pixels per picture height from which half of them will do


@inline
def _mark(seen: Bytes, row: Light) -> None:
    """Mark the blocks of BLOCK pixels that a row, or a pixel beside them, has anything in."""
    seen[:] = 0
    for b in range(seen.shape[0]):
        block = row[4 * b * BLOCK : 4 * (b + 1) * BLOCK]
        most = f4(0)
        for i in range(block.shape[0]):
            most += block[i]
        if most > f4(0):
            seen[b] = 1
            if block[3] > f4(0):
                seen[max(b - 1, 0)] = 1
            if block[block.shape[0] - 1] > f4(0):
                seen[min(b + 1, seen.shape[0] - 1)] = 1


@inline
def _stretch(wide: Light, mixed: Light, above: Light, below: Light, share: float, x0: int, x1: int) -> None:
    """Pixels [x0, x1) of two rows, `share` of the lower one, as planes of twice as many pixels: wide (4, pixels)."""
    w, n = above.shape[0] // 4, np.uint64(x1 - x0)
    up, down = f4(1) - share, share
    a, b = above[4 * x0 : 4 * x1], below[4 * x0 : 4 * x1]
    for c in range(4):
        row = mixed[c]
        before, after = 4 * max(x0 - 1, 0) + c, 4 * min(x1, w - 1) + c
        row[0] = above[before] * up + below[before] * down
        row[n + np.uint64(1)] = above[after] * up + below[after] * down
    blue, green, red, cover = mixed[0, 1:], mixed[1, 1:], mixed[2, 1:], mixed[3, 1:]
    for x in range(n):  # unsigned places: else the compiler does not make rows of it
        i = np.uint64(4) * np.uint64(x)
        blue[x] = a[i] * up + b[i] * down
        green[x] = a[i + np.uint64(1)] * up + b[i + np.uint64(1)] * down
        red[x] = a[i + np.uint64(2)] * up + b[i + np.uint64(2)] * down
        cover[x] = a[i + np.uint64(3)] * up + b[i + np.uint64(3)] * down
    for c in range(4):
        left, here, right, out = mixed[c], mixed[c, 1:], mixed[c, 2:], wide[c]
        for x in range(n):
            i = np.uint64(2) * np.uint64(x)
            out[i] = f4(0.75) * here[x] + f4(0.25) * left[x]
            out[i + np.uint64(1)] = f4(0.75) * here[x] + f4(0.25) * right[x]


@inline
def _blend(out: Light, wide: Light) -> None:
    """Lay planes of pixels over a row."""
    blue, green, red, cover = wide[0], wide[1], wide[2], wide[3]
    for x in range(np.uint64(out.shape[0] // 4)):
        b = np.uint64(4) * np.uint64(x)
        g, r, a = b + np.uint64(1), b + np.uint64(2), b + np.uint64(3)
        keep = f4(1) - cover[x]
        out[b] = out[b] * keep + blue[x]
        out[g] = out[g] * keep + green[x]
        out[r] = out[r] * keep + red[x]
        out[a] = out[a] * keep + cover[x]


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,:,::1], u1[:,::1])")
def lay_doubled(t0: int, t1: int, crisp: Light, touched: Bytes, small: Light, marks: Bytes) -> None:
    """Lay the marked tiles of `small` over rows of tiles [t0, t1) of `crisp`, twice as large, bilinear."""
    h, w = crisp.shape[0], crisp.shape[1]
    sh, sw = small.shape[0], small.shape[1]
    mixed, wide = np.empty((4, sw + 2), np.float32), np.empty((4, 2 * sw), np.float32)
    seen = np.zeros((2, (sw + BLOCK - 1) // BLOCK), np.uint8)
    for ty in range(t0, t1):
        first, last = max(ty * HALF - 1, 0), min(ty * HALF + HALF, sh - 1)
        any_live = 0
        for tx in range(marks.shape[1]):
            any_live |= marks[first // TILE, tx] | marks[last // TILE, tx]
        if any_live == 0:
            continue
        for r in range(ty * HALF - 1, ty * HALF + HALF):
            above, below = small[max(r, 0)].reshape(4 * sw), small[min(r + 1, sh - 1)].reshape(4 * sw)
            if r == ty * HALF - 1:
                _mark(seen[r & 1], above)
            _mark(seen[(r + 1) & 1], below)
            for k in range(2):
                y = 2 * r + 1 + k
                if y < ty * TILE or y >= min((ty + 1) * TILE, h):
                    continue
                end = 0
                while end < seen.shape[1]:
                    start = end
                    end += 1
                    if (seen[0, start] | seen[1, start]) == 0:
                        continue
                    while end < seen.shape[1] and (seen[0, end] | seen[1, end]) != 0:
                        end += 1
                    x0, x1 = start * BLOCK, min(end * BLOCK, sw)
                    _stretch(wide, mixed, above, below, f4(0.25) if k == 0 else f4(0.75), x0, x1)
                    _blend(crisp[y].reshape(4 * w)[8 * x0 : min(8 * x1, 4 * w)], wide)
                    touched[ty, 2 * x0 // TILE : (2 * x1 - 1) // TILE + 1] = 1


class Doubled:
    """Scratch of half the size of one canvas; the canvas itself where that is small."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.small: Light = canvas.crisp
        self.marks: Bytes = canvas.touched
        if canvas.view.unit >= ENOUGH:
            h, w = -(-canvas.height // 2), -(-canvas.width // 2)
            self.small = np.zeros((h, w, 4), np.float32)
            self.marks = np.zeros((-(-h // TILE), -(-w // TILE)), np.uint8)

    def clear(self) -> None:
        """Begin with nothing in the small picture."""
        if self.small is not self.canvas.crisp:
            self.canvas.threads.bands(len(self.marks), clear_crisp, self.small, self.marks)

    def lay(self) -> None:
        """Lay the small picture over the sharp one."""
        canvas = self.canvas
        bands = canvas.threads.bands
        if self.small is not canvas.crisp:
            bands(len(canvas.touched), lay_doubled, canvas.crisp, canvas.touched, self.small, self.marks)
