"""Feathers: a vane on either side of a quill, oblique barbs, light through the thin edges, layer over layer.

They are drawn at half size in a buffer of their own, row by row, each as a straight shape bent by a parabola; their
mean is laid over the field and their sharpness goes to the detail.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.causes.place import HORIZON
from performance.paint.canvas import DETAIL_ONE, Bytes, Canvas, Light
from performance.paint.frame import Frame, bgr_rows
from performance.paint.kernels import f4, fast_sin, int32, kernel
from performance.paint.pace import Pace
from performance.paint.sharpen import LEAVE, sharpen
from performance.stage.curtain import Curtain
from performance.stage.lights import Colour
from performance.stage.wings import feathers_at

RATE = 30.0  # pictures a second: feathers are large and slow
TWICE = 2  # pixels of the buffer to one of the field, live
uint64: Any = np.uint64
WHOLE = 16  # pixels of a row that are painted at once: spans of whole numbers of them leave no remainder to do singly


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4[::1], f4[:,::1])")
def feather_rows(y0: int, y1: int, buffer: Light, feathers: Light, p: Light, colours: Light) -> None:
    """Draw feathers (n, COLUMNS; places and lengths in pixels here) over an emptied buffer, premultiplied.

    buffer (rows, 4, columns): blue, green, red and alpha in planes. p: level, pixels per picture height, horizon y,
    middle x. colours (B, G, R): body, sheen, light from behind.
    """
    w = buffer.shape[2]
    level, unit, horizon, middle = p[0], p[1], p[2], p[3]
    buffer[y0:y1] = f4(0)
    body_b, body_g, body_r = colours[0, 0], colours[0, 1], colours[0, 2]
    sheen_b, sheen_g, sheen_r = colours[1, 0] * f4(0.34), colours[1, 1] * f4(0.34), colours[1, 2] * f4(0.34)
    back_b, back_g, back_r = colours[2, 0], colours[2, 1], colours[2, 2]
    for i in range(feathers.shape[0]):
        rx, ry, angle, length, half = (
            feathers[i, 0],
            feathers[i, 1],
            feathers[i, 2],
            feathers[i, 3],
            feathers[i, 4],
        )
        bend, layer, light, phase, side = (
            feathers[i, 5],
            feathers[i, 6],
            feathers[i, 7],
            feathers[i, 8],
            feathers[i, 9],
        )
        hidden = length * feathers[i, 10]
        ux, uy = np.sin(angle) * side, np.cos(angle)  # along the quill
        nx, ny = -uy, ux  # across it
        curl = bend * side / length  # sideways by curl a^2 at a
        bow = curl * length * length
        reach = abs(bow) + half * f4(1.1) + f4(2)
        ey = ry + uy * length
        top = min(ry + uy * hidden, ey) - reach
        bottom = max(ry + uy * hidden, ey) + reach
        per = f4(1) / length
        wide, narrow = (
            half * f4(1.04) + f4(1.5),
            half * f4(0.78) + f4(1.5),
        )  # the vanes to either side of the quill
        before, behind = (wide, narrow) if side > f4(0) else (narrow, wide)
        cover_all = level * feathers[i, 11]
        if cover_all <= f4(0.004):
            continue
        for y in range(max(y0, int(top)), min(y1, int(bottom) + 1)):
            dy = f4(int32(y)) + f4(0.5) - ry
            lowest, highest = (
                hidden - f4(2),
                length + f4(2),
            )  # along the quill, where this row can meet the feather
            low, high = f4(-1e6), f4(1e6)
            for _ in range(2):  # and across it, round where the bent quill is there
                b0, b1 = curl * max(lowest, f4(0)) * max(lowest, f4(0)), curl * highest * highest
                c0, c1 = min(b0, b1) - before, max(b0, b1) + behind
                if abs(ux) > f4(1e-3):
                    e0, e1 = (lowest - dy * uy) / ux, (highest - dy * uy) / ux
                    low, high = max(low, min(e0, e1)), min(high, max(e0, e1))
                if abs(nx) > f4(1e-3):
                    e0, e1 = (c0 - dy * ny) / nx, (c1 - dy * ny) / nx
                    low, high = max(low, min(e0, e1)), min(high, max(e0, e1))
                if high <= low:
                    break
                e0, e1 = low * ux + dy * uy, high * ux + dy * uy
                lowest, highest = max(lowest, min(e0, e1)), min(highest, max(e0, e1))
                if highest <= lowest:
                    break
            if high <= low or highest <= lowest:
                continue
            x0, x1 = max(int(rx + low), 0), min(int(rx + high) + 1, w)
            if x1 <= x0:
                continue
            x1 = min(x0 + (((x1 - x0) + WHOLE - 1) & -WHOLE), w)
            x0 = max(x1 - (((x1 - x0) + WHOLE - 1) & -WHOLE), 0)
            up = max(horizon - f4(int32(y)), f4(0)) / unit
            out_b, out_g = buffer[y, 0, x0:x1], buffer[y, 1, x0:x1]
            out_r, out_a = buffer[y, 2, x0:x1], buffer[y, 3, x0:x1]
            start = f4(int32(x0)) + f4(0.5)
            for k in range(x1 - x0):
                px = start + f4(int32(k))
                dx = px - rx
                a = dx * ux + dy * uy
                c = (dx * nx + dy * ny - curl * a * a) * side
                s1 = min(max(a * per, f4(0)), f4(1))
                tip = f4(1) - s1
                end = min(tip * f4(6.0), f4(1))
                grow = min(s1 * f4(2.4), f4(1))
                shape = (f4(0.34) + f4(0.66) * grow * grow * (f4(3) - f4(2) * grow)) * np.sqrt(
                    end * (f4(2) - end)
                )
                lead = f4(0.74) if c > f4(0) else f4(1)  # the vane is narrower before the quill
                edge = max(half * shape * lead, f4(0.4))
                wave = fast_sin(s1 * s1 * f4(43) + s1 * f4(11) + phase * f4(3))
                notch = max(wave - f4(0.90), f4(0))
                ragged = f4(1) + f4(0.03) * wave - f4(1.5) * notch * s1
                q = min(abs(c) / edge, f4(1))
                inside = min(max(edge * ragged - abs(c) + f4(0.5), f4(0)), f4(1))
                inside *= min(max((a - hidden) * f4(0.12), f4(0)), f4(1)) * min(
                    max(length - a + f4(0.5), f4(0)), f4(1)
                )
                barb = f4(0.80) + f4(0.20) * fast_sin((a - abs(c) * f4(1.6)) * f4(1.45) + wave * f4(0.5))
                quill = max(f4(1) - abs(c) / (f4(0.9) + f4(1.3) * tip), f4(0))
                over = min(s1 * (f4(1.9) + layer), f4(1))  # shaded at the root by what lies over it
                over *= over
                graze = max(q * f4(1.6) - f4(0.6), f4(0))
                turn = max(c / edge, f4(0))
                dark = light * (f4(0.35) + f4(0.65) * over) * barb * (f4(1) - f4(0.30) * q * q)
                shine = (
                    light * over * (f4(0.06) + f4(0.55) * graze * graze + f4(0.26) * turn * turn) * barb
                    + quill * f4(0.22) * over * light
                )
                near = abs(px - middle) / unit + up * f4(1.3)
                through = (
                    over * (f4(0.10) + f4(1.5) * graze * graze) * s1 * barb / (f4(1) + near * near * f4(14))
                )
                cover = inside * cover_all
                keep = f4(1) - cover
                out_b[k] = out_b[k] * keep + (body_b * dark + sheen_b * shine + back_b * through) * cover
                out_g[k] = out_g[k] * keep + (body_g * dark + sheen_g * shine + back_g * through) * cover
                out_r[k] = out_r[k] * keep + (body_r * dark + sheen_r * shine + back_r * through) * cover
                out_a[k] = out_a[k] * keep + cover


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4[:,::1], f4[:,:,::1], i8, i8)")
def settle_rows(
    y0: int, y1: int, field: Light, exact: Light, soft: Light, buffer: Light, s: int, start: int
) -> None:
    """Lay the buffer, `s` x `s` to a pixel of the field, over the field's rows (counted from `start`); note the
    brightness before and after."""
    w, bw = field.shape[1], buffer.shape[2]
    before = np.empty(w, np.float32)
    wide = np.empty(bw, np.float32)
    total = np.empty((4, w), np.float32)
    share = f4(1) / f4(int32(s * s))
    for y in range(start + y0, start + y1):
        below = field[y].reshape(w * 4)
        for x in range(w):
            before[x] = below[4 * x] + f4(2) * below[4 * x + 1] + below[4 * x + 2]
        if s == TWICE:  # live: a number that the compiler knows, so that rows are made of it
            for x in range(uint64(w)):
                wide[uint64(TWICE) * x] = before[x]
                wide[uint64(TWICE) * x + uint64(1)] = before[x]
        else:
            for k in range(s):
                for x in range(w):
                    wide[x * s + k] = before[x]
        total[:] = f4(0)
        for j in range(y * s, (y + 1) * s):
            b, g, r, a, sharp = buffer[j, 0], buffer[j, 1], buffer[j, 2], buffer[j, 3], exact[j]
            for i in range(bw):
                value = wide[i] * (f4(1) - a[i]) + b[i] + f4(2) * g[i] + r[i]
                sharp[i] = value if a[i] > f4(0) else f4(LEAVE)
            for k in range(4):
                row, sums = buffer[j, k], total[k]
                if s == TWICE:
                    for x in range(uint64(w)):
                        sums[x] += row[uint64(TWICE) * x] + row[uint64(TWICE) * x + uint64(1)]
                    continue
                for i in range(s):
                    for x in range(w):
                        sums[x] += row[x * s + i]
        for x in range(w):
            keep = f4(1) - total[3, x] * share
            blue, green = (
                below[4 * x] * keep + total[0, x] * share,
                below[4 * x + 1] * keep + total[1, x] * share,
            )
            red = below[4 * x + 2] * keep + total[2, x] * share
            below[4 * x], below[4 * x + 1], below[4 * x + 2] = blue, green, red
            soft[y, x] = blue + f4(2) * green + red


@kernel("void(i8, i8, u1[:,::1], f4[:,:,::1], i8, i8)")
def clear_rows(y0: int, y1: int, detail: Bytes, buffer: Light, s: int, first: int) -> None:
    """Take from the rows from `first` on the detail of what the buffer covers."""
    w, bw = detail.shape[1], buffer.shape[2]
    for y in range(max(y0, first), y1):
        cover = buffer[min(y // s, buffer.shape[0] - 1), 3]
        out = detail[y]
        for bx in range(bw):
            if cover[bx] > f4(0.02):
                keep = f4(1) - cover[bx]
                for x in range(bx * s, min((bx + 1) * s, w)):
                    out[x] = np.uint8(f4(DETAIL_ONE) + (f4(out[x]) - f4(DETAIL_ONE)) * keep)


def _lowest(placed: Light) -> float:
    """The lowest row that a feather reaches."""
    tip = placed[:, 1] + placed[:, 3] * np.cos(placed[:, 2])
    return float((np.maximum(tip, placed[:, 1]) + np.abs(placed[:, 5] * placed[:, 3]) + placed[:, 4]).max())


class Wings:
    """Scratch for one canvas: the wings at half size, their brightness there, and that of the field."""

    def __init__(self, canvas: Canvas) -> None:
        self.shrunk = max(1, canvas.scale // 2)
        self.fine = canvas.scale // self.shrunk
        rows, columns = canvas.field_height * self.fine, canvas.field_width * self.fine
        self.buffer: Light = np.zeros((rows, 4, columns), np.float32)
        self.exact: Light = np.zeros((rows, columns), np.float32)
        self.soft: Light = np.zeros((canvas.field_height, canvas.field_width), np.float32)
        self.shown = False
        self.rows = (0, 0)  # of the field, in which feathers lie
        self.pace = Pace(RATE)

    def cover_at(self, x: Light, y: Light) -> Light:
        """How much of the wings lies before these pixels (full size), 0..1, for what is behind them."""
        if not self.shown:
            return np.zeros(len(x), np.float32)
        column = np.clip(x / self.shrunk, 0, self.buffer.shape[2] - 1).astype(np.intp)
        row = np.clip(y / self.shrunk, 0, self.buffer.shape[0] - 1).astype(np.intp)
        cover: Light = self.buffer[row, 3, column]
        return cover

    def paint(self, frame: Frame, curtain: Curtain, light: Colour = (0.5, 0.75, 0.9)) -> None:
        """Draw the wings over the field; `light` (linear RGB) is what shines through them from the horizon."""
        canvas = frame.canvas
        if self.pace.due(frame.t):
            self._feather(frame, curtain, light)
        if self.shown:
            self._lay(canvas, self.rows)

    def _feather(self, frame: Frame, curtain: Curtain, light: Colour) -> None:
        """Draw the feathers into the buffer."""
        canvas = frame.canvas
        feathers = feathers_at(curtain, canvas.width * 0.5 / canvas.view.unit, frame.seed)
        self.shown = len(feathers) > 0
        if not self.shown:
            return
        small = 1.0 / self.shrunk
        placed = self._placed(frame, feathers, small)
        _, horizon = frame.camera.rolled(0.0, 0.62)
        numbers = [
            curtain.level * min(1.0, curtain.unfurl * 8.0), canvas.view.unit * small,
            float(canvas.view.y(horizon)) * small, canvas.width * 0.5 * small,
        ]  # fmt: skip
        body = (curtain.body[0] * 0.7 + 0.02, curtain.body[1] * 0.7 + 0.003, curtain.body[2] * 0.7 + 0.055)
        sheen = (curtain.sheen[0] + 0.16, curtain.sheen[1] + 0.02, curtain.sheen[2] + 0.40)
        colours = bgr_rows(body, sheen, light)
        bands = canvas.threads.bands
        bands(len(self.buffer), feather_rows, self.buffer, placed, np.array(numbers, np.float32), colours)
        top = int((placed[:, 1] - placed[:, 3]).min()) // self.fine
        self.rows = (max(0, top), min(canvas.field_height, int(_lowest(placed)) // self.fine + 1))

    def before_sea(self, frame: Frame) -> None:
        """Lay again what hangs lower than the horizon: the sea has been painted over it since."""
        canvas, first = frame.canvas, max(self._horizon(frame), self.rows[0])
        if not self.shown or first >= self.rows[1]:
            return
        canvas.bands(clear_rows, canvas.detail, self.buffer, self.shrunk, first * canvas.scale)
        self._lay(canvas, (first, self.rows[1]))

    def _lay(self, canvas: Canvas, span: tuple[int, int]) -> None:
        """Lay the buffer over these rows of the field, and its sharpness over the detail."""
        first, last = span
        if first >= last:
            return
        bands = canvas.threads.bands
        bands(last - first, settle_rows, canvas.field, self.exact, self.soft, self.buffer, self.fine, first)
        for row in (first - 1, last):  # the neighbours are read too: in them nothing is to change
            if 0 <= row < canvas.field_height:
                self.exact[row * self.fine : (row + 1) * self.fine] = LEAVE
        sharpen(canvas, self.exact, self.soft, self.fine, self.fine, span)

    @staticmethod
    def _horizon(frame: Frame) -> int:
        """The row of the field from which floor or sea may lie over the wings."""
        _, v = frame.camera.rolled(0.0, HORIZON)
        return max(0, min(int(frame.canvas.view.y(v) / frame.canvas.scale), frame.canvas.field_height))

    @staticmethod
    def _placed(frame: Frame, feathers: Light, small: float) -> Light:
        """Feathers in pixels of the buffer, `small` of the full size."""
        view, camera = frame.canvas.view, frame.camera
        u, v = camera.rolled(feathers[:, 0] * camera.zoom - 0.6 * camera.x, feathers[:, 1])
        placed = feathers.copy()
        placed[:, 0], placed[:, 1] = view.x(u) * small, view.y(v) * small
        placed[:, 2] -= camera.roll * placed[:, 9]
        placed[:, 3:5] *= view.unit * small * camera.zoom
        return placed
