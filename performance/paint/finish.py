"""From light to the display: the film curve, grain and dither, into BGRX bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from performance.compiled import called
from performance.paint.canvas import DETAIL_ONE, TILE, Bytes, Canvas, Light
from performance.paint.enlarge import Words, words
from performance.paint.fetch import fetch
from performance.paint.kernels import f4, film, inline, int32, kernel
from performance.paint.tiles import flat, release_empty

GRAIN_LENGTH = 1 << 15
GRAIN_DEVIATION = 1.5  # of 255: enough to live, too little to see as noise
BENT = 0.55  # how much more than itself a share of the display value is in light (measured on the film curve)
VIGNETTE = 0.42  # darkening towards the corners
PLAIN, SOFT, CRISP = 0, 1, 2  # how the pixels of a tile are finished
SPAN = 4 * TILE  # crisp pixels that are finished together, while as many of the next row are on their way
uint64: Any = np.uint64
ZERO, ONE, TWO, THREE, FOUR = (uint64(k) for k in range(5))


@called
def _take(ends: Light, light: Light, row: int) -> None:
    """A row of soft light as planes, with room for a pixel more on either side. All four are taken though three are
    wanted: whole pixels are parted by shuffling, three of four would be gathered one by one."""
    for x in range(ZERO, uint64(light.shape[1] // 4)):
        ends[0, x + ONE] = light[row, FOUR * x]
        ends[1, x + ONE] = light[row, FOUR * x + ONE]
        ends[2, x + ONE] = light[row, FOUR * x + TWO]
        ends[3, x + ONE] = light[row, FOUR * x + THREE]


@called
def _develop(ends: Light, v: float, exposure: float) -> None:
    """From light to display values 0..255, where nothing crisp lies; `v` -1/2..1/2 is the row's place."""
    n = ends.shape[1] - 2
    for c in range(3):
        for x in range(ZERO, uint64(n)):
            u = (f4(int32(x)) + f4(0.5)) / f4(int32(n)) - f4(0.5)
            vg = f4(1) - f4(2 * VIGNETTE) * (u * u + f4(0.8) * v * v)
            ends[c, x + ONE] = film(ends[c, x + ONE] * vg * vg * exposure) * f4(255)


@called
def _widen(wide: Light, slot: int, ends: Light, s: int) -> None:
    """Three planes as wide as the display, `s` pixels for each of their own."""
    n = ends.shape[1] - 2
    for c in range(3):
        ends[c, 0], ends[c, n + 1] = ends[c, 1], ends[c, n]
        if s == 4:  # live at 1080 rows: four neighbours at once are vectorised
            for x in range(ZERO, uint64(n)):
                here = ends[c, x + ONE]
                left, right = (ends[c, x] - here) * f4(0.125), (ends[c, x + TWO] - here) * f4(0.125)
                wide[slot, c, FOUR * x] = here + f4(3) * left
                wide[slot, c, FOUR * x + ONE] = here + left
                wide[slot, c, FOUR * x + TWO] = here + right
                wide[slot, c, FOUR * x + THREE] = here + f4(3) * right
            continue
        for k in range(s):
            t = (f4(int32(k)) + f4(0.5)) / f4(int32(s)) - f4(0.5)
            beside, weight = (TWO if t > f4(0) else ZERO), abs(t)
            for x in range(ZERO, uint64(n)):
                here = ends[c, x + ONE]
                wide[slot, c, uint64(s) * x + uint64(k)] = here + (ends[c, x + beside] - here) * weight


@inline
def _between(rows: Light, a: int, b: int, c: int, x: int, weight: float) -> Any:
    """Plane `c` between two widened rows."""
    return rows[a, c, x] + (rows[b, c, x] - rows[a, c, x]) * weight


@inline
def _byte(value: float) -> Any:
    return int32(min(max(value, f4(0)), f4(255)))


@inline
def _word(blue: int, green: int, red: int, cover: int) -> Any:
    """A pixel of the display."""
    green, red = int32(green << int32(8)), int32(red << int32(16))
    return np.uint32(int32(blue | green) | int32(red | int32(cover << int32(24))))


@inline
def _plain(
    out: Words,
    y: int,
    x0: int,
    x1: int,
    total: Light,
    a: int,
    b: int,
    weight: float,
    grain: Light,
    shift: int,
) -> None:
    """Pixels [x0, x1) of a row where nobody wrote and the detail changes nothing."""
    for x in range(uint64(x0), uint64(x1)):
        blue = _byte(_between(total, a, b, 0, x, weight) + grain[0, x + shift])
        green = _byte(_between(total, a, b, 1, x, weight) + grain[1, x + shift])
        red = _byte(_between(total, a, b, 2, x, weight) + grain[2, x + shift])
        out[y, x] = _word(blue, green, red, int32(0))


@inline
def _soft(
    out: Words, y: int, x0: int, x1: int, total: Light, front: Light, a: int, b: int, weight: float, detail: Bytes,
    grain: Light, shift: int,
) -> None:  # fmt: skip
    """Pixels where nobody wrote: what the field adds to the air's own display value is modulated by the detail."""
    for x in range(uint64(x0), uint64(x1)):
        fine = f4(detail[y, x]) * f4(1.0 / DETAIL_ONE)
        blue = _between(front, a, b, 0, x, weight)
        green = _between(front, a, b, 1, x, weight)
        red = _between(front, a, b, 2, x, weight)
        blue += (_between(total, a, b, 0, x, weight) - blue) * fine + grain[0, x + shift]
        green += (_between(total, a, b, 1, x, weight) - green) * fine + grain[1, x + shift]
        red += (_between(total, a, b, 2, x, weight) - red) * fine + grain[2, x + shift]
        out[y, x] = _word(_byte(blue), _byte(green), _byte(red), int32(0))


@inline
def _split(parts: Light, y: int, x0: int, x1: int, crisp: Light) -> None:
    """Pixels of the crisp picture as four planes; nothing is left there."""
    for x in range(uint64(x0), uint64(x1)):
        parts[0, x] = crisp[y, FOUR * x]
        parts[1, x] = crisp[y, FOUR * x + ONE]
        parts[2, x] = crisp[y, FOUR * x + TWO]
        parts[3, x] = crisp[y, FOUR * x + THREE]
    for i in range(uint64(4 * x0), uint64(4 * x1)):
        crisp[y, i] = f4(0)


@inline
def _crisp(
    out: Words, y: int, x0: int, x1: int, parts: Light, under: Light, over: Light, a: int, b: int, weight: float,
    detail: Bytes, grain: Light, shift: int, lens: Light, lens_row: float,
) -> None:  # fmt: skip
    """Pixels where somebody wrote: light added up and filmed pixel by pixel. Detail modulates what the eye sees, as in
    `_soft`: in light that is a little more than itself, and so no edge of a tile shows."""
    for x in range(uint64(x0), uint64(x1)):
        fine = f4(detail[y, x]) * f4(1.0 / DETAIL_ONE)
        keep = max(f4(1) - parts[3, x], f4(0)) * fine * (f4(1 - BENT) + f4(BENT) * fine)
        vg = lens_row - lens[x]
        vg *= vg
        blue = _between(under, a, b, 0, x, weight) * keep + parts[0, x] + _between(over, a, b, 0, x, weight)
        green = _between(under, a, b, 1, x, weight) * keep + parts[1, x] + _between(over, a, b, 1, x, weight)
        red = _between(under, a, b, 2, x, weight) * keep + parts[2, x] + _between(over, a, b, 2, x, weight)
        out[y, x] = _word(
            _byte(film(blue * vg) * f4(255) + grain[0, x + shift]),
            _byte(film(green * vg) * f4(255) + grain[1, x + shift]),
            _byte(film(red * vg) * f4(255) + grain[2, x + shift]),
            _byte(parts[3, x] * f4(255)),
        )


@inline
def _kind(touched: int, detail: Bytes, y: int, x0: int, x1: int) -> int:
    """How a tile's share of a row is finished."""
    if touched:
        return CRISP
    change = np.uint8(0)
    for x in range(uint64(x0), uint64(x1)):
        change |= detail[y, x] ^ np.uint8(DETAIL_ONE)
    return SOFT if change else PLAIN


@kernel(
    "void(i8, i8, u4[:,::1], f4[:,::1], f4[:,::1], f4[:,::1], u1[:,::1], u1[:,::1], f4[:,::1], i8, i8, f4)"
)
def finish_rows(
    y0: int,
    y1: int,
    out: Words,
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

    All is done in planes of one colour, in loops over places that cannot be negative: those are vectorised.
    """
    h, w, fh, n = detail.shape[0], detail.shape[1], field.shape[0], field.shape[1] // 4
    tiles = touched.shape[1]
    shape = (2, 3, n * s)
    total, front = np.empty(shape, np.float32), np.empty(shape, np.float32)
    under, over = np.empty(shape, np.float32), np.empty(shape, np.float32)
    ends, parts = np.empty((4, n + 2), np.float32), np.empty((4, w), np.float32)
    lens, kinds = np.empty(w, np.float32), np.empty(tiles, np.int64)
    root = np.sqrt(exposure)
    for x in range(w):
        u = (f4(int32(x)) + f4(0.5)) / f4(int32(w)) - f4(0.5)
        lens[x] = f4(2 * VIGNETTE) * u * u * root
    totals = fronts = lights = 0
    for y in range(y0, y1):
        fy = min(max((f4(int32(y)) + f4(0.5)) / f4(int32(s)) - f4(0.5), f4(0)), f4(int32(fh - 1)))
        first = min(np.int64(fy), fh - 2)
        weight = fy - f4(int32(first))
        wanted = 0
        for tx in range(tiles):
            kinds[tx] = _kind(touched[y // TILE, tx], detail, y, tx * TILE, min((tx + 1) * TILE, w))
            wanted |= 1 << kinds[tx]
        if wanted & (1 << PLAIN | 1 << SOFT):
            for row in range(max(totals, first), first + 2):
                _take(ends, field, row)
                for x in range(ZERO, uint64(n)):
                    ends[0, x + ONE] += air[row, FOUR * x]
                    ends[1, x + ONE] += air[row, FOUR * x + ONE]
                    ends[2, x + ONE] += air[row, FOUR * x + TWO]
                    ends[3, x + ONE] += air[row, FOUR * x + THREE]
                _develop(ends, (f4(int32(row)) + f4(0.5)) / f4(int32(fh)) - f4(0.5), exposure)
                _widen(total, row & 1, ends, s)
            totals = first + 2
        if wanted & 1 << SOFT:
            for row in range(max(fronts, first), first + 2):
                _take(ends, air, row)
                _develop(ends, (f4(int32(row)) + f4(0.5)) / f4(int32(fh)) - f4(0.5), exposure)
                _widen(front, row & 1, ends, s)
            fronts = first + 2
        if wanted & 1 << CRISP:
            for row in range(max(lights, first), first + 2):
                _take(ends, field, row)
                _widen(under, row & 1, ends, s)
                _take(ends, air, row)
                _widen(over, row & 1, ends, s)
            lights = first + 2
        a, b, shift = uint64(first & 1), uint64(first + 1 & 1), uint64(_shift(y, frame))
        v = (f4(int32(y)) + f4(0.5)) / f4(int32(h)) - f4(0.5)
        lens_row = (f4(1) - f4(1.6 * VIGNETTE) * v * v) * root
        end = 0
        while end < tiles:
            x0, kind = end * TILE, kinds[end]
            while end < tiles and kinds[end] == kind and (kind != CRISP or end * TILE < x0 + SPAN):
                end += 1
            x1 = min(end * TILE, w)
            if kind == PLAIN:
                _plain(out, y, x0, x1, total, a, b, weight, grain, shift)
            elif kind == SOFT:
                _soft(out, y, x0, x1, total, front, a, b, weight, detail, grain, shift)
            else:
                _split(parts, y, x0, x1, crisp)
                if y + 1 < y1:
                    fetch(crisp[y + 1], 4 * x0, 4 * x1)
                _crisp(
                    out, y, x0, x1, parts, under, over, a, b, weight, detail, grain, shift, lens, lens_row
                )  # fmt: skip


@inline
def _shift(y: int, frame: int) -> int:
    """Which pixel of the grain a row begins at."""
    return ((y * 40503 + frame * 9973) * 7 & (GRAIN_LENGTH // 2 - 1)) // 4


def make_grain(width: int) -> Light:
    """Film grain and dither, (3, pixels), in display steps (0..255): grey grain, and dither of each colour."""
    rng = np.random.default_rng(20)  # a texture, not chance: the same for every performance
    pixels = GRAIN_LENGTH // 4 + width
    grain = rng.standard_normal((pixels, 1)) * GRAIN_DEVIATION + rng.random((pixels, 4))
    return np.ascontiguousarray(grain[:, :3].T, np.float32)


def finish(canvas: Canvas, out: Bytes, frame: int, exposure: float, grain: Light) -> None:
    """Write the canvas to `out` (h, w, 4): blue, green, red, and how far what is crisp covers the rest. The crisp
    picture is used up: it is empty and untouched afterwards."""
    release_empty(canvas)
    canvas.bands(
        finish_rows, words(out), flat(canvas.field), flat(canvas.air), flat(canvas.crisp), canvas.detail,
        canvas.touched, grain, canvas.scale, frame, f4(exposure),
    )  # fmt: skip
    canvas.touched.fill(0)


@lru_cache(maxsize=1)
def undeveloped() -> Light:
    """(256,) the linear light that the film shows as each display byte: `film` solved for its light."""
    shown = np.minimum((np.arange(256) / 255.0) ** 2, 0.999)
    a, b = 2.51 - 2.43 * shown, 0.03 - 0.59 * shown
    return ((np.sqrt(b * b + 0.56 * a * shown) - b) / (2 * a) / 0.92).astype(np.float32)
