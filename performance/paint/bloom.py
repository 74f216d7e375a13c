"""Bloom: bright light spreads over its neighbours at three widths, and a little across the frame as in a wide lens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from performance.paint.canvas import Canvas, Light
from performance.paint.kernels import f4, int32, kernel

THRESHOLD = 0.26  # light below this does not spread
NEAR, MIDDLE, FAR = 0.30, 0.26, 0.22  # how much of it does, at radii of about 1, 4 and 12 % of the height


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4)")
def halve_bright(y0: int, y1: int, half: Light, env: Light, air: Light, threshold: float) -> None:
    """The part of the picture over the threshold, at half the size of the light field."""
    h, w = env.shape[0], env.shape[1]
    for y in range(y0, y1):
        ya, yb = min(2 * y, h - 1), min(2 * y + 1, h - 1)
        for x in range(half.shape[1]):
            xa, xb = min(2 * x, w - 1), min(2 * x + 1, w - 1)
            for k in range(3):
                total = env[ya, xa, k] + env[ya, xb, k] + env[yb, xa, k] + env[yb, xb, k]
                total += air[ya, xa, k] + air[ya, xb, k] + air[yb, xa, k] + air[yb, xb, k]
                half[y, x, k] = min(max(total * f4(0.25) - threshold, f4(0)), f4(12))


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1])")
def halve(y0: int, y1: int, small: Light, large: Light) -> None:
    """Rows of a picture at half the size."""
    h, w = large.shape[0], large.shape[1]
    for y in range(y0, y1):
        ya, yb = min(2 * y, h - 1), min(2 * y + 1, h - 1)
        for x in range(small.shape[1]):
            xa, xb = min(2 * x, w - 1), min(2 * x + 1, w - 1)
            for k in range(3):
                small[y, x, k] = f4(0.25) * (
                    large[ya, xa, k] + large[ya, xb, k] + large[yb, xa, k] + large[yb, xb, k]
                )


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], i8)")
def blur_across(y0: int, y1: int, out: Light, source: Light, radius: int) -> None:
    """A triangular blur along the rows: two running boxes would drift in float32, so the weights are explicit."""
    w = source.shape[1]
    n = w * 4
    row = np.empty((w + 2 * radius) * 4, np.float32)
    total = f4(radius * radius)
    for y in range(y0, y1):
        flat = source[y].reshape(n)
        o = out[y].reshape(n)
        for x in range(radius):
            for k in range(4):
                row[4 * x + k] = flat[k]
                row[(w + radius + x) * 4 + k] = flat[n - 4 + k]
        inner = row[radius * 4 : radius * 4 + n]
        for i in range(n):  # an array laid into a slice would take numba a second and a half to compile
            inner[i] = flat[i]
        o[:] = f4(0)
        for j in range(-radius + 1, radius):
            weight = (f4(radius) - abs(f4(int32(j)))) / total
            moved = row[(radius + j) * 4 : (radius + j) * 4 + n]
            for i in range(n):
                o[i] += moved[i] * weight


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], i8)")
def blur_down(y0: int, y1: int, out: Light, source: Light, radius: int) -> None:
    """The same triangle down the columns."""
    h = source.shape[0]
    n = source.shape[1] * 4
    total = f4(radius * radius)
    for y in range(y0, y1):
        o = out[y].reshape(n)
        o[:] = f4(0)
        for j in range(-radius + 1, radius):
            weight = (f4(radius) - abs(f4(int32(j)))) / total
            moved = source[min(max(y + j, 0), h - 1)].reshape(n)
            for i in range(n):
                o[i] += moved[i] * weight


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4)")
def add_doubled(y0: int, y1: int, large: Light, small: Light, gain: float) -> None:
    """large += gain x small at twice the size, bilinear."""
    h, n, m = small.shape[0], small.shape[1] * 4, large.shape[1] * 4
    between, part = np.empty(n + 8, np.float32), np.empty(n, np.float32)
    wide = np.empty(2 * n, np.float32)
    here, pixels, doubled = between[4 : n + 4], part.view(np.complex128), wide.view(np.complex128)
    for y in range(y0, y1):
        fy = min(max((f4(int32(y)) - f4(0.5)) * f4(0.5), f4(0)), f4(h - 1))
        ya = int32(fy)
        ty = fy - f4(ya)
        a, b = small[ya].reshape(n), small[min(ya + 1, h - 1)].reshape(n)
        for i in range(n):
            here[i] = (a[i] + (b[i] - a[i]) * ty) * gain
        for k in range(4):  # its ends are repeated outwards
            between[k] = here[k]
            between[n + 4 + k] = here[n - 4 + k]
        for side in range(2):
            beside = between[8 * side : n + 8 * side]
            for i in range(n):
                part[i] = f4(0.75) * here[i] + f4(0.25) * beside[i]
            every = doubled[side::2]  # a pixel is one 16-byte move
            for x in range(every.shape[0]):
                every[x] = pixels[x]
        row = large[y].reshape(m)
        for i in range(m):
            row[i] += wide[i]


class Bloom:
    """Scratch pictures at 1/2, 1/4 and 1/8 of the light field, and the spreading between them."""

    def __init__(self, canvas: Canvas) -> None:
        h, w = canvas.field_height, canvas.field_width
        shapes = [(-(-h // k), -(-w // k), 4) for k in (2, 4, 8)]
        self.levels = [np.zeros(shape, np.float32) for shape in shapes]
        self.scratch = [np.zeros(shape, np.float32) for shape in shapes]

    def spread(self, canvas: Canvas, strength: float) -> None:
        """Add the bloom of `env + air` to `air`."""
        bands = canvas.threads.bands
        fine, middle, coarse = self.levels
        bands(fine.shape[0], halve_bright, fine, canvas.env, canvas.air, f4(THRESHOLD))
        halve(0, middle.shape[0], middle, fine)  # what is so small is done sooner than it is shared
        halve(0, coarse.shape[0], coarse, middle)
        for level, scratch, radius in zip(self.levels, self.scratch, (3, 5, 8), strict=True):
            share = bands if level is fine else _alone
            share(level.shape[0], blur_across, scratch, level, radius)
            share(level.shape[0], blur_down, level, scratch, radius)
        add_doubled(0, middle.shape[0], middle, coarse, f4(FAR / MIDDLE))
        bands(fine.shape[0], add_doubled, fine, middle, f4(MIDDLE / NEAR))
        bands(canvas.field_height, add_doubled, canvas.air, fine, f4(NEAR * strength))


def _alone(rows: int, kernel: Callable[..., Any], *arguments: Any) -> None:
    kernel(0, rows, *arguments)
