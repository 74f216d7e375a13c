"""From light to the display: the film curve, grain and dither, into BGRX bytes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from performance.paint.canvas import DETAIL_ONE, TILE, Bytes, Canvas, Light
from performance.paint.kernels import f4, film, inline, kernel
from performance.paint.tiles import release_empty

GRAIN_LENGTH = 1 << 15
GRAIN_DEVIATION = 1.5  # of 255: enough to live, too little to see as noise
BENT = 0.55  # how much more than itself a share of the display value is in light (measured on the film curve)
BRIDGED = 5  # tiles between two crisp ones that are finished with them: many short runs cost more
VIGNETTE = 0.42  # darkening towards the corners


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
def _narrow(row: Light, top: Light, bottom: Light, ty: float, f0: int, f1: int) -> None:
    """A display row of a field between two of its rows, columns [f0, f1), with its ends repeated outwards."""
    n = (f1 - f0) * 4
    upper, lower = top[f0 * 4 : f1 * 4], bottom[f0 * 4 : f1 * 4]  # slices: a computed index stops vectorising
    for i in range(n):
        row[i + 4] = upper[i] + (lower[i] - upper[i]) * ty
    for k in range(4):
        row[k] = row[4 + k]
        row[n + 4 + k] = row[n + k]


@inline
def _plain(shown: Bytes, total: Light, near: Light, weight: float, speck: Light) -> None:
    """Bytes where nobody wrote and the detail changes nothing."""
    for i in range(shown.shape[0]):
        value = total[i] + (near[i] - total[i]) * weight + speck[i]
        shown[i] = np.uint8(np.int32(min(max(value, f4(0)), f4(255))))


@inline
def _soft(
    shown: Bytes,
    total: Light,
    near: Light,
    back: Light,
    near_back: Light,
    weight: float,
    m: Light,
    speck: Light,
) -> None:
    """Bytes where nobody wrote: the field's part of the display value is modulated by `m`."""
    for i in range(shown.shape[0]):
        value = total[i] + (near[i] - total[i]) * weight
        value += (back[i] + (near_back[i] - back[i]) * weight) * (m[i] - f4(1)) + speck[i]
        shown[i] = np.uint8(np.int32(min(max(value, f4(0)), f4(255))))


@inline
def _crisp(
    shown: Bytes, field: Light, near: Light, air: Light, near_air: Light, weight: float, m: Light, sharp: Light,
    speck: Light, lens: float, du0: float, ddu: float,
) -> None:  # fmt: skip
    """Bytes where somebody wrote: light added up and filmed pixel by pixel; `lens` is the row's share of vignette."""
    for i in range(shown.shape[0]):
        light = (
            (field[i] + (near[i] - field[i]) * weight) * m[i]
            + sharp[i]
            + air[i]
            + (near_air[i] - air[i]) * weight
        )
        du = du0 + f4(np.int32(i)) * ddu
        vg = lens - f4(2 * VIGNETTE) * du * du
        m[i] = film(light * vg * vg)
    for i in range(shown.shape[0]):
        shown[i] = np.uint8(np.int32(min(max(m[i] * f4(255) + speck[i], f4(0)), f4(255))))


@inline
def _detail(m: Light, d: Bytes, s: int) -> None:
    """Every `s`-th byte of detail as a factor of four equal channels."""
    every = d[::s]
    for x in range(every.shape[0]):
        fine = f4(every[x]) * f4(1.0 / DETAIL_ONE)
        m[4 * x] = fine
        m[4 * x + 1] = fine
        m[4 * x + 2] = fine
        m[4 * x + 3] = fine


@inline
def _uncovered(m: Light, sharp: Light, d: Bytes, c: Light, s: int) -> None:
    """Every `s`-th crisp pixel into `sharp`, and into `m` how much of the field it lets through. Detail modulates what
    the eye sees, as in `_soft`: in light that is a little more than itself, and so no edge of a tile shows."""
    pixels, gathered = c.view(np.complex128), sharp.view(np.complex128)  # a pixel is one 16-byte move
    chosen, every = pixels[::s], d[::s]
    for x in range(chosen.shape[0]):
        gathered[x] = chosen[x]
    for x in range(every.shape[0]):
        fine = f4(every[x]) * f4(1.0 / DETAIL_ONE)
        keep = max(f4(1) - sharp[4 * x + 3], f4(0)) * fine * (f4(1 - BENT) + f4(BENT) * fine)
        m[4 * x] = keep
        m[4 * x + 1] = keep
        m[4 * x + 2] = keep
        m[4 * x + 3] = keep


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
    """Rows [y0, y1) of the display: untouched tiles widened from `develop`, touched ones filmed per pixel.

    Each of the `s` phases of display pixels between two field pixels is reckoned in straight loops over flat rows,
    which the compiler vectorises, made bytes, and woven in among the others.
    """
    h, w = crisp.shape[0], crisp.shape[1]
    fh, fw = field.shape[0], field.shape[1]
    rows = np.empty((4, (fw + 2) * 4), np.float32)
    shown = np.empty((fw + 2) * 4, np.uint8)
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
        lens = (f4(1) - f4(1.6 * VIGNETTE) * dv * dv) * root
        tx = 0
        while tx < marks.shape[0]:
            is_crisp = marks[tx] != 0
            end = tx + 1
            gap = 0
            while end + gap < marks.shape[0] and gap < (BRIDGED if is_crisp else 1):
                if (marks[end + gap] != 0) == is_crisp:
                    end += gap + 1
                    gap = 0
                else:
                    gap += 1
            x0, x1 = tx * TILE, min(end * TILE, w)
            f0, f1 = max(x0 // s - 1, 0), min((x1 + s - 1) // s + 1, fw)
            first = x0 - f0 * s
            is_plain = not is_crisp and _is_plain(detail[y, x0:x1])
            front, behind = (field, air) if is_crisp else (total, back)
            _narrow(rows[0], front[ya].reshape(fw * 4), front[yb].reshape(fw * 4), ty, f0, f1)
            if not is_plain:
                _narrow(rows[1], behind[ya].reshape(fw * 4), behind[yb].reshape(fw * 4), ty, f0, f1)
            woven = out[y, x0 * 4 : x1 * 4].view(np.uint32)
            pixels = shown.view(np.uint32)
            for k in range(s):
                start = max((first - k + s - 1) // s, 0)
                place = start * s + k - first
                count = (x1 - x0 - place + s - 1) // s
                n = count * 4
                t = (f4(np.int32(k)) + f4(0.5)) / f4(s) - f4(0.5)
                weight = abs(t)
                at = start * 4 + 4
                beside = at + 4 if t > f4(0) else at - 4
                here, near = rows[0, at : at + n], rows[0, beside : beside + n]
                under, near_under = rows[1, at : at + n], rows[1, beside : beside + n]
                m, sharp = rows[2, :n], rows[3, :n]
                speck = grain[shift + 4084 * (k & 3) + x0 // s * 4 :]
                d = detail[y, x0 + place : x1]
                if is_plain:
                    _plain(shown[:n], here, near, weight, speck)
                elif is_crisp:
                    _uncovered(m, sharp, d, crisp[y].reshape(w * 4)[(x0 + place) * 4 : x1 * 4], s)
                    du0 = (f4(x0 + place) / f4(w) - f4(0.5)) * np.sqrt(root)
                    ddu = f4(0.25) * f4(s) / f4(w) * np.sqrt(root)
                    _crisp(shown[:n], here, near, under, near_under, weight, m, sharp, speck, lens, du0, ddu)
                else:
                    _detail(m, d, s)
                    _soft(shown[:n], here, near, under, near_under, weight, m, speck)
                spread = woven[place::s]
                for x in range(count):
                    spread[x] = pixels[x]
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
    canvas.threads.bands(canvas.touched.shape[0], release_empty, canvas.crisp, canvas.touched)
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
