"""The finished picture out of register: its colours side by side, and the whole of it a second time, fainter."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Bytes, View
from performance.paint.kernels import inline, kernel
from performance.paint.threads import Threads
from performance.stage.register import Register

Words = NDArray[np.uint32]
u4: Any = np.uint32
BLUE, GREEN, RED, REST = 0x0000FF, 0x00FF00, 0xFF0000, 0xFF000000
PAIR = 0xFF00FF  # two colours of a pixel, with room between them to be multiplied by up to 256


@inline
def _plates(out: Words, blue: Words, green: Words, red: Words) -> None:
    """A row of which each colour comes from a row of its own."""
    for x in range(out.shape[0]):
        out[x] = (blue[x] & u4(BLUE)) | (green[x] & u4(GREEN | REST)) | (red[x] & u4(RED))


@kernel("void(i8, i8, u4[:,::1], u4[:,::1], i8, i8)")
def plate_rows(y0: int, y1: int, out: Words, of: Words, dx: int, dy: int) -> None:
    """Rows [y0, y1) of `of`, with red moved by (dx, dy) and blue by the opposite. What comes in from the sides mirrors
    them; what comes in from above and below repeats the last row."""
    h, w = of.shape
    pad = abs(dx)
    ends = np.empty((2, 2, 3 * pad), np.uint32)  # at the left and the right: blue's row and red's, mirrored
    for y in range(y0, y1):
        blue, green, red = of[min(max(y + dy, 0), h - 1)], of[y], of[min(max(y - dy, 0), h - 1)]
        n = w - 2 * pad
        _plates(out[y, pad : w - pad], blue[pad + dx :][:n], green[pad:][:n], red[pad - dx :][:n])
        for k in range(2):
            row = red if k else blue
            for x in range(pad):
                ends[0, k, pad - 1 - x], ends[1, k, 2 * pad + x] = row[x + 1], row[w - 2 - x]
            for x in range(2 * pad):  # as slices this would take two seconds to compile
                ends[0, k, pad + x], ends[1, k, x] = row[x], row[w - 2 * pad + x]
        for side in range(2):
            at = side * (w - pad)
            _plates(
                out[y, at:][:pad],
                ends[side, 0, pad + dx :][:pad],
                green[at:],
                ends[side, 1, pad - dx :][:pad],
            )


@inline
def _mixed(out: Words, a: Words, b: Words, share: Any) -> None:
    """A row that is `share` of 256 of `b`, the rest of `a`: two bytes of a pixel at a time, with room for products."""
    for x in range(out.shape[0]):
        even, odd = u4(a[x] & u4(PAIR)), u4((a[x] >> u4(8)) & u4(PAIR))
        to_even, to_odd = u4(b[x] & u4(PAIR)), u4((b[x] >> u4(8)) & u4(PAIR))
        even = u4(u4(even << u4(8)) + u4(u4(to_even - even) * share))
        odd = u4(u4(odd << u4(8)) + u4(u4(to_odd - odd) * share))
        out[x] = u4((u4(even >> u4(8)) & u4(PAIR)) | (odd & u4(0xFF00FF00)))


@kernel("void(i8, i8, u4[:,::1], u4[:,::1], i8, i8, u4)")
def double_rows(y0: int, y1: int, out: Words, of: Words, sx: int, sy: int, share: Any) -> None:
    """Rows [y0, y1) of `of`, `share` of 256 of it taken from the picture moved by (sx, sy), with sides as above."""
    h, w = of.shape
    pad, left, right = abs(sx), max(sx, 0), max(-sx, 0)
    side = np.empty(pad, np.uint32)
    at = 0 if sx > 0 else w - pad
    for y in range(y0, y1):
        here, there, row = of[y], of[min(max(y - sy, 0), h - 1)], out[y]
        for x in range(pad):
            side[x] = there[pad - x] if sx > 0 else there[w - 2 - x]
        _mixed(row[left : w - right], here[left:], there[right:], share)
        _mixed(row[at : at + pad], here[at:], side, share)


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
        shown, parted = (picture.view(np.uint32)[..., 0] for picture in (pixels, self.copy))
        rows, share = pixels.shape[0], u4(round(256 * register.double))
        self.threads.bands(rows, plate_rows, parted, shown, dx, dy)
        self.threads.bands(rows, double_rows, shown, parted, sx, sy, share)
