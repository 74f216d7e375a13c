"""The wings: feathers drawn at half size in a buffer of their own. Their mean is laid over the field, and their
sharpness goes to the detail.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from performance.causes.place import HORIZON
from performance.compiled import called
from performance.paint.canvas import DETAIL_ONE, Bytes, Canvas, Light
from performance.paint.feathers import feather_rows
from performance.paint.frame import Frame, bgr_rows
from performance.paint.kernels import f4, int32, kernel
from performance.paint.pace import Pace
from performance.paint.sharpen import LEAVE, sharpen
from performance.stage.curtain import Curtain
from performance.stage.lights import Colour
from performance.stage.wings import feathers_at

RATE = 30.0  # pictures a second: feathers are large and slow
EDGE = 0.55  # of its cover that an edge gains in a pixel
TWICE = 2  # pixels of the buffer to one of the field, live
uint64: Any = np.uint64
BARB = 0.0085  # picture heights from barb to barb
FINEST = 5.0  # pixels from barb to barb below which they would be teeth, not barbs


@called
def _beside(near: Light, around: Light, buffer: Light, y: int, s: int) -> None:
    """How much there is in the buffer, `s` x `s` to a pixel of the field, in and round each pixel of the field's row y:
    `near` (columns of the buffer,). around: room for two more than there are in the field."""
    w = around.shape[0] - 2
    near[:] = f4(0)
    for j in range(max(y - 1, 0) * s, min((y + 2) * s, buffer.shape[0])):
        cover = buffer[j, 3]
        for i in range(near.shape[0]):
            near[i] += cover[i]
    if s == TWICE:
        for x in range(uint64(w)):
            around[x + uint64(1)] = near[uint64(TWICE) * x] + near[uint64(TWICE) * x + uint64(1)]
        for x in range(uint64(w)):
            at, known = uint64(TWICE) * x, around[x] + around[x + uint64(1)] + around[x + uint64(2)]
            near[at], near[at + uint64(1)] = known, known
        return
    around[:] = f4(0)
    for k in range(s):
        for x in range(w):
            around[x + 1] += near[x * s + k]
    for k in range(s):
        for x in range(w):
            near[x * s + k] = around[x] + around[x + 1] + around[x + 2]


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4[:,::1], f4[:,:,::1], i8, i8)")
def settle_rows(
    y0: int, y1: int, field: Light, exact: Light, soft: Light, buffer: Light, s: int, start: int
) -> None:
    """Lay the buffer, `s` x `s` to a pixel of the field, over the field's rows (counted from `start`); note the
    brightness after, and as it is exactly on and beside the feathers: an edge is drawn from both sides."""
    w, bw = field.shape[1], buffer.shape[2]
    before = np.empty(w, np.float32)
    wide, near = np.empty(bw, np.float32), np.empty(bw, np.float32)
    total, around = np.empty((4, w), np.float32), np.zeros(w + 2, np.float32)
    share = f4(1) / f4(int32(s * s))
    for y in range(start + y0, start + y1):
        below = field[y].reshape(w * 4)
        for x in range(w):
            before[x] = below[4 * x] + f4(2) * below[4 * x + 1] + below[4 * x + 2]
        _beside(near, around, buffer, y, s)
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
                sharp[i] = value if near[i] > f4(0) else f4(LEAVE)
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


@kernel("void(i8, i8, u1[:,::1], f4[:,:,::1], i8, i8, i8)")
def clear_rows(y0: int, y1: int, detail: Bytes, buffer: Light, s: int, fine: int, first: int) -> None:
    """Take the detail from what is on and beside the feathers, in the field's rows from `first` on, `s` x `fine` pixels
    each."""
    w, bw = detail.shape[1], buffer.shape[2]
    near, around = np.empty(bw, np.float32), np.zeros(bw // fine + 2, np.float32)
    mask = np.empty(bw * s, np.uint8)
    for y in range(first + y0, first + y1):
        _beside(near, around, buffer, y, fine)
        if s == TWICE:
            for x in range(uint64(bw)):
                at, clear = uint64(TWICE) * x, np.uint8(255 if near[x] > f4(0) else 0)
                mask[at], mask[at + uint64(1)] = clear, clear
        else:
            for x in range(bw * s):
                mask[x] = 255 if near[x // s] > f4(0) else 0
        for row in range(y * s * fine, min((y + 1) * s * fine, detail.shape[0])):
            out = detail[row]
            for x in range(w):
                out[x] = (out[x] & ~mask[x]) | (np.uint8(DETAIL_ONE) & mask[x])


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
        self.next: Light = np.zeros_like(self.buffer)  # what is being drawn
        self.half: tuple[Light, Light, Light] | None = None  # what is left to draw of it
        self.exact: Light = np.zeros((rows, columns), np.float32)
        self.soft: Light = np.zeros((canvas.field_height, canvas.field_width), np.float32)
        self.shown = False
        self.rows = self.due = (0, 0)  # of the field, in which feathers lie, and will lie
        self.pace = Pace(RATE)
        self.last = -math.inf  # when a frame was painted last

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
        step, self.last = frame.t - self.last, frame.t
        if self.pace.due(frame.t):
            self._begin(frame, curtain, light)
            if not 0.0 < step < 0.75 / RATE:  # there will be no other frame in this turn
                self._end(frame.canvas)
        else:
            self._end(frame.canvas)
        if self.shown:
            for row in (
                self.rows[0] - 1,
                self.rows[1],
            ):  # read with their neighbours: nothing is to change there
                if 0 <= row < frame.canvas.field_height:
                    self.exact[row * self.fine : (row + 1) * self.fine] = LEAVE
            self._lay(frame.canvas, self.rows)

    def _begin(self, frame: Frame, curtain: Curtain, light: Colour) -> None:
        """Draw the upper half of the feathers; in the next frame the lower one follows, and then they are shown."""
        canvas = frame.canvas
        self._end(canvas)
        feathers = feathers_at(curtain, canvas.width * 0.5 / canvas.view.unit, frame.seed)
        self.shown = len(feathers) > 0
        if not self.shown:
            return
        small = 1.0 / self.shrunk
        placed = self._placed(frame, feathers, small)
        _, horizon = frame.camera.rolled(0.0, 0.62)
        unit = canvas.view.unit * small
        barb = max(BARB * unit, FINEST)
        numbers = np.array([
            curtain.level * min(1.0, curtain.unfurl * 8.0), unit, float(canvas.view.y(horizon)) * small,
            canvas.width * 0.5 * small, EDGE, 2.0 * np.pi / barb, 0.20 * min(1.0, (BARB * unit / FINEST) ** 2),
        ], np.float32)  # fmt: skip
        body = (curtain.body[0] * 0.7 + 0.02, curtain.body[1] * 0.7 + 0.003, curtain.body[2] * 0.7 + 0.055)
        sheen = (curtain.sheen[0] + 0.16, curtain.sheen[1] + 0.02, curtain.sheen[2] + 0.40)
        top = int((placed[:, 1] - placed[:, 3]).min()) // self.fine - 1
        self.due = (max(0, top), min(canvas.field_height, int(_lowest(placed)) // self.fine + 2))
        self.half = placed, numbers, bgr_rows(body, sheen, light)
        self._draw(canvas, 0, self._middle())

    def _end(self, canvas: Canvas) -> None:
        """Draw the rest of what was begun, and show it."""
        if self.half is None:
            return
        self._draw(canvas, self._middle(), len(self.next))
        self.buffer, self.next, self.rows, self.half = self.next, self.buffer, self.due, None

    def _middle(self) -> int:
        """The row of the buffer above which half of the work is."""
        return (self.due[0] + self.due[1]) // 2 * self.fine

    def _draw(self, canvas: Canvas, first: int, last: int) -> None:
        """Draw what is begun in these rows of the buffer."""
        if self.half is None or last <= first:
            return
        placed, numbers, colours = (part.copy() for part in self.half)
        placed[:, 1] -= first
        numbers[2] -= first
        canvas.threads.bands(last - first, feather_rows, self.next[first:last], placed, numbers, colours)

    def before_sea(self, frame: Frame) -> None:
        """Lay again what hangs lower than the horizon: the sea has been painted over it since."""
        canvas, first = frame.canvas, max(self._horizon(frame), self.rows[0])
        if not self.shown or first >= self.rows[1]:
            return
        rows = self.rows[1] - first
        canvas.threads.bands(rows, clear_rows, canvas.detail, self.buffer, self.shrunk, self.fine, first)
        self._lay(canvas, (first, self.rows[1]))

    def _lay(self, canvas: Canvas, span: tuple[int, int]) -> None:
        """Lay the buffer over these rows of the field, and its sharpness over the detail."""
        first, last = span
        if first >= last:
            return
        bands = canvas.threads.bands
        bands(last - first, settle_rows, canvas.field, self.exact, self.soft, self.buffer, self.fine, first)
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
