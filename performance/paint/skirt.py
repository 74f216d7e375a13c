"""The skirt as it hangs: heavy silk in a closed form of time, the same however a moment was reached."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import f4, fast_sin, int32, kernel, smooth_step

Rows = NDArray[np.float32]

RINGS_DOWN, COLUMNS = 29, 120  # of the skirt
SKIRT_LENGTH = 0.500  # figure heights
WAIST, HIP_AT = 0.078, 0.19  # the skirt begins so far over the pelvis; share of its length down to the hips
WAIST_WIDE, WAIST_DEEP = 0.0735, 0.0575  # half widths of the waist
HIPS_ROUND, HEM_ROUND = 0.585, 2.7  # how much cloth goes round the hips and the hem, figure heights
GRAVITY = 5.8  # figure heights a second a second


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4[:,:,::1], f4[::1], f4[:,:,:,::1], f4[::1], f4)")
def hang(
    j0: int, j1: int, cloth: Rows, hips: Rows, turns: Rows, spin: Rows, legs: Rows, folds: Rows, length: float
) -> None:
    """Columns [j0, j1) of the skirt as places `cloth` (RINGS_DOWN, COLUMNS, 4) in figure space, and how deep in a fold.

    Each ring follows the hips of a moment ago, the later the lower; it swings out with the speed of turning, is held
    out by the legs as a tent is by its poles, and gathers in folds as there is more cloth than room: the width of
    the cloth is kept, which is why a turning skirt is smooth and a resting one deep in folds.
    """
    rings = cloth.shape[0]
    moments = hips.shape[0]
    step = length / f4(rings - 1)
    kinds = folds.shape[0] // 3
    bent = np.empty(kinds, np.float32)
    for j in range(j0, j1):
        a = f4(j) * f4(6.2831853) / f4(cloth.shape[1])
        sa, ca = np.sin(a), np.cos(a)
        wide = f4(WAIST_WIDE) * ca
        deep = f4(WAIST_DEEP) * sa
        x = hips[0, 0] + turns[0, 0, 0] * wide + turns[0, 0, 1] * f4(WAIST) + turns[0, 0, 2] * deep
        y = hips[0, 1] + turns[0, 1, 0] * wide + turns[0, 1, 1] * f4(WAIST) + turns[0, 1, 2] * deep
        z = hips[0, 2] + turns[0, 2, 0] * wide + turns[0, 2, 1] * f4(WAIST) + turns[0, 2, 2] * deep
        for k in range(kinds):
            bent[k] = np.sin(a * f4(2) + folds[3 * k + 1])
        clock = folds[folds.shape[0] - 1]
        sway, wind = np.sin(f4(2) * a + f4(0.8) * clock), f4(0.6) * np.sin(f4(5) * a + f4(1.7) * clock)
        radius = f4(0.057)
        for i in range(rings):
            s = f4(i) / f4(rings - 1)
            below = max((s - f4(HIP_AT)) / f4(1.0 - HIP_AT), f4(0))
            at = s * f4(moments - 1)
            m = min(int32(at), moments - 2)
            w = at - f4(m)
            fold = f4(0)
            for k in range(kinds):
                n, phase, deepness = folds[3 * k], folds[3 * k + 1], folds[3 * k + 2]
                fold += deepness * fast_sin(a * n + phase + f4(0.7) * below * bent[k])
            # the column's own way out from the middle, as the hips of that moment have it
            v = f4(1) - w
            ox = (turns[m, 0, 0] * v + turns[m + 1, 0, 0] * w) * ca + (
                turns[m, 0, 2] * v + turns[m + 1, 0, 2] * w
            ) * sa
            oz = (turns[m, 2, 0] * v + turns[m + 1, 2, 0] * w) * ca + (
                turns[m, 2, 2] * v + turns[m + 1, 2, 2] * w
            ) * sa
            size = np.sqrt(ox * ox + oz * oz) + f4(1e-4)
            ox /= size
            oz /= size
            turning = spin[m] * (f4(1) - w) + spin[m + 1] * w
            around = f4(HIPS_ROUND) + f4(HEM_ROUND - HIPS_ROUND) * below  # cloth there is
            swing = turning * turning * radius * f4(1.0 / GRAVITY)
            flying = min(swing, f4(1))
            out = (
                f4(0.44) - f4(0.22) * s / f4(HIP_AT) if s < f4(HIP_AT) else f4(0.12) + f4(0.05) * sway * below
            )
            # a turning skirt flies out, in slow waves, until all its cloth is taken up
            free = f4(HEM_ROUND - HIPS_ROUND) / (f4(6.2831853) * length * f4(1.0 - HIP_AT))
            wave = fast_sin(f4(3) * a - f4(2.3) * clock + f4(1.5) * below) + wind
            swing *= min(f4(0.35) + below, f4(1))
            out += swing / (f4(1) + swing / (free * f4(1.25))) + f4(0.16) * flying * below * wave
            # legs hold it out, and at once where they rise: only when they leave it does it follow late
            for now in range(2):
                if now == 1:
                    m, w, v = 0, f4(0), f4(1)
                for g in range(2):
                    upper = s * length < f4(0.33)
                    kx = legs[m, g, 0, 0] * v + legs[m + 1, g, 0, 0] * w
                    ky = legs[m, g, 0, 1] * v + legs[m + 1, g, 0, 1] * w
                    kz = legs[m, g, 0, 2] * v + legs[m + 1, g, 0, 2] * w
                    if upper:
                        dx = kx - (hips[m, 0] * v + hips[m + 1, 0] * w)
                        dy = ky - (hips[m, 1] * v + hips[m + 1, 1] * w)
                        dz = kz - (hips[m, 2] * v + hips[m + 1, 2] * w)
                    else:
                        dx = legs[m, g, 1, 0] * v + legs[m + 1, g, 1, 0] * w - kx
                        dy = legs[m, g, 1, 1] * v + legs[m + 1, g, 1, 1] * w - ky
                        dz = legs[m, g, 1, 2] * v + legs[m + 1, g, 1, 2] * w - kz
                    flat = np.sqrt(dx * dx + dz * dz) + f4(1e-4)
                    towards = (dx * ox + dz * oz) / flat
                    near = smooth_step(f4(0.15), f4(0.95), towards)
                    pole = min(flat / max(-dy, f4(0.03)), f4(7))
                    holds = f4(0.84) if upper else f4(0.30)  # it slides off the shin
                    out = max(out, out + (pole * holds - out) * near)
            m, w = min(int32(at), moments - 2), at - f4(min(int32(at), moments - 2))
            drop = f4(1) / np.sqrt(f4(1) + out * out)
            if i > 0:  # down to the hips it is cut to them and tilts as they do; from there on it hangs
                cut = smooth_step(f4(HIP_AT * 1.5), f4(HIP_AT * 0.6), s)
                dx, dy, dz = -turns[0, 0, 1] * cut, -turns[0, 1, 1] * cut, -turns[0, 2, 1] * cut
                dy -= f4(1) - cut
                rise = (turns[0, 1, 0] * ca + turns[0, 1, 2] * sa) * cut * out
                x += (ox * out + dx) * drop * step
                z += (oz * out + dz) * drop * step
                y += (dy + rise) * drop * step
                radius += out * drop * step
            # more cloth than room: folds as deep as the spare width needs
            spare = max(around / (f4(6.2831853) * max(radius, f4(0.05))) - f4(1), f4(0))
            depth = radius * min(f4(0.20) * np.sqrt(spare), f4(0.36)) * min(below * f4(2.2), f4(1))
            sharp = fold - f4(0.25) * fold * fold
            px = x + ox * sharp * depth
            py = y
            pz = z + oz * sharp * depth
            # hems trail behind what moves
            late = f4(0.72) * s * s
            px += (hips[m, 0] * (f4(1) - w) + hips[m + 1, 0] * w - hips[0, 0]) * late
            pz += (hips[m, 2] * (f4(1) - w) + hips[m + 1, 2] * w - hips[0, 2]) * late
            py += (hips[m, 1] * (f4(1) - w) + hips[m + 1, 1] * w - hips[0, 1]) * late * f4(0.8)
            for g in range(2):  # no leg comes through
                aside = f4(0.046) if g == 0 else f4(-0.046)
                for part in range(2):
                    if part == 0:
                        ax = hips[0, 0] + turns[0, 0, 0] * aside
                        ay = hips[0, 1] + turns[0, 1, 0] * aside
                        az = hips[0, 2] + turns[0, 2, 0] * aside
                        bx, by, bz = legs[0, g, 0, 0], legs[0, g, 0, 1], legs[0, g, 0, 2]
                        ta, tb = f4(0.057), f4(0.039)
                    else:
                        ax, ay, az = legs[0, g, 0, 0], legs[0, g, 0, 1], legs[0, g, 0, 2]
                        bx, by, bz = legs[0, g, 1, 0], legs[0, g, 1, 1], legs[0, g, 1, 2]
                        ta, tb = f4(0.039), f4(0.026)
                    ex = bx - ax
                    ey = by - ay
                    ez = bz - az
                    h = ((px - ax) * ex + (py - ay) * ey + (pz - az) * ez) / (
                        ex * ex + ey * ey + ez * ez + f4(1e-6)
                    )
                    h = min(max(h, f4(0)), f4(1))
                    qx = px - ax - ex * h
                    qy = py - ay - ey * h
                    qz = pz - az - ez * h
                    thick = ta + (tb - ta) * h
                    d = np.sqrt(qx * qx + qy * qy + qz * qz) + f4(1e-5)
                    if d < thick:
                        k2 = (thick - d) / d
                        px += qx * k2
                        py += qy * k2
                        pz += qz * k2
            floor = f4(0.008)
            if py < floor:
                spread = (floor - py) * f4(0.45)
                px += ox * spread
                pz += oz * spread
                py = floor
            cloth[i, j, 0] = px
            cloth[i, j, 1] = py
            cloth[i, j, 2] = pz
            cloth[i, j, 3] = fold * depth / max(radius, f4(0.05))
