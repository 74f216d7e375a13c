"""Feathers: a vane on either side of a quill, oblique barbs, light through the thin edges, layer over layer.

They are drawn at half size in a buffer of their own, row by row, each as a straight shape bent by a parabola, and
laid over the crisp layer enlarged.
"""

from __future__ import annotations

import numpy as np

from performance.paint.canvas import TILE, Bytes, Canvas, Light
from performance.paint.floor import bgr_rows
from performance.paint.frame import Frame
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, kernel, smooth_step
from performance.stage.curtain import Curtain
from performance.stage.wings import feathers_at


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4[::1], f4[:,::1])")
def feather_rows(y0: int, y1: int, buffer: Light, feathers: Light, p: Light, colours: Light) -> None:
    """Draw feathers (n, COLUMNS; places and lengths in pixels here) over an emptied buffer, premultiplied.

    p: level, pixels per picture height, horizon y, middle x, t. colours (B, G, R): body, sheen, light from behind.
    """
    w = buffer.shape[1]
    level, unit, horizon, middle, t = p[0], p[1], p[2], p[3], p[4]
    alpha = np.empty(w, np.float32)
    dark = np.empty(w, np.float32)
    sheen = np.empty(w, np.float32)
    through = np.empty(w, np.float32)
    for y in range(y0, y1):
        buffer[y] = f4(0)
    for i in range(feathers.shape[0]):
        rx, ry, angle, length, half = feathers[i, 0], feathers[i, 1], feathers[i, 2], feathers[i, 3], feathers[i, 4]
        bend, layer, light, phase, side = feathers[i, 5], feathers[i, 6], feathers[i, 7], feathers[i, 8], feathers[i, 9]
        ux, uy = np.sin(angle) * side, np.cos(angle)  # along the quill
        nx, ny = -uy, ux  # across it
        curl = bend * side / length  # sideways by curl a^2 at a
        reach = abs(curl) * length * length + half * f4(1.1) + f4(2)
        ex, ey = rx + ux * length, ry + uy * length
        top, bottom = min(ry, ey) - reach, max(ry, ey) + reach
        for y in range(max(y0, int(top)), min(y1, int(bottom) + 1)):
            dy = f4(np.int32(y)) + f4(0.5) - ry
            # the span of x where 0 <= a <= length and the bent quill is near
            low, high = f4(-1e6), f4(1e6)
            if abs(ux) > f4(1e-3):
                e0, e1 = (f4(-2) - dy * uy) / ux, (length + f4(2) - dy * uy) / ux
                low, high = max(low, min(e0, e1)), min(high, max(e0, e1))
            bow = curl * length * length
            c0, c1 = min(bow, f4(0)) - half * f4(1.1) - f4(2), max(bow, f4(0)) + half * f4(1.1) + f4(2)
            if abs(nx) > f4(1e-3):
                e0, e1 = (c0 - dy * ny) / nx, (c1 - dy * ny) / nx
                low, high = max(low, min(e0, e1)), min(high, max(e0, e1))
            x0, x1 = max(int(rx + low), 0), min(int(rx + high) + 1, w)
            if x1 <= x0:
                continue
            n = x1 - x0
            for k in range(n):
                dx = f4(np.int32(k + x0)) + f4(0.5) - rx
                a = dx * ux + dy * uy
                c = (dx * nx + dy * ny - curl * a * a) * side
                s = a / length
                s1 = min(max(s, f4(0)), f4(1))
                tip = f4(1) - s1
                shape = (f4(0.30) + f4(0.70) * smooth_step(f4(0.0), f4(0.42), s1)) * np.sqrt(min(tip * f4(7.0), f4(1)) * (f4(2) - min(tip * f4(7.0), f4(1))))
                lead = f4(0.72) if c > f4(0) else f4(1)  # the vane is narrower before the quill
                edge = half * shape * lead
                ragged = f4(1) + f4(0.05) * fast_sin(s1 * f4(61) + phase * f4(3)) + f4(0.04) * fast_sin(s1 * f4(151) + phase)
                split = fast_sin(s1 * f4(9.7) + phase * f4(1.7))
                ragged -= f4(0.20) * smooth_step(f4(0.93), f4(1.0), split) * smooth_step(f4(0.3), f4(0.6), s1)
                q = abs(c) / max(edge, f4(0.4))
                soft = (edge * ragged - abs(c)) + f4(0.5)
                inside = min(max(soft, f4(0)), f4(1)) * min(max(a + f4(0.5), f4(0)), f4(1)) * min(max(length - a + f4(0.5), f4(0)), f4(1))
                barb = fast_sin((a - abs(c) * f4(1.5)) * f4(0.95) + fast_sin(s1 * f4(23) + phase) * f4(0.6))
                quill = fast_exp_neg(c * c * f4(1.4) / (f4(0.25) + f4(1.6) * tip))
                turn = c / max(edge, f4(0.4))
                over = smooth_step(f4(0.0), f4(0.5) - f4(0.15) * layer, s1)  # shaded at the root by what lies over it
                alpha[k] = inside
                dark[k] = (f4(0.55) + f4(0.45) * over) * (f4(0.78) + f4(0.22) * barb) * (f4(1) - f4(0.35) * q * q)
                graze = smooth_step(f4(0.35), f4(1.0), q)
                sheen[k] = over * (f4(0.10) + f4(0.55) * graze * graze + f4(0.30) * max(turn, f4(0))) * (f4(0.72) + f4(0.28) * barb) + quill * f4(0.32) * over
                thin = graze * over * (f4(0.4) + f4(0.6) * smooth_step(f4(0.4), f4(1.0), s1))
                away = abs(f4(np.int32(k + x0)) + f4(0.5) - middle) / unit
                up = max(horizon - f4(np.int32(y)), f4(0)) / unit
                through[k] = thin * fast_exp_neg(away * f4(1.1) + up * f4(1.5)) + quill * f4(0.15) * over * fast_exp_neg(away + up)
            row = buffer[y, x0:x1]
            for k in range(n):
                cover = alpha[k] * level * min(light * f4(4), f4(1))
                keep = f4(1) - cover
                for j in range(3):
                    value = colours[0, j] * dark[k] * light + colours[1, j] * sheen[k] * light * f4(0.34) + colours[2, j] * through[k]
                    row[k, j] = row[k, j] * keep + value * cover
                row[k, 3] = row[k, 3] * keep + cover


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,:,::1], i8)")
def lay_tiles(t0: int, t1: int, crisp: Light, touched: Bytes, buffer: Light, s: int) -> None:
    """Lay the buffer, `s` times enlarged, over rows of tiles [t0, t1) of the crisp layer, where it is not empty."""
    h, w = crisp.shape[0], crisp.shape[1]
    bh, bw = buffer.shape[0], buffer.shape[1]
    inv = f4(1) / f4(np.int32(s))
    for ty in range(t0, t1):
        top, bottom = ty * TILE, min((ty + 1) * TILE, h)
        for tx in range(touched.shape[1]):
            left, right = tx * TILE, min((tx + 1) * TILE, w)
            any_cover = f4(0)
            for by in range(max(top // s - 1, 0), min(bottom // s + 1, bh)):
                for bx in range(max(left // s - 1, 0), min(right // s + 1, bw)):
                    any_cover = max(any_cover, buffer[by, bx, 3])
            if any_cover <= f4(0.002):
                continue
            touched[ty, tx] = 1
            for y in range(top, bottom):
                fy = min(max((f4(np.int32(y)) + f4(0.5)) * inv - f4(0.5), f4(0)), f4(bh - 1))
                ya = np.int32(fy)
                yb = min(ya + 1, bh - 1)
                dy = fy - f4(ya)
                for x in range(left, right):
                    fx = min(max((f4(np.int32(x)) + f4(0.5)) * inv - f4(0.5), f4(0)), f4(bw - 1))
                    xa = np.int32(fx)
                    xb = min(xa + 1, bw - 1)
                    dx = fx - f4(xa)
                    w00, w01 = (f4(1) - dx) * (f4(1) - dy), dx * (f4(1) - dy)
                    w10, w11 = (f4(1) - dx) * dy, dx * dy
                    a, b, c, d = buffer[ya, xa], buffer[ya, xb], buffer[yb, xa], buffer[yb, xb]
                    cover = a[3] * w00 + b[3] * w01 + c[3] * w10 + d[3] * w11
                    keep = f4(1) - cover
                    for k in range(3):
                        crisp[y, x, k] = crisp[y, x, k] * keep + a[k] * w00 + b[k] * w01 + c[k] * w10 + d[k] * w11
                    crisp[y, x, 3] = crisp[y, x, 3] * keep + cover


class Wings:
    """Scratch for one canvas: the wings at half size."""

    def __init__(self, canvas: Canvas) -> None:
        self.shrunk = max(1, canvas.scale // 2)
        size = (-(-canvas.height // self.shrunk), -(-canvas.width // self.shrunk), 4)
        self.buffer: Light = np.zeros(size, np.float32)

    def paint(self, frame: Frame, curtain: Curtain, light: tuple[float, float, float] = (0.5, 0.75, 0.9)) -> None:
        """Draw the wings; `light` (linear RGB) is what shines through them from the horizon."""
        canvas, camera = frame.canvas, frame.camera
        feathers = feathers_at(curtain, canvas.width * 0.5 / canvas.view.unit, frame.seed)
        if not len(feathers):
            return
        small = 1.0 / self.shrunk
        unit = canvas.view.unit * small * camera.zoom
        u, v = camera.rolled(feathers[:, 0] * camera.zoom - 0.6 * camera.x, feathers[:, 1])
        placed = feathers.copy()
        placed[:, 0], placed[:, 1] = canvas.view.x(u) * small, canvas.view.y(v) * small
        placed[:, 3:5] *= unit
        placed[:, 2] -= camera.roll * placed[:, 9]
        _, horizon = camera.rolled(0.0, 0.62)
        level = curtain.level * min(1.0, curtain.unfurl * 8.0)
        numbers = [level, unit, float(canvas.view.y(horizon)) * small, canvas.width * 0.5 * small, frame.t % 4096.0]
        body = (curtain.body[0] + 0.03, curtain.body[1] + 0.006, curtain.body[2] + 0.075)
        sheen = (curtain.sheen[0] + 0.16, curtain.sheen[1] + 0.02, curtain.sheen[2] + 0.40)
        canvas.threads.bands(
            len(self.buffer), feather_rows, self.buffer, placed, np.array(numbers, np.float32),
            bgr_rows(body, sheen, light),
        )  # fmt: skip
        canvas.threads.bands(
            canvas.touched.shape[0], lay_tiles, canvas.crisp, canvas.touched, self.buffer, self.shrunk
        )
