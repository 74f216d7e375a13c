"""Gold along the curtain: a braid, a fringe of bullion with small tassels, and two great tassels on their cords."""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.causes.place import EYE
from performance.paint.canvas import DETAIL_ONE, TILE, Bytes, Light
from performance.paint.fetch import fetch
from performance.paint.frame import Frame
from performance.paint.ground import ground
from performance.paint.kernels import (
    f4,
    fast_exp_neg,
    fast_sin,
    gold_of,
    hash_unit,
    inline,
    int32,
    kernel,
    smooth_step,
)
from performance.stage.drape import BAY, FRINGE, TASSEL, Drape

BRAID = 0.026  # units of the hem that the braid covers
THREAD = 1 / 110.0  # units from thread to thread of the fringe
SMALL = 1 / 11.0  # from tassel to tassel of the fringe
uint64: Any = np.uint64  # unsigned places, all four channels: else the compiler does not make rows of it


@inline
def _hang(across: float, d: float, swing: float, soft: float) -> Any:
    """Light and cover of braid, fringe and small tassels, `d` over the hem (below it: negative)."""
    edge = d * f4(1 / BRAID)
    slant = d * f4(520) if d > f4(BRAID / 2) else -d * f4(520)
    twist = max(fast_sin(across * f4(330) + slant), f4(0))
    braid = (f4(0.12) + f4(0.50) * twist) * (f4(0.4) + f4(2.4) * edge * (f4(1) - edge))
    below = max(-d, f4(0))
    swung = across + below * swing
    q = swung * f4(1 / THREAD)
    n = np.floor(q)
    own = hash_unit(int32(n), 7)
    a = (q - n) * f4(2) - f4(0.75)
    long_ = f4(0.55 * FRINGE) * (f4(0.82) + f4(0.18) * own)
    thread = smooth_step(long_, long_ - f4(2) * soft, below)
    light = (f4(0.10) + f4(0.34) * max(f4(1) - a * a * f4(1.8), f4(0))) * (f4(0.6) + f4(0.6) * own)
    b = swung * f4(1 / SMALL)
    m = (b - np.floor(b) - f4(0.5)) * f4(SMALL)
    fall = below - f4(0.012)
    knot = f4(1) - (fall - f4(0.008)) * (fall - f4(0.008)) * f4(1 / 0.0001)
    skirt = f4(0.006) + f4(0.10) * (fall - f4(0.016))
    radius = max(f4(0.0022), f4(0.0085) * np.sqrt(max(knot, f4(0))))
    radius = skirt if fall > f4(0.016) else radius
    inside = smooth_step(radius + soft * f4(0.7), radius - soft * f4(0.7), abs(m))
    inside *= smooth_step(f4(FRINGE), f4(FRINGE) - f4(1.5) * soft, below)
    side = m / radius
    round_ = side + f4(0.3)
    body = f4(0.10) + f4(0.95) * fast_exp_neg(round_ * round_ * f4(5)) * (
        f4(0.8) + f4(0.2) * fast_sin(side * f4(16))
    )
    light += (body - light) * inside
    under = d <= f4(0)
    return (
        light if under else braid,
        max(thread, inside) if under else smooth_step(f4(BRAID), f4(BRAID) - soft, d),
    )


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1])")
def fringe_rows(y0: int, y1: int, crisp: Light, g: Light, p: Light) -> None:
    """Take away what cloth hides in the rows of `crisp` where the hem is, and hang the fringe from it.

    p: level, scale, camera x, eye height, hem, lag, gold, sway, t, first row."""
    w = crisp.shape[1]
    level, hem, lag, gold, sway, t = p[0], p[4], p[5], p[6], p[7], p[8]
    per = f4(1) / p[1]
    soft = g[0] * per
    shine, swing = np.empty(w, np.float32), np.empty(w, np.float32)
    along, over = np.empty(w, np.float32), np.empty(w, np.float32)
    lit, share = np.empty(w, np.float32), np.empty(w, np.float32)
    for x in range(w):
        across = (f4(int32(x)) + f4(0.5) - g[1]) * g[0] * per + p[2]
        shine[x] = gold * (
            f4(0.55)
            + f4(0.45) * fast_sin(across * f4(5.1) + t * f4(0.5)) * fast_sin(across * f4(1.7) - t * f4(0.31))
        )
        swing[x] = sway * f4(0.25) * fast_sin(t * f4(1.1) + across * f4(7))
    for y in range(y0 + int(p[9]), y1 + int(p[9])):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            across = (du * g[3] + dv * g[4]) * per + p[2]
            bay = across * f4(1 / BAY) + f4(0.5)
            c = bay - np.floor(bay) - f4(0.5)
            along[x] = across
            over[x] = p[3] - (dv * g[3] - du * g[4] + g[5]) * per - hem + lag * (f4(1) - f4(4) * c * c)
        end = 0
        while end < w:
            first, high, low = end, over[end] > f4(BRAID) + soft, over[end] < f4(-FRINGE)
            while end < w and (over[end] > f4(BRAID) + soft) == high and (over[end] < f4(-FRINGE)) == low:
                end += 1
            row = crisp[y, first:end].reshape(-1)
            if low:
                continue
            if high:  # nothing but cloth
                for i in range(row.shape[0]):
                    row[i] *= f4(1) - level
                continue
            for x in range(first, end):
                light, cover = _hang(along[x], over[x], swing[x], soft)
                lit[x], share[x] = light * shine[x], cover * level
            for i in range(uint64(end - first)):
                x, j = uint64(first) + i, uint64(4) * i
                beside, r, k = j + uint64(1), j + uint64(2), j + uint64(3)
                keep = (f4(1) - level * smooth_step(-soft, soft, over[x])) * (f4(1) - share[x])
                blue, green, red = gold_of(lit[x])
                row[j] = row[j] * keep + blue * share[x]
                row[beside] = row[beside] * keep + green * share[x]
                row[r] = row[r] * keep + red * share[x]
                row[k] = row[k] * keep + share[x]


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4)")
def veil_tiles(t0: int, t1: int, crisp: Light, touched: Bytes, level: float) -> None:
    """Take away what cloth hides in rows of tiles [t0, t1); tiles that are left empty need no more work."""
    h, w = crisp.shape[0], crisp.shape[1]
    for ty in range(t0, t1):
        for tx in range(touched.shape[1]):
            if not touched[ty, tx]:
                continue
            if level >= f4(1):
                touched[ty, tx] = 0
            for y in range(ty * TILE, min((ty + 1) * TILE, h)):
                row = crisp[y, tx * TILE : min((tx + 1) * TILE, w)].reshape(-1)
                for i in range(row.shape[0]):
                    row[i] *= f4(1) - level


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1])")
def tassel_rows(y0: int, y1: int, crisp: Light, tassels: Light) -> None:
    """Great tassels and their cords. tassels (n, 7): x and y of the knot's top, length in pixels, sine of the swing,
    gold, level, t."""
    w = crisp.shape[1]
    shine, strands, cover = np.empty(w, np.float32), np.empty(w, np.float32), np.empty(w, np.float32)
    for s in range(tassels.shape[0]):
        q = tassels[s]
        size, swing, gold, t = q[2], q[3], q[4], q[6]
        top: Any = y0
        bottom: Any = min(int32(q[1] + size) + 2, y1)
        for y in range(top, bottom):
            down = (f4(int32(y)) + f4(0.5) - q[1]) / size
            middle = q[0] + swing * (down + f4(3)) * size
            # from above: the cord, the knot, its neck, the skirt
            radius, threads = f4(0.030), f4(0)
            if down > f4(0) and down < f4(0.27):
                e = (down - f4(0.135)) / f4(0.135)
                radius = max(radius, f4(0.125) * np.sqrt(max(f4(1) - e * e, f4(0))))
                threads = f4(12)
            elif down >= f4(0.27) and down < f4(0.33):
                radius, threads = f4(0.085) + f4(0.02) * fast_sin((down - f4(0.27)) * f4(105)), f4(0)
            elif down >= f4(0.33):
                e = (down - f4(0.33)) / f4(0.67)
                radius = f4(0.085) + f4(0.095) * smooth_step(f4(0), f4(0.45), e) + f4(0.02) * e
                threads = f4(17)
            left: Any = max(int32(middle - radius * size) - 1, 0)
            right: Any = min(int32(middle + radius * size) + 2, w)
            if right <= left:
                continue
            if y + 2 < bottom:
                fetch(crisp[y + 2].reshape(-1), 4 * left, 4 * right)
            lit, strand, share = shine[: right - left], strands[: right - left], cover[: right - left]
            ends, own = f4(0.025) if threads > f4(15) else f4(0), f4(s)
            begin, soft, per, level = (f4(left) + f4(0.5) - middle) / size, f4(0.7) / size, f4(1) / size, q[5]
            end = f4(1) if threads > f4(15) else f4(2)
            for i in range(right - left):
                off = begin + f4(int32(i)) * per
                n = off / radius
                tip = end - ends * fast_sin(n * f4(31) + own)
                inside = smooth_step(radius + soft, radius - soft, abs(off))
                share[i] = inside * smooth_step(tip + per, tip - per, down) * level
                n = min(max(n, f4(-1)), f4(1))
                a, b = n + f4(0.38), n - f4(0.60)
                glow = (
                    f4(0.07)
                    + f4(0.95) * fast_exp_neg(a * a * f4(14))
                    + f4(0.40) * fast_exp_neg(b * b * f4(30))
                )
                lit[i] = glow * (f4(0.85) + f4(0.15) * fast_sin(t * f4(0.9) + n * f4(2) + own))
                strand[i] = n * (f4(1) + f4(0.57) * n * n)  # about the arc sine
            _twist(strand, down, threads, own)
            neck = smooth_step(f4(0.30), f4(0.36), down) * smooth_step(f4(0.44), f4(0.36), down)
            gold_here = gold * (f4(1) - f4(0.45) * neck)
            row = crisp[y, left:right].reshape(-1)
            for i in range(uint64(right - left)):
                blue, green, red = gold_of(lit[i] * strand[i] * gold_here)
                keep, j = f4(1) - share[i], uint64(4) * i
                g, r, k = j + uint64(1), j + uint64(2), j + uint64(3)
                row[j] = row[j] * keep + blue * share[i]
                row[g] = row[g] * keep + green * share[i]
                row[r] = row[r] * keep + red * share[i]
                row[k] = row[k] * keep + share[i]


@inline
def _twist(angles: Light, down: float, threads: float, own: float) -> None:
    """How bright the strands of a row are that are seen at these angles, in place of them."""
    if threads > f4(0):
        wave = f4(1.3) * fast_sin(down * f4(9) + own)
        bound = f4(0.75) + f4(0.25) * fast_sin(down * f4(130)) if threads < f4(15) else f4(1)
        for i in range(len(angles)):
            angles[i] = (f4(0.66) + f4(0.34) * fast_sin(angles[i] * threads + wave)) * bound
    elif down <= f4(0):
        for i in range(len(angles)):
            turned = max(fast_sin(down * f4(70) + angles[i] * f4(2.2)), f4(0))
            angles[i] = f4(0.35) + f4(0.65) * turned
    else:
        angles[:] = f4(1)


def paint_fringe(frame: Frame, drape: Drape, scale: float, top: float) -> None:
    """Cut the sharp picture at the hem, whose highest place is at v `top`, and hang the fringe there."""
    canvas, camera = frame.canvas, frame.camera
    view = canvas.view
    lean = abs(np.sin(camera.roll)) * canvas.width * 0.6
    first = float(view.y(top - BRAID * scale)) - lean - 2.0
    last = float(view.y(top + (drape.lag + FRINGE) * scale)) + lean + 2.0
    canvas.touch(0, first, canvas.width, last)
    top = int(np.clip(first, 0, canvas.height)) // TILE  # rows of tiles of which the cloth hides all
    canvas.threads.bands(top, veil_tiles, canvas.crisp[: top * TILE], canvas.touched[:top], f4(drape.level))
    if canvas.detailed:  # no boards are seen in the cloth before them
        boards = canvas.detail[int(np.clip(view.y(0.4), 0, canvas.height)) : top * TILE]
        boards[...] = DETAIL_ONE + (
            (boards.astype(np.int16) - DETAIL_ONE) * int(256 * (1 - drape.level)) >> 8
        )
    end = int(np.clip(last, 0, canvas.height))
    numbers = [
        drape.level, scale, camera.x, EYE + camera.y, drape.hem, drape.lag, drape.gold, drape.sway,
        drape.t % 4096.0, top * TILE,
    ]  # fmt: skip
    canvas.threads.bands(
        max(end - top * TILE, 0), fringe_rows, canvas.crisp, ground(frame), np.array(numbers, np.float32)
    )


def paint_tassels(frame: Frame, drape: Drape) -> None:
    """The two great tassels, a little before the cloth."""
    canvas = frame.canvas
    rows = []
    for x, high, swing in drape.tassels:
        u, v, scale = frame.camera.project(x, high, drape.z - 0.06)
        px, py = float(canvas.view.x(u)), float(canvas.view.y(v))
        size = float(TASSEL * scale * canvas.view.unit)
        canvas.touch(px - 0.4 * size, 0, px + 0.4 * size, py + size + 2)
        rows.append([px, py, size, np.sin(swing) * 0.25, drape.gold, drape.level, drape.t % 4096.0])
    canvas.bands(tassel_rows, canvas.crisp, np.array(rows, np.float32).reshape(-1, 7))
