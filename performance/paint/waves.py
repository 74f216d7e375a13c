"""The shape of the liquid-glass sea: a height field drawn by floating-horizon columns, near to far.

Each column of the picture is marched front to back and only what rises above what is drawn already is kept
(Anderson 1982, "Hidden line elimination in projected grid surfaces"). Slopes come from neighbouring samples, so
waves shorter than a step vanish by themselves. Between boards and sea the depth is counted in whole boards: they
heave like the drums of a baroque wave machine.
"""

from __future__ import annotations

import numpy as np

from performance.compiled import called
from performance.paint.canvas import Light
from performance.paint.deck import BOARD
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, int32, kernel, smooth_step

NEAR_STEP, FAR_STEP = 1.026, 1.042  # how much deeper each step is than the last, before and beyond
BEYOND = 4.0  # this depth, where waves are a few rows high
FARTHEST = 90.0  # depth of the last step
BLOCK = 32  # columns that are marched together


@inline
def _height(x: float, z: float, t: float, whole: float, swell: float) -> float:
    """Height of the surface at a place; `whole` 1 counts depth in boards, 0 flows."""
    board = (np.floor(z * f4(1.0 / BOARD)) + f4(0.5)) * f4(BOARD)
    near = fast_exp_neg(max(z, f4(0)) * f4(0.35))
    z = z + (board - z) * whole * near
    far = max(z, f4(0))
    warp = fast_sin(x * f4(0.9) + z * f4(0.35) + t * f4(0.11))
    long = fast_sin(z * f4(1.9) + x * f4(0.34) + t * f4(0.80) + f4(0.9) * warp)
    across = fast_sin(
        z * f4(2.7) - x * f4(1.6) + t * f4(1.07) + f4(0.9) * fast_sin(x * f4(0.8) + z * f4(0.3))
    )
    chop = fast_sin(z * f4(6.1) + x * f4(2.9) + t * f4(1.75) + fast_sin(x * f4(2.0) - z))
    fine = fast_sin(x * f4(8.3) - z * f4(9.7) + t * f4(2.3) + f4(1.5) * across)
    ridge = f4(0.5) + f4(0.5) * long
    crest = f4(0.5) + f4(0.5) * across
    dim = fast_exp_neg(far * f4(0.045))  # short waves are lost sooner with distance than long ones
    dim2 = dim * dim
    dim6 = dim2 * dim2 * dim2
    h = ridge * ridge * f4(0.115) * dim - f4(0.045)
    h += (crest * crest * f4(0.060) - f4(0.022)) * dim2
    h += chop * f4(0.0085) * (f4(0.35) + ridge) * dim6
    h += fine * f4(0.0024) * (f4(0.3) + crest) * dim6 * dim6
    open_sea = smooth_step(f4(-0.75), f4(1.3), z)  # low in front of us, so that no wave fills the picture
    calm = f4(1) - f4(0.80) * fast_exp_neg((x * x + z * z) * f4(2.2))  # and about the performer
    value: float = h * swell * (f4(0.16) + f4(0.84) * open_sea) * calm
    return value


@called
def _march(x0: int, x1: int, shape: Light, g: Light, p: Light) -> None:
    """Columns [x0, x1)."""
    h, w = shape.shape[0], shape.shape[2]
    n = x1 - x0
    t, whole, swell, fine = p[0], p[1], p[2], p[3]
    eye = g[6]
    before = np.empty(n + 2, np.float32)
    now = np.empty(n + 2, np.float32)
    low = np.full(n, f4(h), np.float32)
    row = np.empty(n, np.float32)
    kept = np.full(n, f4(h), np.float32)
    old = np.zeros((n, 3), np.float32)
    lift = np.empty(n, np.float32)
    for x in range(n):
        du = (f4(int32(x + x0)) + f4(0.5) - g[1]) * g[0]
        lift[x] = (du * g[4] - g[5]) / g[3]
    shape[:, 3, x0:x1] = f4(0)
    scale = fine / g[0]
    deepest = max((f4(h) / fine - g[2]) * g[0] * g[3] + abs(f4(0.5) * f4(w) * g[0] * g[4]) + g[5], f4(0.05))
    depth = eye / deepest * f4(0.86)
    last = depth
    step = 0
    while depth < f4(FARTHEST):
        away = depth + g[9]
        for x in range(n + 2):
            du = (f4(int32(x + x0 - 1)) + f4(0.5) - g[1]) * g[0]
            now[x] = _height(du * depth * g[7] + g[8], away, t, whole, swell)
        inv = f4(1) / depth
        for x in range(n):
            row[x] = (lift[x] + (eye - now[x + 1]) * inv) * scale + g[2] * fine
        across = f4(0.5) * inv / g[0]
        gap = f4(1) / max(depth - last, f4(1e-4))
        for x in range(n):
            y = row[x]
            a = (now[x + 2] - now[x]) * across
            b = (now[x + 1] - before[x + 1]) * gap if step > 0 else f4(0)
            if y < low[x]:
                top, bottom = max(int(y + f4(0.5)), 0), min(int(low[x] + f4(0.5)), h)
                span = f4(1) / max(kept[x] - y, f4(1e-3))
                hidden = step == 0 or kept[x] > low[x] + f4(0.5)
                for r in range(top, bottom):
                    s = f4(0) if hidden else min(max((f4(int32(r)) + f4(0.5) - y) * span, f4(0)), f4(1))
                    shape[r, 0, x + x0] = a + (old[x, 0] - a) * s
                    shape[r, 1, x + x0] = b + (old[x, 1] - b) * s
                    shape[r, 2, x + x0] = now[x + 1] + (old[x, 2] - now[x + 1]) * s
                    shape[r, 3, x + x0] = depth + (last - depth) * s
                low[x] = y
            kept[x] = y
            old[x, 0] = a
            old[x, 1] = b
            old[x, 2] = now[x + 1]
        for x in range(n + 2):
            before[x] = now[x]
        last = depth
        depth *= f4(NEAR_STEP) if depth < f4(BEYOND) else f4(FAR_STEP)
        step += 1


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1])")
def march(first: int, end: int, shape: Light, g: Light, p: Light) -> None:
    """Columns of the sea, BLOCK by BLOCK: always the same ones are worked together, so that no last digit depends on
    who works them. shape (rows, 4, columns) = slope across, slope away, height, depth; depth 0 where no sea is.

    p: t, whole boards, swell, rows per field row.
    """
    for block in range(first, end):
        _march(block * BLOCK, min((block + 1) * BLOCK, shape.shape[2]), shape, g, p)


def blocks(columns: int) -> int:
    """How many BLOCKs there are."""
    return -(-columns // BLOCK)
