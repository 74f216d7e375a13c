"""The shape of one orchid blossom or bud: curved grids in three dimensions, rasterised with a depth buffer.

A moth orchid (Phalaenopsis): three narrow sepals behind, two petals far wider than they, an anchor-shaped lip with
two side lobes, and a short column.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth_step
from performance.chance import chances
from performance.paint.kernels import kernel

REACH = 1.25  # half the picture's side, in petal lengths
CLOSED = 0.05  # openings below this are a bud
Grid = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """A tepal or lobe. Lengths in petal lengths; angles in degrees round the flower, bends in radians."""

    kind: int  # 0 sepal, 1 petal, 2 side lobe, 3 lip
    angle: float
    length: float
    width: float
    base: float  # exponents of the outline: slender claw ...
    tip: float  # ... and round tip
    tilt: float  # out of the flower's plane when open
    closed: float  # the same as a bud
    bend: float  # more along its length when open
    cup: float
    ruffle: float
    depth: float


PARTS = (
    Part(0, 90, 1.10, 0.35, 0.62, 0.46, 0.10, 1.30, -0.30, 0.10, 0.02, -0.05),
    Part(0, -49, 1.10, 0.36, 0.62, 0.46, 0.12, 1.30, -0.34, 0.10, 0.02, -0.05),
    Part(0, -131, 1.10, 0.36, 0.62, 0.46, 0.12, 1.30, -0.34, 0.10, 0.02, -0.05),
    Part(1, 15, 1.08, 0.60, 0.52, 0.40, 0.16, 1.25, -0.42, 0.12, 0.045, 0.03),
    Part(1, 165, 1.08, 0.60, 0.52, 0.40, 0.16, 1.25, -0.42, 0.12, 0.045, 0.035),
    Part(2, -38, 0.36, 0.16, 0.50, 0.50, 1.15, 1.45, 0.50, -0.45, 0.01, 0.08),
    Part(2, -142, 0.36, 0.16, 0.50, 0.50, 1.15, 1.45, 0.50, -0.45, 0.01, 0.08),
    Part(3, -90, 0.62, 0.22, 0.90, 0.55, 0.80, 1.40, -1.25, -0.30, 0.03, 0.10),
)
COLUMN = 4


def _tepal(part: Part, opening: float, seed: int, along: int = 34, across: int = 25) -> tuple[Grid, Grid]:
    """Points (along, across, 3) and attributes (along, across, 4): u, v, kind, relative width."""
    u = np.linspace(0.0, 1.0, along)[:, None]
    v = np.linspace(-1.0, 1.0, across)[None]
    shift = chances(seed, "tepal", int(part.angle) + 360, count=6) * 2.0 - 1.0
    o = float(smooth_step(0.0, 1.0, opening))
    width = u**part.base * (1.0 - u) ** part.tip
    width = width / width.max() * part.width * (0.42 + 0.58 * o)
    if part.kind == 3:
        width = width * (0.55 + 0.75 * np.exp(-(((u - 0.74) / 0.17) ** 2))) + 0.012  # the anchor's flukes
    bend = 0.95 * (1.0 - o) + (part.bend + 0.06 * shift[1]) * o
    slope = part.closed * (1.0 - o) + (part.tilt + 0.05 * shift[0]) * o + bend * u**1.3
    step = part.length * (0.72 + 0.28 * o) / (along - 1)
    out = np.concatenate([[[0.0]], np.cumsum(np.cos(slope[1:]) * step, 0)])
    up = np.concatenate([[[0.0]], np.cumsum(np.sin(slope[1:]) * step, 0)])
    lift = (part.cup * o + 1.1 * (1.0 - o)) * width * v * v
    if part.kind == 1:
        lift = lift - 0.07 * part.width * np.exp(-((v / 0.22) ** 2)) * (1.0 - u)  # the groove of the midrib
    waves = np.sin(9.0 * u + 3.0 * np.abs(v) + 3.0 * shift[2]) * np.abs(v) ** 2.5 * smooth_step(0.15, 0.6, u)
    lift = lift + part.ruffle * (0.3 + 0.7 * o) * waves + 0.012 * np.sin(4.0 * u + 5.0 * v + 3.0 * shift[3])
    x = out - np.sin(slope) * lift + 0.05
    y = width * v + 0.03 * shift[4] * u * u * part.length
    z = up + np.cos(slope) * lift + part.depth
    a = math.radians(part.angle + 2.5 * shift[5])
    points = np.stack([x * math.cos(a) - y * math.sin(a), x * math.sin(a) + y * math.cos(a), z], -1)
    full = np.ones_like(z)
    return points, np.stack([u * full, v * full, full * part.kind, full * (width / part.width)], -1)


def _column(along: int = 14, across: int = 17) -> tuple[Grid, Grid]:
    t = np.linspace(0.0, 1.0, along)[:, None]
    p = np.linspace(0.0, 2.0 * np.pi, across)[None]
    radius = 0.085 * np.sqrt(np.clip(1.0 - (2.0 * t - 1.0) ** 4, 0.0, 1.0)) * (1.0 + 0.25 * t)
    points = np.stack(
        [radius * np.cos(p), 0.03 + radius * np.sin(p) * 0.8 + 0.05 * t, 0.04 + 0.26 * t + 0 * p], -1
    )
    full = np.ones((along, across))
    return points, np.stack([t * full, np.cos(p) * full, full * COLUMN, full], -1)


def _bud(along: int = 22, across: int = 49) -> tuple[Grid, Grid]:
    """A closed bud: an egg that nods towards us, with the seams of three sepals."""
    t = np.linspace(0.0, 1.0, along)[:, None]
    p = np.linspace(0.0, 2.0 * np.pi, across)[None]
    seam = (1.5 * p / np.pi + 0.25) % 1.0 * 2.0 - 1.0
    radius = 0.31 * np.sin(np.pi * t**0.82) ** 0.72 * (1.0 - 0.22 * t) * (1.0 - 0.07 * np.abs(seam) ** 5)
    x, y = radius * np.cos(p), radius * np.sin(p)
    z = 0.70 * (t - 0.4) + 0.0 * p
    nod = 1.05
    points = np.stack([x, y * math.cos(nod) - z * math.sin(nod), y * math.sin(nod) + z * math.cos(nod)], -1)
    full = np.ones((along, across))
    return points, np.stack([0.35 + 0.4 * t * full, 0.9 * seam * full, 0.0 * full, full], -1)


@kernel("void(f8[:,:,::1], f8[:,:,::1], f8[:,:,::1], f8, f8[:,:,::1])")
def fill_grid(points: Grid, normals: Grid, attributes: Grid, scale: float, out: Grid) -> None:
    """Triangles of one grid into out (n, n, 10): u, v, kind, width, normal xyz, depth, layers, covered."""
    n = out.shape[0]
    for i in range(points.shape[0] - 1):
        for j in range(points.shape[1] - 1):
            for half in range(2):
                ia, ja, ib, jb, ic, jc = i, j, i + 1, j, i, j + 1
                if half == 1:
                    ia, ja, ib, jb, ic, jc = i + 1, j, i + 1, j + 1, i, j + 1
                ax, ay = (points[ia, ja, 0] * scale + 0.5) * n, (0.5 - points[ia, ja, 1] * scale) * n
                bx, by = (points[ib, jb, 0] * scale + 0.5) * n, (0.5 - points[ib, jb, 1] * scale) * n
                cx, cy = (points[ic, jc, 0] * scale + 0.5) * n, (0.5 - points[ic, jc, 1] * scale) * n
                area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
                if abs(area) < 1e-9:
                    continue
                for y in range(max(int(min(ay, by, cy)), 0), min(int(max(ay, by, cy)) + 2, n)):
                    for x in range(max(int(min(ax, bx, cx)), 0), min(int(max(ax, bx, cx)) + 2, n)):
                        w1 = ((x + 0.5 - ax) * (cy - ay) - (cx - ax) * (y + 0.5 - ay)) / area
                        w2 = ((bx - ax) * (y + 0.5 - ay) - (x + 0.5 - ax) * (by - ay)) / area
                        w0 = 1.0 - w1 - w2
                        if w0 < -1e-6 or w1 < -1e-6 or w2 < -1e-6:
                            continue
                        z = w0 * points[ia, ja, 2] + w1 * points[ib, jb, 2] + w2 * points[ic, jc, 2]
                        out[y, x, 8] += 1.0
                        out[y, x, 9] = 1.0
                        if z > out[y, x, 7]:
                            out[y, x, 7] = z
                            for k in range(4):
                                mixed = w0 * attributes[ia, ja, k] + w1 * attributes[ib, jb, k]
                                out[y, x, k] = mixed + w2 * attributes[ic, jc, k]
                            for k in range(3):
                                out[y, x, 4 + k] = (
                                    w0 * normals[ia, ja, k]
                                    + w1 * normals[ib, jb, k]
                                    + w2 * normals[ic, jc, k]
                                )


def rasterise(opening: float, yaw: float, seed: int, n: int) -> Grid:
    """The flower's parts over one another: (n, n, 10) as `fill_grid` leaves them."""
    out = np.zeros((n, n, 10))
    out[..., 7] = -9.0
    pitch = -0.12
    turn = np.array([[math.cos(yaw), 0, math.sin(yaw)], [0, 1, 0], [-math.sin(yaw), 0, math.cos(yaw)]])
    nod = np.array([[1, 0, 0], [0, math.cos(pitch), -math.sin(pitch)], [0, math.sin(pitch), math.cos(pitch)]])
    grids = [_bud()] if opening < CLOSED else [*(_tepal(part, opening, seed) for part in PARTS), _column()]
    for points, attributes in grids:
        turned = points @ (turn @ nod).T
        normal = np.cross(np.gradient(turned, axis=0), np.gradient(turned, axis=1))
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-9
        normal *= np.where(normal[..., 2:] < 0, -1.0, 1.0)
        arrays = (
            np.ascontiguousarray(turned),
            np.ascontiguousarray(normal),
            np.ascontiguousarray(attributes),
        )
        fill_grid(*arrays, 0.5 / REACH, out)
    return out
