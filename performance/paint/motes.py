"""Specks of light: crisp cores where they are sharp, soft discs where they are near, a halo in the haze round each."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import HORIZON, Camera
from performance.paint.canvas import Canvas, Light
from performance.paint.frame import Frame
from performance.paint.kernels import f4, kernel
from performance.stage.motes import SHARPEST, Motes

Single = NDArray[np.float32]
FAINT = 0.012  # light below which nothing is drawn
SOFT_PIXELS = 5.0  # discs of a greater radius are painted in the quarter-size air
CORE = 2.3  # how far a core's light reaches, of its radius
HALO = 0.0062  # radius of a halo, picture heights
HALO_LIGHT = 0.034
LENS_ENERGY = (
    0.62  # how much a mote dims as its disc grows: 1 would keep its energy, less keeps near ones seen
)


@kernel("void(i8, i8, f4[:,:,::1], i8, f4[:,::1])")
def core_rows(y0: int, y1: int, crisp: Light, top: int, spots: Light) -> None:
    """Add bells of light. spots: (n, 6) x, y, reach (pixels), B, G, R; they add light and hide nothing."""
    w = crisp.shape[1]
    a, b = y0 + top, y1 + top
    for k in range(spots.shape[0]):
        x, y, reach = spots[k, 0], spots[k, 1], spots[k, 2]
        first = max(np.int64(np.ceil(y - reach - f4(0.5))), a)
        last = min(np.int64(np.floor(y + reach - f4(0.5))) + 1, b)
        if first >= last:
            continue
        left = max(np.int64(np.ceil(x - reach - f4(0.5))), 0)
        right = min(np.int64(np.floor(x + reach - f4(0.5))) + 1, w)
        inv = f4(1) / (reach * reach)
        blue, green, red = spots[k, 3], spots[k, 4], spots[k, 5]
        for j in range(first, last):
            dy = f4(np.int32(j)) + f4(0.5) - y
            for i in range(left, right):
                dx = f4(np.int32(i)) + f4(0.5) - x
                q = max(f4(1) - (dx * dx + dy * dy) * inv, f4(0))
                q = q * q * q
                crisp[j, i, 0] += q * blue
                crisp[j, i, 1] += q * green
                crisp[j, i, 2] += q * red


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1])")
def disc_rows(y0: int, y1: int, light: Light, spots: Light) -> None:
    """Add soft discs, a little brighter at the rim, as a lens out of focus draws them. spots as for core_rows."""
    w = light.shape[1]
    for k in range(spots.shape[0]):
        x, y, reach = spots[k, 0], spots[k, 1], spots[k, 2]
        first = max(np.int64(np.ceil(y - reach - f4(1.5))), y0)
        last = min(np.int64(np.floor(y + reach + f4(0.5))) + 1, y1)
        if first >= last:
            continue
        left = max(np.int64(np.ceil(x - reach - f4(1.5))), 0)
        right = min(np.int64(np.floor(x + reach + f4(0.5))) + 1, w)
        inv = f4(1) / (reach * reach)
        blue, green, red = spots[k, 3], spots[k, 4], spots[k, 5]
        for j in range(first, last):
            dy = f4(np.int32(j)) + f4(0.5) - y
            for i in range(left, right):
                dx = f4(np.int32(i)) + f4(0.5) - x
                d = (dx * dx + dy * dy) * inv
                edge = min(max((f4(1.15) - d) * reach * f4(0.5), f4(0)), f4(1))
                q = edge * (f4(0.7) + f4(0.45) * d * d)
                light[j, i, 0] += q * blue
                light[j, i, 1] += q * green
                light[j, i, 2] += q * red


def seen(camera: Camera, u: Single, v: Single, scale: Single) -> tuple[NDArray[Any], NDArray[Any]]:
    """Places in the air as the camera sees them: near ones pass faster."""
    if camera == Camera():
        return u, v
    nearer = camera.zoom / np.maximum(1.0 - camera.dolly * scale, 0.3)
    return camera.rolled((u - camera.x * scale) * nearer, HORIZON + (v + camera.y * scale - HORIZON) * nearer)


def _spots(x: Any, y: Any, reach: Any, light: Any) -> Light:
    out = np.empty((len(x), 6), np.float32)
    out[:, 0], out[:, 1], out[:, 2] = x, y, reach
    out[:, 3:] = light[:, ::-1]
    return out


class _Cast:
    """The motes of a frame that can be seen, in pixels."""

    def __init__(self, frame: Frame, motes: Motes) -> None:
        view = frame.canvas.view
        u, v = seen(frame.camera, motes.u, motes.v, motes.scale)
        x, y = view.x(u), view.y(v)
        strongest = motes.light.max(1)
        room = 40.0
        kept = (strongest > FAINT) & (x > -room) & (x < frame.canvas.width + room)
        kept &= (y > -room) & (y < frame.canvas.height + room)
        self.x, self.y = x[kept], y[kept]
        self.radius = motes.radius[kept] * view.unit
        self.light = motes.light[kept]
        self.strongest = strongest[kept]
        self.sharp = SHARPEST * view.unit


def paint_mote_glow(frame: Frame, motes: Motes) -> None:
    """Halos and soft discs, in the air: before the bloom."""
    canvas, cast = frame.canvas, _Cast(frame, motes)
    s = canvas.scale
    soft = cast.radius > SOFT_PIXELS
    if soft.any():
        wide = cast.radius[soft] / s
        light = cast.light[soft] * (cast.sharp / cast.radius[soft, None]) ** (2 * LENS_ENERGY) * 1.1
        _discs(canvas, cast.x[soft] / s, cast.y[soft] / s, np.maximum(wide, 0.9), light)
    haze = (cast.strongest > 0.3) & ~soft
    if haze.any():
        bright = np.minimum(cast.strongest[haze], 4.0)
        reach = np.maximum(HALO * canvas.field_unit * np.sqrt(bright), 1.1)
        light = cast.light[haze] * (HALO_LIGHT * np.minimum(1.0, 3.0 / cast.strongest[haze]))[:, None]
        spots = _spots(cast.x[haze] / s, cast.y[haze] / s, reach * CORE, light)
        canvas.threads.bands(canvas.field_height, core_rows, canvas.air, 0, spots)


def _discs(canvas: Canvas, x: Any, y: Any, reach: Any, light: Any) -> None:
    canvas.field_bands(disc_rows, canvas.air, _spots(x, y, reach, light))


def paint_motes(frame: Frame, motes: Motes) -> None:
    """Cores, full size, over everything: after the bloom."""
    canvas, cast = frame.canvas, _Cast(frame, motes)
    sharp = cast.radius <= SOFT_PIXELS
    if not sharp.any():
        return
    radius = cast.radius[sharp]
    reach = np.maximum(radius * CORE, 1.45)
    dim = (cast.sharp / np.maximum(radius, 0.62)) ** (2 * LENS_ENERGY)
    light = cast.light[sharp] * (1.9 * np.minimum(dim, 1.0))[:, None]
    x, y = cast.x[sharp], cast.y[sharp]
    canvas.touch_points(x, y, reach)
    canvas.bands(core_rows, canvas.crisp, 0, _spots(x, y, reach, light))
