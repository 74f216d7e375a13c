"""Thin plates of ice or mirror: bright bevel, visible thickness, and the finished picture in their faces.

Every plate is convex, so a row of it is one span and the way to its nearest edge one minimum over its sides.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.paint.canvas import TILE
from performance.paint.fetch import fetch_round
from performance.paint.kernels import f4, inline, int32, kernel

CORNERS = 16
# columns of a plate's numbers
CENTRE, SEEN, SHRINK, TINT, REFLECT, ALPHA, RIM, SHINE, SLOPE, OWN, BEVEL, FROST, LIT, TOWARDS, FORM, GRAIN = (
    0, 2, 4, 5, 8, 9, 10, 11, 12, 14, 17, 18, 19, 22, 24, 26,
)  # fmt: skip
WIDE = 31  # across, pixels, at most
RIME = 30  # how much of the instrument's own frost and lines is seen
NUMBERS = 32
COARSE = (
    1.2  # pixels of the small picture to a pixel above which the nearest one is as good as a mean of four
)
place: Any = np.uint64  # a place in an array, never negative: without the check that stops vectors
WHOLE = 16  # pixels of a row that are reckoned at once
EDGE = 5.5  # how much brighter light of its own is where it comes out, at the cut edges
BEND = 26.0  # pixels of the small picture that a cut edge looks aside


@inline
def _sides(shape: Any, edges: Any, count: int, sign: Any) -> None:
    """Inward unit normals and offsets of a convex shape's sides: edges[j] = (a, b, c, -1 / a), way in = a x + b y + c;
    the last is 0 for a level side."""
    for j in range(count):
        k = j + 1 if j + 1 < count else 0
        ex, ey = shape[k, 0] - shape[j, 0], shape[k, 1] - shape[j, 1]
        long = np.sqrt(ex * ex + ey * ey)
        if long < f4(0.02):
            edges[j, 0], edges[j, 1], edges[j, 2], edges[j, 3] = f4(0), f4(0), f4(1e6), f4(0)
        else:
            r = sign / long
            edges[j, 0], edges[j, 1] = -ey * r, ex * r
            edges[j, 2] = -(edges[j, 0] * shape[j, 0] + edges[j, 1] * shape[j, 1])
            edges[j, 3] = f4(-1) / edges[j, 0] if abs(edges[j, 0]) > f4(1e-5) else f4(0)


@inline
def _span(edges: Any, count: int, py: Any, left: Any, right: Any) -> Any:
    """From where to where a row at height py is less than half a pixel outside the shape."""
    for j in range(count):
        lean = edges[j, 3]
        rest = edges[j, 1] * py + edges[j, 2] + f4(0.5)
        if lean < f4(0):
            left = max(left, rest * lean)
        elif lean > f4(0):
            right = min(right, rest * lean)
        elif rest < f4(0):
            right = left - f4(1)
    return left, right


@inline
def _area(shape: Any, count: int) -> Any:
    """Twice the signed area in pixels."""
    total: Any = f4(0)
    for j in range(count):
        k = j + 1 if j + 1 < count else 0
        total += shape[j, 0] * shape[k, 1] - shape[k, 0] * shape[j, 1]
    return total


@inline
def _rim(
    crisp: Any, touched: Any, front: Any, back: Any, count: int, sign: Any, p: Any, y0: Any, y1: Any, quad: Any,
    edges: Any,
) -> None:  # fmt: skip
    """The sides of the slab that can be seen, lit by how they face the light. quad (4, 2), edges (4, 4) scratch."""
    w = crisp.shape[1]
    solid = f4(0.35) + f4(0.65) * p[ALPHA]
    for j in range(count):
        k = j + 1 if j + 1 < count else 0
        ex, ey = front[k, 0] - front[j, 0], front[k, 1] - front[j, 1]
        dx, dy = back[j, 0] - front[j, 0], back[j, 1] - front[j, 1]
        if (ex * dy - ey * dx) * sign >= f4(-0.15):
            continue
        quad[0, 0], quad[0, 1], quad[1, 0], quad[1, 1] = front[j, 0], front[j, 1], front[k, 0], front[k, 1]
        quad[2, 0], quad[2, 1], quad[3, 0], quad[3, 1] = back[k, 0], back[k, 1], back[j, 0], back[j, 1]
        low = min(min(quad[0, 1], quad[1, 1]), min(quad[2, 1], quad[3, 1]))
        high = max(max(quad[0, 1], quad[1, 1]), max(quad[2, 1], quad[3, 1]))
        first: Any = max(int32(low) - 1, y0)
        last: Any = min(int32(high) + 2, y1)
        if last <= first:
            continue
        _sides(quad, edges, 4, f4(1) if _area(quad, 4) > f4(0) else f4(-1))
        r = sign / np.sqrt(ex * ex + ey * ey + f4(1e-6))
        facing = max(ey * r * p[TOWARDS] + ex * r * p[TOWARDS + 1], f4(0))
        glow = p[RIM] * (f4(0.10) + f4(0.9) * facing)
        b = p[OWN] * f4(0.6) + p[LIT] * glow * p[TINT]
        g = p[OWN + 1] * f4(0.6) + p[LIT + 1] * glow * p[TINT + 1]
        e = p[OWN + 2] * f4(0.6) + p[LIT + 2] * glow * p[TINT + 2]
        left = min(min(quad[0, 0], quad[1, 0]), min(quad[2, 0], quad[3, 0])) - f4(1)
        right = max(max(quad[0, 0], quad[1, 0]), max(quad[2, 0], quad[3, 0])) + f4(1)
        for y in range(first, last):
            py = f4(int32(y)) + f4(0.5)
            from_x, to_x = _span(edges, 4, py, left, right)
            xa: Any = max(int32(from_x), 0)
            xb: Any = min(int32(to_x) + 1, w)
            if xb <= xa:
                continue
            for tile in range(xa // TILE, (xb - 1) // TILE + 1):
                touched[y // TILE, tile] = 1
            row = crisp[y, xa:xb]
            px = f4(xa) + f4(0.5)
            r0 = edges[0, 0] * px + edges[0, 1] * py + edges[0, 2] + f4(0.5)
            r1 = edges[1, 0] * px + edges[1, 1] * py + edges[1, 2] + f4(0.5)
            r2 = edges[2, 0] * px + edges[2, 1] * py + edges[2, 2] + f4(0.5)
            r3 = edges[3, 0] * px + edges[3, 1] * py + edges[3, 2] + f4(0.5)
            for x in range(xb - xa):
                t = f4(int32(x))
                d = min(
                    min(r0 + edges[0, 0] * t, r1 + edges[1, 0] * t),
                    min(r2 + edges[2, 0] * t, r3 + edges[3, 0] * t),
                )
                c = min(max(d, f4(0)), f4(1)) * solid
                row[x, 0] += (b - row[x, 0]) * c
                row[x, 1] += (g - row[x, 1]) * c
                row[x, 2] += (e - row[x, 2]) * c
                row[x, 3] += (f4(1) - row[x, 3]) * c


@inline
def _expect(every: Any, picture: Any, white: Any, crisp: Any, env: Any, rime: Any, p: Any) -> None:
    """Ask for what a plate will be painted from and on."""
    half = f4(0.5) * p[WIDE] + f4(1)
    grain = max(abs(p[GRAIN]) + abs(p[GRAIN + 1]), abs(p[GRAIN + 2]) + abs(p[GRAIN + 3]))
    fetch_round(every, crisp.shape[1], crisp.shape[0], 4, p[CENTRE], p[CENTRE + 1], half)
    fetch_round(picture, env.shape[1], env.shape[0], 4, p[SEEN], p[SEEN + 1], half * p[SHRINK] + f4(1))
    if p[RIME] > f4(0.01):
        fetch_round(white, rime.shape[1], rime.shape[0], 2, p[FORM], p[FORM + 1], half * grain)


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,:,:,::1], i4[::1], f4[:,::1], f4[:,:,::1], f4[:,:,::1])")
def facet_rows(
    y0: Any, y1: Any, crisp: Any, touched: Any, slabs: Any, counts: Any, numbers: Any, env: Any, rime: Any
) -> None:  # fmt: skip
    """Paint plates in order, and mark the tiles they lie in.

    slabs (n, 2, CORNERS, 2) pixels of front and back; env what their faces mirror; rime (h, w, 2) frost and lines
    of the instrument they are pieces of.
    """
    w, eh, ew = crisp.shape[1], env.shape[0], env.shape[1]
    every, middle, tall = crisp.reshape(-1), f4(0.5) * f4(y0 + y1), f4(0.5) * f4(y1 - y0)
    picture, across = env.reshape(-1), place(ew)
    white, frosted = rime.reshape(-1), place(rime.shape[1])
    rh, rw = f4(rime.shape[0]) - f4(1.01), f4(rime.shape[1]) - f4(1.01)
    edges: Any = np.empty((CORNERS, 4), np.float32)
    quad: Any = np.empty((4, 2), np.float32)
    sides: Any = np.empty((4, 4), np.float32)
    near: Any = np.empty(w + WHOLE, np.float32)
    nx: Any = np.empty(w + WHOLE, np.float32)
    ny: Any = np.empty(w + WHOLE, np.float32)
    cover: Any = np.empty(w + WHOLE, np.float32)
    east: Any = np.empty(w + WHOLE, np.float32)
    south: Any = np.empty(w + WHOLE, np.float32)
    bright: Any = np.empty(w + WHOLE, np.float32)
    slope: Any = np.empty(w + WHOLE, np.float32)
    for s in range(slabs.shape[0]):
        m = counts[s]
        shape, back, p = slabs[s, 0], slabs[s, 1], numbers[s]
        if s + 1 < slabs.shape[0] and abs(numbers[s + 1, CENTRE + 1] - middle) < tall + numbers[s + 1, WIDE]:
            _expect(every, picture, white, crisp, env, rime, numbers[s + 1])
        around = f4(0.6) * p[WIDE] + f4(8)
        if p[CENTRE + 1] - around > f4(y1) or p[CENTRE + 1] + around < f4(y0):
            continue
        low, high, left, right = shape[0, 1], shape[0, 1], shape[0, 0], shape[0, 0]
        deep: Any = f4(0)
        for j in range(m):
            low, high = min(low, shape[j, 1]), max(high, shape[j, 1])
            left, right = min(left, shape[j, 0]), max(right, shape[j, 0])
            deep = max(deep, abs(back[j, 1] - shape[j, 1]) + f4(1))
        if low - deep > f4(y1) or high + deep < f4(y0) or right < f4(-8) or left > f4(w + 8):
            continue
        twice = _area(shape, m)
        sign = f4(1) if twice > f4(0) else f4(-1)
        _rim(crisp, touched, shape, back, m, sign, p, y0, y1, quad, sides)
        if abs(twice) < f4(0.8):
            continue
        _sides(shape, edges, m, sign)
        size = f4(1.3) / (right - left + high - low + f4(1))
        beyond = p[BEVEL] + f4(1)
        thin, shrink, seen_x, seen_y = f4(1) / p[BEVEL], p[SHRINK], p[SEEN], p[SEEN + 1]
        rims, shines, frosty, alpha, bevel_at = p[RIM], p[SHINE], p[FROST], p[ALPHA], p[BEVEL]
        own_b, own_g, own_r = p[OWN], p[OWN + 1], p[OWN + 2]
        slope_x, slope_y, to_x, to_y = p[SLOPE], p[SLOPE + 1], p[TOWARDS], p[TOWARDS + 1]
        glass_b, glass_g, glass_r = p[TINT] * p[REFLECT], p[TINT + 1] * p[REFLECT], p[TINT + 2] * p[REFLECT]
        lit_b = p[LIT] * (f4(0.3) + f4(0.7) * p[TINT])
        lit_g = p[LIT + 1] * (f4(0.3) + f4(0.7) * p[TINT + 1])
        lit_r = p[LIT + 2] * (f4(0.3) + f4(0.7) * p[TINT + 2])
        for y in range(max(int32(low) - 1, y0), min(int32(high) + 2, y1)):
            py = f4(int32(y)) + f4(0.5)
            a, b = _span(edges, m, py, left - f4(1), right + f4(1))
            xa: Any = max(int32(a), 0)
            xb: Any = min(int32(b) + 1, w)
            n = xb - xa
            if n <= 0:
                continue
            for tile in range(xa // TILE, (xb - 1) // TILE + 1):
                touched[y // TILE, tile] = 1
            whole = (n + WHOLE - 1) & -WHOLE  # the rest of a row costs more than a row
            d, ax, ay = near[:whole], nx[:whole], ny[:whole]
            for i in range(whole):
                d[i] = f4(1e6)
                ax[i] = f4(0)
                ay[i] = f4(0)
            for j in range(m):
                ea, eb = edges[j, 0], edges[j, 1]
                base = eb * py + edges[j, 2] + ea * (f4(xa) + f4(0.5))
                if min(base, base + ea * f4(n - 1)) > beyond:
                    continue  # too far off all along the row to be seen
                for i in range(whole):
                    e = base + ea * f4(int32(i))
                    closer = e < d[i]
                    d[i] = e if closer else d[i]
                    ax[i] = ea if closer else ax[i]
                    ay[i] = eb if closer else ay[i]
            c, gx, gy, add, lift = cover[:whole], east[:whole], south[:whole], bright[:whole], slope[:whole]
            ry = py - p[CENTRE + 1]
            rx0 = f4(xa) + f4(0.5) - p[CENTRE]
            for i in range(whole):
                rx = rx0 + f4(int32(i))
                bevel = max(f4(1) - d[i] * thin, f4(0))
                cut = f4(1) if bevel > f4(0) else f4(0)
                gx[i] = min(max(seen_x - rx * shrink + ax[i] * cut * f4(BEND), f4(0)), f4(ew) - f4(1.01))
                gy[i] = min(max(seen_y + ry * shrink + ay[i] * cut * f4(BEND), f4(0)), f4(eh) - f4(1.01))
                facing = ay[i] * to_y - ax[i] * to_x
                front = max(facing, f4(0))
                rim = cut * (f4(0.06) + f4(0.8) * front + f4(0.20) * max(-facing, f4(0)))
                rim += f4(0.35) * max(f4(1) - abs(d[i] - bevel_at) * f4(1.1), f4(0)) * (f4(0.3) + front)
                lean = min(max(f4(0.5) - (rx * slope_x + ry * slope_y) * size, f4(0)), f4(1))
                shine = shines * (f4(0.05) + lean * lean * lean * f4(1.4))
                frost = frosty * (f4(0.3) + f4(0.7) * bevel + f4(0.4) * lean)
                add[i] = rim * rims + shine + frost
                turned = f4(0.4) + f4(0.6) * facing * facing + f4(0.3) * front
                glow = cut * (f4(0.2) + f4(0.8) * bevel) * turned
                lift[i] = f4(0.35) + f4(0.9) * lean + f4(EDGE) * glow
                inside = min(max(d[i] + f4(0.5), f4(0)), f4(1))
                c[i] = inside * min(alpha + f4(0.25) * cut, f4(1))
                d[i] = inside
            if p[RIME] > f4(0.01):
                mx0 = p[FORM] + p[GRAIN] * rx0 + p[GRAIN + 1] * ry
                my0 = p[FORM + 1] + p[GRAIN + 2] * rx0 + p[GRAIN + 3] * ry
                for i in range(n):
                    mx, my = mx0 + p[GRAIN] * f4(int32(i)), my0 + p[GRAIN + 2] * f4(int32(i))
                    mx, my = min(max(mx, f4(0)), rw), min(max(my, f4(0)), rh)
                    ix, iy = int32(mx), int32(my)
                    fx, fy = mx - f4(ix), my - f4(iy)
                    q = (place(iy) * frosted + place(ix)) * place(2)
                    o = q + frosted * place(2)
                    line = white[q + place(1)] * (f4(1) - fx) + white[q + place(3)] * fx
                    below = white[o + place(1)] * (f4(1) - fx) + white[o + place(3)] * fx
                    add[i] += p[RIME] * (f4(0.04) * white[q] + f4(0.30) * (line + (below - line) * fy))
            row = crisp[y, xa:xb]
            coarse = shrink > f4(COARSE)
            for i in range(n):
                keep, share, inside = f4(1) - c[i], c[i], d[i]
                if coarse:
                    q = (place(int32(gy[i] + f4(0.5))) * across + place(int32(gx[i] + f4(0.5)))) * place(4)
                    blue, green, red = picture[q], picture[q + place(1)], picture[q + place(2)]
                else:
                    ix, iy = int32(gx[i]), int32(gy[i])
                    fx, fy = gx[i] - f4(ix), gy[i] - f4(iy)
                    w11 = fx * fy
                    w01, w10 = fx - w11, fy - w11
                    w00 = f4(1) - fx - w10
                    q = (place(iy) * across + place(ix)) * place(4)
                    o = q + across * place(4)
                    blue = picture[q] * w00 + picture[q + place(4)] * w01
                    green = picture[q + place(1)] * w00 + picture[q + place(5)] * w01
                    red = picture[q + place(2)] * w00 + picture[q + place(6)] * w01
                    blue += picture[o] * w10 + picture[o + place(4)] * w11
                    green += picture[o + place(1)] * w10 + picture[o + place(5)] * w11
                    red += picture[o + place(2)] * w10 + picture[o + place(6)] * w11
                more, inner = add[i] * inside, lift[i] * inside
                row[i, 0] = (
                    row[i, 0] * keep + min(blue, f4(6)) * glass_b * share + more * lit_b + inner * own_b
                )
                row[i, 1] = (
                    row[i, 1] * keep + min(green, f4(6)) * glass_g * share + more * lit_g + inner * own_g
                )
                row[i, 2] = (
                    row[i, 2] * keep + min(red, f4(6)) * glass_r * share + more * lit_r + inner * own_r
                )
                row[i, 3] = row[i, 3] * keep + share
