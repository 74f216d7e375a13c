"""The voice as light: a wide god-ray of soft shafts through drifting haze, its warm pool, and gold dust in it."""

from __future__ import annotations

import numpy as np

from performance.paint.canvas import Light
from performance.paint.frame import Frame, bgr
from performance.paint.kernels import add_soft, f4, fast_exp_neg, fast_sin, int32, int64, kernel, smooth_step
from performance.paint.motes import paint_mote_glow
from performance.stage.motes import Motes
from performance.stage.sunbeam import SQUASH, Sunbeam

BEHIND = 0.5  # share of the light behind the people in it
STRENGTH = 0.52  # of the ray's haze at level 1
POOL = 0.42


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[::1], f4[::1])")
def ray_rows(y0: int, y1: int, field: Light, air: Light, p: Light, colour: Light) -> None:
    """Add the ray. p: source u v, axis u v (unit), length, source and pool radius, unit, centre x y, t, level, pool
    squash, shafts."""
    w = field.shape[1]
    su, sv, du, dv, length, r0, r1 = p[0], p[1], p[2], p[3], p[4], p[5], p[6]
    unit, cx, cy, t, level, squash, shafts = p[7], p[8], p[9], p[10], p[11], p[12], p[13]
    inv = f4(1) / unit
    grow = (r1 - r0) / length
    pu, pv = su + du * length, sv + dv * length
    row = np.empty(w, np.float32)
    pool = np.empty(w, np.float32)
    behind, before = np.zeros((3, 3), np.float32), np.zeros((3, 3), np.float32)
    for k in range(3):
        behind[0, k], behind[1, k] = f4(STRENGTH * BEHIND) * colour[k], f4(POOL) * colour[k]
        before[0, k] = f4(STRENGTH * (1 - BEHIND)) * colour[k]
    for y in range(y0, y1):
        v = (f4(int32(y)) + f4(0.5) - cy) * inv + f4(0.5)
        low = (v - pv) / (r1 * squash)
        if low > f4(2.6):
            continue
        far = f4(1.75) * r1 / max(dv, f4(0.3)) + f4(0.02)  # beyond this distance across there is nothing
        axis = su + (v - sv) * du / max(dv, f4(0.05))
        left = min(max(int64((axis - far) * unit + cx), 0), w)
        right = min(max(int64((axis + far) * unit + cx) + 1, left), w)
        for x in range(right - left):
            u = (f4(int32(x + left)) + f4(0.5) - cx) * inv
            s = (u - su) * du + (v - sv) * dv
            e = (u - su) * dv - (v - sv) * du
            q = e / (r0 + grow * max(s, f4(0)))
            q2 = q * q
            a = fast_sin(f4(5.3) * q + f4(0.17) * t + f4(1.3) * fast_sin(f4(2.1) * q - f4(0.11) * t))
            b = fast_sin(f4(12.7) * q - f4(0.23) * t + f4(1.1) * a)
            c = fast_sin(f4(31) * q + f4(0.31) * t + f4(1.7) * b)
            shaft = max(f4(0.55) + shafts * (f4(0.24) * a + f4(0.17) * b + f4(0.08) * c), f4(0))
            smoke = f4(0.82) + f4(0.18) * fast_sin(
                f4(7) * u
                - f4(5) * v
                + f4(0.4) * t
                + f4(1.8) * fast_sin(f4(4.1) * v + f4(2.3) * u - f4(0.21) * t)
            )
            fall = f4(1.15) - f4(0.42) * s / length
            body = fast_exp_neg(q2 * f4(1.9)) * shaft * smoke + f4(0.10) * fast_exp_neg(q2 * f4(0.7))
            lu = (u - pu) / r1
            ring = lu * lu + low * low
            cut = smooth_step(f4(1.6), f4(0.2), low + f4(0.5) * lu * lu) if low > f4(-1) else f4(1)
            window = level * smooth_step(f4(1.7), f4(1.1), abs(q))
            row[x] = window * body * fall * cut
            pool[x] = window * fast_exp_neg(ring * f4(1.5)) * (f4(0.55) + f4(0.45) * shaft)
        n = right - left
        a4, b4 = 4 * left, 4 * right
        add_soft(field[y].reshape(4 * w)[a4:b4], behind, row[:n], pool[:n], pool[:n])
        add_soft(air[y].reshape(4 * w)[a4:b4], before, row[:n], pool[:n], pool[:n])


def dust_of(sun: Sunbeam) -> Motes:
    """The ray's gold dust, as motes."""
    u, v, scale, bright, radius, warmth = np.ascontiguousarray(sun.dust.T, np.float32)
    gold = np.array(sun.colour, np.float32) * 0.9 + np.float32(0.12)
    fading = 1 - 0.25 * warmth[:, None] * np.array([0.0, 0.4, 1.0], np.float32)
    return Motes(u, v, scale, radius, bright[:, None] * gold * fading)


def paint_sunbeam(frame: Frame, sun: Sunbeam) -> None:
    """Add the ray to the field (behind people) and the air (before them), with the halos of its dust."""
    canvas = frame.canvas
    su, sv = (float(k) for k in frame.camera.rolled(sun.source_u - frame.camera.x, sun.source_v))
    pu, pv = (float(k) for k in frame.camera.rolled(sun.u - frame.camera.x, sun.v))
    length = float(np.hypot(pu - su, pv - sv))
    numbers = [
        su, sv, (pu - su) / length, (pv - sv) / length, length, sun.source_width, sun.width, canvas.field_unit,
        canvas.field_width / 2, canvas.field_height / 2, frame.t % 4096.0, sun.level, SQUASH, sun.shafts,
    ]  # fmt: skip
    colour = bgr(sun.colour)
    canvas.field_bands(ray_rows, canvas.field, canvas.air, np.array(numbers, np.float32), colour)
    if len(sun.dust):
        paint_mote_glow(frame, dust_of(sun))
