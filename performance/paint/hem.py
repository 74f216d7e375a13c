"""Light from under a curtain: a slit that wavers as the hem does, rays over the boards, and feet that pass in it."""

from __future__ import annotations

import numpy as np

from performance.causes.place import EYE, HORIZON
from performance.paint.canvas import Light
from performance.paint.frame import Frame, bgr
from performance.paint.gap import FRONT_Z
from performance.paint.ground import ground
from performance.paint.kernels import add_soft, f4, fast_exp_neg, fast_sin, int32, kernel, smooth_step
from performance.stage.hem import Hem

SLIT = 1.1
SPILL = 0.34


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1], f4[::1])")
def hem_rows(y0: int, y1: int, field: Light, g: Light, p: Light, colour: Light) -> None:
    """Add the light under the hem. p: level, v of the hem, reach, feet, t, how far we stand aside; g as `ground`."""
    w = field.shape[1]
    level, foot, reach, feet, t, aside = p[0], p[1], p[2], p[3], p[4], p[5]
    slit, spill = np.empty(w, np.float32), np.empty(w, np.float32)
    tints = np.zeros((3, 3), np.float32)
    for k in range(3):
        tints[0, k] = f4(SLIT) * level * (f4(0.25) + f4(0.75) * colour[k])
        tints[1, k] = f4(SPILL) * level * colour[k]
    thin = f4(1) / (f4(0.0035) + f4(0.6) * g[0])
    for y in range(y0, y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            u = du * g[3] + dv * g[4] + aside
            v = dv * g[3] - du * g[4] + g[5] + f4(HORIZON)
            low = v - foot
            hem = low - f4(0.0022) * (
                fast_sin(u * f4(23) + f4(1.7) * fast_sin(u * f4(5.1)) + f4(0.3) * fast_sin(t * f4(0.4)))
                + f4(0.7) * fast_sin(u * f4(57) + f4(2.1) * fast_sin(u * f4(8.3)))
            )
            d = hem * thin
            spread = f4(1) / (
                f4(1) + max(low, f4(0)) * f4(2.4)
            )  # rays run from far behind the curtain towards us
            a = u * spread
            ray = (
                f4(0.62)
                + f4(0.24) * fast_sin(a * f4(37) + f4(0.21) * t)
                + f4(0.14) * fast_sin(a * f4(83) - f4(0.17) * t)
            )
            walk = fast_sin(a * f4(2.6) - f4(0.33) * t) + f4(0.7) * fast_sin(
                a * f4(5.3) + f4(0.21) * t + f4(1.2)
            )
            leg = fast_sin(a * f4(41) + f4(0.8) * fast_sin(t * f4(1.9)))
            dark = smooth_step(f4(0.75), f4(1.25), walk) * smooth_step(f4(-0.2), f4(0.5), leg)
            lit = f4(1) - feet * dark
            side = fast_exp_neg(u * u * f4(0.9))
            slit[x] = fast_exp_neg(d * d) * lit * side
            fall = smooth_step(f4(-0.004), f4(0.006), hem) * fast_exp_neg(max(low, f4(0)) / reach)
            spill[x] = fall * ray * lit * side
        out = field[y].reshape(4 * w)
        add_soft(out, tints, slit, spill, spill)


def paint_hem(frame: Frame, hem: Hem) -> None:
    """Add it to the field, where the main curtain meets the boards."""
    canvas, camera = frame.canvas, frame.camera
    scale = camera.zoom / max(1.0 + FRONT_Z - camera.dolly, 0.25)
    foot = HORIZON + (EYE + camera.y) * scale
    numbers = [hem.level, foot, hem.reach, hem.feet, hem.t % 4096.0, 0.5 * camera.x * scale]
    canvas.field_bands(
        hem_rows, canvas.field, ground(frame, canvas.scale), np.array(numbers, np.float32), bgr(hem.colour)
    )
