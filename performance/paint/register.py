"""The finished picture out of register: its colours side by side, and the whole of it a second time, fainter."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Bytes, View
from performance.paint.kernels import kernel
from performance.paint.threads import Threads
from performance.stage.register import Register

Words = NDArray[np.uint32]
uint32: Any = np.uint32
BLUE, GREEN, RED, REST = 0x0000FF, 0x00FF00, 0xFF0000, 0xFF000000
PAIR = 0xFF00FF  # two colours of a pixel, with room between them to be multiplied by up to 256


@kernel("void(i8, i8, u4[:,::1], u4[:,::1], i8, i8, i8, i8, u4)")
def shift_rows(
    y0: int, y1: int, out: Words, of: Words, dx: int, dy: int, sx: int, sy: int, share: Any
) -> None:
    """Rows [y0, y1) of `of`, with red moved by (dx, dy), blue by the opposite, and `share` of 256 of it all taken from
    the picture moved by (sx, sy). What comes in from the sides mirrors them."""
    h, w = of.shape
    pad = max(abs(dx), abs(sx)) + max(abs(dx), 1)
    rows, mixed = np.empty((3, w + 2 * pad), np.uint32), np.empty(w, np.uint32)
    for y in range(y0, y1):
        for twice in range(2):
            base = min(max(y - twice * sy, 0), h - 1)
            for k in range(3):
                source, row = of[min(max(base - (k - 1) * dy, 0), h - 1)], rows[k]
                row[:pad] = source[1 : pad + 1][::-1]
                row[pad : pad + w] = source
                row[pad + w :] = source[w - 1 - pad : w - 1][::-1]
            at = pad - twice * sx
            blue, green, red = (
                rows[0, at + dx : at + dx + w],
                rows[1, at : at + w],
                rows[2, at - dx : at - dx + w],
            )
            line = mixed[:w] if twice else out[y]
            for x in range(w):
                line[x] = (
                    (blue[x] & uint32(BLUE)) | (green[x] & uint32(GREEN | REST)) | (red[x] & uint32(RED))
                )
        here, keep = out[y], uint32(256) - share
        for x in range(w):
            a, b = here[x], mixed[x]
            odd = ((a & uint32(PAIR)) * keep + (b & uint32(PAIR)) * share) >> uint32(8)
            even = ((a >> uint32(8)) & uint32(PAIR)) * keep + ((b >> uint32(8)) & uint32(PAIR)) * share
            here[x] = (odd & uint32(PAIR)) | (even & uint32(0xFF00FF00))


class Misprint:
    """Puts finished pictures out of register. Holds a copy of one."""

    def __init__(self, threads: Threads) -> None:
        self.threads = threads
        self.copy: Bytes = np.zeros((0, 0, 4), np.uint8)

    def shift(self, pixels: Bytes, view: View, register: Register) -> None:
        """Change BGRX pixels (h, w, 4) in place."""
        dx, dy = (round(place * view.unit) for place in register.colours)
        sx, sy = (round(place * view.unit) for place in register.second)
        if not (dx or dy or sx or sy):
            return
        if self.copy.shape != pixels.shape:
            self.copy = np.empty_like(pixels)
        np.copyto(self.copy, pixels)
        share = uint32(round(256 * register.double))
        out, of = (picture.view(np.uint32)[..., 0] for picture in (pixels, self.copy))
        self.threads.bands(pixels.shape[0], shift_rows, out, of, dx, dy, sx, sy, share)
