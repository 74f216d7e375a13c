"""Points of the dancer on their way to the picture: carried by the bones, hung as a skirt, seen by the camera.

Every drawn point is a row of WIDE numbers, see the names of its columns. Figure space has z towards the audience.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import f4, inline, kernel, smooth_step

Rows = NDArray[np.float32]

WIDE = 12
SX, SY, DEPTH, NX, NY, NZ, CLOTH, KIND, LIT, OPEN, COAT, REST = range(WIDE)
# KIND: 0 skin, 1 hair, 2 skirt. CLOTH: how far inside the dress (skin), or 0 waist .. 1 hem (skirt).
# LIT: how much of the key light arrives. OPEN: how much of the sky is free. COAT: molten gold over it, > 0 covered.
RINGS_DOWN, COLUMNS = 29, 120  # of the skirt
SKIRT_LENGTH = 0.500  # figure heights
WAIST, HIP_AT = 0.078, 0.19  # the skirt begins so far over the pelvis; share of its length down to the hips
WAIST_WIDE, WAIST_DEEP = 0.0695, 0.0520  # half widths of the waist
HIPS_ROUND, HEM_ROUND = 0.585, 2.7  # how much cloth goes round the hips and the hem, figure heights
GRAVITY = 5.8  # figure heights a second a second


@inline
def _see(row: Rows, x: float, y: float, z: float, eye: Rows) -> None:
    """Write where a point of figure space is in the picture (pixels) and how deep."""
    depth = max(f4(1) + eye[1] - z * eye[2] - eye[5], f4(0.28))
    s = eye[6] / depth
    u = (eye[0] + x * eye[2] - eye[3]) * s
    v = (eye[4] - y * eye[2]) * s + eye[7] - eye[8]
    row[0] = (u * eye[9] - v * eye[10]) * eye[11] + eye[12]
    row[1] = (u * eye[10] + v * eye[9] + eye[8]) * eye[11] + eye[13]
    row[2] = depth


@inline
def _lit(x: float, y: float, z: float, lx: float, ly: float, lz: float, balls: Rows) -> float:
    """How much of a light in direction l passes the balls (m, 4) of the body, 0..1."""
    free: float = f4(1)
    for k in range(balls.shape[0]):
        qx = balls[k, 0] - x
        qy = balls[k, 1] - y
        qz = balls[k, 2] - z
        along = qx * lx + qy * ly + qz * lz
        soft = f4(0.30) * balls[k, 3] + f4(0.10) * max(along, f4(0))
        reach = balls[k, 3] + f4(0.3) * soft
        beside = qx * qx + qy * qy + qz * qz - along * along
        if along < f4(0.035) or beside > reach * reach:
            continue  # behind the point, or the light passes it
        shade = min((reach - np.sqrt(max(beside, f4(1e-8)))) / soft, f4(1))
        shade *= min((along - f4(0.035)) * f4(30), f4(1))
        free *= f4(1) - shade
    return free


@inline
def _runs(a: float, b: float) -> float:
    """How far, -1..1, a coat has run ahead of its front at a place."""
    far: float = (
        f4(0.5) * np.sin(a) + f4(0.32) * np.sin(b + f4(2)) + f4(0.18) * np.sin(f4(2.2) * b + f4(0.6) * a)
    )
    return far


@kernel(
    "void(i8, i8, f4[:,::1], f4[:,::1], f4[:,::1], f4[:,::1], i4[:,::1], f4[:,::1], f4[:,:,::1], f4[:,::1],"
    " f4[::1], f4[::1], f4[:,::1])"
)
def carry(
    i0: int,
    i1: int,
    out: Rows,
    points: Rows,
    normals: Rows,
    weights: Rows,
    bones: NDArray[np.int32],
    marks: Rows,
    turns: Rows,
    moved: Rows,
    eye: Rows,
    light: Rows,
    balls: Rows,
) -> None:
    """Points [i0, i1) of the modelled body to rows of `out`. `normals` (n, 6): of the skin, and of a thick coat on it.
    `marks` (n, 4): cloth, kind, open, seat of the coat."""
    for i in range(i0, i1):
        x = f4(0)
        y = f4(0)
        z = f4(0)
        nx = f4(0)
        ny = f4(0)
        nz = f4(0)
        px, py, pz = points[i, 0], points[i, 1], points[i, 2]
        coat = f4(-1)
        if eye[15] > f4(0):
            coat = py - eye[14] + eye[15] * _runs(f4(52) * px + f4(11) * pz, f4(113) * px - f4(71) * pz)
        filled = min(max(coat * f4(12), f4(0)), f4(0.85))  # thick metal fills what is fine
        ax = normals[i, 0] + (normals[i, 3] - normals[i, 0]) * filled
        ay = normals[i, 1] + (normals[i, 4] - normals[i, 1]) * filled
        az = normals[i, 2] + (normals[i, 5] - normals[i, 2]) * filled
        for k in range(4):
            w = weights[i, k]
            if w == f4(0):
                continue
            r, m = turns[bones[i, k]], moved[bones[i, k]]
            x += w * (r[0, 0] * px + r[0, 1] * py + r[0, 2] * pz + m[0])
            y += w * (r[1, 0] * px + r[1, 1] * py + r[1, 2] * pz + m[1])
            z += w * (r[2, 0] * px + r[2, 1] * py + r[2, 2] * pz + m[2])
            nx += w * (r[0, 0] * ax + r[0, 1] * ay + r[0, 2] * az)
            ny += w * (r[1, 0] * ax + r[1, 1] * ay + r[1, 2] * az)
            nz += w * (r[2, 0] * ax + r[2, 1] * ay + r[2, 2] * az)
        o = out[i]
        _see(o, x, y, z, eye)
        o[3] = nx
        o[4] = ny
        o[5] = nz
        o[6] = marks[i, 0]
        o[7] = marks[i, 1]
        o[9] = marks[i, 2]
        facing = nx * light[0] + ny * light[1] + nz * light[2]
        o[8] = f4(0)
        if facing > f4(-0.3):
            o[8] = _lit(x, y, z, light[0], light[1], light[2], balls)
        o[10] = coat
        o[11] = marks[i, 3]


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
    for j in range(j0, j1):
        a = f4(j) * f4(6.2831853) / f4(cloth.shape[1])
        sa, ca = np.sin(a), np.cos(a)
        wide = f4(WAIST_WIDE) * ca
        deep = f4(WAIST_DEEP) * sa
        r0 = turns[0]
        x = hips[0, 0] + r0[0, 0] * wide + r0[0, 1] * f4(WAIST) + r0[0, 2] * deep
        y = hips[0, 1] + r0[1, 0] * wide + r0[1, 1] * f4(WAIST) + r0[1, 2] * deep
        z = hips[0, 2] + r0[2, 0] * wide + r0[2, 1] * f4(WAIST) + r0[2, 2] * deep
        clock = folds[folds.shape[0] - 1]
        radius = f4(0.057)
        for i in range(rings):
            s = f4(i) / f4(rings - 1)
            below = max((s - f4(HIP_AT)) / f4(1.0 - HIP_AT), f4(0))
            at = s * f4(moments - 1)
            m = min(np.int32(at), moments - 2)
            w = at - f4(m)
            ra, rb = turns[m], turns[m + 1]
            fold = f4(0)
            for k in range(folds.shape[0] // 3):
                n, phase, deepness = folds[3 * k], folds[3 * k + 1], folds[3 * k + 2]
                fold += deepness * np.sin(a * n + phase + f4(0.7) * below * np.sin(a * f4(2) + phase))
            # the column's own way out from the middle, as the hips of that moment have it
            ox = (ra[0, 0] * (f4(1) - w) + rb[0, 0] * w) * ca + (ra[0, 2] * (f4(1) - w) + rb[0, 2] * w) * sa
            oz = (ra[2, 0] * (f4(1) - w) + rb[2, 0] * w) * ca + (ra[2, 2] * (f4(1) - w) + rb[2, 2] * w) * sa
            size = np.sqrt(ox * ox + oz * oz) + f4(1e-4)
            ox /= size
            oz /= size
            turning = spin[m] * (f4(1) - w) + spin[m + 1] * w
            around = f4(HIPS_ROUND) + f4(HEM_ROUND - HIPS_ROUND) * below  # cloth there is
            swing = turning * turning * radius * f4(1.0 / GRAVITY)
            flying = min(swing, f4(1))
            out = (
                f4(0.44) - f4(0.22) * s / f4(HIP_AT)
                if s < f4(HIP_AT)
                else f4(0.12) + f4(0.05) * np.sin(f4(2) * a + f4(0.8) * clock) * below
            )
            # a turning skirt flies out, in slow waves, until all its cloth is taken up
            free = f4(HEM_ROUND - HIPS_ROUND) / (f4(6.2831853) * length * f4(1.0 - HIP_AT))
            wave = np.sin(f4(3) * a - f4(2.3) * clock + f4(1.5) * below) + f4(0.6) * np.sin(
                f4(5) * a + f4(1.7) * clock
            )
            swing *= min(f4(0.35) + below, f4(1))
            out += swing / (f4(1) + swing / (free * f4(1.25))) + f4(0.16) * flying * below * wave
            # legs hold it out
            for g in range(2):
                upper = s * length < f4(0.33)
                ka, kb = legs[m, g, 0], legs[m + 1, g, 0]
                fa, fb = legs[m, g, 1], legs[m + 1, g, 1]
                kx = ka[0] * (f4(1) - w) + kb[0] * w
                ky = ka[1] * (f4(1) - w) + kb[1] * w
                kz = ka[2] * (f4(1) - w) + kb[2] * w
                if upper:
                    dx = kx - (hips[m, 0] * (f4(1) - w) + hips[m + 1, 0] * w)
                    dy = ky - (hips[m, 1] * (f4(1) - w) + hips[m + 1, 1] * w)
                    dz = kz - (hips[m, 2] * (f4(1) - w) + hips[m + 1, 2] * w)
                else:
                    dx = fa[0] * (f4(1) - w) + fb[0] * w - kx
                    dy = fa[1] * (f4(1) - w) + fb[1] * w - ky
                    dz = fa[2] * (f4(1) - w) + fb[2] * w - kz
                flat = np.sqrt(dx * dx + dz * dz) + f4(1e-4)
                towards = (dx * ox + dz * oz) / flat
                near = smooth_step(f4(0.15), f4(0.95), towards)
                pole = min(flat / max(-dy, f4(0.03)), f4(7))
                holds = f4(0.84) if upper else f4(0.30)  # it slides off the shin
                out = max(out, out + (pole * holds - out) * near)
            drop = f4(1) / np.sqrt(f4(1) + out * out)
            if i > 0:
                x += ox * out * drop * step
                z += oz * out * drop * step
                y -= drop * step
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
                for part in range(2):
                    if part == 0:
                        ax = hips[0, 0] + r0[0, 0] * (f4(0.046) if g == 0 else f4(-0.046))
                        ay = hips[0, 1] + r0[1, 0] * (f4(0.046) if g == 0 else f4(-0.046))
                        az = hips[0, 2] + r0[2, 0] * (f4(0.046) if g == 0 else f4(-0.046))
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
                    d = np.sqrt(qx * qx + qy * qy + qz * qz) + f4(1e-5)
                    thick = ta + (tb - ta) * h
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


@kernel("void(i8, i8, f4[:,::1], f4[:,:,::1], f4[::1], f4[::1], f4[:,::1])")
def sew(i0: int, i1: int, out: Rows, cloth: Rows, eye: Rows, light: Rows, balls: Rows) -> None:
    """Rings [i0, i1) of the hung skirt to rows of `out`, with the normals of its folds."""
    rings, columns = cloth.shape[0], cloth.shape[1]
    for i in range(i0, i1):
        up, down = max(i - 1, 0), min(i + 1, rings - 1)
        for j in range(columns):
            left, right = (j - 1) % columns, (j + 1) % columns
            ax = cloth[i, right, 0] - cloth[i, left, 0]
            ay = cloth[i, right, 1] - cloth[i, left, 1]
            az = cloth[i, right, 2] - cloth[i, left, 2]
            bx = cloth[down, j, 0] - cloth[up, j, 0]
            by = cloth[down, j, 1] - cloth[up, j, 1]
            bz = cloth[down, j, 2] - cloth[up, j, 2]
            nx = ay * bz - az * by
            ny = az * bx - ax * bz
            nz = ax * by - ay * bx
            k = f4(1) / np.sqrt(nx * nx + ny * ny + nz * nz + f4(1e-12))
            o = out[i * columns + j]
            x = cloth[i, j, 0]
            y = cloth[i, j, 1]
            z = cloth[i, j, 2]
            _see(o, x, y, z, eye)
            o[3] = nx * k
            o[4] = ny * k
            o[5] = nz * k
            s = f4(i) / f4(rings - 1)
            o[6] = s
            o[7] = f4(2)
            o[8] = _lit(x, y, z, light[0], light[1], light[2], balls)
            o[9] = min(max(f4(0.72) + f4(1.9) * cloth[i, j, 3], f4(0.12)), f4(1))
            seat = f4(WAIST) - s * f4(SKIRT_LENGTH)
            a = f4(j) * f4(6.2831853) / f4(columns)
            o[10] = f4(-1)
            if eye[15] > f4(0):
                o[10] = seat - eye[14] + eye[15] * _runs(f4(8) * a + f4(1), f4(17) * a)
            o[11] = seat
