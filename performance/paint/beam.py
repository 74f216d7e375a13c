"""The follow-spot's beam in haze: soft edge, rays, drifting smoke, its fall-off, and the air of the house round it."""

from __future__ import annotations

import numpy as np

from performance.paint.canvas import Light
from performance.paint.frame import Frame, bgr
from performance.paint.kernels import add_soft, f4, fast_exp_neg, fast_sin, int32, kernel, smooth_step
from performance.stage.haze import Haze
from performance.stage.lights import Beam

LAMP_RADIUS = 0.018  # of the beam where it leaves the lamp, picture heights
BEHIND = 0.68  # share of the beam's light that lies behind the people in it
FALL = 0.30  # how fast the beam dims away from the lamp
NEAREST = 0.14  # picture heights from the lamp at which that begins
OUT_OF_SIGHT = 0.03  # picture heights above the frame's edge where the lamp is at least


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[::1], f4[::1])")
def beam_rows(y0: int, y1: int, field: Light, air: Light, p: Light, colour: Light) -> None:
    """Add a cone of lit haze. p: lamp u v, unit axis u v, length, lamp and pool radius, pool squash, unit, centre x,
    centre y, t, level, haze, edge, share of it that lies in the field."""
    w = field.shape[1]
    su, sv, du, dv, length, r0, r1, squash = p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]
    unit, cx, cy, t, level, haze, edge, far = p[8], p[9], p[10], p[11], p[12], p[13], p[14], p[15]
    inv = f4(1) / unit
    core = np.empty(w, np.float32)
    veil = np.empty(w, np.float32)
    behind, before = np.zeros((3, 3), np.float32), np.zeros((3, 3), np.float32)
    for k in range(3):
        behind[0, k], before[0, k] = level * colour[k] * far, level * colour[k] * (f4(1) - far)
        behind[1, k], before[1, k] = f4(0.085) * behind[0, k], f4(0.085) * before[0, k]
    grow = (r1 - r0) / length
    pu, pv = su + du * length, sv + dv * length
    for y in range(y0, y1):
        v = (f4(int32(y)) + f4(0.5) - cy) * inv + f4(0.5)
        if v > pv + r1 * squash * f4(3):
            continue
        for x in range(w):
            u = (f4(int32(x)) + f4(0.5) - cx) * inv
            s = (u - su) * du + (v - sv) * dv
            e = (u - su) * dv - (v - sv) * du
            along = max(s, f4(0))
            q = e / (r0 + grow * along)
            q2 = q * q
            inside = max(f4(1) - q2, f4(0))
            profile = inside * (np.sqrt(inside) * (f4(1) - edge) + inside * edge) + f4(0.55) * fast_exp_neg(
                q2 * f4(8)
            )
            warp = fast_sin(f4(6) * v + f4(3) * u - f4(0.3) * t)
            smoke = f4(0.64) + f4(0.2) * fast_sin(f4(9) * u - f4(4) * v + f4(0.5) * t + f4(1.6) * warp)
            smoke += f4(0.16) * fast_sin(
                f4(23) * v + f4(13) * u - f4(0.6) * t + f4(2) * fast_sin(f4(11) * u + f4(0.4) * t)
            )
            smoke = f4(1) + (smoke - f4(0.62)) * haze * f4(1.1)
            ray = (
                f4(1)
                + f4(0.13) * fast_sin(q * f4(9) + f4(0.2) * t)
                + f4(0.09) * fast_sin(q * f4(23) - f4(0.33) * t)
            )
            fall = f4(FALL) / (f4(NEAREST) + along) * smooth_step(f4(-0.02), f4(0.06), s)
            lu, lv = (u - pu) / r1, (v - pv) / (r1 * squash)
            low = smooth_step(f4(1.25), f4(0.55), lu * lu + lv * lv) if v > pv else f4(1)
            core[x] = profile * smoke * ray * fall * low
            below = max(v - pv, f4(0)) / (r1 * squash)
            veil[x] = fast_exp_neg(q2 * f4(0.3)) * fall * smoke * fast_exp_neg(below * below * f4(1.5))
        if far > f4(0):
            add_soft(field[y].reshape(4 * w), behind, core, veil, veil)
        add_soft(air[y].reshape(4 * w), before, core, veil, veil)


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1])")
def haze_rows(y0: int, y1: int, air: Light, p: Light, colour: Light) -> None:
    """Add drifting haze that thickens towards a height. p: level, v, spread, unit, centre x, centre y, t, grain."""
    w = air.shape[1]
    level, centre, spread, unit, cx, cy, t, grain = p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]
    inv = f4(1) / unit
    row = np.empty(w, np.float32)
    tints = np.zeros((3, 3), np.float32)
    for k in range(3):
        tints[0, k] = colour[k]
    for y in range(y0, y1):
        v = (f4(int32(y)) + f4(0.5) - cy) * inv + f4(0.5)
        d = (v - centre) / spread
        thick = level * fast_exp_neg(d * d)
        if thick < f4(2e-4):
            continue
        for x in range(w):
            u = (f4(int32(x)) + f4(0.5) - cx) * inv
            a = fast_sin(
                f4(2.3) * u
                + f4(5) * v
                + f4(0.11) * t
                + f4(1.4) * fast_sin(f4(3.1) * v - f4(1.7) * u + f4(0.07) * t)
            )
            b = fast_sin(
                f4(5.9) * u - f4(9) * v - f4(0.16) * t + f4(1.9) * fast_sin(f4(4.3) * u + f4(0.13) * t)
            )
            row[x] = thick * max(f4(1) + grain * (f4(0.42) * a + f4(0.3) * b), f4(0))
        add_soft(air[y].reshape(4 * w), tints, row, row, row)


def paint_beam(frame: Frame, beam: Beam) -> None:
    """Add the lit cone to the field (behind people) and the air (before them)."""
    if beam.level <= 0.0:
        return
    canvas = frame.canvas
    su, sv, _ = frame.camera.project(beam.from_x, beam.from_y, beam.z)
    pu, pv, scale = frame.camera.project(beam.x, 0.0, beam.z)
    above = float(frame.canvas.view.v(0.0)) - OUT_OF_SIGHT
    farther = max((float(pv) - above) / max(float(pv - sv), 1e-3), 1.0)  # a tall frame shows more of the beam
    su, sv = pu + (su - pu) * farther, pv + (sv - pv) * farther
    du, dv = float(pu - su), float(pv - sv)
    length = max(float(np.hypot(du, dv)), 1e-3)
    level = beam.level * (NEAREST + length) / (NEAREST + length / farther)
    squash = max(
        0.05, float(scale) * 0.16
    )  # how flat the pool lies: the eye's height over the boards at its depth
    numbers = [
        float(su), float(sv), du / length, dv / length, length, LAMP_RADIUS, beam.width * float(scale), squash,
        canvas.field_unit, canvas.field_width / 2, canvas.field_height / 2, frame.t % 4096.0, level, beam.haze,
        beam.edge, BEHIND * (1.0 - beam.before),
    ]  # fmt: skip
    canvas.field_bands(beam_rows, canvas.field, canvas.air, np.array(numbers, np.float32), bgr(beam.colour))


def paint_haze(frame: Frame, haze: Haze) -> None:
    """Add the air of the house."""
    if haze.level <= 0.0:
        return
    canvas = frame.canvas
    _, centre = frame.camera.rolled(0.0, haze.height)
    numbers = [
        haze.level, float(centre), haze.spread, canvas.field_unit, canvas.field_width / 2, canvas.field_height / 2,
        frame.t % 4096.0, haze.drift,
    ]  # fmt: skip
    canvas.field_bands(haze_rows, canvas.air, np.array(numbers, np.float32), bgr(haze.colour))
