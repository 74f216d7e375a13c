"""Samples of triangles into lit pixels: the figure's edges are clean and its light is one light."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.figure_sort import XS, YS
from performance.paint.kernels import f4, fast_sin, gold_of, inline, kernel, room_at, smooth_step

Rows = NDArray[np.float32]
Whole = NDArray[np.int32]

SURFACE = 0.004  # units of depth between the samples of a pixel that are taken to lie on one surface
RUN = 256  # pixels lit together; layers of one array, so far apart that the compiler need not fear they touch
NY, NZ, CLOTH, KIND, LIT, FREE, COAT, FLOW, SHARE, BLUE, GREEN, RED = (
    np.uint64(RUN * k) for k in range(1, 13)
)
LAYERS = 14  # the first is the normal's x; the last is room to read beyond


@kernel(
    "void(i8, i8, f4[:,:,::1], i4[:,::1], f4[:,::1], f4[:,::1], i4[:,::1], f4[:,::1], f4[::1], f4[:,::1], i8, i8)"
)
def light_pixels(
    y0: int,
    y1: int,
    crisp: Rows,
    front: Whole,
    depth: Rows,
    planes: Rows,
    triangles: Whole,
    rows: Rows,
    look: Rows,
    room: Rows,
    bx: int,
    by: int,
) -> None:
    """Light the pixels of rows [y0, y1) of the box at (bx, by) and lay them over `crisp`."""
    at = np.zeros(LAYERS * RUN, np.float32)
    for y in range(y0, y1):
        for x0 in range(0, front.shape[1] // 4, RUN):
            x1 = min(x0 + RUN, front.shape[1] // 4)
            first, last, most = _meet(at, front, depth, planes, triangles, rows, y, x0, x1)
            if last <= first:
                continue
            n = min((last - first + 15) & -16, RUN - first)  # the rest of a row costs more than a row
            here = at[first:]
            _shine(here, look, n)
            if most > f4(-0.002):
                _gild(here, room, look, n)
            out = crisp[y + by].reshape(-1)[4 * (x0 + first + bx) : 4 * (x0 + last + bx)]
            _lay(out, here)


@inline
def _meet(
    at: Rows, front: Whole, depth: Rows, planes: Rows, triangles: Whole, rows: Rows, y: int, x0: int, x1: int
) -> tuple[int, int, float]:
    """What is seen in pixels [x0, x1): marks of the skin and shares of a pixel, into `at`; from where to where there
    is anything, and how far up the coat it goes."""
    first, last, most = x1 - x0, 0, f4(-1e6)
    for j in range(x1 - x0):
        p = 4 * (x0 + j)
        ia, ib, ic, id_ = front[y, p], front[y, p + 1], front[y, p + 2], front[y, p + 3]
        i = np.uint64(j)
        at[SHARE + i] = f4(0)
        if (ia & ib & ic & id_) < 0 and ia < 0 and ib < 0 and ic < 0 and id_ < 0:
            continue
        first, last = min(first, j), j + 1
        za, zb, zc, zd = depth[y, p], depth[y, p + 1], depth[y, p + 2], depth[y, p + 3]
        if max(max(za, zb), max(zc, zd)) - min(min(za, zb), min(zc, zd)) < f4(
            SURFACE
        ):  # most are one surface
            plane = planes[ia]
            px, py = f4(x0 + j) + f4(0.5) - plane[0], f4(y) + f4(0.5) - plane[1]
            if plane[2] * plane[5] <= plane[3] * plane[4]:
                u, v = px * plane[2] + py * plane[3], px * plane[4] + py * plane[5]
                u, v, w = max(u, f4(0)), max(v, f4(0)), max(f4(1) - u - v, f4(0))
                inside = f4(1) / (u + v + w)
                u, v, w = u * inside, v * inside, w * inside
                a, b, c = rows[triangles[ia, 0]], rows[triangles[ia, 1]], rows[triangles[ia, 2]]
                for k in range(9):
                    at[np.uint64(k * RUN) + i] = a[3 + k] * w + b[3 + k] * u + c[3 + k] * v
                at[SHARE + i] = f4(4)
                most = max(most, at[COAT + i])
                continue
        count = f4(0)
        for n in range(4):
            f = front[y, p + n]
            if f < 0 or (n > 0 and f == ia) or (n > 1 and f == ib) or (n > 2 and f == ic):
                continue
            sx, sy, m = f4(0), f4(0), f4(0)
            for o in range(n, 4):  # all samples of this triangle at their middle
                if front[y, p + o] == f:
                    sx += XS[o]
                    sy += YS[o]
                    m += f4(1)
            plane = planes[f]
            px, py = f4(x0 + j) + sx / m - plane[0], f4(y) + sy / m - plane[1]
            u, v = px * plane[2] + py * plane[3], px * plane[4] + py * plane[5]
            a, b, c = rows[triangles[f, 0]], rows[triangles[f, 1]], rows[triangles[f, 2]]
            w, u, v = (f4(1) - u - v) * m, u * m, v * m
            level, upright = f4(1), f4(1)
            if plane[2] * plane[5] > plane[3] * plane[4]:  # cloth seen from inside
                upright = f4(-1)
                # at an outline it is only the far side of the fold in front: it keeps that side's light
                away = -(a[5] * w + b[5] * u + c[5] * v) / m
                level = f4(1) - f4(2) * smooth_step(f4(0.15), f4(0.55), away)
            if count == f4(0):
                for k in range(9):
                    at[np.uint64(k * RUN) + i] = f4(0)
            lw, lu, lv, uw, uu, uv = level * w, level * u, level * v, upright * w, upright * u, upright * v
            at[i] += a[3] * lw + b[3] * lu + c[3] * lv
            at[NY + i] += a[4] * lw + b[4] * lu + c[4] * lv
            at[NZ + i] += a[5] * uw + b[5] * uu + c[5] * uv
            at[CLOTH + i] += a[6] * w + b[6] * u + c[6] * v
            at[KIND + i] += a[7] * w + b[7] * u + c[7] * v
            at[LIT + i] += a[8] * w + b[8] * u + c[8] * v
            at[FREE + i] += a[9] * w + b[9] * u + c[9] * v
            at[COAT + i] += a[10] * w + b[10] * u + c[10] * v
            at[FLOW + i] += a[11] * w + b[11] * u + c[11] * v
            count += m
        for k in range(9):
            at[np.uint64(k * RUN) + i] /= count
        at[SHARE + i] = count
        most = max(most, at[COAT + i])
    return first, last, most


@inline
def _shine(at: Rows, look: Rows, n: int) -> None:
    """Light `n` pixels: their normals made whole, and their colours."""
    for j in range(n):
        i = np.uint64(j)
        nx, ny, nz = at[i], at[NY + i], at[NZ + i]
        size = f4(1) / np.sqrt(nx * nx + ny * ny + nz * nz + f4(1e-9))
        nx, ny, nz = nx * size, ny * size, max(nz * size, f4(0))
        cloth, kind, lit, free = at[CLOTH + i], at[KIND + i], at[LIT + i], at[FREE + i]
        blue, green, red = _light(nx, ny, nz, cloth, kind, lit, free, look)
        at[i], at[NY + i], at[NZ + i] = nx, ny, nz
        at[BLUE + i], at[GREEN + i], at[RED + i] = blue, green, red
        at[SHARE + i] = at[SHARE + i] * f4(0.25) * look[21]


@inline
def _gild(at: Rows, room: Rows, look: Rows, n: int) -> None:
    """Coat `n` pixels with gold, thick at its front, where it bends down; slow waves run down it."""
    for j in range(n):
        i = np.uint64(j)
        nx, ny, nz = at[i], at[NY + i], at[NZ + i]
        lip = max(f4(1) - at[COAT + i] * f4(28), f4(0))
        flow = f4(75) * at[FLOW + i] + f4(2.0) * look[23]
        gx = nx + f4(0.07) * fast_sin(flow + f4(9) * nx)
        gy = ny - f4(0.75) * lip * lip + f4(0.09) * fast_sin(flow * f4(0.61) + f4(7) * nx + f4(1))
        at[NZ + i] = f4(0.35) * (f4(1) - nz) * (f4(1) - nz) * at[LIT + i] * look[24]
        at[i], at[NY + i] = gx, gy
    for j in range(n):
        i = np.uint64(j)
        if at[COAT + i] > f4(-0.002) and at[SHARE + i] > f4(0):
            at[KIND + i] = room_at(room, at[i], at[NY + i])
    for j in range(n):
        i = np.uint64(j)
        coat = smooth_step(f4(-0.002), f4(0.003), at[COAT + i])
        light = at[KIND + i] * (f4(0.30) + f4(0.70) * at[FREE + i]) * look[24] + at[NZ + i]
        gb, gg, gr = gold_of(light * f4(0.95))
        at[BLUE + i] += (gb - at[BLUE + i]) * coat
        at[GREEN + i] += (gg - at[GREEN + i]) * coat
        at[RED + i] += (gr - at[RED + i]) * coat


@inline
def _lay(out: Rows, at: Rows) -> None:
    """Lay lit pixels over a row."""
    for j in range(np.uint64(out.shape[0] // 4)):
        i = np.uint64(j)
        b = np.uint64(4) * i
        g, r, a = b + np.uint64(1), b + np.uint64(2), b + np.uint64(3)
        cover = at[SHARE + i]
        keep = f4(1) - cover
        out[b] = out[b] * keep + at[BLUE + i] * cover
        out[g] = out[g] * keep + at[GREEN + i] * cover
        out[r] = out[r] * keep + at[RED + i] * cover
        out[a] = out[a] * keep + cover


@inline
def _light(
    nx: float, ny: float, nz: float, cloth: float, kind: float, lit: float, free: float, look: Rows
) -> tuple[float, float, float]:
    """One pixel: key and counter-light from behind, rims, bounce from the boards, silk that lets light through."""
    skirt = min(max(kind - f4(1), f4(0)), f4(1))
    hair = min(max(kind, f4(0)), f4(1)) * (f4(1) - skirt)
    dress = smooth_step(f4(-0.0012), f4(0.0012), cloth) * (f4(1) - hair) * (f4(1) - skirt)
    skin = f4(1) - skirt - hair - dress
    fr = f4(1) - nz
    fr = fr * fr * fr
    d1 = nx * look[0] + ny * look[1] + nz * look[2]
    d2 = nx * look[3] + ny * look[4] + nz * look[5]
    wrap1 = max(d1 * f4(0.85) + f4(0.15), f4(0))
    key = lit * (f4(0.55) * max(d1, f4(0)) + f4(2.4) * fr * wrap1)
    counter = free * (f4(0.7) * max(d2, f4(0)) + f4(3.0) * fr * max(d2 * f4(0.8) + f4(0.2), f4(0)))
    below = free * (f4(0.42) - f4(0.58) * ny) * (f4(0.35) + f4(0.65) * (f4(1) - nz))
    below = max(below, f4(0.06) * free)
    above = free * (f4(0.6) + f4(0.4) * ny)
    # a sheen half way between lamp and eye: broad on silk, tight on skin, a band on hair
    sheen = max(nx * look[25] + ny * look[26] + nz * look[27], f4(0))
    sheen = sheen * sheen
    sheen = sheen * sheen
    gloss = sheen * sheen * sheen * lit
    # silk lets light from behind through, less where it is seen edge on or lies in a fold
    thin = f4(1) / (f4(1) + f4(4.5) * (f4(1) - nz))
    through = (
        skirt * (f4(0.22) + f4(0.78) * lit) * thin * free * f4(0.30) * smooth_step(f4(0.06), f4(0.55), cloth)
    )
    trim = smooth_step(f4(0.0040), f4(0.0015), abs(cloth - f4(0.0018))) * dress
    shine = (f4(0.10) * skin + f4(0.20) * dress + f4(0.12) * hair + f4(0.16) * skirt + f4(0.5) * trim) * gloss
    own = look[22] * (f4(0.10) + f4(1.2) * fr)
    tone = skin * f4(0.25) + dress * f4(0.34) + hair * f4(0.016) + skirt * f4(0.40)
    light = (key + through) * look[6] + counter * look[9] + below * look[12] + above * look[15]
    blue = min(look[18] * (tone * light + own) + shine * look[6], f4(6))
    tone = skin * f4(0.33) + dress * f4(0.38) + hair * f4(0.019) + skirt * f4(0.45)
    light = (key + through) * look[7] + counter * look[10] + below * look[13] + above * look[16]
    green = min(look[19] * (tone * light + own) + shine * look[7], f4(6))
    tone = skin * f4(0.50) + dress * f4(0.44) + hair * f4(0.030) + skirt * f4(0.52)
    light = (key + through) * look[8] + counter * look[11] + below * look[14] + above * look[17]
    red = min(look[20] * (tone * light + own) + shine * look[8], f4(6))
    return blue, green, red
