"""Half the size for what is out of focus: drawn in a quarter of the pixels, laid over the sharp picture by tiles."""

from __future__ import annotations

import numpy as np

from performance.paint.canvas import TILE, Bytes, Canvas, Light
from performance.paint.kernels import f4, inline, kernel
from performance.paint.tiles import clear_crisp

HALF = TILE // 2
ENOUGH = 900  # pixels per picture height from which half of them will do


@inline
def _stretch(wide: Light, seen: Bytes, row: Light, live: Bytes, phase: Light) -> None:
    """A row of pixels twice as wide, where tiles are alive; seen: whether there is anything in each TILE of it."""
    w = row.shape[0] // 4
    pixels, phased = wide.view(np.complex128), phase.view(np.complex128)
    for tx in range(seen.shape[0]):
        seen[tx] = 0
        s0, s1 = tx * HALF, min(tx * HALF + HALF, w)
        if live[tx // 2] == 0 or s1 <= s0:
            continue
        first, last = max(s0 - 1, 0), min(s1 + 1, w)
        most = f4(0)
        for x in range(last - first):
            most += row[4 * first : 4 * last][4 * x + 3]
        if most <= f4(0):
            wide[8 * s0 : 8 * s1] = f4(0)
            continue
        seen[tx] = 1
        here = row[4 * s0 : 4 * s1]
        left, right = row[4 * first : 4 * (s1 - 1)], row[4 * (s0 + 1) : 4 * last]
        n, lacks = here.shape[0], here.shape[0] - left.shape[0]
        for i in range(n - lacks):
            phase[lacks + i] = f4(0.75) * here[lacks:][i] + f4(0.25) * left[i]
        for i in range(lacks):  # at the side of the picture
            phase[i] = here[i]
        for x in range(s1 - s0):
            pixels[2 * (s0 + x)] = phased[x]
        for i in range(right.shape[0]):
            phase[i] = f4(0.75) * here[i] + f4(0.25) * right[i]
        for i in range(right.shape[0], n):
            phase[i] = here[i]
        for x in range(s1 - s0):
            pixels[2 * (s0 + x) + 1] = phased[x]


@inline
def _blend(out: Light, above: Light, below: Light, down: float) -> None:
    """Lay a mixture of two rows over a third. Unsigned places: else the compiler does not make rows of it."""
    up = f4(1) - down
    for x in range(np.uint64(out.shape[0] // 4)):
        b = np.uint64(4) * np.uint64(x)
        g, r, a = b + np.uint64(1), b + np.uint64(2), b + np.uint64(3)
        cover = above[a] * up + below[a] * down
        keep = f4(1) - cover
        out[b] = out[b] * keep + above[b] * up + below[b] * down
        out[g] = out[g] * keep + above[g] * up + below[g] * down
        out[r] = out[r] * keep + above[r] * up + below[r] * down
        out[a] = out[a] * keep + cover


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,:,::1], u1[:,::1])")
def lay_doubled(t0: int, t1: int, crisp: Light, touched: Bytes, small: Light, marks: Bytes) -> None:
    """Lay the marked tiles of `small` over rows of tiles [t0, t1) of `crisp`, twice as large, bilinear."""
    h, w = crisp.shape[0], crisp.shape[1]
    sh, sw = small.shape[0], small.shape[1]
    wide = np.zeros((2, 8 * sw), np.float32)
    seen = np.zeros((2, touched.shape[1]), np.uint8)
    live = np.zeros(marks.shape[1], np.uint8)
    phase = np.empty(4 * HALF, np.float32)
    for ty in range(t0, t1):
        first, last = max(ty * HALF - 1, 0), min(ty * HALF + HALF, sh - 1)
        any_live = 0
        for tx in range(marks.shape[1]):
            live[tx] = marks[first // TILE, tx] | marks[last // TILE, tx]
            any_live |= live[tx]
        if any_live == 0:
            continue
        for r in range(ty * HALF - 1, ty * HALF + HALF):
            now, then = (r + 2) & 1, (r + 1) & 1
            if r == ty * HALF - 1:
                _stretch(wide[now], seen[now], small[first].reshape(4 * sw), live, phase)
            _stretch(wide[then], seen[then], small[min(r + 1, sh - 1)].reshape(4 * sw), live, phase)
            for k in range(2):
                y = 2 * r + 1 + k
                if y < ty * TILE or y >= min((ty + 1) * TILE, h):
                    continue
                share = f4(0.25) if k == 0 else f4(0.75)
                tx = 0
                while tx < touched.shape[1]:
                    if (seen[now, tx] | seen[then, tx]) == 0:
                        tx += 1
                        continue
                    end = tx
                    while end < touched.shape[1] and (seen[now, end] | seen[then, end]) != 0:
                        touched[ty, end] = 1
                        end += 1
                    a, b = 4 * tx * TILE, 4 * min(end * TILE, w)
                    _blend(crisp[y].reshape(4 * w)[a:b], wide[now][a:b], wide[then][a:b], share)
                    tx = end


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
        if self.small is not canvas.crisp:
            canvas.threads.bands(
                len(canvas.touched), lay_doubled, canvas.crisp, canvas.touched, self.small, self.marks
            )
