"""Liquid gold, drawn: threads and drops as polished metal, and a pool that mirrors what stands in it.

All metal looks into the same made-up room (a soft box above, two tall strips, a dark horizon, a warm floor), kept as
a small table by the normal; that, and a colour that deepens as it darkens, is what makes it gold.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.frame import Frame
from performance.paint.kernels import f4, fast_exp_neg, gold_of, kernel, room_at, smooth_step
from performance.paint.metal import golden_room
from performance.paint.ripples import GRID_X, GRID_Z, ripple
from performance.stage.gold import Gold

Rows = NDArray[np.float32]


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


@kernel(
    "void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,::1], f4[::1], f4[::1], i8, i8, i8)"
)
def pool(
    r0: int,
    r1: int,
    crisp: Rows,
    env: Rows,
    field: Rows,
    slopes: Rows,
    room: Rows,
    edge: Rows,
    look: Rows,
    x0: int,
    x1: int,
    top: int,
) -> None:
    """Rows [top + r0, top + r1) of the pool, laid under what is already there. `edge`: its radius by angle."""
    h, w = env.shape[0], env.shape[1]
    zoom, middle, foot, radius = look[8], look[9], look[10], look[11]
    columns = f4(slopes.shape[1] - 1)
    rows = f4(slopes.shape[0] - 1)
    turns = f4(edge.shape[0] - 1)
    nearest, furthest = edge.min(), edge.max()
    for row in range(r0, r1):
        y = top + row
        below = (f4(y) + f4(0.5) - look[12]) / look[13]  # under the horizon, picture heights
        if below < f4(0.02):
            continue
        depth = look[14] / below  # of these boards from the eye
        unit = zoom / depth
        z = depth - look[15]
        fz = (z / (radius * f4(2.3)) + f4(0.5)) * rows
        if fz < f4(0) or fz >= rows:
            continue
        iz = int(fz)
        tz = fz - f4(iz)
        b = f4(0)
        g = f4(0)
        r = f4(0)
        for x in range(x0, x1):
            if crisp[y, x, 3] > f4(0.995):
                continue
            px = (f4(x) + f4(0.5) - middle) / unit
            d = np.sqrt(px * px + z * z) + f4(1e-5)
            inside = nearest * radius - d
            if inside < max(f4(0.046) * radius, f4(1.2) / unit):  # how far inside does not matter further in
                if d > furthest * radius + f4(2) / unit:
                    continue
                a = (np.arctan2(z, px) * f4(0.15915494) + f4(0.5)) * turns
                ia = min(int(a), edge.shape[0] - 2)
                inside = (edge[ia] + (edge[ia + 1] - edge[ia]) * (a - f4(ia))) * radius - d
            cover = min(max(inside * unit * f4(0.45) + f4(0.5), f4(0)), f4(1))
            if cover <= f4(0):
                continue
            if (x & 1) == 0 or b == f4(0):  # the metal is smooth: shaded for two pixels at a time
                fx = min(max((px / (radius * f4(2.3)) + f4(0.5)) * columns, f4(0)), columns - f4(0.01))
                ix = int(fx)
                tx = fx - f4(ix)
                sa = slopes[iz, ix, 0] + (slopes[iz, ix + 1, 0] - slopes[iz, ix, 0]) * tx
                sb = slopes[iz + 1, ix, 0] + (slopes[iz + 1, ix + 1, 0] - slopes[iz + 1, ix, 0]) * tx
                sx = sa + (sb - sa) * tz
                sa = slopes[iz, ix, 1] + (slopes[iz, ix + 1, 1] - slopes[iz, ix, 1]) * tx
                sb = slopes[iz + 1, ix, 1] + (slopes[iz + 1, ix + 1, 1] - slopes[iz + 1, ix, 1]) * tx
                sz = sa + (sb - sa) * tz
                rim = max(f4(1) - inside / (f4(0.045) * radius), f4(0))  # the edge bends down
                rim = rim * rim
                sx += rim * px / d * f4(0.9)
                sz += rim * z / d * f4(0.9)
                # what stands there, mirrored: the higher over the boards, the further up
                vy = f4(2) * foot - f4(y) + (sz * f4(60) + f4(20) * sx) * look[16]
                vx = f4(x) + sx * f4(80) * look[16]
                near = smooth_step(foot - f4(3) * look[16], foot + f4(6) * look[16], f4(y))
                glow = max(f4(1) - d / (radius * f4(0.9)), f4(0))
                shine = room_at(
                    room,
                    px / radius * f4(0.30) - sx * f4(1.5),
                    f4(-0.20) - sz * f4(2.2) + f4(0.55) * rim * rim,
                )
                column = (px + f4(0.22) * sx) * f4(13)
                beam = f4(0.42) * fast_exp_neg(column * column) * glow
                beam *= smooth_step(foot - f4(45) * look[16], foot + f4(60) * look[16], f4(y))
                light = f4(0.90) * shine * (f4(0.30) + f4(0.70) * glow) + f4(0.16) * glow * glow
                light += beam * (f4(0.5) + f4(5) * max(-sz, f4(0)))
                b, g, r = gold_of(light)
                if near > f4(0) and abs(px) < f4(0.3) and vy < foot:
                    # what stands in it: the picture less the soft light behind, between four of its points
                    gx = min(max(vx / look[17] - f4(0.5), f4(0)), f4(w) - f4(1.01))
                    gy = min(max(vy / look[17] - f4(0.5), f4(0)), f4(h) - f4(1.01))
                    ex = int(gx)
                    ey = int(gy)
                    wx = gx - f4(ex)
                    wy = gy - f4(ey)
                    for k in range(4):
                        yy = ey + (k >> 1)
                        xx = ex + (k & 1)
                        weight = (wx if k & 1 else f4(1) - wx) * (wy if k >> 1 else f4(1) - wy) * near
                        b += max(env[yy, xx, 0] - field[yy, xx, 0], f4(0)) * weight * f4(0.22)
                        g += max(env[yy, xx, 1] - field[yy, xx, 1], f4(0)) * weight * f4(0.60)
                        r += max(env[yy, xx, 2] - field[yy, xx, 2], f4(0)) * weight * f4(0.92)
            under = (f4(1) - crisp[y, x, 3]) * cover * look[3]
            crisp[y, x, 0] += b * under * look[0]
            crisp[y, x, 1] += g * under * look[1]
            crisp[y, x, 2] += r * under * look[2]
            crisp[y, x, 3] += under


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
    view, height = canvas.view, canvas.height
    out = np.zeros((gold.streams.shape[0], height, 4), np.float32)
    rows = np.arange(height) + 0.5
    for n, stream in enumerate(gold.streams):
        u, v, s = frame.camera.project(stream[:, 0], stream[:, 1], stream[:, 2])
        x, y = view.x(u), view.y(v)
        half = stream[:, 3] * s * view.unit
        if y[-1] - y[0] < 2.0:
            continue
        a, b = max(int(np.ceil(y[0])), 0), min(int(y[-1]), height)
        if b <= a:
            continue
        at = rows[a:b]
        out[n, a:b, 0] = np.interp(at, y, x)
        out[n, a:b, 1] = np.interp(at, y, half)
        left = np.clip((y[-1] - at) / max(float(half[-1]), 1.0), 0.0, 1.0)
        out[n, a:b, 1] *= np.sqrt(1.0 - (1.0 - left) ** 2)  # it lands, or hangs, as a round drop
        out[n, a:b, 2] = np.interp(at, y, gold.turned[n])
        out[n, a:b, 3] = np.clip(-2.0 * np.gradient(out[n, a:b, 1]) if b - a > 1 else 0.0, -0.45, 0.45)
        soft = 1.0 + 6.0 * (1.0 - gold.turned[n])
        reach = (half + 2.0) * soft
        left, right = x - reach, x + reach
        for k in range(0, len(x) - 1, 6):
            part = slice(k, k + 7)
            canvas.touch(left[part].min(), y[k], right[part].max(), y[part][-1])
    return out


def paint_pool(frame: Frame, gold: Gold) -> None:
    """The pool on the boards, mirroring the finished picture; laid under everything sharp. Call when env is ready."""
    if gold.radius < 0.01:
        return
    canvas, camera = frame.canvas, frame.camera
    view = canvas.view
    radius = gold.radius
    u, v, _ = camera.project(
        np.array([gold.x - 1.2 * radius, gold.x + 1.2 * radius]),
        np.zeros(2),
        np.full(2, gold.z - 1.15 * radius),
    )
    _, far, _ = camera.project(gold.x, 0.0, gold.z + 1.15 * radius)
    middle, foot, _ = camera.project(gold.x, 0.0, gold.z)
    x0, x1 = max(int(view.x(u[0])), 0), min(int(view.x(u[1])) + 1, canvas.width)
    y0, y1 = max(int(view.y(far)), 0), min(int(view.y(v[0])) + 1, canvas.height)
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
