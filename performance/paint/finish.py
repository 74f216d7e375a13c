"""From light to the display: quarter-size copies, the film curve, grain and dither, into BGRX bytes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from performance.paint.canvas import DETAIL_ONE, TILE, Bytes, Canvas, Light
from performance.paint.kernels import f4, film, inline, kernel

GRAIN_LENGTH = 1 << 15
GRAIN_DEVIATION = 1.5  # of 255: enough to live, too little to see as noise
BENT = 0.55  # how much more than itself a share of the display value is in light (measured on the film curve)
VIGNETTE = 0.42  # darkening towards the corners


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1])")
def clear_crisp(t0: int, t1: int, crisp: Light, touched: Bytes) -> None:
    """Make the touched tiles of rows of tiles [t0, t1) empty and untouched."""
    h, w = crisp.shape[0], crisp.shape[1]
    for ty in range(t0, t1):
        for tx in range(touched.shape[1]):
            if touched[ty, tx]:
                touched[ty, tx] = 0
                crisp[ty * TILE : min((ty + 1) * TILE, h), tx * TILE : min((tx + 1) * TILE, w)] = f4(0)


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], u1[:,::1], u1[:,::1], i8)")
def shrink(
    y0: int, y1: int, env: Light, field: Light, crisp: Light, touched: Bytes, detail: Bytes, s: int
) -> None:
    """env = the picture so far at the size of the field: crisp over field (air left out)."""
    h, w, fw = crisp.shape[0], crisp.shape[1], env.shape[1]
    for y in range(y0, y1):
        top, bottom = y * s, min((y + 1) * s, h)
        for x in range(fw):
            left, right = x * s, min((x + 1) * s, w)
            b = field[y, x, 0]
            g = field[y, x, 1]
            r = field[y, x, 2]
            if touched[top // TILE, left // TILE] or touched[(bottom - 1) // TILE, (right - 1) // TILE]:
                sb = f4(0)
                sg = f4(0)
                sr = f4(0)
                sa = f4(0)
                for yy in range(top, bottom):
                    for xx in range(left, right):
                        sb += min(crisp[yy, xx, 0], f4(24))
                        sg += min(crisp[yy, xx, 1], f4(24))
                        sr += min(crisp[yy, xx, 2], f4(24))
                        sa += crisp[yy, xx, 3]
                k = f4(1) / f4((bottom - top) * (right - left))
                keep = max(f4(1) - sa * k, f4(0))
                b = b * keep + sb * k
                g = g * keep + sg * k
                r = r * keep + sr * k
            env[y, x, 0] = b
            env[y, x, 1] = g
            env[y, x, 2] = r


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4)")
def develop(y0: int, y1: int, total: Light, back: Light, field: Light, air: Light, exposure: float) -> None:
    """Display values 0..255 of the quarter-size picture where nothing crisp lies: `total`, and `back`, the part of it
    that the field adds to the air, so that detail can modulate it."""
    w = field.shape[1] * 4
    h = f4(field.shape[0])
    fw = f4(field.shape[1])
    for y in range(y0, y1):
        a = field[y].reshape(w)
        b = air[y].reshape(w)
        t = total[y].reshape(w)
        k = back[y].reshape(w)
        dv = (f4(np.int32(y)) + f4(0.5)) / h - f4(0.5)
        for i in range(w):
            du = (f4(np.int32(i)) * f4(0.25)) / fw - f4(0.5)
            vg = f4(1) - f4(VIGNETTE) * (du * du + f4(0.8) * dv * dv) * f4(2)
            vg = vg * vg * exposure
            t[i] = film((a[i] + b[i]) * vg) * f4(255)
            k[i] = t[i] - film(b[i] * vg) * f4(255)


@inline
def _stretch(
    wide: Light, narrow: Light, phase: Light, top: Light, bottom: Light, ty: float, f0: int, f1: int, s: int
) -> None:
    """One display row of a field between two of its rows, columns [f0, f1): `wide[0]` is pixel f0 * s.

    Straight loops over flat rows, then 16-byte moves (a pixel seen as one complex number) to weave the `s`
    phases together: the compiler vectorises the first and the second costs a move a pixel.
    """
    n = (f1 - f0) * 4
    upper, lower = top[f0 * 4 : f1 * 4], bottom[f0 * 4 : f1 * 4]  # slices: a computed index stops vectorising
    for i in range(n):
        narrow[i + 4] = upper[i] + (lower[i] - upper[i]) * ty
    for k in range(4):
        narrow[k] = narrow[4 + k]
        narrow[n + 4 + k] = narrow[n + k]
    pixels = wide.view(np.complex128)
    phased = phase.view(np.complex128)
    for k in range(s):
        t = (f4(np.int32(k)) + f4(0.5)) / f4(s) - f4(0.5)
        weight = abs(t)
        near = narrow[8:] if t > f4(0) else narrow
        for i in range(n):
            phase[i] = narrow[i + 4] + (near[i] - narrow[i + 4]) * weight
        for x in range(f1 - f0):
            pixels[x * s + k] = phased[x]


@inline
def _spread(wide: Light, narrow: Bytes, scale: float) -> None:
    """Each byte times `scale` to four equal channels."""
    for x in range(narrow.shape[0]):
        m = f4(narrow[x]) * scale
        wide[4 * x] = m
        wide[4 * x + 1] = m
        wide[4 * x + 2] = m
        wide[4 * x + 3] = m


@inline
def _write_soft(out: Bytes, total: Light, back: Light, d: Bytes, row: Light, grain: Light) -> None:
    """Untouched pixels: widened display values, the field's part modulated by the detail."""
    _spread(row, d, f4(1.0 / DETAIL_ONE))
    for i in range(out.shape[0]):
        value = total[i] + back[i] * (row[i] - f4(1)) + grain[i]
        out[i] = np.uint8(np.int32(min(max(value, f4(0)), f4(255))))


@inline
def _write_plain(
    out: Bytes,
    narrow: Light,
    shown: Bytes,
    total: Light,
    lower: Light,
    ty: float,
    s: int,
    first: int,
    grain: Light,
) -> None:
    """Untouched pixels where the detail changes nothing: each of the `s` phases between two field pixels becomes
    bytes first, then whole pixels are woven together. `out` begins `first` pixels into the first field pixel."""
    n = total.shape[0]
    for i in range(n):
        narrow[i + 4] = total[i] + (lower[i] - total[i]) * ty
    for k in range(4):
        narrow[k] = narrow[4 + k]
        narrow[n + 4 + k] = narrow[n + k]
    woven = out.view(np.uint32)
    pixels = shown.view(np.uint32)
    for k in range(s):
        t = (f4(np.int32(k)) + f4(0.5)) / f4(s) - f4(0.5)
        weight = abs(t)
        near = narrow[8:] if t > f4(0) else narrow
        speck = grain[4084 * (k & 3) :]
        for i in range(n):
            value = narrow[i + 4] + (near[i] - narrow[i + 4]) * weight + speck[i]
            shown[i] = np.uint8(np.int32(min(max(value, f4(0)), f4(255))))
        start = max((first - k + s - 1) // s, 0)
        place = start * s + k - first
        chosen, spread = pixels[start:], woven[place:]
        for x in range((spread.shape[0] + s - 1) // s):
            spread[x * s] = chosen[x]


@inline
def _write_crisp(
    out: Bytes,
    a: Light,
    b: Light,
    c: Light,
    d: Bytes,
    row: Light,
    grain: Light,
    lens: float,
    du0: float,
    ddu: float,
) -> None:
    """Touched pixels: light added up and filmed pixel by pixel; `lens` is the row's part of the vignette.

    Detail modulates what the eye sees, as in `_write_soft`: in light that is a little more than itself, since the film
    curve is bent, and so no edge of a tile shows.
    """
    n = out.shape[0]
    for x in range(d.shape[0]):  # four stores: reading them back to multiply would cost ten times as much
        fine = f4(d[x]) * f4(1.0 / DETAIL_ONE)
        keep = max(f4(1) - c[4 * x + 3], f4(0)) * fine * (f4(1 - BENT) + f4(BENT) * fine)
        row[4 * x] = keep
        row[4 * x + 1] = keep
        row[4 * x + 2] = keep
        row[4 * x + 3] = keep
    for i in range(n):
        du = du0 + f4(np.int32(i)) * ddu
        vg = lens - f4(2 * VIGNETTE) * du * du
        row[i] = film((a[i] * row[i] + c[i] + b[i]) * vg * vg)
    for i in range(n):
        out[i] = np.uint8(np.int32(min(max(row[i] * f4(255) + grain[i], f4(0)), f4(255))))


@inline
def _is_plain(d: Bytes) -> bool:
    change = 0
    for x in range(d.shape[0]):
        change |= d[x] ^ DETAIL_ONE
    return change == 0


@kernel(
    "void(i8, i8, u1[:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], u1[:,::1], u1[:,::1],"
    " f4[::1], i8, i8, f4)"
)
def finish_rows(
    y0: int,
    y1: int,
    out: Bytes,
    total: Light,
    back: Light,
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
    """Rows [y0, y1) of the display: untouched tiles widened from `develop`, touched ones filmed per pixel."""
    h, w = crisp.shape[0], crisp.shape[1]
    fh, fw = field.shape[0], field.shape[1]
    narrow = np.empty((fw + 2) * 4, np.float32)
    phase = np.empty((fw + 2) * 4, np.float32)
    shown = np.empty((fw + 2) * 4, np.uint8)
    row = np.empty((fw + 2) * s * 4, np.float32)
    wide_a = np.empty((fw + 2) * s * 4, np.float32)
    wide_b = np.empty((fw + 2) * s * 4, np.float32)
    root = np.sqrt(exposure)
    for y in range(y0, y1):
        fy = min(max((f4(np.int32(y)) + f4(0.5)) / f4(s) - f4(0.5), f4(0)), f4(fh - 1))
        ya = min(np.int32(fy), max(fh - 2, 0))
        yb = min(ya + 1, fh - 1)
        ty = fy - f4(ya)
        marks = touched[y // TILE]
        shift = ((y * 40503 + frame * 9973) * 7) & (GRAIN_LENGTH // 2 - 1)
        shift -= shift & 3
        dv = (f4(np.int32(y)) + f4(0.5)) / f4(h) - f4(0.5)
        tx = 0
        while tx < marks.shape[0]:
            end = tx + 1
            while end < marks.shape[0] and (marks[end] != 0) == (marks[tx] != 0):
                end += 1
            x0, x1 = tx * TILE, min(end * TILE, w)
            f0, f1 = max(x0 // s - 1, 0), min((x1 + s - 1) // s + 1, fw)
            o, d = out[y, x0 * 4 : x1 * 4], detail[y, x0:x1]
            speck = grain[shift + x0 * 4 : shift + x1 * 4]
            here = wide_a[(x0 - f0 * s) * 4 :]
            air_here = wide_b[(x0 - f0 * s) * 4 :]
            if marks[tx] != 0:
                _stretch(
                    wide_a, narrow, phase, field[ya].reshape(fw * 4), field[yb].reshape(fw * 4), ty, f0, f1, s
                )
                _stretch(
                    wide_b, narrow, phase, air[ya].reshape(fw * 4), air[yb].reshape(fw * 4), ty, f0, f1, s
                )
                c = crisp[y].reshape(w * 4)[x0 * 4 : x1 * 4]
                lens = (f4(1) - f4(1.6 * VIGNETTE) * dv * dv) * root
                du0, ddu = (f4(x0) / f4(w) - f4(0.5)) * np.sqrt(root), f4(0.25) / f4(w) * np.sqrt(root)
                _write_crisp(o, here, air_here, c, d, row, speck, lens, du0, ddu)
            else:
                upper, lower = total[ya].reshape(fw * 4), total[yb].reshape(fw * 4)
                if _is_plain(d):
                    first = x0 - f0 * s
                    part, under = upper[f0 * 4 : f1 * 4], lower[f0 * 4 : f1 * 4]
                    _write_plain(o, narrow, shown, part, under, ty, s, first, grain[shift:])
                else:
                    upper_back, lower_back = back[ya].reshape(fw * 4), back[yb].reshape(fw * 4)
                    _stretch(wide_a, narrow, phase, upper, lower, ty, f0, f1, s)
                    _stretch(wide_b, narrow, phase, upper_back, lower_back, ty, f0, f1, s)
                    _write_soft(o, here, air_here, d, row, speck)
            tx = end


def make_grain(width: int) -> Light:
    """A row of film grain and dither, four equal channels to a pixel, in display steps (0..255)."""
    rng = np.random.default_rng(20)  # a texture, not chance: the same for every performance
    pixels = GRAIN_LENGTH // 4 + width
    grey = np.repeat(rng.standard_normal(pixels) * GRAIN_DEVIATION, 4)
    return (grey + rng.random(pixels * 4)).astype(np.float32)


def finish(
    canvas: Canvas, out: Bytes, frame: int, exposure: float, grain: Light, room: tuple[Light, Light]
) -> None:
    """Write the canvas to `out` (h, w, 4) BGRX bytes. `room` holds two scratch arrays of the field's shape."""
    total, back = room
    canvas.field_bands(develop, total, back, canvas.field, canvas.air, f4(exposure))
    canvas.bands(
        finish_rows, out.reshape(canvas.height, canvas.width * 4), total, back, canvas.field, canvas.air,
        canvas.crisp, canvas.detail, canvas.touched, grain, canvas.scale, frame, f4(exposure),
    )  # fmt: skip


@lru_cache(maxsize=1)
def undeveloped() -> Light:
    """(256,) the linear light that the film shows as each display byte: `film` solved for its light."""
    shown = np.minimum((np.arange(256) / 255.0) ** 2, 0.999)
    a, b = 2.51 - 2.43 * shown, 0.03 - 0.59 * shown
    return ((np.sqrt(b * b + 0.56 * a * shown) - b) / (2 * a) / 0.92).astype(np.float32)
