"""Small lights: soft glows in the air that bloom, and sharp four-pointed glints on top of everything."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Canvas, Light
from performance.paint.kernels import f4, fast_exp_neg, kernel

Array = NDArray[np.float64]
LEAST = 0.55  # pixels: a smaller spark keeps this size and grows dim instead


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1])")
def glow_rows(y0: Any, y1: Any, light: Any, spots: Any) -> None:
    """Add soft round or oval lights. spots (n, 7): x, y, radius across, radius down, blue, green, red; pixels."""
    w = light.shape[1]
    for s in range(spots.shape[0]):
        x, y, rx, ry = spots[s, 0], spots[s, 1], spots[s, 2], spots[s, 3]
        top: Any = max(np.int32(y - ry * f4(3)), y0)
        bottom: Any = min(np.int32(y + ry * f4(3)) + 1, y1)
        left: Any = max(np.int32(x - rx * f4(3)), 0)
        right: Any = min(np.int32(x + rx * f4(3)) + 1, w)
        for yy in range(top, bottom):
            dy = (f4(np.int32(yy)) + f4(0.5) - y) / ry
            row = light[yy]
            for xx in range(left, right):
                dx = (f4(np.int32(xx)) + f4(0.5) - x) / rx
                q = dx * dx + dy * dy
                fade = max(f4(1) - q * f4(0.1111), f4(0))
                g = fast_exp_neg(q) * fade * fade
                for k in range(3):
                    row[xx, k] += g * spots[s, 4 + k]


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1])")
def glint_rows(y0: Any, y1: Any, crisp: Any, spots: Any) -> None:
    """Add sharp stars. spots (n, 8): x, y, radius of the core, length of the rays, blue, green, red, slant; pixels."""
    w = crisp.shape[1]
    for s in range(spots.shape[0]):
        x, y, r, rays = spots[s, 0], spots[s, 1], spots[s, 2], spots[s, 3]
        reach = max(r * f4(3), rays)
        top: Any = max(np.int32(y - reach), y0)
        bottom: Any = min(np.int32(y + reach) + 1, y1)
        left: Any = max(np.int32(x - reach), 0)
        right: Any = min(np.int32(x + reach) + 1, w)
        k = f4(0.5) / (r * r)
        slim = k * f4(5)
        slant = spots[s, 7]
        for yy in range(top, bottom):
            dy = f4(np.int32(yy)) + f4(0.5) - y
            row = crisp[yy]
            for xx in range(left, right):
                dx = f4(np.int32(xx)) + f4(0.5) - x
                a, b = dx + dy * slant, dy - dx * slant
                q = a * a + b * b
                along = max(f4(1) - abs(a) / rays, f4(0))
                upright = max(f4(1) - abs(b) / rays * f4(1.3), f4(0))
                g = fast_exp_neg(q * k) + f4(0.7) * along * along * along * fast_exp_neg(b * b * slim)
                g += f4(0.4) * upright * upright * upright * fast_exp_neg(a * a * slim)
                for c in range(3):
                    row[xx, c] += g * spots[s, 4 + c]


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
    spots = spots[keep]
    for x, y, core, ray in spots[:, :4]:
        reach = max(3 * core, ray) + 1
        canvas.touch(x - reach, y - reach, x + reach, y + reach)
    canvas.bands(glint_rows, canvas.crisp, spots)
