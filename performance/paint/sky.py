"""The farthest light: far wall, aurora, horizon glow in the field, and stars as soft discs with a brighter rim."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from performance.causes.place import EYE, HORIZON
from performance.paint.canvas import Light
from performance.paint.frame import Frame, bgr_rows
from performance.paint.ground import ground
from performance.paint.kernels import add_soft, f4, fast_exp_neg, fast_sin, int32, kernel
from performance.stage.sky import Sky

WALL_Z = 3.4  # how far back the stage's far wall stands


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1], f4[:,::1])")
def sky_rows(y0: int, y1: int, field: Light, g: Light, p: Light, colours: Light) -> None:
    """Add the sky. p: house, aurora, glow, t, foot of the far wall under the horizon. colours (B, G, R): low, high."""
    w = field.shape[1]
    house, aurora, glow, t, foot = p[0], p[1], p[2], p[3], p[4]
    low = np.empty(w, np.float32)
    high = np.empty(w, np.float32)
    pale = np.empty(w, np.float32)
    tints = np.empty((3, 3), np.float32)
    for k in range(3):
        tints[0, k], tints[1, k], tints[2, k] = (
            colours[0, k],
            colours[1, k],
            f4(0.55) + f4(0.3) * colours[0, k],
        )
    for y in range(y0, y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            u = du * g[3] + dv * g[4]
            up = foot - (dv * g[3] - du * g[4] + g[5])
            over = max(up, f4(0))
            under = fast_exp_neg(max(-up, f4(0)) * f4(60))
            slow = fast_sin(f4(2.1) * u + f4(0.10) * t + f4(1.5) * fast_sin(f4(3.3) * over - f4(0.06) * t))
            mist = (
                f4(0.62)
                + f4(0.26) * slow
                + f4(0.12) * fast_sin(f4(5.7) * u - f4(7.0) * over - f4(0.13) * t + slow)
            )
            pleat = (
                f4(1)
                + f4(0.10) * fast_sin(u * f4(41) + f4(1.3) * fast_sin(u * f4(9)))
                + f4(0.06) * fast_sin(u * f4(97))
            )
            wall = house * (
                fast_exp_neg(over * f4(7.5)) * f4(0.052) * fast_exp_neg(u * u * f4(0.9)) * pleat + f4(0.0035)
            )
            low[x] = wall * f4(0.35) * under
            high[x] = wall * mist * f4(1.3) * under
            band = fast_exp_neg(abs(up) * f4(17))
            core = fast_exp_neg(abs(up) * f4(36)) * fast_exp_neg(u * u * f4(7))
            cloud = fast_exp_neg((over - f4(0.10)) * (over - f4(0.10)) * f4(14)) * mist
            low[x] += glow * (band * f4(0.34) + core * f4(0.25)) * under
            high[x] += glow * (cloud * f4(0.19) + band * f4(0.12) + f4(0.004)) * under
            pale[x] = glow * (core * f4(0.80) + band * f4(0.06)) * under
        if aurora > f4(0):
            for x in range(w):
                du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
                u = du * g[3] + dv * g[4]
                up = foot - (dv * g[3] - du * g[4] + g[5])
                hem = (
                    f4(0.30)
                    + f4(0.055) * fast_sin(f4(3.2) * u + f4(0.15) * t)
                    + f4(0.03) * fast_sin(f4(7.1) * u - f4(0.21) * t + f4(1))
                )
                turn = u * f4(26) + f4(3) * fast_sin(u * f4(5.3) + f4(0.2) * t)
                ray = (
                    f4(0.56)
                    + f4(0.22) * fast_sin(turn)
                    + f4(0.14) * fast_sin(turn * f4(2.7) + f4(0.5) * t)
                    + f4(0.12) * fast_sin(turn * f4(6.1) - f4(0.7) * t)
                )
                rise, sink = max(up - hem, f4(0)), max(hem - up, f4(0))
                veil = (
                    (fast_exp_neg(rise * f4(7.5)) * f4(0.75) + fast_exp_neg(rise * f4(38)) * f4(0.5))
                    * fast_exp_neg(sink * sink * f4(1800))
                    * ray
                )
                tall = min(rise * f4(4.2), f4(1))
                hem = f4(0.13) + f4(0.045) * fast_sin(f4(4.1) * u - f4(0.12) * t + f4(2.2))
                turn = u * f4(19) + f4(2) * fast_sin(u * f4(7) - f4(0.15) * t)
                rise, sink = max(up - hem, f4(0)), max(hem - up, f4(0))
                second = (
                    fast_exp_neg(rise * f4(10))
                    * fast_exp_neg(sink * sink * f4(1500))
                    * (f4(0.55) + f4(0.45) * fast_sin(turn))
                )
                low[x] += aurora * veil * (f4(1) - tall) * f4(0.55)
                high[x] += aurora * (veil * (f4(0.10) + f4(0.45) * tall) + second * f4(0.22))
        add_soft(field[y].reshape(4 * w), tints, low, high, pale)


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1])")
def star_rows(y0: int, y1: int, crisp: Light, discs: Light) -> None:
    """Add discs (n, 6): x, y, radius in pixels, blue, green, red. A wide-open lens makes the rim a little brighter."""
    w = crisp.shape[1]
    for i in range(discs.shape[0]):
        cx, cy, radius = discs[i, 0], discs[i, 1], discs[i, 2]
        reach = radius + f4(1.5)
        top, bottom = max(int(cy - reach), y0), min(int(cy + reach) + 1, y1)
        left, right = max(int(cx - reach), 0), min(int(cx + reach) + 1, w)
        if left >= right:
            continue
        edge = f4(1) / (f4(0.9) + radius * f4(0.12))
        for y in range(top, bottom):
            dy = f4(int32(y)) + f4(0.5) - cy
            row = crisp[y, left:right]
            for x in range(right - left):
                dx = f4(int32(x + left)) + f4(0.5) - cx
                d = np.sqrt(dx * dx + dy * dy)
                a = min(max((radius - d) * edge + f4(0.5), f4(0)), f4(1))
                q = d / radius
                a *= f4(0.62) + f4(0.38) * q * q * q
                row[x, 0] += a * discs[i, 3]
                row[x, 1] += a * discs[i, 4]
                row[x, 2] += a * discs[i, 5]


def paint_sky(frame: Frame, sky: Sky) -> None:
    """Add the backdrop to the field."""
    if sky.level <= 0.0:
        return
    canvas = frame.canvas
    near_wall = EYE / (1.0 + WALL_Z)
    open_air = min(1.0, sky.glow * 3.0)  # once there is a horizon, the wall has moved there
    foot = near_wall * (1.0 - open_air) * min(1.0, sky.house * 4.0)
    numbers = [sky.house * sky.level, sky.aurora * sky.level, sky.glow * sky.level, frame.t % 4096.0, foot]
    colours = bgr_rows(sky.colour, sky.high)
    canvas.field_bands(
        sky_rows, canvas.field, ground(frame, canvas.scale), np.array(numbers, np.float32), colours
    )


def paint_stars(frame: Frame, sky: Sky, cover: Callable[[Light, Light], Light] | None = None) -> None:
    """Add the stars to the crisp layer, before all else in it. `cover(x, y)` 0..1 is what soft things hide of them."""
    stars = sky.stars
    if not len(stars):
        return
    canvas = frame.canvas
    camera = frame.camera
    u, v = camera.rolled(stars[:, 0] * camera.zoom, HORIZON + (stars[:, 1] - HORIZON) * camera.zoom)
    discs = np.empty((len(stars), 6), np.float32)
    discs[:, 0], discs[:, 1] = canvas.view.x(u), canvas.view.y(v)
    discs[:, 2] = np.maximum(stars[:, 2] * canvas.view.unit, 0.75)
    discs[:, 3:] = stars[:, 5:2:-1]
    if cover is not None:
        seen = 1.0 - cover(discs[:, 0], discs[:, 1])
        discs[:, 3:] *= seen[:, None]
        discs = np.ascontiguousarray(discs[seen > 0.01])
    canvas.touch_points(discs[:, 0], discs[:, 1], discs[:, 2] + 2.0)
    canvas.bands(star_rows, canvas.crisp, discs)
