"""Ribbons of silk made of light: a sheen across them, and the threads they are woven of."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import TILE
from performance.paint.fetch import fetch
from performance.paint.frame import Frame
from performance.paint.kernels import f4, fast_sin, int32, kernel
from performance.stage.drawing import Silk

FINEST = 2.2  # pixels between threads below which they are one sheen
BRIGHTEST = 1.5  # how much brighter silk may become that is seen edge on
HEM = 1.5  # pixels over which it ends
AHEAD = 3  # rows after which pixels are needed that are asked for now


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,::1], f4)", exact=True)
def silk_rows(y0: Any, y1: Any, crisp: Any, touched: Any, points: Any, threads: Any) -> None:
    """Add ribbons, and mark the tiles they lie in.

    points (n, 10): left x, y, right x, y in pixels, light, blue, green, red, width in pixels, 1 for the last point of a
    ribbon, else 0. What a row of pixels of a piece holds lies between what its edges hold there, so that threads run
    on from piece to piece.
    """
    w = crisp.shape[1]
    lit: Any = np.empty(w, np.float32)
    ends: Any = np.empty(
        (crisp.shape[0], 8), np.float32
    )  # of each row of a piece: x, across, light, width, twice
    corners: Any = np.empty((4, 5), np.float32)  # round a piece: x, y, across -1..1, light, width
    for n in range(points.shape[0] - 1):
        here, after = points[n], points[n + 1]
        if here[9] > f4(0.5) or max(here[4], after[4]) < f4(0.002):
            continue
        corners[0, 0], corners[0, 1], corners[0, 2], corners[0, 3] = here[0], here[1], f4(-1), here[4]
        corners[1, 0], corners[1, 1], corners[1, 2], corners[1, 3] = here[2], here[3], f4(1), here[4]
        corners[2, 0], corners[2, 1], corners[2, 2], corners[2, 3] = after[2], after[3], f4(1), after[4]
        corners[3, 0], corners[3, 1], corners[3, 2], corners[3, 3] = after[0], after[1], f4(-1), after[4]
        corners[0, 4] = corners[1, 4] = here[8]
        corners[2, 4] = corners[3, 4] = after[8]
        low = min(min(here[1], here[3]), min(after[1], after[3]))
        high = max(max(here[1], here[3]), max(after[1], after[3]))
        top: Any = int32(min(max(np.ceil(low - f4(0.5)), f4(int32(y0))), f4(int32(y1))))
        bottom: Any = int32(min(max(np.ceil(high - f4(0.5)), f4(int32(y0))), f4(int32(y1))))
        b, g, r, weave = here[5], here[6], here[7], threads * f4(3.14159265)
        for y in range(top, bottom):
            ends[y, 0], ends[y, 4] = f4(1e9), f4(-1e9)
        for j in range(4):
            below, above = corners[j], corners[(j + 1) & 3]
            if below[1] > above[1]:  # an edge of two pieces is the same for both
                below, above = above, below
            per = f4(1) / max(above[1] - below[1], f4(1e-6))
            first: Any = int32(max(np.ceil(below[1] - f4(0.5)), f4(int32(top))))
            last: Any = int32(min(np.ceil(above[1] - f4(0.5)), f4(int32(bottom))))
            for y in range(first, last):
                k = (f4(int32(y)) + f4(0.5) - below[1]) * per
                x = below[0] + k * (above[0] - below[0])
                s = below[2] + k * (above[2] - below[2])
                shine = below[3] + k * (above[3] - below[3])
                wide = below[4] + k * (above[4] - below[4])
                if x < ends[y, 0]:
                    ends[y, 0], ends[y, 1], ends[y, 2], ends[y, 3] = x, s, shine, wide
                if x > ends[y, 4]:
                    ends[y, 4], ends[y, 5], ends[y, 6], ends[y, 7] = x, s, shine, wide
        for y in range(top, bottom):
            near, s0, l0, w0 = ends[y, 0], ends[y, 1], ends[y, 2], ends[y, 3]
            far, s1, l1, w1 = ends[y, 4], ends[y, 5], ends[y, 6], ends[y, 7]
            left: Any = int32(np.ceil(min(max(near, f4(0)), f4(int32(w))) - f4(0.5)))
            right: Any = int32(np.ceil(min(max(far, f4(0)), f4(int32(w))) - f4(0.5)))
            m = right - left
            if m <= 0:
                continue
            if y + AHEAD < bottom:
                soon = int32(min(max(ends[y + AHEAD, 0], f4(0)), f4(int32(w))))
                fetch(
                    crisp[y + AHEAD].reshape(-1), 4 * soon, 4 * int32(min(ends[y + AHEAD, 4], f4(int32(w))))
                )
            for tile in range(left // TILE, (right - 1) // TILE + 1):
                touched[y // TILE, tile] = 1
            wide = f4(0.5) * (w0 + w1)
            woven = min(max((wide / threads - f4(FINEST)) * f4(0.25), f4(0)), f4(0.35))
            hem = f4(0.5 / HEM) * max(wide, f4(0.1))
            per = f4(1) / max(far - near, f4(1e-3))
            s1, l1 = (s1 - s0) * per, (l1 - l0) * per
            begin = f4(left) + f4(0.5) - near
            s0, l0 = s0 + begin * s1, l0 + begin * l1
            part = lit[:m]
            for i in range(m):
                s, shine = s0 + f4(int32(i)) * s1, l0 + f4(int32(i)) * l1
                a = min(abs(s), f4(1))
                c = f4(1) - a
                e, f = a * a, c * c
                sheen = f4(0.46) + f4(0.65) * e * e * a + f4(0.5) * f * f * f
                thread = f4(1) - woven * fast_sin(s * weave)
                part[i] = shine * sheen * thread * min(c * hem, f4(1))
            row = crisp[y, left:right]
            for i in range(m):  # pixel by pixel, as in strokes
                row[i, 0] += part[i] * b
                row[i, 1] += part[i] * g
                row[i, 2] += part[i] * r


def _slope(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much rows (k, n) grow from point to point, as from the one before to the one after."""
    slope = np.empty_like(x)
    slope[:, 1:-1] = 0.5 * (x[:, 2:] - x[:, :-2])
    slope[:, 0], slope[:, -1] = x[:, 1] - x[:, 0], x[:, -1] - x[:, -2]
    return slope


def paint_silk(frame: Frame, silk: Silk) -> None:
    """All ribbons of a song: as much light as their threads have, spread as wide as they are seen."""
    view = frame.canvas.view
    points = np.zeros((*silk.light.shape, 10), np.float32)
    u, v, scale = frame.camera.project(*np.moveaxis(silk.edges, -1, 0))  # (2, ribbons, points)
    x, y = view.x(u), view.y(v)
    along_x, along_y = _slope(0.5 * (x[0] + x[1])), _slope(0.5 * (y[0] + y[1]))
    across = along_x * (y[1] - y[0]) - along_y * (x[1] - x[0])
    wide = np.abs(across) / np.sqrt(along_x**2 + along_y**2 + 1e-6)
    spun = 2.51 * silk.threads * silk.width * view.unit * scale.mean(0)
    points[..., 0], points[..., 2] = x
    points[..., 1], points[..., 3] = y
    points[..., 4] = silk.light * np.minimum(spun / np.maximum(wide, 1.0), BRIGHTEST)
    points[..., 5:8], points[..., 8] = silk.colour[:, None, ::-1], wide
    points[:, -1, 9] = 1.0
    canvas = frame.canvas
    canvas.bands(silk_rows, canvas.crisp, canvas.touched, points.reshape(-1, 10), float(silk.threads))
