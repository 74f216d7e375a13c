"""Ribbons: stems, roots, strap leaves and fluted columns drawn along curves: their outlines, and what lights them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Bytes, Light
from performance.paint.frame import Frame
from performance.paint.kernels import f4, kernel
from performance.paint.ribbon_rows import THINNEST, ribbon_rows
from performance.paint.shaft import SLANT, SPREAD, Shaft
from performance.paint.standing import fineness
from performance.paint.tiles import flat
from performance.stage.sheaves import Ribbons

COLUMNS = 9  # of a point: left x y, right x y, half width, share of the length, own light, rim light, facing
Vector = NDArray[np.float64]


@kernel("void(i8, i8, f4[:,::1], f4[:,::1], f8[:,::1], f8[::1], i8[::1], f8[::1])")
def outline_rows(
    i0: int,
    i1: int,
    points: Light,
    reach: Light,
    placed: Vector,
    share: Vector,
    start: NDArray[np.int64],
    p: Vector,
) -> None:
    """Both sides and the light of the ribbons [i0, i1). points (all, COLUMNS); reach (n, 2): first and last row, none
    where nothing is to be seen; placed (4, all): x, y, half width in pixels, picture v. p: width and height of the
    picture, fading edge, middle x, pixels per picture height, the beam's top, foot and floor, reach and slant, gain."""
    wide, high, soft, middle, unit = p[0], p[1], p[2], p[3], p[4]
    top, foot, floor, spread, slant, gain = p[5], p[6], p[7], p[8], p[9], p[10]
    for i in range(i0, i1):
        a, b = start[i], start[i + 1]
        left, right, low, above, thick = 1e9, -1e9, -1e9, 1e9, 0.0
        for k in range(a, b):
            m = placed[2, k] + soft
            left, right = min(left, placed[0, k] - m), max(right, placed[0, k] + m)
            above, low = min(above, placed[1, k] - m), max(low, placed[1, k] + m)
            thick = max(thick, placed[2, k])
        reach[i, 0], reach[i, 1] = above, low
        if right < 0.0 or left > wide or low < 0.0 or above > high or thick < 0.05:
            reach[i, 0], reach[i, 1] = 1e9, -1e9
            continue
        for k in range(a, b):
            before, after = max(k - 1, a), min(k + 1, b - 1)
            x, y, half = placed[0, k], placed[1, k], placed[2, k]
            dx, dy = placed[0, after] - placed[0, before], placed[1, after] - placed[1, before]
            length = np.sqrt(dx * dx + dy * dy) + 1e-6
            nx, ny = dy / length, -dx / length  # to the left of travel: a piece ends half-way round a bend
            m = max(half, THINNEST) + 0.5 * soft
            down = min(max(placed[3, k] / floor, 0.0), 1.2)
            across = top + (foot - top) * down - (x - middle) / unit
            near = 1.0 + across * across / (spread * spread)
            near = (1.0 - 0.45 * down * down) / (near * near)
            far = np.sqrt(across * across + slant * slant)
            points[k, 0], points[k, 1] = x + nx * m, y + ny * m
            points[k, 2], points[k, 3] = x - nx * m, y - ny * m
            points[k, 4], points[k, 5] = half, share[k]
            points[k, 6], points[k, 7] = gain * (0.7 + 2.6 * near), gain * (0.05 + 2.2 * near)
            points[k, 8] = (ny * slant - nx * across) / far


def paint_ribbons(
    frame: Frame,
    out: Light,
    marks: Bytes,
    ribbons: Ribbons,
    shaft: Shaft,
    veil: Vector,
    soft: float,
    gain: float,
    shown: float,
) -> None:
    """Draw ribbons into `out`, the full-size picture or one so much smaller as it has fewer rows. `veil` is the light
    (linear RGB) of the haze before them, `soft` the pixels an edge fades over, `gain` what is left of the light,
    `shown` how much of them is there; `marks` as of `fineness`."""
    view, threads = frame.canvas.view, frame.canvas.threads
    u, v, scale = frame.camera.project(ribbons.place[:, 0], ribbons.place[:, 1], ribbons.place[:, 2])
    size = out.shape[0] / view.height
    unit = view.unit * size
    placed = np.stack([view.x(u) * size, view.y(v) * size, ribbons.half * scale * unit, v])
    numbers = np.array([
        out.shape[1], out.shape[0], soft, view.x(0.0) * size, unit, shaft.top, shaft.foot, max(shaft.floor, 0.1),
        SPREAD, SLANT, gain,
    ])  # fmt: skip
    points = np.zeros((len(u), COLUMNS), np.float32)
    reach = np.empty((len(ribbons.kind), 2), np.float32)
    threads.bands(len(reach), outline_rows, points, reach, placed, ribbons.share, ribbons.start, numbers)
    colours = np.empty((len(reach), 9), np.float32)
    colours[:, :3] = (ribbons.colour * shaft.fill)[:, ::-1]
    colours[:, 3:6] = (shaft.key * (0.30 + 2.0 * ribbons.colour))[:, ::-1]
    colours[:, 6:] = veil[::-1]
    threads.bands(
        out.shape[0], ribbon_rows, flat(out), marks, points, reach, colours, ribbons.start, ribbons.kind,
        f4(soft), f4(shown), *fineness(out, marks),
    )  # fmt: skip
