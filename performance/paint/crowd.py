"""The kernel that lays hundreds of baked people over the picture, and the store of what was baked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.paint import relief
from performance.paint.cache import kept
from performance.paint.canvas import Bytes, Light
from performance.paint.kernels import f4, hash_unit, inline, int32, kernel, smooth_step
from performance.paint.relief import sprite
from performance.stage import bust, hair, seats
from performance.stage.bust import TOP
from performance.stage.seats import row_people, row_size

NEAR_BLUR = 0.011  # of a head in the nearest rows: the stage is in focus, they are not
EDGE = 0.030  # of the release field: how wide the edge is that glows
SCATTER = 0.34  # how far about the edge single grains glow up
ALL_GRAINS = 90  # pixels of a head on which every pixel is a grain; on a smaller one they would be a glare
SPARK = 0.022  # how long each of them does
MADE_BY = mark_of(__file__, *(module.__file__ for module in (bust, hair, relief, seats)))
MARGIN = 4  # pixels about a sprite that sway and breath may need


@dataclass(frozen=True, slots=True)
class Crowd:
    """All the people of some rows, one after the other in flat arrays.

    table: (people, 5) where answers, release and spans begin, width and height. `first` is where a row begins.
    """

    table: NDArray[np.int64]
    answers: Bytes
    colours: Bytes
    release: Bytes
    spans: NDArray[np.int16]
    first: NDArray[np.int64]


def bake_row(row: int, head: float) -> dict[str, NDArray[Any]]:
    """Everybody of one row, with heads of `head` pixels."""
    softness = NEAR_BLUR * head * max(row - 2, 0) / 5
    with ThreadPoolExecutor(2) as pool:
        people = list(pool.map(lambda person: sprite(row, person, head, softness), range(row_people(row))))
    answers, colours, release = (np.stack([p[k] for p in people]) for k in range(3))
    there = answers[..., 3] > 1
    w = there.shape[2]
    left = np.where(there.any(2), there.argmax(2), w)
    right = np.where(there.any(2), w - there[:, :, ::-1].argmax(2), 0)
    spans = np.stack([left, right], -1).astype(np.int16)
    return {"answers": answers, "colours": colours, "release": release, "spans": spans}


@lru_cache(maxsize=2)
def crowd(unit: int, rows: int) -> Crowd:
    """The people of the first `rows` rows for a picture of `unit` pixels a picture height."""
    baked: list[dict[str, NDArray[Any]]] = []
    table: list[tuple[int, ...]] = []
    first: list[int] = []
    pixels = lines = 0
    for row in range(rows):

        def make(row: int = row) -> dict[str, NDArray[Any]]:
            return bake_row(row, row_size(row) * unit)

        arrays = kept("audience", (row, unit), make, MADE_BY)
        baked.append(arrays)
        first.append(len(table))
        people, h, w = arrays["release"].shape
        for _ in range(people):
            table.append((4 * pixels, pixels, 2 * lines, w, h))
            pixels, lines = pixels + h * w, lines + h
    flat = {name: np.concatenate([a[name].ravel() for a in baked]) for name in baked[0]}
    return Crowd(np.array(table, np.int64), **flat, first=np.array(first, np.int64))


@inline
def _between(out: Bytes, a: Bytes, b: Bytes, fx: float, fy: float) -> None:
    """A row of four-channel bytes read between two rows and their columns: out lies fx left of the second column."""
    n = out.shape[0]
    w00, w01 = (f4(1) - fy) * fx, (f4(1) - fy) * (f4(1) - fx)
    w10, w11 = fy * fx, fy * (f4(1) - fx)
    a0, b0, a1, b1 = a[:n], b[:n], a[4 : n + 4], b[4 : n + 4]
    for i in range(n):
        value = f4(a0[i]) * w00 + f4(a1[i]) * w01 + f4(b0[i]) * w10 + f4(b1[i]) * w11
        out[i] = np.uint8(int32(value + f4(0.5)))


@inline
def _split(left: Any, right: Any, above: Any, alpha: Any, packed: Any) -> None:
    """Each of a pixel's four bytes four times, for the four channels it is to light."""
    for i in range(packed.shape[0]):
        p = packed[i]
        left[i] = (p & np.uint32(255)) * np.uint32(0x01010101)
        right[i] = ((p >> np.uint32(8)) & np.uint32(255)) * np.uint32(0x01010101)
        above[i] = ((p >> np.uint32(16)) & np.uint32(255)) * np.uint32(0x01010101)
        alpha[i] = (p >> np.uint32(24)) * np.uint32(0x01010101)


@inline
def _lay(
    out: Light, left: Bytes, right: Bytes, above: Bytes, alpha: Bytes, colour: Bytes, tint: Light
) -> None:
    """Lit people over what is there, flat over the channels. tint: (4, n) of the three lights and the haze."""
    n = out.shape[0]
    cl, cr, ct, ca = tint[0, :n], tint[1, :n], tint[2, :n], tint[3, :n]
    for i in range(n):
        x, y, z = f4(left[i]), f4(right[i]), f4(above[i])
        a = f4(alpha[i]) * f4(1 / 255)
        lit = (x * x * cl[i] + y * y * cr[i] + z * z * ct[i]) * f4(colour[i])
        out[i] = out[i] * (f4(1) - a) + a * ca[i] + lit


@inline
def _burn(packed: Bytes, when: Bytes, glow: Light, gone: float, row: int, column: int, few: float) -> None:
    """Take away what has let go, and say where it glows: faintly along the edge, and in single grains about it,
    `few` (0..1) of all pixels."""
    line = int(hash_unit(row, 3) * f4(1 << 20))  # one lattice for all rows would show its diagonals
    for i in range(when.shape[0]):
        ahead = f4(when[i]) * f4(1 / 255) - gone
        keep = min(max(ahead * f4(1 / EDGE) + f4(0.5), f4(0)), f4(1))
        hot = ahead * f4(1 / EDGE)
        grain = hash_unit(line, column + i)
        spark = abs(ahead + (grain - f4(0.35)) * f4(SCATTER)) * f4(1 / SPARK)
        if f4(37) * grain - np.floor(f4(37) * grain) > few:
            spark = f4(1)
        light = f4(0.30) / (f4(1) + hot * hot * hot * hot) + f4(1.7) * max(f4(1) - spark, f4(0))
        glow[i] = f4(packed[4 * i + 3]) * f4(1 / 255) * light
        root = np.sqrt(keep)
        packed[4 * i] = np.uint8(int32(f4(packed[4 * i]) * root))
        packed[4 * i + 1] = np.uint8(int32(f4(packed[4 * i + 1]) * root))
        packed[4 * i + 2] = np.uint8(int32(f4(packed[4 * i + 2]) * root))
        packed[4 * i + 3] = np.uint8(int32(f4(packed[4 * i + 3]) * keep))


@kernel(
    "void(i8, i8, f4[:,:,::1], i8, i8[:,::1], u1[::1], u1[::1], u1[::1], i2[::1], i8[::1], f4[:,::1], f4[:,:,::1],"
    " f4[::1])"
)
def people_rows(
    y0: int, y1: int, crisp: Light, top: int, table: Any, answers: Bytes, colours: Bytes, release: Bytes, spans: Any,
    who: Any, place: Light, light: Light, ember: Light,
) -> None:  # fmt: skip
    """People, the farthest first. place: (n, 7) left, upper edge, sway, nod, breath (pixels), gone, head (pixels);
    light: (n, 4, 4) colours of the lights from left, right, above and of the haze before them, BGRA."""
    width = crisp.shape[1]
    widest = 0
    for p in range(who.shape[0]):
        widest = max(widest, table[who[p], 3])
    room = np.empty((widest + 2) * 4, np.uint8)
    wide = np.empty((4, widest + 2), np.uint32)
    tint = np.empty((4, (widest + 2) * 4), np.float32)
    glow = np.empty(widest + 2, np.float32)
    for p in range(who.shape[0]):
        w, h = table[who[p], 3], table[who[p], 4]
        x_left, y_top, gone, head = place[p, 0], place[p, 1], place[p, 5], place[p, 6]
        few = min(max(head * f4(1 / ALL_GRAINS), f4(0.18)), f4(1))
        first = max(int(np.floor(y_top)) - MARGIN, y0 + top)
        last = min(int(np.floor(y_top)) + h + MARGIN, y1 + top)
        if first >= last:
            continue
        a = answers[table[who[p], 0] : table[who[p], 0] + 4 * h * w].reshape(h, 4 * w)
        tone = colours[table[who[p], 0] : table[who[p], 0] + 4 * h * w].reshape(h, 4 * w)
        when = release[table[who[p], 1] : table[who[p], 1] + h * w].reshape(h, w)
        span = spans[table[who[p], 2] : table[who[p], 2] + 2 * h].reshape(h, 2)
        for k in range(4):
            pixel = light[p, k].view(np.complex128)
            row = tint[k].view(np.complex128)
            for i in range(w):
                row[i] = pixel[0]
        for y in range(first, last):
            local = f4(int32(y)) - y_top
            at = local / head + f4(TOP)
            sy = (
                local
                - place[p, 3] * smooth_step(f4(0.75), f4(0.2), at)
                + place[p, 4] * smooth_step(f4(0.45), f4(0.8), at)
            )
            j = int(np.floor(sy))
            if j < 0 or j > h - 2:
                continue
            x = x_left + place[p, 2] * smooth_step(f4(1.15), f4(0.25), at)
            xi = int(np.floor(x))
            fx, fy = x - f4(int32(xi)), sy - f4(int32(j))
            lo = max(int(min(span[j, 0], span[j + 1, 0])), 1, -xi)
            hi = min(int(max(span[j, 1], span[j + 1, 1])) + 1, w, width - xi)
            n = hi - lo
            if n <= 0:
                continue
            packed = room[: 4 * n]
            _between(packed, a[j, 4 * lo - 4 : 4 * hi], a[j + 1, 4 * lo - 4 : 4 * hi], fx, fy)
            if gone > f4(0):
                _burn(packed, when[j, lo:hi], glow[:n], gone, j, lo, few)
            _split(wide[0, :n], wide[1, :n], wide[2, :n], wide[3, :n], packed.view(np.uint32))
            out = crisp[y].reshape(width * 4)[(xi + lo) * 4 : (xi + hi) * 4]
            _lay(
                out, wide[0, :n].view(np.uint8), wide[1, :n].view(np.uint8), wide[2, :n].view(np.uint8),
                wide[3, :n].view(np.uint8), tone[j, lo * 4 : hi * 4], tint,
            )  # fmt: skip
            if gone > f4(0):
                for i in range(n):
                    out[4 * i] += glow[i] * ember[0]
                    out[4 * i + 1] += glow[i] * ember[1]
                    out[4 * i + 2] += glow[i] * ember[2]


@kernel("void(i8, i8, f4[:,:,::1], i8, f4[::1], f4[::1], f4, f4)")
def pit_rows(
    y0: int, y1: int, crisp: Light, top: int, edge: Light, alpha: Light, soft: float, dark: float
) -> None:
    """The dark of the house. edge: (4 w,) where it begins for each column, in pixels; alpha: 1 for that channel."""
    n = crisp.shape[1] * 4
    for y in range(y0, y1):
        out = crisp[y + top].reshape(n)
        at = f4(int32(y + top))
        for i in range(n):
            k = min(max((at - edge[i]) * soft, f4(0)), f4(1))
            k = k * k * (f4(3) - f4(2) * k) * dark
            out[i] = out[i] * (f4(1) - k) + k * alpha[i]
