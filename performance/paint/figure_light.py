"""Triangles into samples, and samples into lit pixels: the figure's edges are clean and its light is one light."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import f4, inline, kernel, smooth_step

Rows = NDArray[np.float32]
Whole = NDArray[np.int32]

# four samples of a pixel on a turned grid: near-upright and near-level edges both get four steps
_XS = (0.375, 0.875, 0.125, 0.625)
_YS = (0.125, 0.375, 0.625, 0.875)
NOTHING = 1e9


@kernel("void(i8, i8, f4[:,::1], i4[:,::1], i4[:,::1], f4[:,::1], i8, i8, i8)")
def triangle_planes(
    i0: int,
    i1: int,
    planes: Rows,
    spans: Whole,
    triangles: Whole,
    rows: Rows,
    two_sided: int,
    x0: int,
    y0: int,
) -> None:
    """Corner, shares' slopes and depth of triangles [i0, i1) in the box at (x0, y0); those unseen get no rows."""
    for i in range(i0, i1):
        a, b, c = rows[triangles[i, 0]], rows[triangles[i, 1]], rows[triangles[i, 2]]
        bx = b[0] - a[0]
        by = b[1] - a[1]
        cx = c[0] - a[0]
        cy = c[1] - a[1]
        area = bx * cy - by * cx
        spans[i, 0] = 0
        spans[i, 1] = 0
        if abs(area) < f4(1e-5) or (i < two_sided and area > f4(0)):
            continue
        k = f4(1) / area
        p = planes[i]
        p[0] = a[0] - f4(x0)
        p[1] = a[1] - f4(y0)
        p[2] = cy * k
        p[3] = -cx * k
        p[4] = -by * k
        p[5] = bx * k
        p[6] = a[2]
        p[7] = b[2] - a[2]
        p[8] = c[2] - a[2]
        low = min(a[1], min(b[1], c[1])) - f4(y0)
        high = max(a[1], max(b[1], c[1])) - f4(y0)
        spans[i, 0] = max(np.int32(np.floor(low)), 0)
        spans[i, 1] = max(np.int32(np.floor(high)) + 1, 0)


@kernel("void(i8, i8, f4[:,:,::1], i4[:,:,::1], f4[:,::1], i4[:,::1])")
def sort_triangles(y0: int, y1: int, depth: Rows, front: Whole, planes: Rows, spans: Whole) -> None:
    """Rows [y0, y1) of the box: which triangle is nearest at each of the four samples of a pixel, -1 none."""
    width = depth.shape[1]
    depth[y0:y1] = f4(NOTHING)
    front[y0:y1] = -1
    for i in range(spans.shape[0]):
        ya, yb = max(spans[i, 0], y0), min(spans[i, 1], y1)
        if ya >= yb:
            continue
        p = planes[i]
        ax, ay, ux, uy, vx, vy = p[0], p[1], p[2], p[3], p[4], p[5]
        det = ux * vy - uy * vx
        if abs(det) < f4(1e-12):
            continue
        k = f4(1) / det  # corners again from the slopes: b = a + (vy, -vx)/det, c = a + (-uy, ux)/det
        bx = ax + vy * k
        cx = ax - uy * k
        left = min(ax, min(bx, cx))
        right = max(ax, max(bx, cx))
        xa, xb = max(np.int32(np.floor(left)), 0), min(np.int32(np.floor(right)) + 1, width)
        for y in range(ya, yb):
            for x in range(xa, xb):
                for n in range(4):
                    px = f4(x) + f4(_XS[n]) - ax
                    py = f4(y) + f4(_YS[n]) - ay
                    u = px * ux + py * uy
                    v = px * vx + py * vy
                    if u >= f4(-1e-4) and v >= f4(-1e-4) and u + v <= f4(1.0001):
                        z = p[6] + u * p[7] + v * p[8]
                        if z < depth[y, x, n]:
                            depth[y, x, n] = z
                            front[y, x, n] = i


@inline
def _blend(row: Rows, a: Rows, b: Rows, c: Rows, u: float, v: float, weight: float) -> None:
    w = (f4(1) - u - v) * weight
    u = u * weight
    v = v * weight
    for k in range(12):
        row[k] += a[k] * w + b[k] * u + c[k] * v


@kernel("void(i8, i8, f4[:,:,::1], i4[:,:,::1], f4[:,::1], i4[:,::1], f4[:,::1], f4[::1], i8, i8)")
def light_pixels(
    y0: int,
    y1: int,
    crisp: Rows,
    front: Whole,
    planes: Rows,
    triangles: Whole,
    rows: Rows,
    look: Rows,
    bx: int,
    by: int,
) -> None:
    """Light the pixels of rows [y0, y1) of the box at (bx, by) and lay them over `crisp`."""
    q = np.empty(12, np.float32)
    for y in range(y0, y1):
        for x in range(front.shape[1]):
            ids = front[y, x]
            count = 0
            for k in range(12):
                q[k] = f4(0)
            flip = f4(0)
            for n in range(4):
                i = ids[n]
                if i < 0:
                    continue
                count += 1
                p = planes[i]
                px = f4(x) + f4(_XS[n]) - p[0]
                py = f4(y) + f4(_YS[n]) - p[1]
                u = px * p[2] + py * p[3]
                v = px * p[4] + py * p[5]
                t = triangles[i]
                a, b, c = rows[t[0]], rows[t[1]], rows[t[2]]
                nz = a[5] + u * (b[5] - a[5]) + v * (c[5] - a[5])
                if a[7] > f4(1.5) and nz < f4(0):
                    flip += f4(1)
                    _blend(q, a, b, c, u, v, f4(1))
                    q[3] -= f4(2) * (a[3] + u * (b[3] - a[3]) + v * (c[3] - a[3]))
                    q[4] -= f4(2) * (a[4] + u * (b[4] - a[4]) + v * (c[4] - a[4]))
                    q[5] -= f4(2) * nz
                else:
                    _blend(q, a, b, c, u, v, f4(1))
            if count == 0:
                continue
            share = f4(1) / f4(count)
            for k in range(12):
                q[k] *= share
            size = f4(1) / np.sqrt(q[3] * q[3] + q[4] * q[4] + q[5] * q[5] + f4(1e-9))
            nx, ny, nz = q[3] * size, q[4] * size, max(q[5] * size, f4(0))
            _light(crisp[y + by, x + bx], nx, ny, nz, q, flip * share, look, f4(count) * f4(0.25))


@inline
def _light(
    pixel: Rows, nx: float, ny: float, nz: float, q: Rows, inside: float, look: Rows, cover: float
) -> None:
    """One pixel: key and counter-light from behind, rims, bounce from the boards, silk that lets light through."""
    skirt = min(max(q[7] - f4(1), f4(0)), f4(1))
    hair = min(max(q[7], f4(0)), f4(1)) * (f4(1) - skirt)
    dress = smooth_step(f4(-0.0012), f4(0.0012), q[6]) * (f4(1) - hair) * (f4(1) - skirt)
    skin = f4(1) - skirt - hair - dress
    fr = f4(1) - nz
    fr = fr * fr * fr
    d1 = nx * look[0] + ny * look[1] + nz * look[2]
    d2 = nx * look[3] + ny * look[4] + nz * look[5]
    lit, free = q[8], q[9]
    wrap1 = max(d1 * f4(0.85) + f4(0.15), f4(0))
    key = lit * (f4(0.55) * max(d1, f4(0)) + f4(2.4) * fr * wrap1)
    counter = free * (f4(0.7) * max(d2, f4(0)) + f4(3.0) * fr * max(d2 * f4(0.8) + f4(0.2), f4(0)))
    below = free * (f4(0.5) - f4(0.5) * ny)
    above = free * (f4(0.6) + f4(0.4) * ny)
    # a sheen half way between lamp and eye: broad on silk, tight on skin, a band on hair
    hz = look[2] + f4(1)
    hl = f4(1) / np.sqrt(look[0] * look[0] + look[1] * look[1] + hz * hz + f4(1e-6))
    sheen = max(nx * look[0] * hl + ny * look[1] * hl + nz * hz * hl, f4(0))
    sheen = sheen * sheen
    sheen = sheen * sheen
    gloss = sheen * sheen * sheen * lit
    through = (
        skirt * lit * (f4(0.10) + f4(0.22) * max(-d1 * f4(0.4) + f4(0.6), f4(0))) * (f4(1) - f4(0.55) * fr)
    )
    trim = smooth_step(f4(0.0040), f4(0.0015), abs(q[6] - f4(0.0018))) * dress
    for k in range(3):
        tone = f4(0)
        if k == 0:
            tone = skin * f4(0.25) + dress * f4(0.17) + hair * f4(0.016) + skirt * f4(0.40)
        elif k == 1:
            tone = skin * f4(0.33) + dress * f4(0.17) + hair * f4(0.019) + skirt * f4(0.45)
        else:
            tone = skin * f4(0.50) + dress * f4(0.20) + hair * f4(0.030) + skirt * f4(0.52)
        tone *= look[18 + k]
        light = key * look[6 + k] + counter * look[9 + k] + below * look[12 + k] + above * look[15 + k]
        shine = (
            (f4(0.10) * skin + f4(0.20) * dress + f4(0.12) * hair + f4(0.16) * skirt + f4(0.5) * trim)
            * gloss
            * look[6 + k]
        )
        value = tone * light + shine + through * tone * look[6 + k]
        value += look[22] * look[18 + k] * (f4(0.10) + f4(1.2) * fr)
        pixel[k] = pixel[k] * (f4(1) - cover * look[21]) + min(value, f4(6)) * cover * look[21]
    pixel[3] = pixel[3] * (f4(1) - cover * look[21]) + cover * look[21]
