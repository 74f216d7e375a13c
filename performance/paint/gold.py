"""Liquid gold, drawn: threads and drops as polished metal; for what they run together into see pool.py.

All metal looks into the same made-up room (a soft box above, two tall strips, a dark horizon, a warm floor), kept as
a small table by the normal; that, and a colour that deepens as it darkens, is what makes it gold.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Canvas
from performance.paint.frame import Frame
from performance.paint.kernels import f4, gold_of, kernel, room_at
from performance.paint.metal import golden_room
from performance.paint.pool import pool
from performance.paint.ripples import GRID_X, GRID_Z, ripple
from performance.stage.gold import Gold

Rows = NDArray[np.float32]
Array = NDArray[np.float64]
PART = 6  # points of a stream that are in one box


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,::1], f4[:,::1], f4[::1])")
def pour(y0: int, y1: int, crisp: Rows, threads: Rows, drops: Rows, room: Rows, look: Rows) -> None:
    """Threads (n, rows, 4: middle, half width, metal 0..1, slope) and drops (m, 6, pixels) over rows [y0, y1)."""
    w = crisp.shape[1]
    for n in range(threads.shape[0]):
        for y in range(y0, y1):
            half = threads[n, y, 1]
            if half <= f4(0):
                continue
            middle, metal, slope = threads[n, y, 0], threads[n, y, 2], threads[n, y, 3]
            reach = half + f4(1)
            # before it is metal a thread is only light, wide and soft
            soft = f4(1) + f4(5) * (f4(1) - metal)
            for x in range(max(int(middle - reach * soft), 0), min(int(middle + reach * soft) + 2, w)):
                off = f4(x) + f4(0.5) - middle
                cover = min(max(half + f4(0.5) - abs(off), f4(0)), f4(1)) * metal * look[3]
                glow = max(f4(1) - abs(off) / (reach * soft), f4(0))
                glow = glow * glow * (f4(1) - metal) * look[4]
                nx = min(max(off / max(half, f4(0.6)), f4(-1)), f4(1))
                nx *= min(half * f4(0.4), f4(1))  # a hair of metal is one glint, not two
                b, g, r = gold_of(room_at(room, nx * f4(0.92), slope + f4(0.06) - f4(0.18) * nx * nx))
                # under what is sharp already: it runs on to the figure, whose outline hides where it lands
                free = f4(1) - crisp[y, x, 3]
                cover *= free
                glow *= free
                crisp[y, x, 0] += b * cover * look[0] + glow * look[5]
                crisp[y, x, 1] += g * cover * look[1] + glow * look[6]
                crisp[y, x, 2] += r * cover * look[2] + glow * look[7]
                crisp[y, x, 3] += cover
    for n in range(drops.shape[0]):
        cx, cy, radius, stretch, thread = drops[n, 0], drops[n, 1], drops[n, 2], drops[n, 3], drops[n, 4]
        tall = radius * (f4(1) + stretch) + thread
        ya, yb = max(int(cy - tall) - 1, y0), min(int(cy + radius) + 2, y1)
        for y in range(ya, yb):
            dy = (f4(y) + f4(0.5) - cy) / radius
            if dy < f4(0):
                dy = dy / (f4(1) + stretch)
            across = f4(0)
            if abs(dy) < f4(1):
                across = radius * np.sqrt(f4(1) - dy * dy)
                if dy < f4(0):  # drawn out towards its thread
                    across *= f4(1) + dy * min(stretch, f4(1)) * f4(0.55)
            up = cy - f4(y) - f4(0.5)
            if up > f4(0) and up < tall:
                across = max(across, radius * f4(0.20) * (f4(1) - up / tall))
            if across <= f4(0):
                continue
            for x in range(max(int(cx - across) - 1, 0), min(int(cx + across) + 2, w)):
                off = f4(x) + f4(0.5) - cx
                cover = min(max(across + f4(0.5) - abs(off), f4(0)), f4(1)) * look[3]
                nx = min(max(off / max(across, f4(0.7)), f4(-1)), f4(1))
                b, g, r = gold_of(room_at(room, nx * f4(0.95), min(max(-dy, f4(-1)), f4(1)) * f4(0.9)))
                keep = f4(1) - cover
                crisp[y, x, 0] = crisp[y, x, 0] * keep + b * cover * look[0]
                crisp[y, x, 1] = crisp[y, x, 1] * keep + g * cover * look[1]
                crisp[y, x, 2] = crisp[y, x, 2] * keep + r * cover * look[2]
                crisp[y, x, 3] = crisp[y, x, 3] * keep + cover


def _look(frame: Frame, gold: Gold) -> Rows:
    """(18,) colour and level; the rest is filled in for the pool."""
    warm = np.asarray(frame.lights.key[::-1], np.float64)
    bright = float(np.clip(warm.max() / 2.2, 0.25, 1.2))
    out = np.zeros(18, np.float32)
    out[0:3] = bright
    out[3] = gold.level
    out[4] = 0.9 * gold.level * min(gold.melt * 6.0, 1.0)
    beam = np.asarray(frame.lights.beam.colour[::-1]) * max(frame.lights.beam.level, 0.5)
    out[5:8] = 0.35 * beam
    return out


def paint_gold(frame: Frame, gold: Gold) -> None:
    """Streams behind the outline of the figure that they run down to, and drops before it. Call after the figure."""
    canvas = frame.canvas
    view, camera = canvas.view, frame.camera
    threads = _threads(frame, gold)
    u, v, s = camera.project(gold.drops[:, 0], gold.drops[:, 1], gold.drops[:, 2])
    size = s * view.unit
    columns = (view.x(u), view.y(v), np.maximum(gold.drops[:, 3] * size, 0.8))
    drops = np.stack([*columns, gold.drops[:, 4], gold.drops[:, 5] * size, size], -1).astype(np.float32)
    for row in drops:
        tall = row[2] * (1 + row[3]) + row[4]
        canvas.touch(row[0] - row[2] - 2, row[1] - tall - 2, row[0] + row[2] + 2, row[1] + row[2] + 2)
    canvas.bands(pour, canvas.crisp, threads, drops, golden_room(), _look(frame, gold))


def _threads(frame: Frame, gold: Gold) -> Rows:
    """Streams as a middle, half width, metal and slope for every row of the picture (n, h, 4)."""
    canvas = frame.canvas
    view, height, streams = canvas.view, canvas.height, gold.streams
    out = np.zeros((len(streams), height, 4), np.float32)
    u, v, scale = frame.camera.project(streams[..., 0], streams[..., 1], streams[..., 2])
    x, y, half = view.x(u), view.y(v), streams[..., 3] * scale * view.unit
    first, last = np.clip(np.ceil(y[:, 0]), 0, height).astype(int), np.clip(y[:, -1], 0, height).astype(int)
    seen = np.flatnonzero((y[:, -1] - y[:, 0] >= 2.0) & (last > first))
    for n in seen:
        a, b = first[n], last[n]
        at, row = np.arange(a, b) + 0.5, out[n, a:b]
        row[:, 0] = np.interp(at, y[n], x[n])
        wide = np.interp(at, y[n], half[n]).astype(np.float32)
        left = np.minimum((y[n, -1] - at) / max(float(half[n, -1]), 1.0), 1.0).clip(0.0)
        wide *= np.sqrt(left * (2.0 - left))  # it lands, or hangs, as a round drop
        row[:, 1], row[:, 2] = wide, np.interp(at, y[n], gold.turned[n])
        row[1:-1, 3] = wide[:-2] - wide[2:]
        row[[0, -1], 3] = 2.0 * (wide[[0, -2]] - wide[[1, -1]]) if b - a > 1 else 0.0
        row[:, 3].clip(-0.45, 0.45, out=row[:, 3])
    _touch(canvas, x[seen], y[seen], ((half + 2.0) * (1.0 + 6.0 * (1.0 - gold.turned)))[seen])
    return out


def _touch(canvas: Canvas, x: Array, y: Array, reach: Array) -> None:
    """Say that streams (n, points) will be written, out to `reach` on either side, some points of one at a time."""
    begin = np.arange(0, x.shape[1] - 1, PART)
    end = np.minimum(begin + PART, x.shape[1] - 1)
    left, right = x - reach, x + reach
    left = np.minimum(np.minimum.reduceat(left, begin, 1), left[:, end])
    right = np.maximum(np.maximum.reduceat(right, begin, 1), right[:, end])
    boxes = (left, y[:, begin], right, y[:, end])
    canvas.touch_boxes(*(side.reshape(-1) for side in boxes))


def paint_pool(frame: Frame, gold: Gold) -> None:
    """The pool on the boards, mirroring the finished picture; laid under everything sharp. Call when env is ready."""
    if gold.radius < 0.01:
        return
    canvas, camera = frame.canvas, frame.camera
    view = canvas.view
    radius = gold.radius
    across, deep = 1.2 * radius * np.array([-1.0, 1.0, -1.0, 1.0]), 1.15 * radius * np.array([-1, -1, 1, 1])
    u, v, _ = camera.project(gold.x + across, 0.0, gold.z + deep)
    middle, foot, _ = camera.project(gold.x, 0.0, gold.z)
    x0, x1 = max(int(view.x(u.min())), 0), min(int(view.x(u.max())) + 1, canvas.width)
    y0, y1 = max(int(view.y(v.min())), 0), min(int(view.y(v.max())) + 1, canvas.height)
    if x1 <= x0 or y1 <= y0 or not canvas.touch(x0, y0, x1, y1):
        return
    slopes = np.empty((GRID_Z, GRID_X, 2), np.float32)
    canvas.threads.bands(GRID_Z, ripple, slopes, gold.rings.astype(np.float32), f4(radius), f4(gold.t))
    look = _look(frame, gold)
    eye = 0.16 + camera.y
    look[8:18] = [
        camera.zoom * view.unit, view.x(middle), view.y(foot), radius, view.y(0.64), view.unit,
        eye * camera.zoom, 1.0 + gold.z - camera.dolly, view.unit / 1080.0, canvas.scale,
    ]  # fmt: skip
    canvas.threads.bands(
        y1 - y0,
        pool,
        canvas.crisp,
        canvas.env,
        canvas.field,
        slopes,
        golden_room(),
        _outline(gold),
        look,
        x0,
        x1,
        y0,
    )


def _outline(gold: Gold) -> Rows:
    """(181,) the pool's radius by angle, as a share of its mean: lobes that creep."""
    a = np.linspace(-np.pi, np.pi, 181)
    wave = 0.09 * np.sin(2 * a + 1.0) + 0.07 * np.sin(3 * a + 0.6) + 0.035 * np.sin(5 * a + 0.2 * gold.t)
    wave += 0.018 * np.sin(8 * a - 0.17 * gold.t)
    return np.asarray(1.0 + wave * (0.6 + 0.4 * np.sin(0.13 * gold.seed)), np.float32)
