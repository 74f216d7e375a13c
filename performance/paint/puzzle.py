"""Pieces of painted board (see board.py, where they are made), laid one over the other where they stand."""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.paint.board import BRIGHTEST, MARGIN, bake
from performance.paint.fetch import fetch
from performance.paint.frame import Frame
from performance.paint.kernels import f4, int32, kernel
from performance.paint.sides import MOST, SIDE, set_sides, span
from performance.paint.tiles import flat
from performance.stage.jigsaw import Jigsaw, cut_of

BARE = (
    0.13,
    0.13,
    0.02,
    0.02,
)  # of an edge: how far there is something beyond a side without a tab, the lower first
BYTE: Any = np.uint32(255)
uint64: Any = np.uint64
FINEST, COARSEST = 176, 40  # texels to an edge
FINER = 0.9  # texels to a pixel, of a wall that is looked at from the middle of the house
NUMBERS = 8 + 6 + 5  # corners of the box; way from pixels to texels; tone, cover, which piece


@kernel("void(i8, i8, f4[:,::1], u4[:,:,::1], f4[:,::1])")
def piece_rows(y0: Any, y1: Any, crisp: Any, baked: Any, pieces: Any) -> None:
    """Lay pieces (n, NUMBERS) over rows of `crisp`, flat as tiles.flat says. baked (k, size, size): roots of blue,
    green and red, and cover."""
    w, size = crisp.shape[1] // 4, int32(baked.shape[2])
    sides, from_corner = np.empty((MOST, SIDE), np.float32), np.empty(MOST, np.int64)
    insets, last_texel = np.zeros(MOST, np.float32), f4(size - int32(1))
    places, found = np.empty(w, np.uint32), np.empty(w, np.uint32)
    for s in range(len(pieces)):
        p = pieces[s]
        count, top, bottom, left, right = set_sides(sides, from_corner, p, 4)
        first: Any = max(top, y0)
        last: Any = min(bottom, y1)
        left, right = max(left, 0), min(right, w)
        if last <= first or right <= left or count < 3:
            continue
        cover = p[17] * f4(1 / 255)
        tone_blue, tone_green, tone_red = p[14], p[15], p[16]
        texels = baked[int(p[18])].reshape(-1)
        for y in range(first, last):
            at = f4(int32(y)) + f4(0.5)
            lo, hi = span(sides, count, at, insets, f4(0), left, right)
            if lo >= hi:
                continue
            if y + 1 < last:
                fetch(crisp[y + 1], 4 * lo, 4 * hi)
            n = hi - lo
            x = f4(lo) + f4(0.5)
            across, down = p[8] * x + p[9] * at + p[10], p[11] * x + p[12] * at + p[13]
            place, got = places[:n], found[:n]
            for i in range(n):
                tx = min(max(across + p[8] * f4(int32(i)), f4(0)), last_texel)
                ty = min(max(down + p[11] * f4(int32(i)), f4(0)), last_texel)
                place[i] = np.uint32(int32(ty) * size + int32(tx))
            for i in range(n):
                got[i] = texels[place[i]]
            row = crisp[y, 4 * lo : 4 * hi]
            for i in range(uint64(n)):  # unsigned places, all four channels: else no rows are made of it
                b, word = uint64(4) * uint64(i), got[i]
                g, r, a = b + uint64(1), b + uint64(2), b + uint64(3)
                share = f4(int32(word >> np.uint32(24))) * cover
                blue, green = (
                    f4(int32(word & BYTE)),
                    f4(int32((word >> np.uint32(8)) & BYTE)),
                )
                red = f4(int32((word >> np.uint32(16)) & BYTE))
                row[b] += blue * blue * tone_blue - row[b] * share
                row[g] += green * green * tone_green - row[g] * share
                row[r] += red * red * tone_red - row[r] * share
                row[a] += share - row[a] * share


def paint_jigsaw(frame: Frame, jigsaw: Jigsaw) -> None:
    """Lay the pieces over the sharp picture, in their order."""
    if not len(jigsaw.piece):
        return
    canvas, view = frame.canvas, frame.canvas.view
    u, v, _ = frame.camera.project(*np.moveaxis(jigsaw.place, -1, 0))
    at = np.stack([view.x(u), view.y(v)], -1)  # (n, 3, 2) pixels
    corner, right, up = at[:, 0], at[:, 1] - at[:, 0], at[:, 2] - at[:, 0]
    near = jigsaw.place[0]  # not as the camera sees it: nothing is baked anew while that moves
    texels = _texels(float(np.hypot(*(near[1] - near[0])[:2])) * view.unit / max(1.0 + near[0, 2], 0.3))
    baked = bake(jigsaw.seed, texels)
    cut = cut_of(jigsaw.seed)
    box = np.where(cut.way[jigsaw.piece] > 0.0, MARGIN - 0.01, BARE)  # as far as there is anything
    rows = np.zeros((len(corner), NUMBERS), np.float32)
    for k, (i, j) in enumerate(((3, 0), (1, 0), (1, 2), (3, 2))):  # which sides a corner of the box lies on
        a = np.where(i == 1, 1.0 + box[:, 1], -box[:, 3])
        b = np.where(j == 2, 1.0 + box[:, 2], -box[:, 0])
        rows[:, 2 * k : 2 * k + 2] = corner + a[:, None] * right + b[:, None] * up
    whole = right[:, 0] * up[:, 1] - right[:, 1] * up[:, 0]
    per = texels / np.where(np.abs(whole) < 1e-6, 1e-6, whole)
    rows[:, 8], rows[:, 9] = up[:, 1] * per, -up[:, 0] * per
    rows[:, 11], rows[:, 12] = right[:, 1] * per, -right[:, 0] * per  # texels go down
    rows[:, 10] = MARGIN * texels - rows[:, 8] * corner[:, 0] - rows[:, 9] * corner[:, 1]
    rows[:, 13] = (1.0 + MARGIN) * texels - rows[:, 11] * corner[:, 0] - rows[:, 12] * corner[:, 1]
    rows[:, 14:17] = jigsaw.tone[:, ::-1] * (BRIGHTEST / 255.0**2)
    rows[:, 17], rows[:, 18] = jigsaw.cover, jigsaw.piece
    x, y = rows[:, 0:8:2], rows[:, 1:8:2]
    canvas.touch(x.min() - 1, y.min() - 1, x.max() + 1, y.max() + 1)
    canvas.bands(piece_rows, flat(canvas.crisp), baked, rows)


def _texels(edge: float) -> int:
    """Texels to an edge that is so many pixels long, in steps."""
    step = 2.0 ** (np.round(4.0 * np.log2(max(FINER * edge, 1.0))) / 4.0)
    return int(min(max(step, COARSEST), FINEST))
