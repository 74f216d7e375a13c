"""A picture of half the size for what is out of focus: drawn in a quarter of the pixels, laid over the sharp one by tiles."""

from __future__ import annotations

import numpy as np

from performance.paint.canvas import TILE, Bytes, Canvas, Light
from performance.paint.finish import clear_crisp
from performance.paint.kernels import f4, kernel

HALF = TILE // 2
ENOUGH = 900  # pixels per picture height from which half of them will do


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,:,::1], u1[:,::1])")
def lay_doubled(t0: int, t1: int, crisp: Light, touched: Bytes, small: Light, marks: Bytes) -> None:
    """Lay the marked tiles of `small` over rows of tiles [t0, t1) of `crisp`, twice as large, bilinear."""
    h, w = crisp.shape[0], crisp.shape[1]
    sh, sw = small.shape[0], small.shape[1]
    mixed, phase = np.zeros(4 * (HALF + 2), np.float32), np.empty(4 * HALF, np.float32)
    wide = np.empty(4 * TILE, np.float32)
    pixels, phased = wide.view(np.complex128), phase.view(np.complex128)
    for y in range(t0 * TILE, min(t1 * TILE, h)):
        down = y // 2 - 1 + (y & 1)
        share = f4(0.25) if y & 1 else f4(0.75)
        upper, lower = small[max(down, 0)].reshape(4 * sw), small[min(down + 1, sh - 1)].reshape(4 * sw)
        row = marks[min(y // (2 * TILE), marks.shape[0] - 1)]
        for tx in range(touched.shape[1]):
            if row[tx // 2] == 0:
                continue
            s0 = tx * HALF
            first, last = max(s0 - 1, 0), min(s0 + HALF + 1, sw)
            n = 4 * (last - first)
            a, b = upper[4 * first : 4 * last], lower[4 * first : 4 * last]
            most = f4(0)
            for x in range(last - first):
                most += a[4 * x + 3] + b[4 * x + 3]
            if most <= f4(0):
                continue
            touched[y // TILE, tx] = 1
            into = mixed[4 * (first - s0 + 1) :]
            for i in range(n):
                into[i] = a[i] + (b[i] - a[i]) * share
            for c in range(4):  # beyond the sides of the picture
                if s0 == 0:
                    mixed[c] = mixed[4 + c]
                for x in range(last - s0 + 1, HALF + 2):
                    mixed[4 * x + c] = into[n - 4 + c]
            for k in range(2):
                near = mixed[8 * k :]
                for i in range(4 * HALF):
                    phase[i] = f4(0.75) * mixed[i + 4] + f4(0.25) * near[i]
                for x in range(HALF):
                    pixels[2 * x + k] = phased[x]
            out = crisp[y].reshape(4 * w)[4 * tx * TILE : 4 * min((tx + 1) * TILE, w)]
            for x in range(np.uint64(out.shape[0] // 4)):  # unsigned: else the compiler does not make rows of it
                at_b = np.uint64(4) * np.uint64(x)
                at_g, at_r, at_a = at_b + np.uint64(1), at_b + np.uint64(2), at_b + np.uint64(3)
                keep = f4(1) - wide[at_a]
                out[at_b] = out[at_b] * keep + wide[at_b]
                out[at_g] = out[at_g] * keep + wide[at_g]
                out[at_r] = out[at_r] * keep + wide[at_r]
                out[at_a] = out[at_a] * keep + wide[at_a]


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
