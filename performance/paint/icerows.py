"""A baked form of ice on the rows of a frame: what is behind it is seen bent, what is in it is lit.

Its maps are packed, a byte to a channel, and read sixteen bits to a channel four at a time: a turned form reads its
maps across their rows, so that the time goes into waiting for memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint import iceform
from performance.paint.kernels import f4, fast_sin, inline, int32, kernel

BEND = 0.16  # how far the picture behind is shifted where the ice slopes, body lengths
FULL, STEEP = 1.5, 2.0  # the most that packed maps hold, of light and of slope
CELL = 8  # pixels of a cell in which there is ice or none
place: Any = np.uint64  # a place in an array, never negative: without the check that stops vectors


def packed(maps: NDArray[np.float32]) -> NDArray[np.uint64]:
    """Maps (h, w, 8) as one number to a pixel, a byte to a channel: a frame reads little memory for them."""
    share = maps / FULL
    share[..., iceform.ALPHA] = maps[..., iceform.ALPHA]
    for k in (iceform.ACROSS, iceform.UP):
        share[..., k] = 0.5 + maps[..., k] / (2 * STEEP)
    share[..., iceform.GRAIN] = (maps[..., iceform.GRAIN] - 0.990) * 100  # those that glint
    steps = np.rint(share.clip(0, 1) * 255).astype(np.uint64)
    return np.ascontiguousarray((steps << np.arange(0, 64, 8, dtype=np.uint64)).sum(-1, dtype=np.uint64))


def cells(alpha: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Which squares of CELL pixels have ice in them or in a square beside them."""
    rows, columns = (-(-n // CELL) for n in alpha.shape)
    whole = np.zeros(((rows + 2) * CELL, (columns + 2) * CELL), bool)
    whole[CELL : CELL + alpha.shape[0], CELL : CELL + alpha.shape[1]] = alpha > 0.004
    some = np.asarray(whole.reshape(rows + 2, CELL, columns + 2, CELL).any((1, 3)))
    near = np.zeros((rows, columns), np.uint8)
    for j, i in np.ndindex(3, 3):
        near |= some[j : j + rows, i : i + columns]
    return near


@inline
def _fetch(
    packed: Any, mx0: Any, my0: Any, ax: Any, ay: Any, right: Any, low: Any, even: Any, odd: Any
) -> None:
    """Fill rows with what packed maps hold between their places, in sixteenths of a pixel: channels 0 2 4 6 and
    1 3 5 7, sixteen bits each."""
    flat, wide = packed.reshape(-1), place(packed.shape[1])
    half, byte = place(0x00FF00FF00FF00FF), place(8)
    for i in range(len(even)):
        e = f4(int32(i))
        mx = int32(min(max(mx0 + ax * e, f4(0)), right) * f4(16))
        my = int32(min(max(my0 + ay * e, f4(0)), low) * f4(16))
        u, v = place(mx & 15), place(my & 15)
        d = u * v
        b, c = (u << place(4)) - d, (v << place(4)) - d
        a = place(256) - (u << place(4)) - c
        o = place(my >> 4) * wide + place(mx >> 4)
        p, q, r, s = flat[o], flat[o + place(1)], flat[o + wide], flat[o + wide + place(1)]
        even[i] = (p & half) * a + (q & half) * b + (r & half) * c + (s & half) * d
        odd[i] = ((p >> byte) & half) * a + ((q >> byte) & half) * b + ((r >> byte) & half) * c
        odd[i] += ((s >> byte) & half) * d
        odd[i] = (odd[i] & place(0xFFFFFFFFFFFF)) | (p & place(0xFF00000000000000))  # one glint, one pixel


@inline
def _bare(
    flat: Any, wide: Any, mx0: Any, my0: Any, ax: Any, ay: Any, x: Any, right: Any, low: Any
) -> Any:  # fmt: skip
    """Whether there is no ice in the four pixels of the packed map round a column's place."""
    at = f4(x) + f4(0.5)
    mx, my = min(max(mx0 + ax * at, f4(0)), right), min(max(my0 + ay * at, f4(0)), low)
    o = place(int32(my)) * wide + place(int32(mx))
    four = flat[o] | flat[o + place(1)] | flat[o + wide] | flat[o + wide + place(1)]
    return four & place(0xFF) == place(0)


@inline
def _part(four: Any, k: int, times: Any) -> Any:
    """One of four sixteen-bit numbers."""
    return f4(int32((four >> place(16 * k)) & place(0xFFFF))) * times


@inline
def _lit_ice(
    even: Any,
    odd: Any,
    seen: Any,
    p: Any,
    turn: Any,
    where: Any,
    stride: Any,
    fx: Any,
    py: Any,
    fw: Any,
    fh: Any,
    n: Any,
) -> None:
    """From what the maps hold to rows: 0 beam, 1 cold, 2 counter-light, 3 what is kept of what is behind, 4 how
    solid; `where` gets the places in the field, `stride` pixels wide, seen through it."""
    c, s, level, white = p[6], p[7], p[11], p[12]
    lx, ly, kx, ky = p[13], p[14], p[15], p[16]
    per = f4(1) / p[9]
    bend = f4(BEND) * p[8] * p[9]
    shines, inners, backs, keeps, solids = seen[0, :n], seen[1, :n], seen[2, :n], seen[3, :n], seen[4, :n]
    one, full = f4(1 / 65280), f4(FULL / 65280)
    spot = where[:n]
    for i in range(n):
        four, other = even[i], odd[i]
        rim, line = _part(other, 0, full), _part(other, 2, full)
        frost, core, grain = _part(four, 2, full) * white, _part(four, 3, full), _part(other, 3, one)
        across = _part(four, 1, f4(2 * STEEP / 65280)) - f4(STEEP)
        up = _part(other, 1, f4(2 * STEEP / 65280)) - f4(STEEP)
        nx, ny = across * c + up * s, up * c - across * s
        short = f4(1) / np.sqrt(f4(1) + nx * nx + ny * ny)
        lean = nx * lx + ny * ly
        lit = max((lean + f4(0.34)) * short, f4(0))
        back = max((nx * kx + ny * ky + f4(0.10)) * short, f4(0))
        hot = max((lean * f4(0.58) + f4(0.84)) * short, f4(0))
        hot = hot * hot
        hot = hot * hot
        gloss = hot * hot
        hot = gloss * gloss
        spec = hot * hot * hot
        twinkle = max(fast_sin(grain * f4(63) + turn + f4(4.08) + nx * f4(9)), f4(0))
        glint = grain * f4(5) * twinkle * lit
        gx = min(max((fx + f4(int32(i)) + nx * bend) * per, f4(0)), fw)
        gy = min(max((py - ny * bend) * per, f4(0)), fh)
        spot[i] = np.uint32((int32(gy) * stride + int32(gx)) * int32(4))
        solid = _part(four, 0, one) * level
        shine = frost * lit * f4(0.26) + spec * f4(2.0) + gloss * f4(0.10) + glint
        shine += rim * (f4(0.13) + f4(0.95) * lit) + line * (f4(0.08) + f4(0.6) * lit)
        shines[i] = shine
        inners[i] = core * (f4(0.46) + f4(0.6) * frost) + line * core * f4(1.1) + rim * f4(0.10)
        backs[i] = back * (f4(0.12) + f4(0.9) * frost) + rim * back * f4(1.5)
        keeps[i] = f4(1) - solid * min(f4(0.50) + f4(0.34) * frost + f4(0.4) * rim, f4(1))
        solids[i] = solid


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], u8[:,::1], u1[:,::1], f4[::1], f4[::1], f4[::1], f4[::1])")
def ice_rows(
    y0: Any,
    y1: Any,
    crisp: Any,
    field: Any,
    maps: Any,
    there: Any,
    p: Any,
    beam: Any,
    cold: Any,
    counter: Any,
) -> None:
    """Paint a packed form of ice over `crisp`. there: cells of the map with ice in or beside them. p: place x y of the
    map's corner, map pixels across and down per pixel (4 numbers), cosine, sine, pixels of a body length, field scale,
    t, level, frost, light x y, counter-light x y, rows."""
    h, w = maps.shape[0], maps.shape[1]
    wide = crisp.shape[1]
    right_most, lowest = f4(w) - f4(1.01), f4(h) - f4(1.01)
    fw, fh = f4(field.shape[1]) - f4(0.5), f4(field.shape[0]) - f4(0.5)
    ox, oy, ax, ay, bx, by = p[0], p[1], p[2], p[3], p[4], p[5]
    turn = p[10] * f4(2.1)
    turn -= np.floor(turn * f4(0.15915494)) * f4(6.2831853)
    ice = maps.reshape(-1)
    behind = field.reshape(-1)
    # by themselves: what is in arrays is read again for every pixel that is written
    beam_b, beam_g, beam_r = beam[0], beam[1], beam[2]
    cold_b, cold_g, cold_r = cold[0], cold[1], cold[2]
    rear_b, rear_g, rear_r = counter[0], counter[1], counter[2]
    seen: Any = np.empty((5, wide), np.float32)
    packed: Any = np.empty((2, wide), np.uint64)
    where: Any = np.empty(wide, np.uint32)
    step: Any = max(int32(f4(2 * CELL - 2) / max(np.sqrt(ax * ax + ay * ay), f4(1e-3))), 1)
    for y in range(max(y0, int32(p[17])), min(y1, int32(p[18]))):
        py = f4(int32(y)) + f4(0.5)
        left, right = f4(0), f4(wide)
        mx0, my0 = ox + bx * py, oy + by * py  # the map's place is (mx0 + ax x, my0 + ay x)
        if abs(ax) > f4(1e-6):
            a, b = (f4(1) - mx0) / ax, (f4(w - 3) - mx0) / ax
            left, right = max(left, min(a, b)), min(right, max(a, b))
        elif mx0 < f4(1) or mx0 > f4(w - 3):
            continue
        if abs(ay) > f4(1e-6):
            a, b = (f4(1) - my0) / ay, (f4(h - 3) - my0) / ay
            left, right = max(left, min(a, b)), min(right, max(a, b))
        elif my0 < f4(1) or my0 > f4(h - 3):
            continue
        xa: Any = int32(left)
        end: Any = int32(right)
        while xa < end:
            xb: Any = xa  # a run of steps with ice in them
            while xb < end:
                middle = f4(xb) + f4(0.5) * f4(step)
                mx, my = mx0 + ax * middle, my0 + ay * middle
                mx, my = min(max(mx, f4(0)), right_most), min(max(my, f4(0)), lowest)
                if there[place(int32(my)) // place(CELL), place(int32(mx)) // place(CELL)] == 0:
                    break
                xb = min(xb + step, end)
            first: Any = xa
            last: Any = xb  # and of it what is no empty margin: cells are coarse
            while first < last and _bare(ice, place(w), mx0, my0, ax, ay, first, right_most, lowest):
                first += 1
            while last > first and _bare(ice, place(w), mx0, my0, ax, ay, last - 1, right_most, lowest):
                last -= 1
            if last > first:
                fx = f4(first) + f4(0.5)
                n = last - first
                even, odd = packed[0, :n], packed[1, :n]
                _fetch(maps, mx0 + ax * fx, my0 + ay * fx, ax, ay, right_most, lowest, even, odd)
                _lit_ice(even, odd, seen, p, turn, where, int32(field.shape[1]), fx, py, fw, fh, n)
                row = crisp[y, first:last]
                shine, inner, back, kept, solid = (
                    seen[0, :n],
                    seen[1, :n],
                    seen[2, :n],
                    seen[3, :n],
                    seen[4, :n],
                )
                spots = where[:n]
                for i in range(n):
                    keep, bright, glow, rear, share = kept[i], shine[i], inner[i], back[i], solid[i]
                    o = spots[i]
                    blue = behind[o] * f4(0.62) + beam_b * bright + cold_b * glow + rear_b * rear
                    green = (
                        behind[o + np.uint32(1)] * f4(0.62) + beam_g * bright + cold_g * glow + rear_g * rear
                    )
                    red = (
                        behind[o + np.uint32(2)] * f4(0.62) + beam_r * bright + cold_r * glow + rear_r * rear
                    )
                    row[i, 0] = row[i, 0] * keep + min(blue, f4(2)) * share
                    row[i, 1] = row[i, 1] * keep + min(green, f4(2)) * share
                    row[i, 2] = row[i, 2] * keep + min(red, f4(2)) * share
                    row[i, 3] = row[i, 3] * keep + f4(1) - keep
            xa = xb + step
