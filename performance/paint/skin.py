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
PATCH = 64  # points
SX, SY, DEPTH, NX, NY, NZ, CLOTH, KIND, LIT, OPEN, COAT, REST = range(WIDE)
# KIND: 0 skin, 1 hair, 2 skirt. CLOTH: how far inside the dress (skin), or 0 waist .. 1 hem (skirt).
# LIT: how much of the key light arrives. OPEN: how much of the sky is free. COAT: molten gold over it, > 0 covered.


@inline
def _see(out: Rows, i: int, x: float, y: float, z: float, eye: Rows) -> float:
    """Write where a point of figure space is in the picture (pixels) and how deep; gives how deep."""
    depth: float = max(f4(1) + eye[1] - z * eye[2] - eye[5], f4(0.28))
    s = eye[6] / depth
    u = (eye[0] + x * eye[2] - eye[3]) * s
    v = (eye[4] - y * eye[2]) * s + eye[7] - eye[8]
    out[i, 0] = (u * eye[9] - v * eye[10]) * eye[11] + eye[12]
    out[i, 1] = (u * eye[10] + v * eye[9] + eye[8]) * eye[11] + eye[13]
    out[i, 2] = depth
    return depth


@inline
def _lit(x: float, y: float, z: float, lx: float, ly: float, lz: float, balls: Rows) -> float:
    """How much of a light in direction l passes the balls (4, m) of the body, 0..1. No branches: all at once."""
    free: float = f4(1)
    for k in range(balls.shape[1]):
        qx = balls[0, k] - x
        qy = balls[1, k] - y
        qz = balls[2, k] - z
        along = qx * lx + qy * ly + qz * lz
        soft = f4(0.30) * balls[3, k] + f4(0.10) * max(along, f4(0))
        reach = balls[3, k] + f4(0.3) * soft
        beside = qx * qx + qy * qy + qz * qz - along * along
        shade = min(max((reach - np.sqrt(max(beside, f4(1e-8)))) / soft, f4(0)), f4(1))
        free *= f4(1) - shade * min(max((along - f4(0.035)) * f4(30), f4(0)), f4(1))
    return free


@inline
def _runs(a: float, b: float) -> float:
    """How far, -1..1, a coat has run ahead of its front at a place."""
    far: float = (
        f4(0.5) * np.sin(a) + f4(0.32) * np.sin(b + f4(2)) + f4(0.18) * np.sin(f4(2.2) * b + f4(0.6) * a)
    )
    return far


@inline
def _sew(i0: int, i1: int, out: Rows, start: int, cloth: Rows, eye: Rows, light: Rows, balls: Rows) -> None:
    """Rings [i0, i1) of the hung skirt to rows of `out` from `start` on, with the normals of its folds."""
    rings, columns = cloth.shape[0], cloth.shape[1]
    for i in range(i0, i1):
        up, down = max(i - 1, 0), min(i + 1, rings - 1)
        s = f4(i) / f4(rings - 1)
        seat = f4(WAIST) - s * f4(SKIRT_LENGTH)
        for j in range(columns):
            left = j - 1 if j > 0 else columns - 1
            right = j + 1 if j + 1 < columns else 0
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
            x, y, z = cloth[i, j, 0], cloth[i, j, 1], cloth[i, j, 2]
            o = start + i * columns + j
            _see(out, o, x, y, z, eye)
            out[o, 3], out[o, 4], out[o, 5] = nx * k, ny * k, nz * k
            out[o, 6], out[o, 7] = s, eye[19]
            out[o, 8] = _lit(x, y, z, light[0], light[1], light[2], balls)
            out[o, 9] = min(max(f4(0.72) + f4(1.9) * cloth[i, j, 3], f4(0.12)), f4(1))
            out[o, 10] = f4(-1)
            if eye[15] > f4(0):
                a = f4(j) * f4(6.2831853) / f4(columns)
                out[o, 10] = seat - eye[14] + eye[15] * _runs(f4(8) * a + f4(1), f4(17) * a)
            out[o, 11] = seat


@kernel(
    "void(i8, i8, f4[:,::1], f4[:,::1], f4[:,::1], f4[:,::1], i4[:,::1], f4[:,::1], f4[:,:,::1], f4[:,::1],"
    " f4[:,:,::1], f4[::1], f4[::1], f4[:,::1])"
)
def carry(
    n0: int,
    n1: int,
    out: Rows,
    points: Rows,
    normals: Rows,
    weights: Rows,
    bones: NDArray[np.int32],
    marks: Rows,
    turns: Rows,
    moved: Rows,
    cloth: Rows,
    eye: Rows,
    light: Rows,
    balls: Rows,
) -> None:
    """The rings of the hung skirt and then the modelled body, PATCH points at a time, to rows of `out`: the body's
    first, the skirt's after them. `normals` (n, 6): of the skin, and of a thick coat on it. `marks` (n, 4): cloth,
    kind, open, seat of the coat. No row is taken by itself: numba would count who holds it, at every point."""
    rings = cloth.shape[0]
    _sew(n0, min(n1, rings), out, points.shape[0], cloth, eye, light, balls)
    first, last = max(n0 - rings, 0) * PATCH, min(max(n1 - rings, 0) * PATCH, points.shape[0])
    lx, ly, lz = light[0], light[1], light[2]
    for i in range(first, last):
        r00, r01, r02, mx = f4(0), f4(0), f4(0), f4(0)
        r10, r11, r12, my = f4(0), f4(0), f4(0), f4(0)
        r20, r21, r22, mz = f4(0), f4(0), f4(0), f4(0)
        for k in range(4):
            w = weights[i, k]
            if w == f4(0):
                break
            b = np.uint64(bones[i, k])
            r00, r01, r02 = r00 + w * turns[b, 0, 0], r01 + w * turns[b, 0, 1], r02 + w * turns[b, 0, 2]
            r10, r11, r12 = r10 + w * turns[b, 1, 0], r11 + w * turns[b, 1, 1], r12 + w * turns[b, 1, 2]
            r20, r21, r22 = r20 + w * turns[b, 2, 0], r21 + w * turns[b, 2, 1], r22 + w * turns[b, 2, 2]
            mx, my, mz = mx + w * moved[b, 0], my + w * moved[b, 1], mz + w * moved[b, 2]
        px, py, pz = points[i, 0], points[i, 1], points[i, 2]
        x = r00 * px + r01 * py + r02 * pz + mx
        y = r10 * px + r11 * py + r12 * pz + my
        z = r20 * px + r21 * py + r22 * pz + mz
        depth = _see(out, i, x, y, z, eye)
        aside, above = out[i, 0] - eye[12], out[i, 1] - eye[16]
        if abs(aside) > eye[17] or abs(above) > eye[18]:
            continue  # the picture does not show it
        ax, ay, az = normals[i, 0], normals[i, 1], normals[i, 2]
        coat = f4(-1)
        if eye[15] > f4(0):
            coat = py - eye[14] + eye[15] * _runs(f4(52) * px + f4(11) * pz, f4(113) * px - f4(71) * pz)
            filled = min(max(coat * f4(12), f4(0)), f4(0.85))  # thick metal fills what is fine
            ax += (normals[i, 3] - ax) * filled
            ay += (normals[i, 4] - ay) * filled
            az += (normals[i, 5] - az) * filled
        nx = r00 * ax + r01 * ay + r02 * az
        ny = r10 * ax + r11 * ay + r12 * az
        nz = r20 * ax + r21 * ay + r22 * az
        out[i, 3], out[i, 4], out[i, 5] = nx, ny, nz
        out[i, 6], out[i, 7], out[i, 9] = marks[i, 0], marks[i, 1], marks[i, 2]
        seen = nx * (eye[3] - eye[0] - x * eye[2]) + ny * (eye[4] - y * eye[2]) + nz * depth
        out[i, 8] = f4(0)
        if nx * lx + ny * ly + nz * lz > f4(-0.3) and seen > f4(-0.5) * depth:
            out[i, 8] = _lit(x, y, z, lx, ly, lz, balls)
        out[i, 10] = coat
        out[i, 11] = marks[i, 3]
