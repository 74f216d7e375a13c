"""Pieces of a picture that was: each shows an earlier instant of the piece, grainy, its colours out of register."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from performance.paint.canvas import Canvas, Light
from performance.paint.echoes import collect
from performance.paint.frame import Frame, bgr
from performance.paint.kernels import f4, fast_exp_neg, hash_unit, int32, kernel
from performance.stage.memory import WIDE, Memory
from performance.stage.stage import Stage

if TYPE_CHECKING:
    from performance.paint.layers import Layers

CORNERS = 16
# columns after the corners: middle, the way from pixels into the shot, the shot's own middle, which shot, shift, level,
# rim, how many corners
MIDDLE, WAY, SOURCE, SHOT, OFF, LEVEL, RIM, COUNT, NUMBERS = 32, 34, 38, 40, 41, 42, 43, 44, 45
ROWS = 216  # of a shot
KEPT = 24  # shots at most
GRAINS = 4096  # different starts of a row of grain
DIM = 0.8  # of a memory's light, against what it was
DEEP = 8.0  # rims inwards from which a piece is even
LINES = 2.6  # pixels to one line of the grain, at 1080 rows


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,:,::1], f4[:,::1], f4[::1], f4[::1], f4, f4)")
def memory_rows(
    y0: Any, y1: Any, crisp: Any, shots: Any, pieces: Any, grain: Any, seam: Any, edge: Any, lines: Any
) -> None:
    """Lay the pieces (n, NUMBERS) over rows of `crisp`. shots (k, rows, columns, 4); grain (GRAINS + columns + 97,)."""
    w = crisp.shape[1]
    sh, sw = shots.shape[1], shots.shape[2]
    sides = np.empty((CORNERS, 3), np.float32)
    near = np.empty(w, np.float32)
    for_b, for_g, for_r = np.empty(w, np.uint32), np.empty(w, np.uint32), np.empty(w, np.uint32)
    for s in range(pieces.shape[0]):
        p = pieces[s]
        count = int(p[COUNT])
        low, high, first, last, area = p[1], p[1], p[0], p[0], f4(0)
        for j in range(count):
            k = j + 1 if j + 1 < count else 0
            low, high = min(low, p[2 * j + 1]), max(high, p[2 * j + 1])
            first, last = min(first, p[2 * j]), max(last, p[2 * j])
            area += p[2 * j] * p[2 * k + 1] - p[2 * k] * p[2 * j + 1]
        top: Any = max(int32(low - f4(0.5)), y0)
        bottom: Any = min(int32(high + f4(0.5)) + 1, y1)
        left: Any = max(int32(first - f4(0.5)), 0)
        right: Any = min(int32(last + f4(0.5)) + 1, w)
        n = right - left
        if bottom <= top or n <= 0:
            continue
        sign = f4(1) if area > f4(0) else f4(-1)
        for j in range(count):
            k = j + 1 if j + 1 < count else 0
            ex, ey = p[2 * k] - p[2 * j], p[2 * k + 1] - p[2 * j + 1]
            long = np.sqrt(ex * ex + ey * ey)
            r = sign / max(long, f4(1e-4))
            sides[j, 0], sides[j, 1] = -ey * r, ex * r
            sides[j, 2] = -(sides[j, 0] * p[2 * j] + sides[j, 1] * p[2 * j + 1])
            if long < f4(0.02):
                sides[j, 0], sides[j, 1], sides[j, 2] = f4(0), f4(0), f4(1e6)
        shot = shots[int(p[SHOT])].reshape(-1)
        inv = f4(1) / edge
        for y in range(top, bottom):
            at = f4(int32(y)) + f4(0.5)
            lo, hi = left, right  # what of the row the piece covers, and what of that is far from its edge
            inner, outer = left, right
            for j in range(count):
                a, rest = sides[j, 0], sides[j, 1] * at + sides[j, 2]
                reach, deep = (f4(-0.5) - rest), (edge * f4(DEEP) - rest)
                if a > f4(1e-6):
                    lo = max(lo, int(np.ceil(reach / a - f4(0.5))))
                    inner = max(inner, int(np.ceil(deep / a - f4(0.5))))
                elif a < f4(-1e-6):
                    hi = min(hi, int(np.floor(reach / a - f4(0.5))) + 1)
                    outer = min(outer, int(np.floor(deep / a - f4(0.5))) + 1)
                else:
                    hi = lo if reach > f4(0) else hi
                    outer = inner if deep > f4(0) else outer
            n = hi - lo
            if n <= 0:
                continue
            inner, outer = min(max(inner, lo), hi), max(min(outer, hi), lo)
            if inner >= outer:
                inner = outer = hi
            d = near[:n]
            for i in range(n):
                d[i] = f4(1e6)
            for part in range(2):  # only near its edge is it reckoned how near
                first_one, end = (0, inner - lo) if part == 0 else (outer - lo, n)
                some = near[first_one:end]
                for j in range(count):
                    a, rest = sides[j, 0], sides[j, 1] * at + sides[j, 2]
                    rest += a * (f4(lo + first_one) + f4(0.5))
                    for i in range(end - first_one):
                        some[i] = min(some[i], a * f4(int32(i)) + rest)
            dy = at - p[MIDDLE + 1]
            line = (f4(0.90) + f4(0.10) * (f4(1) if int(at / lines) & 1 else f4(-1))) * f4(DIM)
            start = int(hash_unit(int32(y), int32(7)) * f4(GRAINS)) + lo - left
            jx, jy = grain[start : start + n], grain[start + 97 : start + 97 + n]  # grain, not a mean of four
            x0, y0_ = p[SOURCE] + p[WAY + 1] * dy, p[SOURCE + 1] + p[WAY + 3] * dy
            dx0, shift, most = f4(lo) + f4(0.5) - p[MIDDLE], p[OFF], f4(sw - 1)
            wx, wy = p[WAY], p[WAY + 2]
            b_at, g_at, r_at = for_b[:n], for_g[:n], for_r[:n]
            for i in range(n):
                dx = dx0 + f4(int32(i))
                ax = x0 + wx * dx + jx[i]
                ay = min(max(y0_ + wy * dx + jy[i], f4(0)), f4(sh - 1))
                base = int32(ay) * int32(sw)
                b_at[i] = np.uint32((base + int32(min(max(ax - shift, f4(0)), most))) * int32(4))
                g_at[i] = np.uint32((base + int32(min(max(ax, f4(0)), most))) * int32(4) + int32(1))
                r_at[i] = np.uint32((base + int32(min(max(ax + shift, f4(0)), most))) * int32(4) + int32(2))
            row = crisp[y, lo:hi]
            level, rim = p[LEVEL], p[RIM]
            s0, s1, s2 = seam[0], seam[1], seam[2]
            for i in range(n):
                b, g, r = shot[b_at[i]] * line, shot[g_at[i]] * line, shot[r_at[i]] * line
                cover = level
                if d[i] < f4(1e5):
                    cover *= min(max(d[i] + f4(0.5), f4(0)), f4(1))
                    edged = rim * fast_exp_neg(max(d[i], f4(0)) * inv)
                    b, g, r = b + edged * s0, g + edged * s1, r + edged * s2
                keep = f4(1) - cover
                row[i, 0] = row[i, 0] * keep + (b + f4(0.004)) * cover
                row[i, 1] = row[i, 1] * keep + (g + f4(0.003)) * cover
                row[i, 2] = row[i, 2] * keep + (r + f4(0.003)) * cover
                row[i, 3] = row[i, 3] * keep + cover


class Memories:
    """The shots that are remembered, each painted once on a small canvas."""

    def __init__(self, canvas: Canvas, layers: Callable[[Canvas], Layers]) -> None:
        self.canvas = canvas
        self._layers = layers
        self._small: Layers | None = None
        self.columns = round(ROWS * WIDE)
        self.shots: Light = np.zeros((KEPT, ROWS, self.columns, 4), np.float32)
        self.painted: list[float] = []
        even = np.random.default_rng(5).random(GRAINS + canvas.width + 97)  # a texture, not chance
        self.grain = (even - 0.5).astype(np.float32)

    def paint(self, frame: Frame, memory: Memory, stage_of: Callable[[float], Stage]) -> None:
        """Lay the pieces over the sharp picture; `stage_of(t)` is what was on stage then."""
        where = np.array([self._index(t, stage_of) for t in memory.moments])
        canvas, view = frame.canvas, frame.canvas.view
        n, unit = len(memory.corners), view.unit
        rows = np.zeros((n, NUMBERS), np.float32)
        corners = memory.places[:, None] + memory.outlines
        x, y = view.x(corners[..., 0]), view.y(corners[..., 1])
        rows[:, 0 : 2 * CORNERS : 2], rows[:, 1 : 2 * CORNERS : 2] = x, y
        rows[:, MIDDLE], rows[:, MIDDLE + 1] = view.x(memory.places[:, 0]), view.y(memory.places[:, 1])
        step = ROWS * memory.zooms / (memory.size * unit * memory.scales)  # texels to a pixel
        c, s = np.cos(memory.turns) * step, np.sin(memory.turns) * step
        rows[:, WAY], rows[:, WAY + 1], rows[:, WAY + 2], rows[:, WAY + 3] = c, s, -s, c
        rows[:, SOURCE], rows[:, SOURCE + 1] = memory.homes[:, 0] * self.columns, memory.homes[:, 1] * ROWS
        rows[:, SHOT] = where[memory.shot]
        rows[:, OFF] = memory.off * self.columns
        rows[:, LEVEL], rows[:, RIM], rows[:, COUNT] = memory.level, memory.rim, memory.corners
        canvas.touch_boxes(x.min(1) - 1, y.min(1) - 1, x.max(1) + 1, y.max(1) + 1)
        edge, lines = f4(max(0.0024 * unit, 0.8)), f4(max(LINES * unit / 1080.0, 1.0))
        canvas.bands(memory_rows, canvas.crisp, self.shots, rows, self.grain, bgr(memory.seam), edge, lines)

    def _index(self, t: float, stage_of: Callable[[float], Stage]) -> int:
        """Where the shot of an instant is kept; it is painted when it is not."""
        if t in self.painted:
            return self.painted.index(t)
        if len(self.painted) >= KEPT:
            self.painted.clear()
        if self._small is None:
            self._small = self._layers(Canvas(self.columns, ROWS, threads=self.canvas.threads))
        stage, small = stage_of(t), self._small.canvas
        self._small.paint(stage, None)
        self._small.paint_points(stage)
        place = len(self.painted)
        small.threads.bands(small.height, collect, self.shots[place], small.field, small.crisp, small.air)
        self.painted.append(t)
        return place

    def forget(self) -> None:
        """The score has changed: what was painted is stale."""
        self.painted.clear()
