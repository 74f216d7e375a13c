"""From light to the display: the film curve, grain and dither, into BGRX bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import DETAIL_ONE, TILE, Bytes, Canvas, Light
from performance.paint.kernels import f4, film, inline, kernel
from performance.paint.tiles import flat, release_empty

GRAIN_LENGTH = 1 << 15
GRAIN_DEVIATION = 1.5  # of 255: enough to live, too little to see as noise
BENT = 0.55  # how much more than itself a share of the display value is in light (measured on the film curve)
VIGNETTE = 0.42  # darkening towards the corners
PLAIN, SOFT, CRISP = 0, 1, 2  # how the pixels of a tile are finished
uint64: Any = np.uint64
ONE, TWO, THREE, FOUR = (uint64(k) for k in (1, 2, 3, 4))


@inline
def _develop(row: Light, v: float, exposure: float) -> None:
    """A row of the field from light to display values 0..255, where nothing crisp lies; `v` -1/2..1/2 is its place."""
    n = row.shape[0]
    for i in range(n):
        u = f4(np.int32(i)) / f4(np.int32(n)) - f4(0.5)
        vg = f4(1) - f4(2 * VIGNETTE) * (u * u + f4(0.8) * v * v)
        row[i] = film(row[i] * vg * vg * exposure) * f4(255)
    for x in range(n // 4):
        row[4 * x + 3] = f4(0)


@inline
def _widen(wide: Light, ends: Light, s: int, phase: Light) -> None:
    """A row of the field as wide as the display, `s` pixels for each of its own. `ends` holds it with room for a pixel
    more on either side, `phase` is scratch."""
    n = ends.shape[0] - 8
    for k in range(4):
        ends[k] = ends[4 + k]
        ends[n + 4 + k] = ends[n + k]
    inner = ends[4 : 4 + n]
    to, pixels = wide.view(np.complex128), phase.view(np.complex128)  # a pixel is one 16-byte move
    for k in range(s):
        t = (f4(np.int32(k)) + f4(0.5)) / f4(np.int32(s)) - f4(0.5)
        beside, weight = (ends[8 : 8 + n] if t > f4(0) else ends[:n]), abs(t)
        for i in range(n):
            phase[i] = inner[i] + (beside[i] - inner[i]) * weight
        every = to[k::s]
        for x in range(every.shape[0]):
            every[x] = pixels[x]


@inline
def _plain(lo: int, hi: int, shown: Bytes, total: Light, below: Light, weight: float, speck: Light) -> None:
    """Bytes [lo, hi) of a row where nobody wrote and the detail changes nothing."""
    for i in range(uint64(lo), uint64(hi)):
        value = total[i] + (below[i] - total[i]) * weight + speck[i]
        shown[i] = np.uint8(np.int32(min(max(value, f4(0)), f4(255))))


@inline
def _soft(
    lo: int, hi: int, shown: Bytes, total: Light, below: Light, front: Light, front_below: Light, weight: float,
    m: Light, d: Bytes, speck: Light,
) -> None:  # fmt: skip
    """Bytes where nobody wrote: what the field adds to the air's own display value is modulated by the detail."""
    for x in range(uint64(lo // 4), uint64(hi // 4)):
        fine = f4(d[x]) * f4(1.0 / DETAIL_ONE)
        m[FOUR * x] = fine
        m[FOUR * x + ONE] = fine
        m[FOUR * x + TWO] = fine
        m[FOUR * x + THREE] = fine
    for i in range(uint64(lo), uint64(hi)):
        air = front[i] + (front_below[i] - front[i]) * weight
        value = air + (total[i] + (below[i] - total[i]) * weight - air) * m[i] + speck[i]
        shown[i] = np.uint8(np.int32(min(max(value, f4(0)), f4(255))))


@inline
def _crisp(
    lo: int, hi: int, shown: Bytes, words: NDArray[np.uint32], field: Light, below: Light, air: Light, air_below: Light,
    weight: float, m: Light, d: Bytes, sharp: Light, speck: Light, lens: Light, lens_row: float,
) -> None:  # fmt: skip
    """Bytes where somebody wrote: light added up and filmed pixel by pixel. Detail modulates what the eye sees, as in
    `_soft`: in light that is a little more than itself, and so no edge of a tile shows."""
    for x in range(uint64(lo // 4), uint64(hi // 4)):
        fine = f4(d[x]) * f4(1.0 / DETAIL_ONE)
        keep = max(f4(1) - sharp[FOUR * x + THREE], f4(0)) * fine * (f4(1 - BENT) + f4(BENT) * fine)
        m[FOUR * x] = keep
        m[FOUR * x + ONE] = keep
        m[FOUR * x + TWO] = keep
        m[FOUR * x + THREE] = keep
    for i in range(uint64(lo), uint64(hi)):
        light = (field[i] + (below[i] - field[i]) * weight) * m[i]
        light += sharp[i] + air[i] + (air_below[i] - air[i]) * weight
        vg = lens_row - lens[i]
        m[i] = film(light * vg * vg) * f4(255) + speck[i]
    for i in range(uint64(lo), uint64(hi)):
        shown[i] = np.uint8(np.int32(min(max(m[i], f4(0)), f4(255))))
    for x in range(uint64(lo // 4), uint64(hi // 4)):
        cover = np.int32(min(sharp[FOUR * x + THREE], f4(1)) * f4(255))
        words[x] = (words[x] & 0xFFFFFF) | np.uint32(cover) << 24
    for i in range(uint64(lo), uint64(hi)):
        sharp[i] = f4(0)


@inline
def _kind(touched: int, d: Bytes) -> int:
    """How a tile's share of a row is finished."""
    if touched:
        return CRISP
    change = 0
    for x in range(d.shape[0]):
        change |= d[x] ^ DETAIL_ONE
    return SOFT if change else PLAIN


@kernel("void(i8, i8, u1[:,::1], f4[:,::1], f4[:,::1], f4[:,::1], u1[:,::1], u1[:,::1], f4[::1], i8, i8, f4)")
def finish_rows(
    y0: int,
    y1: int,
    out: Bytes,
    field: Light,
    air: Light,
    crisp: Light,
    detail: Bytes,
    touched: Bytes,
    grain: Light,
    s: int,
    frame: int,
    exposure: float,
) -> None:
    """Rows [y0, y1) of the display; those of `crisp` are left empty. Untouched tiles are blended from the rows of the
    field above and below, developed and widened; touched ones are filmed pixel by pixel from the light of those rows.
    """
    h, w, fh, n = crisp.shape[0], detail.shape[1], field.shape[0], field.shape[1]
    tiles = touched.shape[1]
    total, front = np.empty((2, w * 4), np.float32), np.empty((2, w * 4), np.float32)
    under, over = np.empty((2, w * 4), np.float32), np.empty((2, w * 4), np.float32)
    ends, phase = np.empty(n + 8, np.float32), np.empty(n, np.float32)
    m, lens = np.empty(w * 4, np.float32), np.empty(w * 4, np.float32)
    kinds = np.empty(tiles, np.uint8)
    inner = ends[4 : 4 + n]
    root = np.sqrt(exposure)
    for i in range(w * 4):
        u = f4(np.int32(i)) / f4(np.int32(w * 4)) - f4(0.5)
        lens[i] = f4(2 * VIGNETTE) * u * u * root
    totals = fronts = lights = 0
    for y in range(y0, y1):
        fy = min(max((f4(np.int32(y)) + f4(0.5)) / f4(np.int32(s)) - f4(0.5), f4(0)), f4(np.int32(fh - 1)))
        first = min(np.int64(fy), fh - 2)
        weight = fy - f4(np.int32(first))
        wanted = 0
        for tx in range(tiles):
            kinds[tx] = _kind(touched[y // TILE, tx], detail[y, tx * TILE : min((tx + 1) * TILE, w)])
            wanted |= 1 << kinds[tx]
        if wanted & (1 << PLAIN | 1 << SOFT):
            for row in range(max(totals, first), first + 2):
                behind, before = field[row], air[row]
                for i in range(n):
                    inner[i] = behind[i] + before[i]
                _develop(inner, (f4(np.int32(row)) + f4(0.5)) / f4(np.int32(fh)) - f4(0.5), exposure)
                _widen(total[row & 1], ends, s, phase)
            totals = first + 2
        if wanted & 1 << SOFT:
            for row in range(max(fronts, first), first + 2):
                inner[:] = air[row]
                _develop(inner, (f4(np.int32(row)) + f4(0.5)) / f4(np.int32(fh)) - f4(0.5), exposure)
                _widen(front[row & 1], ends, s, phase)
            fronts = first + 2
        if wanted & 1 << CRISP:
            for row in range(max(lights, first), first + 2):
                inner[:] = field[row]
                _widen(under[row & 1], ends, s, phase)
                inner[:] = air[row]
                _widen(over[row & 1], ends, s, phase)
            lights = first + 2
        a, b = first & 1, (first + 1) & 1
        shift = _shift(y, frame)
        v = (f4(np.int32(y)) + f4(0.5)) / f4(np.int32(h)) - f4(0.5)
        lens_row = (f4(1) - f4(1.6 * VIGNETTE) * v * v) * root
        shown, d, sharp, speck = out[y], detail[y], crisp[y], grain[shift : shift + w * 4]
        words = shown.view(np.uint32)
        high, low, front_high, front_low = total[a], total[b], front[a], front[b]
        end = 0
        while end < tiles:
            tx, kind = end, kinds[end]
            while end < tiles and kinds[end] == kind:
                end += 1
            lo, hi = tx * TILE * 4, min(end * TILE, w) * 4
            if kind == PLAIN:
                _plain(lo, hi, shown, high, low, weight, speck)
            elif kind == SOFT:
                _soft(lo, hi, shown, high, low, front_high, front_low, weight, m, d, speck)
            else:
                _crisp(
                    lo, hi, shown, words, under[a], under[b], over[a], over[b], weight, m, d, sharp, speck, lens,
                    lens_row,
                )  # fmt: skip


@inline
def _shift(y: int, frame: int) -> int:
    """Where a row begins in the grain, at a whole pixel."""
    return ((y * 40503 + frame * 9973) * 7) & (GRAIN_LENGTH // 2 - 1) & ~3


def make_grain(width: int) -> Light:
    """A row of film grain and dither, a grey grain to a pixel, in display steps (0..255); none in its fourth byte."""
    rng = np.random.default_rng(20)  # a texture, not chance: the same for every performance
    pixels = GRAIN_LENGTH // 4 + width
    grain = rng.standard_normal((pixels, 1)) * GRAIN_DEVIATION + rng.random((pixels, 4))
    grain[:, 3] = 0.0
    return grain.astype(np.float32).reshape(-1)


def finish(canvas: Canvas, out: Bytes, frame: int, exposure: float, grain: Light) -> None:
    """Write the canvas to `out` (h, w, 4): blue, green, red, and how far what is crisp covers the rest. The crisp
    picture is used up: it is empty and untouched afterwards."""
    release_empty(canvas)
    canvas.bands(
        finish_rows, flat(out), flat(canvas.field), flat(canvas.air), flat(canvas.crisp), canvas.detail,
        canvas.touched, grain, canvas.scale, frame, f4(exposure),
    )  # fmt: skip
    canvas.touched.fill(0)


@lru_cache(maxsize=1)
def undeveloped() -> Light:
    """(256,) the linear light that the film shows as each display byte: `film` solved for its light."""
    shown = np.minimum((np.arange(256) / 255.0) ** 2, 0.999)
    a, b = 2.51 - 2.43 * shown, 0.03 - 0.59 * shown
    return ((np.sqrt(b * b + 0.56 * a * shown) - b) / (2 * a) / 0.92).astype(np.float32)
