"""Small lights: soft glows in the air that bloom, and sharp four-pointed glints on top of everything."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import TILE, Canvas, Light
from performance.paint.kernels import f4, fast_exp_neg, int32, kernel

Array = NDArray[np.float64]
REACH = 2.2  # radii at which a soft light ends
ROUND = 6.5  # radii of a star's core at which it is gone
LEAST = 0.55  # pixels: a smaller spark keeps this size and grows dim instead


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1])")
def glow_rows(y0: Any, y1: Any, light: Any, spots: Any) -> None:
    """Add soft round or oval lights. spots (n, 7): x, y, radius across, radius down, blue, green, red; pixels."""
    w = light.shape[1]
    glow: Any = np.empty(w, np.float32)
    for s in range(spots.shape[0]):
        x, y, rx, ry = spots[s, 0], spots[s, 1], f4(REACH) * spots[s, 2], f4(REACH) * spots[s, 3]
        top: Any = max(int32(y - ry), y0)
        bottom: Any = min(int32(y + ry) + 1, y1)
        left: Any = max(int32(x - rx), 0)
        right: Any = min(int32(x + rx) + 1, w)
        n = right - left
        if n <= 0 or bottom <= top:
            continue
        g = glow[:n]
        across, start = f4(1) / rx, (f4(left) + f4(0.5) - x) / rx
        b, c, d = spots[s, 4], spots[s, 5], spots[s, 6]
        for yy in range(top, bottom):
            dy = (f4(int32(yy)) + f4(0.5) - y) / ry
            for i in range(n):
                dx = start + across * f4(int32(i))
                fade = max(f4(1) - dx * dx - dy * dy, f4(0))
                fade = fade * fade
                g[i] = fade * fade
            row = light[yy, left:right]
            for i in range(n):
                row[i, 0] += g[i] * b
                row[i, 1] += g[i] * c
                row[i, 2] += g[i] * d


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,::1])")
def glint_rows(y0: Any, y1: Any, crisp: Any, touched: Any, spots: Any) -> None:
    """Add sharp stars, and mark the tiles they lie in.

    spots (n, 8): x, y, radius of the core, length of the rays, blue, green, red, slant; pixels.
    """
    w = crisp.shape[1]
    glow: Any = np.empty(w, np.float32)
    for s in range(spots.shape[0]):
        x, y, r, rays = spots[s, 0], spots[s, 1], spots[s, 2], spots[s, 3]
        reach = max(r * f4(3), rays)
        top: Any = max(int32(y - reach), y0)
        bottom: Any = min(int32(y + reach) + 1, y1)
        k = f4(0.5) / (r * r)
        slim = k * f4(5)
        slant = spots[s, 7]
        per = f4(1) / rays
        level = abs(slant) * reach + r * f4(ROUND)  # rows so near hold the ray along
        b, c, d = spots[s, 4], spots[s, 5], spots[s, 6]
        for yy in range(top, bottom):
            dy = f4(int32(yy)) + f4(0.5) - y
            middle, half = x, reach
            if abs(dy) > level:
                middle, half = x - dy * slant, min(r * f4(ROUND), reach)
            left: Any = max(int32(middle - half), 0)
            right: Any = min(int32(middle + half) + 1, w)
            n = right - left
            if n <= 0:
                continue
            g = glow[:n]
            for tile in range(left // TILE, (right - 1) // TILE + 1):
                touched[yy // TILE, tile] = 1
            start = f4(left) + f4(0.5) - x
            for i in range(n):
                dx = start + f4(int32(i))
                e, f = dx + dy * slant, dy - dx * slant
                q = e * e + f * f
                along = max(f4(1) - abs(e) * per, f4(0))
                upright = max(f4(1) - abs(f) * per * f4(1.3), f4(0))
                star = fast_exp_neg(q * k) + f4(0.7) * along * along * along * fast_exp_neg(f * f * slim)
                g[i] = star + f4(0.4) * upright * upright * upright * fast_exp_neg(e * e * slim)
            row = crisp[yy, left:right]
            for i in range(n):
                row[i, 0] += g[i] * b
                row[i, 1] += g[i] * c
                row[i, 2] += g[i] * d


def paint_glows(
    canvas: Canvas, light: Light, u: Array, v: Array, across: Array, down: Array, colour: Array
) -> None:
    """Add soft lights to `canvas.air` or `canvas.field`. u, v, radii (n,) picture heights; colour (n, 3) linear RGB."""
    if not len(u):
        return
    s = canvas.scale
    unit = canvas.field_unit
    spots = np.empty((len(u), 7), np.float32)
    spots[:, 0], spots[:, 1] = canvas.view.x(u) / s, canvas.view.y(v) / s
    rx, ry = np.maximum(across * unit, LEAST), np.maximum(down * unit, LEAST)
    spots[:, 2], spots[:, 3] = rx, ry
    spots[:, 4:] = colour[:, ::-1] * (across * unit / rx * down * unit / ry)[:, None]
    canvas.field_bands(glow_rows, light, spots)


def paint_glints(canvas: Canvas, u: Array, v: Array, radius: Array, rays: Array, colour: Array) -> None:
    """Add sharp stars to `crisp`. u, v, radius, rays (n,) picture heights; colour (n, 3) linear RGB."""
    if not len(u):
        return
    unit = canvas.view.unit
    r = np.maximum(radius * unit, LEAST)
    spots = np.empty((len(u), 8), np.float32)
    spots[:, 0], spots[:, 1] = canvas.view.x(u), canvas.view.y(v)
    spots[:, 2], spots[:, 3] = r, np.maximum(rays * unit, 1.0)
    spots[:, 4:7] = colour[:, ::-1] * (np.minimum(radius * unit / r, 1.0) ** 2)[:, None]
    spots[:, 7] = 0.06
    keep = spots[:, 4:7].max(1) > 0.004
    if keep.any():
        canvas.bands(glint_rows, canvas.crisp, canvas.touched, spots[keep])
