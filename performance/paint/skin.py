"""Points of the dancer on their way to the picture: carried by the bones, hung as a skirt, seen by the camera.

Every drawn point is a row of WIDE numbers, see the names of its columns. Figure space has z towards the audience.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import f4, inline, kernel
from performance.paint.skirt import SKIRT_LENGTH, WAIST

Rows = NDArray[np.float32]

WIDE = 12
SX, SY, DEPTH, NX, NY, NZ, CLOTH, KIND, LIT, OPEN, COAT, REST = range(WIDE)
# KIND: 0 skin, 1 hair, 2 skirt. CLOTH: how far inside the dress (skin), or 0 waist .. 1 hem (skirt).
# LIT: how much of the key light arrives. OPEN: how much of the sky is free. COAT: molten gold over it, > 0 covered.


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
