"""Pieces of a picture that was: each shows an earlier instant of the piece, grainy, its colours out of register."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from performance.paint.canvas import Canvas, Light
from performance.paint.fetch import fetch
from performance.paint.frame import Frame, bgr
from performance.paint.kernels import f4, hash_unit, int32, kernel
from performance.paint.sides import MOST, SIDE, WHOLE, set_sides, span
from performance.paint.tiles import flat
from performance.stage.memory import WIDE, Memory
from performance.stage.stage import Stage

if TYPE_CHECKING:
    from performance.paint.layers import Layers

# columns after the corners: middle, the way from pixels into the shot, the shot's own middle, which shot, shift, level,
# rim, how many corners
MIDDLE, WAY, SOURCE, SHOT, OFF, LEVEL, RIM, COUNT, NUMBERS = 32, 34, 38, 40, 41, 42, 43, 44, 45
ROWS = 216  # of a shot
KEPT = 24  # shots at most
MARGIN = 16  # columns more on either side of a shot than it has, for its colours to be moved
BRIGHTEST, FULL = 6.0, 1023.0  # light of a shot, and the number that says so: its root, ten bits to a colour
GRAINS = 4096  # different starts of a row of grain
DIM = 0.8  # of a memory's light, against what it was
DEEP = 5.0  # rims inwards from which a piece is even
LINES = 2.6  # pixels to one line of the grain, at 1080 rows
FAR = 1e6  # pixels inside, farther than any side is
u4: Any = np.uint32
uint64: Any = np.uint64
TEN: Any = np.uint32(1023)


@kernel("void(i8, i8, u4[:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1])")
def keep_shot(y0: int, y1: int, out: Any, field: Light, crisp: Light, air: Light) -> None:
    """All the light of a small canvas, whose field is as large as itself, as words; its ends repeated at the sides."""
    n = crisp.shape[1]
    for y in range(y0, y1):
        for x in range(n):
            keep = max(f4(1) - crisp[y, x, 3], f4(0))
            word = u4(0)
            for k in range(3):
                light = min(field[y, x, k] * keep + crisp[y, x, k] + air[y, x, k], f4(BRIGHTEST))
                word = u4(word | u4(np.sqrt(max(light, f4(0)) / f4(BRIGHTEST)) * f4(FULL)) << u4(10 * k))
            out[y, MARGIN + x] = word
        out[y, :MARGIN], out[y, MARGIN + n :] = out[y, MARGIN], out[y, MARGIN + n - 1]


@kernel("void(i8, i8, f4[:,::1], u4[:,::1], i8, f4[:,::1], f4[::1], f4[::1], f4, f4)")
def memory_rows(
    y0: Any, y1: Any, crisp: Any, shots: Any, columns: Any, pieces: Any, grain: Any, seam: Any, edge: Any, lines: Any
) -> None:  # fmt: skip
    """Lay the pieces (n, NUMBERS) over rows of `crisp`, flat as tiles.flat says. shots (k, rows * columns);
    grain (GRAINS + columns + 97,)."""
    w, wide = crisp.shape[1] // 4, int32(columns)
    lowest, most = f4(shots.shape[1] // columns - 1), f4(columns - 2 * MARGIN - 1)
    sides, from_corner = np.empty((MOST, SIDE), np.float32), np.empty(MOST, np.int64)
    no_inset, inward = np.zeros(MOST, np.float32), f4(1) / (edge * f4(DEEP))
    places, roots, soft = (
        np.empty(w, np.uint32),
        np.empty((3, w), np.uint32),
        np.empty((2, w + WHOLE), np.float32),
    )
    blues, greens, reds, covers, lights = roots[0], roots[1], roots[2], soft[0], soft[1]
    seam_blue, seam_green, seam_red = seam[0], seam[1], seam[2]
    for s in range(len(pieces)):
        p = pieces[s]
        count, top, bottom, left, right = set_sides(sides, from_corner, p, int(p[COUNT]))
        left, right = max(left, 0), min(right, w)
        if count < 3 or left >= right:
            continue
        level, rim, shot = p[LEVEL], p[RIM], shots[int(p[SHOT])]
        for y in range(max(y0, top), min(y1, bottom)):
            at = f4(int32(y)) + f4(0.5)
            lo, hi = span(sides, count, at, no_inset, f4(0), left, right)
            if lo >= hi:
                continue
            if y + 1 < len(crisp):
                fetch(crisp[y + 1], 4 * lo, 4 * hi)
            n = hi - lo
            whole = (n + WHOLE - 1) & -WHOLE  # the rest of a row costs more than a row
            cover, light = covers[:whole], lights[:whole]
            cover[:] = f4(FAR)
            for j in range(count):
                step = sides[j, 0]
                start = sides[j, 1] * at + sides[j, 2] + step * (f4(lo) + f4(0.5))
                for i in range(whole):
                    cover[i] = min(cover[i], start + step * f4(int32(i)))
            for i in range(whole):
                near = min(max(f4(1) - cover[i] * inward, f4(0)), f4(1))
                near *= near
                light[i] = near * near * rim
                cover[i] = min(max(cover[i] + f4(0.5), f4(0)), f4(1)) * level
            dx, dy, wx, wy = f4(lo) + f4(0.5) - p[MIDDLE], at - p[MIDDLE + 1], p[WAY], p[WAY + 2]
            x, down = p[SOURCE] + p[WAY + 1] * dy + wx * dx, p[SOURCE + 1] + p[WAY + 3] * dy + wy * dx
            first = int(hash_unit(int32(y), int32(7)) * f4(GRAINS)) + lo - left
            jx, jy = grain[first : first + n], grain[first + 97 : first + 97 + n]  # grain, not a mean of four
            for i in range(n):
                ax = min(max(x + wx * f4(int32(i)) + jx[i], f4(0)), most)
                ay = min(max(down + wy * f4(int32(i)) + jy[i], f4(0)), lowest)
                places[i] = u4(int32(ay) * wide + int32(ax))
            off = int(np.floor(p[OFF] + hash_unit(int32(y), int32(11))))
            off = min(max(off, -MARGIN), MARGIN)
            for_blue, for_green, for_red = shot[MARGIN - off :], shot[MARGIN:], shot[MARGIN + off :]
            for i in range(n):
                k = places[i]
                blues[i] = for_blue[k] & TEN
                greens[i] = (for_green[k] >> u4(10)) & TEN
                reds[i] = (for_red[k] >> u4(20)) & TEN
            tone = (f4(0.90) + f4(0.10) * (f4(1) if int(at / lines) & 1 else f4(-1))) * f4(DIM)
            tone *= f4(BRIGHTEST / FULL**2)
            row = crisp[y, 4 * lo : 4 * hi]
            for i in range(uint64(n)):  # unsigned places, all four channels: else no rows are made of it
                b = uint64(4) * uint64(i)
                g, r, a = b + uint64(1), b + uint64(2), b + uint64(3)
                share, shine = cover[i], light[i]
                blue, green, red = f4(int32(blues[i])), f4(int32(greens[i])), f4(int32(reds[i]))
                row[b] += (blue * blue * tone + shine * seam_blue + f4(0.004) - row[b]) * share
                row[g] += (green * green * tone + shine * seam_green + f4(0.003) - row[g]) * share
                row[r] += (red * red * tone + shine * seam_red + f4(0.003) - row[r]) * share
                row[a] += (f4(1) - row[a]) * share


class Memories:
    """The shots that are remembered, each painted once on a small canvas."""

    def __init__(self, canvas: Canvas, layers: Callable[[Canvas], Layers]) -> None:
        self.canvas = canvas
        self._layers = layers
        self._small: Layers | None = None
        self.columns = round(ROWS * WIDE)
        self.shots = np.zeros((KEPT, ROWS, self.columns + 2 * MARGIN), np.uint32)
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
        rows[:, 0 : 2 * MOST : 2], rows[:, 1 : 2 * MOST : 2] = x, y
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
        canvas.bands(
            memory_rows, flat(canvas.crisp), flat(self.shots), self.shots.shape[2], rows, self.grain,
            bgr(memory.seam), edge, lines,
        )  # fmt: skip

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
        small.bands(keep_shot, self.shots[place], small.field, small.crisp, small.air)
        self.painted.append(t)
        return place

    def forget(self) -> None:
        """The score has changed: what was painted is stale."""
        self.painted.clear()
