"""Triangles into samples, and samples into lit pixels: the figure's edges are clean and its light is one light."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import f4, fast_sin, gold_of, inline, kernel, room_at, smooth_step

Rows = NDArray[np.float32]
Whole = NDArray[np.int32]

# four samples of a pixel on a turned grid: near-upright and near-level edges both get four steps
_XS = (f4(0.375), f4(0.875), f4(0.125), f4(0.625))
_YS = (f4(0.125), f4(0.375), f4(0.625), f4(0.875))
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
        p[9] = min(a[0], min(b[0], c[0])) - f4(x0)
        p[10] = max(a[0], max(b[0], c[0])) - f4(x0)
        low = min(a[1], min(b[1], c[1])) - f4(y0)
        high = max(a[1], max(b[1], c[1])) - f4(y0)
        spans[i, 0] = max(int(np.floor(low)), 0)
        spans[i, 1] = max(int(np.floor(high)) + 1, 0)


@kernel("void(i8, i8, f4[:,::1], i4[:,::1], f4[:,::1], i4[:,::1])")
def sort_triangles(y0: int, y1: int, depth: Rows, front: Whole, planes: Rows, spans: Whole) -> None:
    """Rows [y0, y1) of the box: which triangle is nearest at each of the four samples of a pixel, -1 none."""
    width = depth.shape[1] // 4
    across = np.empty(depth.shape[1], np.float32)  # where the samples of a row lie
    down = np.empty(depth.shape[1], np.float32)
    for x in range(width):
        for n in range(4):
            across[4 * x + n] = f4(x) + _XS[n]
            down[4 * x + n] = _YS[n]
    depth[y0:y1] = f4(NOTHING)
    front[y0:y1] = -1
    for i in range(spans.shape[0]):
        ya, yb = max(spans[i, 0], y0), min(spans[i, 1], y1)
        if ya >= yb:
            continue
        ux, uy, vx, vy = planes[i, 2], planes[i, 3], planes[i, 4], planes[i, 5]
        z0, zu, zv = planes[i, 6], planes[i, 7], planes[i, 8]
        ax, ay = planes[i, 0], planes[i, 1]
        xa, xb = max(int(np.floor(planes[i, 9])), 0), min(int(np.floor(planes[i, 10])) + 1, width)
        if xa >= xb:
            continue
        first, last = (
            np.uint64(4 * xa),
            np.uint64(4 * xb),
        )  # unsigned: no check for negative places, so it vectorises
        name = np.int32(i)
        for yy in range(ya, yb):
            y = np.uint64(yy)
            u0 = (f4(yy) - ay) * uy - ax * ux
            v0 = (f4(yy) - ay) * vy - ax * vx
            for s in range(first, last):
                u = u0 + across[s] * ux + down[s] * uy
                v = v0 + across[s] * vx + down[s] * vy
                z = z0 + u * zu + v * zv
                old = depth[y, s]
                mine = (u >= f4(0)) & (v >= f4(0)) & (u + v <= f4(1)) & (z < old)
                depth[y, s] = z if mine else old
                front[y, s] = name if mine else front[y, s]


@kernel("void(i8, i8, f4[:,:,::1], i4[:,::1], f4[:,::1], i4[:,::1], f4[:,::1], f4[::1], f4[:,::1], i8, i8)")
def light_pixels(
    y0: int,
    y1: int,
    crisp: Rows,
    front: Whole,
    planes: Rows,
    triangles: Whole,
    rows: Rows,
    look: Rows,
    room: Rows,
    bx: int,
    by: int,
) -> None:
    """Light the pixels of rows [y0, y1) of the box at (bx, by) and lay them over `crisp`."""
    q = np.empty(12, np.float32)
    for y in range(y0, y1):
        for x in range(front.shape[1] // 4):
            ia, ib, ic, id_ = front[y, 4 * x], front[y, 4 * x + 1], front[y, 4 * x + 2], front[y, 4 * x + 3]
            if ia < 0 and ib < 0 and ic < 0 and id_ < 0:
                continue
            for k in range(3, 12):
                q[k] = f4(0)
            count = f4(0)
            whole = ia == ib and ib == ic and ic == id_  # most are: one triangle, seen at its middle
            for n in range(1 if whole else 4):
                i = front[y, 4 * x + n]
                if i < 0 or (n > 0 and i == ia) or (n > 1 and i == ib) or (n > 2 and i == ic):
                    continue
                sx = f4(2)
                sy = f4(2)
                m = f4(4)
                if not whole:
                    sx = f4(0)
                    sy = f4(0)
                    m = f4(0)
                    for o in range(n, 4):  # all samples of this triangle at their middle
                        if front[y, 4 * x + o] == i:
                            sx += _XS[o]
                            sy += _YS[o]
                            m += f4(1)
                px = f4(x) + sx / m - planes[i, 0]
                py = f4(y) + sy / m - planes[i, 1]
                u = px * planes[i, 2] + py * planes[i, 3]
                v = px * planes[i, 4] + py * planes[i, 5]
                a, b, c = triangles[i, 0], triangles[i, 1], triangles[i, 2]
                w = (f4(1) - u - v) * m
                u *= m
                v *= m
                level = f4(1)
                upright = f4(1)
                if planes[i, 2] * planes[i, 5] > planes[i, 3] * planes[i, 4]:  # cloth seen from inside
                    upright = f4(-1)
                    # at an outline it is only the far side of the fold in front: it keeps that side's light
                    away = -(rows[a, 5] * w + rows[b, 5] * u + rows[c, 5] * v) / m
                    level = f4(1) - f4(2) * smooth_step(f4(0.15), f4(0.55), away)
                for k in range(3, 5):
                    q[k] += level * (rows[a, k] * w + rows[b, k] * u + rows[c, k] * v)
                q[5] += upright * (rows[a, 5] * w + rows[b, 5] * u + rows[c, 5] * v)
                for k in range(6, 12):
                    q[k] += rows[a, k] * w + rows[b, k] * u + rows[c, k] * v
                count += m
            share = f4(1) / count
            for k in range(3, 12):
                q[k] *= share
            size = f4(1) / np.sqrt(q[3] * q[3] + q[4] * q[4] + q[5] * q[5] + f4(1e-9))
            nx, ny, nz = q[3] * size, q[4] * size, max(q[5] * size, f4(0))
            cover = count * f4(0.25) * look[21]
            blue, green, red = _light(nx, ny, nz, q[6], q[7], q[8], q[9], look)
            coat = smooth_step(f4(-0.002), f4(0.003), q[10])
            if coat > f4(0):
                # thick at its front, where it bends down; slow waves run down it
                lip = max(f4(1) - q[10] * f4(28), f4(0))
                flow = f4(75) * q[11] + f4(2.0) * look[23]
                gx = nx + f4(0.07) * fast_sin(flow + f4(9) * nx)
                gy = ny - f4(0.75) * lip * lip + f4(0.09) * fast_sin(flow * f4(0.61) + f4(7) * nx + f4(1))
                light = room_at(room, gx, gy) * (f4(0.30) + f4(0.70) * q[9]) * look[24]
                light += f4(0.35) * (f4(1) - nz) * (f4(1) - nz) * q[8] * look[24]
                gb, gg, gr = gold_of(light * f4(0.95))
                blue += (gb - blue) * coat
                green += (gg - green) * coat
                red += (gr - red) * coat
            crisp[y + by, x + bx, 0] = crisp[y + by, x + bx, 0] * (f4(1) - cover) + blue * cover
            crisp[y + by, x + bx, 1] = crisp[y + by, x + bx, 1] * (f4(1) - cover) + green * cover
            crisp[y + by, x + bx, 2] = crisp[y + by, x + bx, 2] * (f4(1) - cover) + red * cover
            crisp[y + by, x + bx, 3] = crisp[y + by, x + bx, 3] * (f4(1) - cover) + cover


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
