"""Blossoms laid over the picture: sprites made for the size of each plane, turned, lit by the shaft, quivering."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.paint import blossom
from performance.paint.blossom_form import REACH
from performance.paint.canvas import Bytes, Light
from performance.paint.frame import Frame
from performance.paint.kernels import f4, fast_sin, int32, int64, kernel
from performance.paint.shaft import Shaft
from performance.paint.standing import fineness
from performance.paint.threads import Threads
from performance.paint.tiles import flat
from performance.stage.flowers import Blossoms
from performance.stage.forest import FAR, MIDDLE, NEAR
from performance.stage.orchids import Orchids

Packed = NDArray[np.uint32]
FOCUS = {FAR: 1.3, MIDDLE: 1.0, NEAR: 2.6}  # pixels over which an edge fades, at 1080 rows and in the field
OVERSAMPLE = 1.7  # sprite pixels per pixel of the picture: then the nearest one will do
TYPICAL = {FAR: 0.026, MIDDLE: 0.043, NEAR: 0.076}  # radius of a blossom in picture heights
SMALLEST = 0.8  # pixels of radius below which a blossom is not drawn
FLOWER = 14  # columns of a flower
TREMBLES = (8.0, 10.0)  # radians a second of the slowest blossom, and how much more of the quickest


@kernel("void(i8, i8, u4[:,::1], u1[:,:,:,::1], f4)")
def shrink_sprites(y0: int, y1: int, out: Packed, sprites: Bytes, blur: float) -> None:
    """Rows of (sprites x n, n) packed pixels from sprites (count, m, m, 4), each the mean of a tent `blur` wide."""
    n, m = out.shape[1], sprites.shape[1]
    step = f4(m) / f4(n)
    for row in range(y0, y1):
        source = sprites[row // n]
        cy = (f4(row % n) + f4(0.5)) * step - f4(0.5)
        for x in range(n):
            cx = (f4(x) + f4(0.5)) * step - f4(0.5)
            b, g, r, a, total = f4(0), f4(0), f4(0), f4(0), f4(1e-9)
            for yy in range(max(int(np.ceil(cy - blur)), 0), min(int(cy + blur) + 1, m)):
                wy = blur - abs(f4(yy) - cy)
                for xx in range(max(int(np.ceil(cx - blur)), 0), min(int(cx + blur) + 1, m)):
                    weight = wy * (blur - abs(f4(xx) - cx))
                    pb, pg, pr = f4(source[yy, xx, 0]), f4(source[yy, xx, 1]), f4(source[yy, xx, 2])
                    b, g, r = b + pb * pb * weight, g + pg * pg * weight, r + pr * pr * weight
                    a += f4(source[yy, xx, 3]) * weight
                    total += weight
            per = f4(1) / total
            out[row, x] = (
                np.uint32(np.sqrt(b * per) + f4(0.5))
                | (np.uint32(np.sqrt(g * per) + f4(0.5)) << np.uint32(8))
                | (np.uint32(np.sqrt(r * per) + f4(0.5)) << np.uint32(16))
                | (np.uint32(a * per + f4(0.5)) << np.uint32(24))
            )


@kernel("void(i8, i8, f4[:,::1], u1[:,::1], u4[:,::1], f4[:,::1], i8[:,::1], f4, f4, i8, i8)")
def blossom_rows(
    y0: int,
    y1: int,
    out: Light,
    marks: Bytes,
    sprites: Packed,
    flowers: Light,
    which: NDArray[np.int64],
    ripples: float,
    shown: float,
    down: int,
    across: int,
) -> None:
    """Lay blossoms over premultiplied light. sprites (count, n x n); which (n, 2): two of them; flowers (n, FLOWER):
    x, y, radius (pixels), cos, sin, mirror (+-1), light B G R, share of the second sprite, phase across, quiver,
    extent (radii), phase up. `shown` 0..1: how much of them is there. Marked are the blocks of 2^down x 2^across pixels
    that they are in."""
    w, n = out.shape[1] // 4, int(np.sqrt(sprites.shape[1]) + 0.5)
    index, cover = np.empty(w, np.uint32), np.empty(w, np.uint32)
    pixel, other = np.empty(w, np.uint32), np.empty(w, np.uint32)
    pixels, covers, others = pixel.view(np.uint8), cover.view(np.uint8), other.view(np.uint8)
    tint, last_one = np.zeros(4 * w, np.float32), np.zeros(4 * w, np.float32)  # last_one: 1 at every alpha
    for j in range(w):
        last_one[4 * j + 3] = f4(1)
    middle, last, there = f4(0.5) * f4(n), f4(n) - f4(1), shown * f4(1.0 / 255.0)
    for i in range(flowers.shape[0]):
        cx, cy, radius = flowers[i, 0], flowers[i, 1], flowers[i, 2]
        reach = radius * flowers[i, 12] + f4(1)
        r0, r1 = max(int64(cy - reach), y0), min(int64(cy + reach) + 1, y1)
        if r1 <= r0 or cx + reach < f4(0) or cx - reach > f4(w):
            continue
        co, si, mirror, share, phase = (
            flowers[i, 3],
            flowers[i, 4],
            flowers[i, 5],
            flowers[i, 9],
            flowers[i, 10],
        )
        widest = min(2 * int64(reach) + 4, w)
        for c in range(3):
            for j in range(widest):
                tint[4 * j + c] = flowers[i, 6 + c]
        first, second = sprites[which[i, 0]], sprites[which[i, 1]]
        k = f4(n) / (f4(2 * REACH) * radius)
        shake = flowers[i, 11] / radius  # grows towards the margin
        ripple, second_phase = ripples / radius, flowers[i, 13]
        sideways = mirror * k
        for y in range(r0, r1):
            dy = f4(int32(y)) + f4(0.5) - cy
            span = np.sqrt(max(reach * reach - dy * dy, f4(0)))
            c0, c1 = max(int64(cx - span), 0), min(int64(cx + span) + 1, w)
            if c1 <= c0:
                continue
            start = f4(int32(c0)) + f4(0.5) - cx
            for j in range(c1 - c0):
                dx = start + f4(int32(j))
                a, b = dx * co + dy * si, -dx * si + dy * co
                far = (a * a + b * b) * shake
                px = (a + far * fast_sin(phase + b * ripple)) * sideways + middle
                py = (b + far * fast_sin(second_phase + a * ripple)) * k + middle
                px, py = min(max(px, f4(0)), last), min(max(py, f4(0)), last)
                index[j] = np.uint32(int32(py) * int32(n) + int32(px))
            for j in range(c1 - c0):
                value = first[index[j]]
                pixel[j] = value
                cover[j] = (value >> np.uint32(24)) * np.uint32(0x01010101)
            if share > f4(0):
                for j in range(c1 - c0):
                    other[j] = second[index[j]]
                for j in range(4 * (c1 - c0)):
                    pixels[j] = np.uint8(f4(pixels[j]) + (f4(others[j]) - f4(pixels[j])) * share)
                for j in range(c1 - c0):
                    cover[j] = (pixel[j] >> np.uint32(24)) * np.uint32(0x01010101)
            j0, j1 = 0, c1 - c0
            while j0 < j1 and cover[j0] == np.uint32(0):
                j0 += 1
            while j1 > j0 and cover[j1 - 1] == np.uint32(0):
                j1 -= 1
            if j1 == j0:
                continue
            for block in range(max(c0 + j0 - 1, 0) >> across, (min(c0 + j1, w - 1) >> across) + 1):
                marks[y >> down, block] = 1
            flat = out[y, 4 * (c0 + j0) : 4 * (c0 + j1)]
            here, over = pixels[4 * j0 : 4 * j1], covers[4 * j0 : 4 * j1]
            for j in range(4 * (j1 - j0)):
                value, a = f4(here[j]), f4(over[j]) * there
                flat[j] = flat[j] * (f4(1) - a) + value * value * tint[j] + a * last_one[j]


@lru_cache(maxsize=12)
def _sprites(side: int, blur: float) -> Packed:
    """(sprites, side x side) packed B, G, R, A, counted variety by yaw by opening; `blur` in pixels of `side`."""
    lit = blossom.sprites()["lit"]
    lit = lit.reshape(-1, *lit.shape[3:])
    out = np.empty((len(lit) * side, side), np.uint32)
    step = lit.shape[1] / side
    Threads().bands(len(out), shrink_sprites, out, lit, f4(max(blur * step, 1.0)))
    return out.reshape(len(lit), side * side)


@lru_cache(maxsize=1)
def _extents() -> NDArray[np.float64]:
    """(sprites,) how far each reaches from its middle, in petal lengths."""
    lit = blossom.sprites()["lit"]
    alpha = lit.reshape(-1, *lit.shape[3:])[..., 3]
    axis = (np.arange(alpha.shape[1]) + 0.5) / alpha.shape[1] * 2.0 - 1.0
    distance = np.hypot(axis[:, None], axis[None]) * REACH
    return np.asarray((np.where(alpha > 4, distance, 0.0)).max((1, 2)))


def sprites_for(plane: int, unit: float) -> Packed:
    """The sprites of one plane at its size in a picture of `unit` pixels per picture height."""
    radius = TYPICAL[plane] * unit
    side = int(np.clip(-(-2.0 * REACH * OVERSAMPLE * radius // 16) * 16, 32, 416))
    soft = FOCUS[plane] * (unit / 1080.0 if plane != FAR else 1.0)
    return _sprites(side, round(max(1.0, 1.05 * max(soft, 1.0) * side / (2.0 * REACH * radius)), 2))


def paint_blossoms(
    frame: Frame,
    out: Light,
    marks: Bytes,
    orchids: Orchids,
    plane: int,
    shaft: Shaft,
    gain: float,
    shown: float,
) -> None:
    """Draw the blossoms of one plane into `out`, a picture of any size; `gain` is what is left of the light."""
    rows, columns = out.shape[:2]
    blossoms, view = orchids.blossoms, frame.canvas.view
    size = rows / view.height
    first, end = blossoms.first[plane], blossoms.first[plane + 1]
    u, v, scale = frame.camera.project(*blossoms.place[first:end].T)
    radius = blossoms.radius[first:end] * scale * (view.unit * size)
    x, y = view.x(u) * size, view.y(v) * size
    seen = (radius > SMALLEST) & (np.abs(x - 0.5 * columns) < 0.5 * columns + 1.3 * radius)
    seen &= np.abs(y - 0.5 * rows) < 0.5 * rows + 1.3 * radius
    here = np.flatnonzero(seen)[::-1]  # buds at the tip lie behind
    chosen = here + first
    which, share = _poses(blossoms, chosen)
    rung = blossoms.rung[chosen]
    table = np.empty((len(chosen), FLOWER), np.float32)
    table[:, 0], table[:, 1], table[:, 2] = x[here], y[here], radius[here]
    table[:, 3], table[:, 4] = np.cos(blossoms.turn[chosen]), np.sin(blossoms.turn[chosen])
    table[:, 5] = np.where(blossoms.mirrored[chosen], -1.0, 1.0)
    near, _, _ = shaft.at(u[here], v[here])
    bright = blossoms.bright[chosen] * gain * orchids.glow * blossom.BRIGHTEST / 65025.0
    light = shaft.key * (0.08 + 1.0 * near + 0.75 * rung)[:, None] + shaft.fill * 0.10
    table[:, 6:9] = (light * (shown * bright[:, None]))[:, ::-1]
    table[:, 9] = share
    table[:, 11] = 0.014 * orchids.tremble * (1.0 + 7.0 * np.minimum(rung, 1.0))
    extents = _extents()
    table[:, 12] = np.maximum(extents[which[:, 0]], extents[which[:, 1]]) * 1.05
    phase = blossoms.phase[chosen]
    wave = frame.t * (TREMBLES[0] + TREMBLES[1] * (1.7 * phase % 1.0))
    table[:, 10], table[:, 13] = (wave + phase) % 6.2831853, (0.84 * wave) % 6.2831853
    sprites = sprites_for(plane, view.unit * size)
    fine = fineness(out, marks)
    frame.canvas.threads.bands(
        rows, blossom_rows, flat(out), marks, sprites, table, which, f4(2.2), f4(shown), *fine
    )


def _poses(blossoms: Blossoms, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The two sprites (n, 2) between which each blossom opens, and the share of the second."""
    steps = len(blossom.OPENINGS) - 1
    at = np.clip(blossoms.opening[chosen], 0.0, 1.0) * steps
    low = np.floor(at + 0.02).astype(np.int64)
    share = np.where(at - low < 0.02, 0.0, at - low)
    base = (blossoms.variety[chosen] * len(blossom.YAWS) + blossoms.yaw[chosen]) * (steps + 1)
    return np.stack([base + low, base + np.minimum(low + 1, steps)], -1), share
