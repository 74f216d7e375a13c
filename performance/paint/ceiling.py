"""Plaster in relief, lit by one small caustic: light from a shard of mirror, folded where the mirror is bent.

The relief is baked as the slope of the plaster; the sparkle lights it from where it lies. The caustic is made of
rays: a grid of them leaves the mirror, each bent by its slope, and where they fall together it is bright.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.paint.cache import kept
from performance.paint.canvas import DETAIL_ONE, Bytes, Canvas, Light
from performance.paint.frame import Frame, bgr_rows
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, int32, kernel, smooth_step
from performance.stage.ceiling import Ceiling

ROSE_V = 0.36  # middle of the plaster rose
RAYS = (176, 112)  # across and down the mirror
PANES = 0.075  # light of the window's panes on the ceiling
PATCH = 0.30  # side of the square the caustic falls in, picture heights
MADE_BY = mark_of(__file__)
SPREAD = 0.045  # how far the colours land apart
DAWN = (1.5, 0.72, 0.36)  # the light of the window, linear RGB


def _height(u: NDArray[np.float64], v: NDArray[np.float64], half: float, tall: float) -> NDArray[np.float64]:
    """Height of the plaster: a cornice round the picture's edge in perspective, and a rose of leaves."""
    wide, tall = half - 0.085, tall - 0.07
    box = np.maximum(np.abs(u) - wide, np.abs(v - 0.5) - tall)
    height = np.zeros_like(u)
    for at, width, rise in (
        (-0.030, 0.0045, 0.5),
        (-0.018, 0.0030, 0.3),
        (0.0, 0.006, 1.0),
        (0.014, 0.010, -0.7),
    ):
        height += rise * np.exp(-(((box - at) / width) ** 2))
    height += 1.6 * np.clip((box - 0.024) / 0.02, 0.0, 1.0)
    bead = 0.5 + 0.5 * np.cos(2 * np.pi * np.where(np.abs(u) - wide > np.abs(v - 0.5) - tall, v, u) / 0.017)
    height += 0.8 * np.exp(-(((box - 0.034) / 0.005) ** 2)) * bead
    r, a = np.hypot(u, (v - ROSE_V) * 1.06), np.arctan2(v - ROSE_V, u)
    leaf = np.abs(np.cos(6 * a)) ** 0.7
    for at, width, rise in ((0.130, 0.005, 1.0), (0.118, 0.003, -0.5), (0.020, 0.007, 1.0)):
        height += rise * np.exp(-(((r - at) / width) ** 2))
    height += (
        0.9 * np.clip(1.0 - (r / (0.045 + 0.062 * leaf)) ** 6, 0.0, 1.0) * (0.5 + 0.5 * np.cos(12 * a)) ** 0.6
    )
    height += 1.5 * np.clip(1.0 - (r / (0.028 + 0.022 * np.abs(np.sin(6 * a)))) ** 4, 0.0, 1.0)
    return height


def _relief(width: int, height: int, half: float, unit: float) -> dict[str, NDArray[np.int8]]:
    y, x = np.mgrid[0:height, 0:width]
    u, v = (x + 0.5 - width / 2) / unit, (y + 0.5 - height / 2) / unit + 0.5
    rise = _height(u, v, half, height / unit / 2)
    rng = np.random.default_rng(3)  # a texture
    k = np.hypot(np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None, :] * width)
    trowel = np.fft.irfft2(
        np.fft.rfft2(rng.standard_normal((height, width))) / (1.0 + (k / 9.0) ** 2) ** 0.75, (height, width)
    )
    rise += 0.10 * trowel / trowel.std() * unit / 1080
    down, across = np.gradient(rise * 90.0 * 1080 / unit)
    pressed = [
        np.clip(60.0 * np.tanh(slope / 22.0) * 2.0, -127, 127).astype(np.int8) for slope in (across, down)
    ]
    return {"across": pressed[0], "down": pressed[1]}


@kernel("void(i8, i8, u1[:,::1], i1[:,::1], i1[:,::1], f4[::1])")
def relief_rows(y0: int, y1: int, detail: Bytes, across: Bytes, down: Bytes, p: Light) -> None:
    """Light the plaster's slopes: faintly from the window above, and from the sparkle. p: x, y, pixels per height,
    strength of the sparkle, of the window."""
    w = detail.shape[1]
    px, py, unit, near, far = p[0], p[1], p[2], p[3], p[4]
    for y in range(y0, y1):
        dy = (f4(int32(y)) - py) / unit
        out, sx, sy = detail[y], across[y], down[y]
        for x in range(w):
            dx = (f4(int32(x)) - px) / unit
            d2 = dx * dx + dy * dy
            reach = near * fast_exp_neg(d2 * f4(14)) / np.sqrt(d2 + f4(0.0012))
            slope = f4(sx[x]) * (dx * reach - f4(0.25) * far) + f4(sy[x]) * (dy * reach - far)
            out[x] = np.uint8(min(max(f4(DETAIL_ONE) - slope, f4(8)), f4(250)))


@inline
def _window(u: float, v: float, half: float) -> Any:
    """How much of the window's light falls here: four panes thrown aslant by a lamp in the street, and their bars'
    shadow. It blurs the farther from the window it lands."""
    along = v - f4(0.14)
    blur = f4(0.012) + f4(0.05) * max(along, f4(0))
    a = abs(u + f4(0.62) * half - f4(0.42) * along) - f4(0.006)
    b = abs(along - f4(0.17)) - f4(0.005)
    wide, high = f4(0.115) + f4(0.20) * along, f4(0.16)
    inside = smooth_step(wide + blur, wide - blur, a) * smooth_step(high + blur, high - blur, b)
    bars = smooth_step(-blur, blur, a) * smooth_step(-blur, blur, b)
    return inside * (f4(0.15) + f4(0.85) * bars) * (f4(1) - f4(1.2) * along)


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[:,::1])")
def plaster_rows(y0: int, y1: int, field: Light, p: Light, colours: Light) -> None:
    """Soft light on the ceiling. p: level, middle x, y, unit, dawn, sparkle u, v, its light, half width and half
    height of the room.

    colours (B, G, R): room, spark, what the window throws.
    """
    w, tall = field.shape[1], p[9]
    level, mx, my, unit, dawn, pu, pv, spark, half = p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8]
    for y in range(y0, y1):
        v = (f4(int32(y)) + f4(0.5) - my) / unit + f4(0.5)
        for x in range(w):
            u = (f4(int32(x)) + f4(0.5) - mx) / unit
            edge = max(abs(u) - half + f4(0.05), abs(v - f4(0.5)) - tall + f4(0.035))
            wall = smooth_step(f4(0.0), f4(0.012), edge)
            room = dawn * (
                f4(0.006)
                + f4(0.030) * fast_exp_neg((u + f4(0.5)) * (u + f4(0.5)) * f4(1.2) + v * v * f4(1.6))
            )
            panes = f4(PANES) * dawn * _window(u, v, half)
            du, dv = u - pu, v - pv
            d2 = du * du + dv * dv
            glow = spark * (f4(0.055) * fast_exp_neg(d2 * f4(30)) + f4(0.017) * fast_exp_neg(d2 * f4(5)))
            keep = f4(1) - f4(0.72) * wall
            for k in range(3):
                field[y, x, k] += (
                    (colours[0, k] * room + colours[1, k] * glow + colours[2, k] * panes) * keep
                    - field[y, x, k]
                ) * level


@kernel("void(i8, i8, f4[:,:,::1], f4[::1])")
def throw_rays(j0: int, j1: int, patch: Light, p: Light) -> None:
    """Throw the mirror's rays into the patch (one thread: they cross). p: t, turn, power, spread of colours."""
    n = patch.shape[0]
    t, power, spread = p[0], p[2], p[3]
    c, s = np.cos(p[1]), np.sin(p[1])
    side = f4(n)
    for j in range(j0, j1):
        b = (f4(int32(j)) + f4(0.5)) * f4(2.0 / RAYS[1]) - f4(1)
        for i in range(RAYS[0]):
            a = (f4(int32(i)) + f4(0.5)) * f4(2.0 / RAYS[0]) - f4(1)
            # the shard's outline: a four-cornered splinter
            out = max(abs(a * f4(0.86) + b * f4(0.34)), abs(b - a * f4(0.22)))
            weight = smooth_step(f4(0.86), f4(0.72), out) * power
            if weight <= f4(0):
                continue
            da = f4(0.55) * fast_sin(
                a * f4(3.1) + f4(0.9) * fast_sin(b * f4(2.3) + t * f4(0.9)) + t * f4(0.7)
            ) + f4(0.22) * fast_sin(b * f4(5.3) - a * f4(4.1) - t * f4(1.3))
            db = f4(0.95) * fast_sin(
                b * f4(2.6) + f4(1.1) * a + f4(0.8) * fast_sin(a * f4(2.9) - t * f4(0.8)) - t * f4(0.55)
            ) + f4(0.26) * fast_sin(a * f4(6.1) + b * f4(3.3) + t * f4(1.1))
            for k in range(3):
                bend = f4(1) + spread * (f4(1) - f4(int32(k)))
                x = (a * f4(0.80) + da * f4(0.46) * bend) * f4(0.30)
                y = (b * f4(0.80) + db * f4(0.36) * bend) * f4(0.27)
                fx = (x * c - y * s + f4(0.5)) * side - f4(0.5)
                fy = (x * s + y * c + f4(0.5)) * side - f4(0.5)
                ix, iy = int(fx), int(fy)
                if ix < 0 or iy < 0 or ix >= n - 1 or iy >= n - 1:
                    continue
                tx, ty = fx - f4(int32(ix)), fy - f4(int32(iy))
                patch[iy, ix, k] += weight * (f4(1) - tx) * (f4(1) - ty)
                patch[iy, ix + 1, k] += weight * tx * (f4(1) - ty)
                patch[iy + 1, ix, k] += weight * (f4(1) - tx) * ty
                patch[iy + 1, ix + 1, k] += weight * tx * ty


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4, f4, f4)")
def lay_patch(y0: int, y1: int, crisp: Light, patch: Light, left: float, top: float, scale: float) -> None:
    """Add the patch, `scale` pixels to each of its own, to the crisp layer; bilinear."""
    w, n = crisp.shape[1], patch.shape[0]
    inv = f4(1) / scale
    for y in range(max(y0, int(top)), min(y1, int(top + f4(n) * scale))):
        fy = min(max((f4(int32(y)) + f4(0.5) - top) * inv - f4(0.5), f4(0)), f4(n - 1.001))
        ya = int32(fy)
        ty = fy - f4(ya)
        for x in range(max(0, int(left)), min(w, int(left + f4(n) * scale))):
            fx = min(max((f4(int32(x)) + f4(0.5) - left) * inv - f4(0.5), f4(0)), f4(n - 1.001))
            xa = int32(fx)
            tx = fx - f4(xa)
            for k in range(3):
                a = patch[ya, xa, k] + (patch[ya, xa + 1, k] - patch[ya, xa, k]) * tx
                b = patch[ya + 1, xa, k] + (patch[ya + 1, xa + 1, k] - patch[ya + 1, xa, k]) * tx
                crisp[y, x, k] += a + (b - a) * ty


class Room:
    """The ceiling of one canvas: its plaster and the patch that the caustic falls in."""

    def __init__(self, canvas: Canvas) -> None:
        unit, size = canvas.view.unit, (canvas.width, canvas.height)
        half = canvas.width * 0.5 / unit
        relief = kept("ceiling", (*size, half), lambda: _relief(*size, half, unit), MADE_BY)
        self.across, self.down = relief["across"], relief["down"]
        self.half = half
        self.scale = max(1.0, unit / 720)
        side = int(PATCH * unit / self.scale)
        self.patch: Light = np.zeros((side, side, 3), np.float32)

    def paint(self, frame: Frame, ceiling: Ceiling) -> None:
        """Draw the ceiling into field, detail and crisp."""
        canvas = frame.canvas
        view, unit = canvas.view, canvas.view.unit
        spark = ceiling.sparkle * ceiling.level
        px, py = float(view.x(ceiling.u)), float(view.y(ceiling.v))
        s = canvas.scale
        soft = [
            ceiling.level, canvas.width * 0.5 / s, canvas.height * 0.5 / s, unit / s, ceiling.dawn,
            ceiling.u, ceiling.v, spark, self.half, canvas.height * 0.5 / unit,
        ]  # fmt: skip
        room = np.array(soft, np.float32)
        canvas.field_bands(
            plaster_rows, canvas.field, room, bgr_rows(ceiling.colour, (1.0, 0.97, 0.92), DAWN)
        )
        canvas.detailed = True
        relief = np.array([px, py, unit, 0.17 * spark, 0.20], np.float32)
        canvas.bands(relief_rows, canvas.detail, self.across, self.down, relief)
        self._sparkle(canvas, ceiling, spark, px, py)

    def _sparkle(self, canvas: Canvas, ceiling: Ceiling, spark: float, px: float, py: float) -> None:
        side = len(self.patch)
        half = side * self.scale * 0.5
        if spark <= 0.0 or not canvas.touch(px - half, py - half, px + half, py + half):
            return
        self.patch.fill(0.0)
        power = spark * 7.0 * (side / 216.0) ** 2 / RAYS[0] / RAYS[1] * 2600.0
        throw_rays(
            0,
            RAYS[1],
            self.patch,
            np.array([ceiling.t % 4096.0, ceiling.turn, power * 0.11, 0.17], np.float32),
        )
        canvas.bands(lay_patch, canvas.crisp, self.patch, f4(px - half), f4(py - half), f4(self.scale))
