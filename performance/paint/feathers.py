"""Feathers: a vane on either side of a quill, oblique barbs, light through the thin edges, layer over layer.

Each is a straight shape bent by a parabola, drawn row by row from the front, so that little is drawn that is covered.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.paint.canvas import Light
from performance.paint.kernels import f4, fast_sin, int32, kernel

uint64: Any = np.uint64
WHOLE = 16  # pixels of a row that are painted or left out together
OPAQUE = 0.99  # cover from which nothing behind is to be seen


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4[::1], f4[:,::1])")
def feather_rows(y0: int, y1: int, buffer: Light, feathers: Light, p: Light, colours: Light) -> None:
    """Draw feathers (n, COLUMNS; places and lengths in pixels here, the last in front) in an emptied buffer,
    premultiplied.

    buffer (rows, 4, columns): blue, green, red and alpha in planes. p: level, pixels per picture height, horizon y,
    middle x, how steep an edge is (per pixel), radians of a barb per pixel, and half how dark it is between barbs.
    colours (B, G, R): body, sheen, light from behind.
    """
    w = buffer.shape[2]
    level, unit, horizon, middle, sharp, fine, barbed = p[0], p[1], p[2], p[3], p[4], p[5], p[6]
    buffer[y0:y1] = f4(0)
    body_b, body_g, body_r = colours[0, 0], colours[0, 1], colours[0, 2]
    sheen_b, sheen_g, sheen_r = colours[1, 0] * f4(0.34), colours[1, 1] * f4(0.34), colours[1, 2] * f4(0.34)
    back_b, back_g, back_r = colours[2, 0], colours[2, 1], colours[2, 2]
    full = np.zeros((y1 - y0, (w + WHOLE - 1) // WHOLE), np.uint8)
    for i in range(feathers.shape[0] - 1, -1, -1):  # from the front: what is covered already is left out
        rx, ry, angle, length, half = (
            feathers[i, 0],
            feathers[i, 1],
            feathers[i, 2],
            feathers[i, 3],
            feathers[i, 4],
        )
        bend, layer, light, phase, side = (
            feathers[i, 5],
            feathers[i, 6],
            feathers[i, 7],
            feathers[i, 8],
            feathers[i, 9],
        )
        hidden = length * feathers[i, 10]
        ux, uy = np.sin(angle) * side, np.cos(angle)  # along the quill
        nx, ny = -uy, ux  # across it
        curl = bend * side / length  # sideways by curl a^2 at a
        bow = curl * length * length
        reach = abs(bow) + half * f4(1.1) + f4(2)
        ey = ry + uy * length
        top = min(ry + uy * hidden, ey) - reach
        bottom = max(ry + uy * hidden, ey) + reach
        per = f4(1) / length
        wide, narrow = (
            half * f4(1.04) + f4(1.5),
            half * f4(0.78) + f4(1.5),
        )  # the vanes to either side of the quill
        before, behind = (wide, narrow) if side > f4(0) else (narrow, wide)
        cover_all = level * feathers[i, 11]
        if cover_all <= f4(0.004):
            continue
        for y in range(max(y0, int(top)), min(y1, int(bottom) + 1)):
            dy = f4(int32(y)) + f4(0.5) - ry
            lowest, highest = (
                hidden - f4(2),
                length + f4(2),
            )  # along the quill, where this row can meet the feather
            low, high = f4(-1e6), f4(1e6)
            for _ in range(2):  # and across it, round where the bent quill is there
                b0, b1 = curl * max(lowest, f4(0)) * max(lowest, f4(0)), curl * highest * highest
                c0, c1 = min(b0, b1) - before, max(b0, b1) + behind
                if abs(ux) > f4(1e-3):
                    e0, e1 = (lowest - dy * uy) / ux, (highest - dy * uy) / ux
                    low, high = max(low, min(e0, e1)), min(high, max(e0, e1))
                if abs(nx) > f4(1e-3):
                    e0, e1 = (c0 - dy * ny) / nx, (c1 - dy * ny) / nx
                    low, high = max(low, min(e0, e1)), min(high, max(e0, e1))
                if high <= low:
                    break
                e0, e1 = low * ux + dy * uy, high * ux + dy * uy
                lowest, highest = max(lowest, min(e0, e1)), min(highest, max(e0, e1))
                if highest <= lowest:
                    break
            if high <= low or highest <= lowest:
                continue
            x0, x1 = max(int(rx + low), 0), min(int(rx + high) + 1, w)
            if x1 <= x0:
                continue
            up = max(horizon - f4(int32(y)), f4(0)) / unit
            near_a = abs(f4(int32(x0)) - middle) / unit + up * f4(1.3)
            near_b = abs(f4(int32(x1)) - middle) / unit + up * f4(1.3)
            glow = f4(1) / (
                f4(1) + near_a * near_a * f4(14)
            )  # light from the horizon; even enough across one feather
            fade = (f4(1) / (f4(1) + near_b * near_b * f4(14)) - glow) / f4(int32(x1 - x0))
            begin, row, last = x0 // WHOLE, full[y - y0], (x1 - 1) // WHOLE + 1
            while begin < last:
                if row[begin] != 0:
                    begin += 1
                    continue
                stop = begin + 1
                while stop < last and row[stop] == 0:
                    stop += 1
                s0, s1_ = begin * WHOLE, min(stop * WHOLE, w)
                start = f4(int32(s0)) + f4(0.5) - rx
                a0, c0 = start * ux + dy * uy, start * nx + dy * ny
                glow0 = glow + fade * f4(int32(s0 - x0))
                b, g, r, o = (
                    buffer[y, 0, s0:s1_],
                    buffer[y, 1, s0:s1_],
                    buffer[y, 2, s0:s1_],
                    buffer[y, 3, s0:s1_],
                )
                for k in range(s1_ - s0):
                    along = f4(int32(k))
                    a = a0 + along * ux
                    c = (c0 + along * nx - curl * a * a) * side
                    s1 = min(max(a * per, f4(0)), f4(1))
                    tip, off = f4(1) - s1, abs(c)
                    end, grow = min(tip * f4(6.0), f4(1)), min(s1 * f4(2.4), f4(1))
                    shape = f4(0.34) + f4(0.66) * grow * grow * (f4(3) - f4(2) * grow)
                    edge = half * shape * np.sqrt(end * (f4(2) - end))
                    edge = max(
                        edge * (f4(0.74) if c > f4(0) else f4(1)), f4(0.4)
                    )  # narrower before the quill
                    wave = fast_sin(s1 * s1 * f4(43) + s1 * f4(11) + phase * f4(3))
                    ragged = edge * (f4(1) + f4(0.03) * wave - f4(1.5) * max(wave - f4(0.90), f4(0)) * s1)
                    q = min(off / edge, f4(1))
                    inside = min(max((ragged - off) * sharp + f4(0.5), f4(0)), f4(1))
                    cover = inside * cover_all
                    cover *= min(max((a - hidden) * f4(0.12), f4(0)), f4(1)) * min(
                        max((length - a) * sharp + f4(0.5), f4(0)), f4(1)
                    )
                    barb = f4(1) - barbed * (f4(1) - fast_sin((a - off * f4(1.6)) * fine + wave * f4(0.5)))
                    quill = max(f4(1) - off * (f4(1.11) - f4(0.66) * tip), f4(0))
                    over = min(s1 * (f4(1.9) + layer), f4(1))  # shaded at the root by what lies over it
                    over *= over
                    graze = max(q * f4(1.6) - f4(0.6), f4(0))
                    graze *= graze * inside
                    turn = q * q if c > f4(0) else f4(0)
                    lit = glow0 + fade * along
                    deep = light * (f4(0.54) + f4(0.80) * lit)  # far from the horizon's light it is night
                    dark = deep * (f4(0.16) + f4(0.84) * over) * barb * (f4(1) - f4(0.45) * q * q)
                    shine = (
                        deep
                        * over
                        * ((f4(0.05) + f4(0.30) * graze + f4(0.40) * turn) * barb + quill * f4(0.34))
                    )
                    through = over * (f4(0.20) + f4(0.95) * graze) * s1 * s1 * barb * lit
                    share = cover * (f4(1) - o[k])
                    b[k] += (body_b * dark + sheen_b * shine + back_b * through) * share
                    g[k] += (body_g * dark + sheen_g * shine + back_g * through) * share
                    r[k] += (body_r * dark + sheen_r * shine + back_r * through) * share
                    o[k] += share
                for block in range(begin, stop):
                    least = f4(1)
                    for x in range(uint64(block * WHOLE), uint64(min((block + 1) * WHOLE, w))):
                        least = min(least, buffer[y, 3, x])
                    row[block] = 1 if least > f4(OPAQUE) else 0
                begin = stop
