"""The orchid forest: the far plants soft in the light field, the middle and near ones crisp, haze between them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.paint import blossom
from performance.paint.canvas import TILE, Bytes, Light
from performance.paint.frame import Frame
from performance.paint.kernels import f4, fast_sin, inline, kernel
from performance.paint.ribbons import paint_ribbons
from performance.stage.orchids import FAR, FLUTED, TUBE, Blossoms, Orchids

PLANES = ((0, 0.50), (1, 0.78), (2, 1.0))  # how much of its light each plane keeps in the haze
SMALLEST = 0.8  # pixels of radius below which a blossom is not drawn


@inline
def _between(top: Light, low: Light, fx: float, fy: float, c: int) -> float:
    """Channel c between four pixels: two of one row and two of the next."""
    upper = top[0, c] + (top[1, c] - top[0, c]) * fx
    return upper + (low[0, c] + (low[1, c] - low[0, c]) * fx - upper) * fy


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,:,:,::1], f4[:,::1], i8[:,::1], f4, f4)")
def blossom_rows(
    y0: int, y1: int, out: Light, touched: Bytes, sprites: Light, flowers: Light, which: NDArray[np.int64], t: float, tremble: float
) -> None:
    """Lay blossoms over premultiplied light. flowers (n, 9): x, y, radius (pixels), cos, sin, mirror (+-1), light,
    share of the second sprite, phase; which (n, 2): the two sprites."""
    w, n = out.shape[1], sprites.shape[1]
    reach = f4(blossom.REACH)
    for i in range(flowers.shape[0]):
        cx, cy, radius = flowers[i, 0], flowers[i, 1], flowers[i, 2]
        r0 = max(np.int64(cy - radius * reach), y0)
        r1 = min(np.int64(cy + radius * reach) + 1, y1)
        if r1 <= r0 or radius < f4(SMALLEST):
            continue
        co, si, mirror, light, share, phase = (
            flowers[i, 3], flowers[i, 4], flowers[i, 5], flowers[i, 6], flowers[i, 7], flowers[i, 8])  # fmt: skip
        first, second = sprites[which[i, 0]], sprites[which[i, 1]]
        k = f4(n) / (f4(2) * reach * radius)
        shake = f4(0.020) * tremble * light / radius  # grows towards the margin
        ripple, wave = f4(2.2) / radius, t * f4(5.1) + phase
        turned, middle = mirror * k, f4(0.5 * n - 0.5)
        for y in range(r0, r1):
            dy = f4(y) + f4(0.5) - cy
            span = np.sqrt(max(radius * radius * reach * reach - dy * dy, f4(0)))
            c0, c1 = max(np.int64(cx - span), 0), min(np.int64(cx + span) + 1, w)
            for tile in range(c0 // TILE, (c1 - 1) // TILE + 1 if c1 > c0 else 0):
                touched[y // TILE, tile] = 1
            for x in range(c0, c1):
                dx = f4(x) + f4(0.5) - cx
                a, b = dx * co + dy * si, -dx * si + dy * co
                far = (a * a + b * b) * shake
                px = (a + far * fast_sin(wave + b * ripple)) * turned + middle
                py = (b + far * fast_sin(wave * f4(0.84) + a * ripple)) * k + middle
                if px < f4(0) or py < f4(0) or px >= f4(n - 1) or py >= f4(n - 1):
                    continue
                ix, iy = np.int64(px), np.int64(py)
                fx, fy = px - f4(ix), py - f4(iy)
                top, low = first[iy, ix : ix + 2], first[iy + 1, ix : ix + 2]
                alpha = _between(top, low, fx, fy, 3)
                if share > f4(0):
                    alpha += (_between(second[iy, ix : ix + 2], second[iy + 1, ix : ix + 2], fx, fy, 3) - alpha) * share
                if alpha < f4(0.004):
                    continue
                keep = f4(1) - alpha
                for c in range(3):
                    value = _between(top, low, fx, fy, c)
                    if share > f4(0):
                        other = _between(second[iy, ix : ix + 2], second[iy + 1, ix : ix + 2], fx, fy, c)
                        value += (other - value) * share
                    out[y, x, c] = out[y, x, c] * keep + value * light
                out[y, x, 3] = out[y, x, 3] * keep + alpha


@lru_cache(maxsize=1)
def _sprites() -> Light:
    """(sprites, SPRITE, SPRITE, 4) premultiplied linear light, counted variety by yaw by opening."""
    lit = blossom.sprites()["lit"]
    light = lit.reshape(-1, *lit.shape[3:]).astype(np.float32) / f4(255)
    light[..., :3] *= light[..., :3] * f4(blossom.BRIGHTEST)
    return light


def bake() -> None:
    """Make the blossoms, or read them from the cache."""
    _sprites()


def paint_orchids(frame: Frame, orchids: Orchids, plane: int) -> None:
    """Draw one plane of the forest: FAR into the field, MIDDLE and NEAR crisp."""
    beam = frame.lights.beam
    gain = PLANES[plane][1] * orchids.level
    key = np.array([0.75, 1.0, 1.30], np.float32) * f4(0.42 + 0.5 * beam.level)
    for ribbons in orchids.ribbons:
        rim = key * f4(0.30 if ribbons.kind != TUBE else 0.42)
        soft = plane == FAR or ribbons.kind == FLUTED
        paint_ribbons(frame, ribbons, ribbons.plane == plane, soft, rim, gain * (1.6 if ribbons.kind != FLUTED else 0.7))
    _paint_blossoms(frame, orchids.blossoms, plane, orchids, gain)


def _paint_blossoms(frame: Frame, blossoms: Blossoms, plane: int, orchids: Orchids, gain: float) -> None:
    chosen = np.flatnonzero((blossoms.plane == plane) & (blossoms.radius > 1e-4))[::-1]  # buds at the tip lie behind
    if not len(chosen):
        return
    canvas, soft = frame.canvas, plane == FAR
    x, y, z = blossoms.place[chosen].T
    u, v, scale = frame.camera.project(x, y, z)
    size = 1.0 / canvas.scale if soft else 1.0
    flowers = np.empty((len(chosen), 9), np.float32)
    flowers[:, 0] = canvas.view.x(u) * size
    flowers[:, 1] = canvas.view.y(v) * size
    flowers[:, 2] = blossoms.radius[chosen] * scale * canvas.view.unit * size
    flowers[:, 3], flowers[:, 4] = np.cos(blossoms.turn[chosen]), np.sin(blossoms.turn[chosen])
    flowers[:, 5] = np.where(blossoms.mirrored[chosen], -1.0, 1.0)
    near = np.exp(-((np.hypot(u, (v - 0.36) * 0.8) / 0.55) ** 2))  # lit by what stands in the middle of the stage
    flowers[:, 6] = blossoms.bright[chosen] * gain * orchids.glow * (0.30 + 1.05 * near)
    steps = len(blossom.OPENINGS) - 1
    at = np.clip(blossoms.opening[chosen] * steps, 0, steps)
    low = np.minimum(at.astype(np.int64), steps - 1)
    flowers[:, 7] = np.where(at - low < 1e-3, 0.0, at - low)
    flowers[:, 8] = blossoms.phase[chosen]
    first = (blossoms.variety[chosen] * len(blossom.YAWS) + blossoms.yaw[chosen]) * len(blossom.OPENINGS) + low
    which = np.stack([first, first + 1], -1)
    quiver = (f4(frame.t % 4096.0), f4(orchids.tremble))
    if soft:
        nowhere = np.zeros_like(canvas.touched)
        canvas.field_bands(blossom_rows, canvas.field, nowhere, _sprites(), flowers, which, *quiver)
    else:
        canvas.bands(blossom_rows, canvas.crisp, canvas.touched, _sprites(), flowers, which, *quiver)
