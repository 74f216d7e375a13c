"""The pool that liquid gold runs together into: honey where light comes back out of it, and a mirror of what stands in
it. All of it is seen aslant, so that its edge is as soft as one pixel spans there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import f4, fast_exp_neg, gold_of, kernel, room_at, smooth_step

Rows = NDArray[np.float32]
RIM = 0.13  # how wide the pool's edge bends down, of its radius


@kernel(
    "void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,::1], f4[::1], f4[::1], i8, i8, i8)"
)
def pool(
    r0: int,
    r1: int,
    crisp: Rows,
    env: Rows,
    field: Rows,
    slopes: Rows,
    room: Rows,
    edge: Rows,
    look: Rows,
    x0: int,
    x1: int,
    top: int,
) -> None:
    """Rows [top + r0, top + r1) of the pool, laid under what is already there. `edge`: its radius by angle."""
    h, w = env.shape[0], env.shape[1]
    zoom, middle, foot, radius = look[8], look[9], look[10], look[11]
    columns = f4(slopes.shape[1] - 1)
    rows = f4(slopes.shape[0] - 1)
    turns = f4(edge.shape[0] - 1)
    nearest = furthest = edge[0]
    for k in range(edge.shape[0]):  # min and max of an array take the compiler longer than half a painter
        nearest, furthest = min(nearest, edge[k]), max(furthest, edge[k])
    for row in range(r0, r1):
        y = top + row
        below = (f4(y) + f4(0.5) - look[12]) / look[13]  # under the horizon, picture heights
        if below < f4(0.02):
            continue
        depth = look[14] / below  # of these boards from the eye
        unit = zoom / depth
        z = depth - look[15]
        step = depth * depth / (look[14] * look[13])  # units of depth that one row is
        bend = f4(RIM) * radius + f4(1.5) * step
        fz = (z / (radius * f4(2.3)) + f4(0.5)) * rows
        if fz < f4(0) or fz >= rows:
            continue
        iz = int(fz)
        tz = fz - f4(iz)
        b = f4(0)
        g = f4(0)
        r = f4(0)
        for x in range(x0, x1):
            if crisp[y, x, 3] > f4(0.995):
                continue
            px = (f4(x) + f4(0.5) - middle) / unit
            d = np.sqrt(px * px + z * z) + f4(1e-5)
            inside = nearest * radius - d
            if inside < bend:  # how far inside does not matter further in
                if d > furthest * radius + f4(2) / unit + step:
                    continue
                a = (np.arctan2(z, px) * f4(0.15915494) + f4(0.5)) * turns
                ia = min(int(a), edge.shape[0] - 2)
                inside = (edge[ia] + (edge[ia + 1] - edge[ia]) * (a - f4(ia))) * radius - d
            # what one pixel spans on the way to the edge: little at the sides, much before and behind
            across, along = px / (d * unit), z / d * step
            span = np.sqrt(across * across + along * along) + f4(1e-6)
            cover = min(max(inside / span + f4(0.5), f4(0)), f4(1))
            if cover <= f4(0):
                continue
            if (x & 1) == 0 or b == f4(0):  # the metal is smooth: shaded for two pixels at a time
                fx = min(max((px / (radius * f4(2.3)) + f4(0.5)) * columns, f4(0)), columns - f4(0.01))
                ix = int(fx)
                tx = fx - f4(ix)
                sa = slopes[iz, ix, 0] + (slopes[iz, ix + 1, 0] - slopes[iz, ix, 0]) * tx
                sb = slopes[iz + 1, ix, 0] + (slopes[iz + 1, ix + 1, 0] - slopes[iz + 1, ix, 0]) * tx
                sx = sa + (sb - sa) * tz
                sa = slopes[iz, ix, 1] + (slopes[iz, ix + 1, 1] - slopes[iz, ix, 1]) * tx
                sb = slopes[iz + 1, ix, 1] + (slopes[iz + 1, ix + 1, 1] - slopes[iz + 1, ix, 1]) * tx
                sz = sa + (sb - sa) * tz
                rim = max(
                    f4(1) - inside / (f4(RIM) * radius + f4(1.5) * abs(along)), f4(0)
                )  # the edge bends down
                rim = rim * rim
                sx += rim * px / d * f4(0.9)
                sz += rim * z / d * f4(0.9)
                # what stands there, mirrored: the higher over the boards, the further up
                vy = f4(2) * foot - f4(y) + (sz * f4(60) + f4(20) * sx) * look[16]
                vx = f4(x) + sx * f4(80) * look[16]
                near = smooth_step(foot - f4(3) * look[16], foot + f4(6) * look[16], f4(y))
                glow = max(f4(1) - d / (radius * f4(1.15)), f4(0))
                shine = room_at(
                    room,
                    px / radius * f4(0.30) - sx * f4(1.5),
                    f4(-0.20) - sz * f4(2.2) + f4(0.30) * rim * rim,
                )
                column = (px + f4(0.22) * sx) * f4(13)
                beam = f4(0.42) * fast_exp_neg(column * column) * glow
                beam *= smooth_step(foot - f4(45) * look[16], foot + f4(60) * look[16], f4(y))
                light = f4(0.90) * shine * (f4(0.30) + f4(0.70) * glow) + f4(0.16) * glow * glow
                light += beam * (f4(0.5) + f4(5) * max(-sz, f4(0)))
                light += f4(0.16) * rim * max(-z / d, f4(0)) * (f4(0.2) + f4(0.8) * glow)
                b, g, r = gold_of(light)
                deep = (f4(0.05) + f4(0.26) * glow) * (
                    f4(1) - f4(0.7) * rim
                )  # what light comes back out of honey
                b += f4(0.03) * deep
                g += f4(0.46) * deep
                r += deep
                if near > f4(0) and abs(px) < f4(0.3) and vy < foot:
                    # what stands in it: the picture less the soft light behind, between four of its points
                    gx = min(max(vx / look[17] - f4(0.5), f4(0)), f4(w) - f4(1.01))
                    gy = min(max(vy / look[17] - f4(0.5), f4(0)), f4(h) - f4(1.01))
                    ex = int(gx)
                    ey = int(gy)
                    wx = gx - f4(ex)
                    wy = gy - f4(ey)
                    for k in range(4):
                        yy = ey + (k >> 1)
                        xx = ex + (k & 1)
                        weight = (wx if k & 1 else f4(1) - wx) * (wy if k >> 1 else f4(1) - wy) * near
                        b += max(env[yy, xx, 0] - field[yy, xx, 0], f4(0)) * weight * f4(0.22)
                        g += max(env[yy, xx, 1] - field[yy, xx, 1], f4(0)) * weight * f4(0.60)
                        r += max(env[yy, xx, 2] - field[yy, xx, 2], f4(0)) * weight * f4(0.92)
            under = (f4(1) - crisp[y, x, 3]) * cover * look[3]
            crisp[y, x, 0] += b * under * look[0]
            crisp[y, x, 1] += g * under * look[1]
            crisp[y, x, 2] += r * under * look[2]
            crisp[y, x, 3] += under
