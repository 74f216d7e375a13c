"""The figure's pixels: which triangle is in front, its edges clean, and one light on all of it.

Row by row strips, so that all samples of a strip stay near the processor while they are sorted and lit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint import figure_layers as known
from performance.paint import figure_sort as seen
from performance.paint.fetch import fetch
from performance.paint.figure_layers import LAYERS, RUN, SHARE, gather, hide, lay
from performance.paint.kernels import f4, fast_sin, gold_of, inline, int32, kernel, room_at, smooth_step

Rows = NDArray[np.float32]
Whole = NDArray[np.int32]

AX, AY, UX, UY, VX, VY = seen.AX, seen.AY, seen.UX, seen.UY, seen.VX, seen.VY  # columns of planes
Z0, ZU, ZV, LEFT, RIGHT, A, B, C = seen.Z0, seen.ZU, seen.ZV, seen.LEFT, seen.RIGHT, seen.A, seen.B, seen.C
BLOCK, COUNT, TOP, BOTTOM = seen.BLOCK, seen.COUNT, seen.TOP, seen.BOTTOM
NY, NZ, CLOTH, KIND, LIT, FREE = known.NY, known.NZ, known.CLOTH, known.KIND, known.LIT, known.FREE
COAT, FLOW, BLUE, GREEN, RED = known.COAT, known.FLOW, known.BLUE, known.GREEN, known.RED
# four samples of a pixel on a turned grid: near-upright and near-level edges both get four steps
XS = (f4(0.375), f4(0.875), f4(0.125), f4(0.625))
YS = (f4(0.125), f4(0.375), f4(0.625), f4(0.875))
NOTHING = 1e9
WHOLE, DEEP = 4, 24  # pixels of a row whose samples are reckoned at once; rows of a strip
SURFACE = 0.004  # units of depth between the samples of a pixel that are taken to lie on one surface
EMPTY, SMOOTH, MIXED = 0, 1, 2  # pixels: nothing, one surface, an edge


@kernel(
    "void(i8, i8, f4[:,:,::1], f4[:,:,::1], i2[:,::1], f4[:,::1], i4[:,::1], i4[:,::1], f4[:,::1], f4[::1], f4[:,::1],"
    " i8, i8, i8, i8, i8, i8, i8, f4)"
)
def draw_figure(
    y0: int, y1: int, crisp: Rows, air: Rows, gap: NDArray[np.int16], planes: Rows, spans: Whole, blocks: Whole,
    rows: Rows, look: Rows, room: Rows, left: int, right: int, top: int, bottom: int, cx: int, cy: int, scale: int,
    hides: float,
) -> None:  # fmt: skip
    """Sort and light what figure_sort.py has found, and lay it over `crisp` between the columns `left` and `right`, and
    the rows from `top` on; [y0, y1) counts those of the field, of `scale` pixels each, and `top` is where one begins.
    Planes and spans count from the pixel (cx, cy). gap: (rows of the picture, 2) between which columns the figure is
    seen, empty for all of them. `hides` is how much of the light in the `air` lies behind it."""
    y0, y1 = y0 * scale, min(y1 * scale, bottom - top)
    shade = np.zeros(right // scale - left // scale + 1, np.float32)
    width = right - left
    across = np.empty(4 * width, np.float32)  # where the samples of a row lie
    down = np.empty(4 * width, np.float32)
    for x in range(width):
        for n in range(4):
            across[4 * x + n] = f4(int32(x + left - cx)) + XS[n]
            down[4 * x + n] = YS[n]
    depth = np.empty((DEEP, 4 * width), np.float32)
    front = np.empty((DEEP, 4 * width), np.int32)
    state = np.zeros(RUN, np.int32)
    at = np.zeros(LAYERS * RUN, np.float32)
    for strip in range(y0, y1, DEEP):
        first = top + strip - cy
        deep = min(DEEP, y1 - strip)
        start, stop = _sort(depth, front, planes, spans, blocks, across, down, first, deep, left - cx)
        for k in range(deep):
            for x0 in range(start & -RUN, stop, RUN):  # the same runs whatever else lies in the strip
                n = min(RUN, stop - x0)
                ahead = front[k, 4 * x0 : 4 * (x0 + n)]
                _judge(state, ahead, depth[k, 4 * x0 : 4 * (x0 + n)])
                x = x0 + left
                shown, end, most = _meet(at, state, ahead, planes, rows, first + k, x - cx)
                if gap.shape[0] > 0:
                    shown = max(shown, gap[top + strip + k, 0] - x)
                    end = min(end, gap[top + strip + k, 1] - x)
                if end <= shown:
                    continue
                fetch(crisp[top + strip + k].reshape(-1), 4 * (x + shown), 4 * (x + end))
                m = min((end - shown + 15) & -16, RUN - shown)  # the rest of a row costs more than a row
                here = at[shown:]
                _shine(here, look, m)
                if most > f4(-0.002):
                    _gild(here, room, look, m)
                lay(crisp[top + strip + k].reshape(-1)[4 * (x + shown) : 4 * (x + end)], here)
                if hides > f4(0):
                    gather(shade, here, x + shown, x + end, left // scale, scale)
            row = top + strip + k
            if hides > f4(0) and (row % scale == scale - 1 or strip + k == y1 - 1):
                hide(air[row // scale], shade, left // scale, f4(int32(scale * scale)), hides)


@inline
def _sort(
    depth: Rows, front: Whole, planes: Rows, spans: Whole, blocks: Whole, across: Rows, down: Rows, first: int,
    deep: int, left: int,
) -> tuple[int, int]:  # fmt: skip
    """Which triangle is nearest at each of the four samples of a pixel of the rows [first, first + deep), -1 none;
    gives from where to where there is any."""
    width = depth.shape[1] // 4
    west, east = width, 0
    for n in range(blocks.shape[0]):
        if blocks[n, TOP] >= first + deep or blocks[n, BOTTOM] <= first:
            continue
        for i in range(n * BLOCK, n * BLOCK + blocks[n, COUNT]):
            ya, yb = max(int(spans[i, 0]), first), min(int(spans[i, 1]), first + deep)
            if ya >= yb:
                continue
            if east == 0:
                depth[:deep] = f4(NOTHING)
                front[:deep] = -1
            ax, ay, ux, uy = planes[i, AX], planes[i, AY], planes[i, UX], planes[i, UY]
            vx, vy, z0, zu, zv = planes[i, VX], planes[i, VY], planes[i, Z0], planes[i, ZU], planes[i, ZV]
            xa, xb = int(planes[i, LEFT]) - left, int(planes[i, RIGHT]) - left
            xb = xa + ((xb - xa + WHOLE - 1) & -WHOLE)  # the rest of a row costs more than a row
            if xb > width:
                xa, xb = max(xa + width - xb, 0), width
            west, east = min(west, xa), max(east, xb)
            start, stop = np.uint64(4 * xa), np.uint64(4 * xb)  # unsigned: no check for negative places
            name = np.int32(i)
            for y in range(ya, yb):
                k = np.uint64(y - first)
                u0 = (f4(int32(y)) - ay) * uy - ax * ux
                v0 = (f4(int32(y)) - ay) * vy - ax * vx
                for s in range(start, stop):
                    u = u0 + across[s] * ux + down[s] * uy
                    v = v0 + across[s] * vx + down[s] * vy
                    z = z0 + u * zu + v * zv
                    old = depth[k, s]
                    mine = (u >= f4(0)) & (v >= f4(0)) & (u + v <= f4(1)) & (z < old)
                    depth[k, s] = z if mine else old
                    front[k, s] = name if mine else front[k, s]
    return west, east


@inline
def _judge(state: Whole, front: Whole, depth: Rows) -> None:
    """Whether pixels are EMPTY, SMOOTH or MIXED."""
    for j in range(np.uint64(front.shape[0] // 4)):
        a = np.uint64(4) * np.uint64(j)
        b, c, d = a + np.uint64(1), a + np.uint64(2), a + np.uint64(3)
        most = max(max(depth[a], depth[b]), max(depth[c], depth[d]))
        apart = most - min(min(depth[a], depth[b]), min(depth[c], depth[d]))
        there = np.int32(1) if (front[a] & front[b] & front[c] & front[d]) >= 0 else np.int32(0)
        state[j] = there * (np.int32(1) if apart < f4(SURFACE) else np.int32(2))


@inline
def _meet(
    at: Rows, state: Whole, front: Whole, planes: Rows, rows: Rows, y: int, x: int
) -> tuple[int, int, float]:
    """What is seen in the pixels of a row y from x on: marks of the skin and shares of a pixel, into `at`; from where
    to where there is anything, and how far up the coat it goes."""
    first, last, most = front.shape[0] // 4, 0, f4(-1e6)
    py = f4(int32(y)) + f4(0.5)
    for j in range(front.shape[0] // 4):
        i = np.uint64(j)
        at[SHARE + i] = f4(0)
        if state[i] == EMPTY:
            continue
        first, last = min(first, j), j + 1
        px = f4(int32(x + j)) + f4(0.5)
        if state[i] == SMOOTH:
            p = np.uint64(front[np.uint64(4) * i])
            ux, uy, vx, vy = planes[p, UX], planes[p, UY], planes[p, VX], planes[p, VY]
            if ux * vy <= uy * vx:  # its outside
                dx, dy = px - planes[p, AX], py - planes[p, AY]
                u, v = max(dx * ux + dy * uy, f4(0)), max(dx * vx + dy * vy, f4(0))
                w = max(f4(1) - u - v, f4(0))
                inside = f4(1) / (u + v + w)
                u, v, w = u * inside, v * inside, w * inside
                a, b, c = np.uint64(planes[p, A]), np.uint64(planes[p, B]), np.uint64(planes[p, C])
                for k in range(9):
                    at[np.uint64(k * RUN) + i] = rows[a, 3 + k] * w + rows[b, 3 + k] * u + rows[c, 3 + k] * v
                at[SHARE + i] = f4(4)
                most = max(most, at[COAT + i])
                continue
        _mix(at, front, planes, rows, px, py, j)
        most = max(most, at[COAT + i])
    return first, last, most


@inline
def _mix(at: Rows, front: Whole, planes: Rows, rows: Rows, px: float, py: float, j: int) -> None:
    """A pixel of several surfaces: each where its samples have their middle, as much as it has samples."""
    i, four = np.uint64(j), np.uint64(4 * j)
    fa, fb, fc = front[four], front[four + np.uint64(1)], front[four + np.uint64(2)]
    count = f4(0)
    for k in range(9):
        at[np.uint64(k * RUN) + i] = f4(0)
    for n in range(4):
        f = front[four + np.uint64(n)]
        if f < 0 or (n > 0 and f == fa) or (n > 1 and f == fb) or (n > 2 and f == fc):
            continue
        sx, sy, m = f4(0), f4(0), f4(0)
        for o in range(n, 4):  # all samples of this triangle at their middle
            if front[four + np.uint64(o)] == f:
                sx, sy, m = sx + XS[o], sy + YS[o], m + f4(1)
        p = np.uint64(f)
        ux, uy, vx, vy = planes[p, UX], planes[p, UY], planes[p, VX], planes[p, VY]
        dx, dy = px - f4(0.5) + sx / m - planes[p, AX], py - f4(0.5) + sy / m - planes[p, AY]
        u, v = dx * ux + dy * uy, dx * vx + dy * vy
        a, b, c = np.uint64(planes[p, A]), np.uint64(planes[p, B]), np.uint64(planes[p, C])
        w, u, v = (f4(1) - u - v) * m, u * m, v * m
        level, upright = f4(1), f4(1)
        if ux * vy > uy * vx:  # cloth seen from inside
            upright = f4(-1)
            # at an outline it is only the far side of the fold in front: it keeps that side's light
            away = -(rows[a, 5] * w + rows[b, 5] * u + rows[c, 5] * v) / m
            level = f4(1) - f4(2) * smooth_step(f4(0.15), f4(0.55), away)
        for k in range(9):
            turn = level if k < 2 else upright if k == 2 else f4(1)
            met = rows[a, 3 + k] * w + rows[b, 3 + k] * u + rows[c, 3 + k] * v
            at[np.uint64(k * RUN) + i] += met * turn
        count += m
    for k in range(9):
        at[np.uint64(k * RUN) + i] /= count
    at[SHARE + i] = count


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
def _light(
    nx: float, ny: float, nz: float, cloth: float, kind: float, lit: float, free: float, look: Rows
) -> tuple[float, float, float]:
    """One pixel: key and counter-light from behind, rims, bounce from the boards, silk that lets light through."""
    skirt = min(max(kind - f4(1), f4(0)), f4(1))
    hair = min(max(kind, f4(0)), f4(1)) * (f4(1) - skirt)
    dress = smooth_step(f4(-0.0012), f4(0.0012), cloth) * (f4(1) - hair) * (f4(1) - skirt)
    skin = f4(1) - skirt - hair - dress
    fr = (f4(1) - nz) * (f4(1) - nz) * (f4(1) - nz)
    d1 = nx * look[0] + ny * look[1] + nz * look[2]
    d2 = nx * look[3] + ny * look[4] + nz * look[5]
    key = lit * (f4(0.55) * max(d1, f4(0)) + f4(2.4) * fr * max(d1 * f4(0.85) + f4(0.15), f4(0)))
    counter = free * (f4(0.7) * max(d2, f4(0)) + f4(3.0) * fr * max(d2 * f4(0.8) + f4(0.2), f4(0)))
    below = free * max((f4(0.42) - f4(0.58) * ny) * (f4(0.35) + f4(0.65) * (f4(1) - nz)), f4(0.06))
    # on skin what fills the dark comes most from the lamp's side, and what turns away from the lamp is red
    round_ = nx * look[0] + ny * look[1] + nz * f4(0.35)
    above = free * (f4(0.6) + f4(0.4) * ny) * (f4(1) + skin * (f4(0.75) * round_ - f4(0.15)))
    blush = skin * max(d1 + f4(0.45), f4(0)) * (f4(0.3) + f4(0.7) * lit) * f4(0.05)
    # a sheen half way between lamp and eye: broad on silk, tight on skin, a band on hair
    sheen = max(nx * look[25] + ny * look[26] + nz * look[27], f4(0))
    sheen *= sheen
    sheen *= sheen
    gloss = sheen * sheen * sheen * lit
    # silk lets light from behind through, less where it is seen edge on or lies in a fold
    through = skirt * (f4(0.22) + f4(0.78) * lit) * free * f4(0.30) / (f4(1) + f4(4.5) * (f4(1) - nz))
    through *= smooth_step(f4(0.06), f4(0.55), cloth)
    trim = smooth_step(f4(0.0040), f4(0.0015), abs(cloth - f4(0.0018))) * dress
    shine = (f4(0.10) * skin + f4(0.20) * dress + f4(0.12) * hair + f4(0.16) * skirt + f4(0.5) * trim) * gloss
    own = look[22] * (f4(0.10) * (f4(1) - f4(0.9) * hair) + f4(1.2) * fr * (f4(1) - f4(0.35) * hair))
    tone = skin * f4(0.25) + dress * f4(0.34) + hair * f4(0.016) + skirt * f4(0.40)
    light = (key + through) * look[6] + counter * look[9] + below * look[12] + above * look[15]
    blue = min(look[18] * (tone * light + own) + shine * look[6], f4(6))
    tone = skin * f4(0.33) + dress * f4(0.38) + hair * f4(0.019) + skirt * f4(0.45)
    light = (key + through) * look[7] + counter * look[10] + below * look[13] + above * look[16]
    green = min(look[19] * (tone * light + own) + shine * look[7], f4(6))
    tone = skin * f4(0.50) + dress * f4(0.44) + hair * f4(0.030) + skirt * f4(0.52)
    light = (key + through + blush) * look[8] + counter * look[11] + below * look[14] + above * look[17]
    red = min(look[20] * (tone * light + own) + shine * look[8], f4(6))
    return blue, green, red
