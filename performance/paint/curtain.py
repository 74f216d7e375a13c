"""Velvet: two drapes and a valance in front, legs in the depth behind them, all in the soft light of the field.

A fold is two phases warped by slow noise. Velvet shines only where one looks along it, so the light lies on the
flanks of the folds and their crowns stay black; light from below climbs between them.
"""

from __future__ import annotations

import numpy as np

from performance.causes.place import EYE, HORIZON
from performance.paint.canvas import Light
from performance.paint.frame import Frame, bgr_rows
from performance.paint.gap import front_scale, hide_boards
from performance.paint.ground import ground
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, int32, kernel, lay_soft, smooth_step
from performance.stage.curtain import Curtain

LEGS = ((2.1, 1.50), (1.15, 1.22), (0.42, 0.98))  # depth, and inner edge right of centre, farthest first
PLEATS = 7.0  # in one drape


@inline
def _slope(phase: float, second: float) -> float:
    """How steeply the cloth turns aside at a fold's phase."""
    value: float = fast_sin(phase + f4(1.5708)) + f4(0.62) * fast_sin(second + f4(1.5708))
    return value


@inline
def _crown(phase: float, second: float) -> float:
    """How far the cloth stands out at a fold's phase."""
    value: float = fast_sin(phase) + f4(0.34) * fast_sin(second)
    return value


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1], f4[:,::1])")
def legs_rows(y0: int, y1: int, field: Light, g: Light, p: Light, colours: Light) -> None:
    """One pair of legs. p: level, inner edge u, foot v, scale, haze, t, sway, warm level, how far we stand aside.

    colours (B, G, R): sheen, counter, beam, haze."""
    w = field.shape[1]
    level, edge, foot, scale, haze, t, sway, warm, aside = (
        p[0],
        p[1],
        p[2],
        p[3],
        p[4],
        p[5],
        p[6],
        p[7],
        p[8],
    )
    cover = np.empty(w, np.float32)
    cool = np.empty(w, np.float32)
    lit = np.empty(w, np.float32)
    tints = np.zeros((5, 3), np.float32)
    for k in range(3):
        tints[0, k], tints[1, k] = colours[0, k] * colours[1, k], colours[0, k] * colours[2, k]
        tints[4, k] = colours[3, k] * haze
    for y in range(y0, y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        tilt = dv * g[4] + aside
        left = min(max(int((-edge + f4(0.03) - tilt) / (g[0] * g[3]) + g[1]), 0), w)
        right = min(max(int((edge - f4(0.03) - tilt) / (g[0] * g[3]) + g[1]), left), w)
        for i in range(left + w - right):
            x = i if i < left else i + right - left
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            u = du * g[3] + dv * g[4] + aside
            v = dv * g[3] - du * g[4] + g[5] + f4(HORIZON)
            side = f4(1) if u > f4(0) else f4(-1)
            in_ = (abs(u) - edge) / scale
            drop = (v - foot) / scale
            phase = (
                in_ * f4(46)
                + f4(1.2) * fast_sin(in_ * f4(9) + side)
                + f4(0.7) * fast_sin(drop * f4(2.2) + side * f4(2))
                + sway * fast_sin(t * f4(0.6) + in_ * f4(3)) * f4(0.3)
            )
            second = phase * f4(2.17) + f4(1.1) + drop * f4(1.3)
            slope = _slope(phase, second)
            crown = _crown(phase, second)
            nl = f4(1) / np.sqrt(f4(1) + slope * slope * f4(1.2))
            graze = f4(1) - nl
            soft = g[0] * f4(1.2) + f4(0.004)
            cover[i] = (
                level
                * smooth_step(-soft, soft, in_ * scale + f4(0.006) * scale * crown)
                * smooth_step(g[0], -g[0], v - foot - f4(0.004) * crown * scale)
            )
            inward = max(-slope, f4(0)) * nl
            near = fast_exp_neg(max(in_, f4(0)) * f4(5))
            cool[i] = (
                graze * graze * f4(0.10) * (f4(0.4) + f4(0.6) * fast_exp_neg(max(-drop, f4(0)) * f4(1.6)))
            )
            lit[i] = (
                warm
                * (inward * f4(0.05) + graze * graze * f4(0.12))
                * near
                * fast_exp_neg(abs(drop + f4(0.25)) * f4(1.2))
            )
        out = field[y].reshape(4 * w)
        lay_soft(out[: 4 * left], cover[:left], tints, cool[:left], lit[:left], lit[:left], lit[:left])
        end = left + w - right
        rest = lit[left:end]
        lay_soft(out[4 * right :], cover[left:end], tints, cool[left:end], rest, rest, rest)


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1], f4[:,::1])")
def drape_rows(y0: int, y1: int, field: Light, g: Light, p: Light, colours: Light) -> None:
    """The main curtain. p: level, open, half width of the picture, its top v, foot v, valance, t, sway, under, warm,
    how far we stand aside, where the folds of either drape begin. colours (B, G, R): body, sheen, counter, beam, light
    from below."""
    w = field.shape[1]
    level, opened, half, top, foot, valance = p[0], p[1], p[2], p[3], p[4], p[5]
    t, sway, under, warm = p[6], p[7], p[8], p[9]
    cover = np.empty(w, np.float32)
    body = np.empty(w, np.float32)
    cool = np.empty(w, np.float32)
    gold = np.empty(w, np.float32)
    below = np.empty(w, np.float32)
    tints = np.zeros((5, 3), np.float32)
    for k in range(3):
        tints[0, k], tints[1, k] = colours[0, k], colours[1, k] * colours[2, k]
        tints[2, k] = colours[1, k] * colours[3, k]
        tints[3, k] = (f4(0.03) + colours[1, k]) * colours[4, k] * f4(3)
    rail = half + f4(0.06)
    ajar = f4(0.06) * min(f4(8) * opened, f4(1))  # what stays open until it is quite closed
    inner = rail * (ajar + f4(0.86) * opened) - f4(0.174) * opened * min(rail, f4(1))
    inner = max(inner - f4(0.012) - f4(2) * g[0], f4(0))  # no cloth is drawn closer to the middle
    lowest = top + f4(0.16) * valance + f4(2) * g[0]  # nor does the valance hang lower
    for y in range(y0, y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        ends = (f4(0.5) - g[1]) * g[0], (f4(w) - f4(0.5) - g[1]) * g[0]
        first = (
            dv * g[3] - max(ends[0] * g[4], ends[1] * g[4]) + g[5] + f4(HORIZON)
        )  # the row's highest place
        left = right = 0
        if first > f4(0.02) + max(foot, lowest):
            continue
        if first > lowest:  # under the valance nothing hangs between the drapes
            left = min(max(int((-inner - dv * g[4] - p[10]) / (g[0] * g[3]) + g[1]), 0), w)
            right = min(max(int((inner - dv * g[4] - p[10]) / (g[0] * g[3]) + g[1]), left), w)
        for i in range(left + w - right):
            x = i if i < left else i + right - left
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            u = du * g[3] + dv * g[4] + p[10]
            v = dv * g[3] - du * g[4] + g[5] + f4(HORIZON)
            side = f4(1) if u > f4(0) else f4(-1)
            fold = p[12] if u > f4(0) else p[11]
            high = (foot - v) * f4(1.12)  # 0 at the hem, about 1 at the top
            tie = high - f4(0.36)
            gather = (
                f4(0.115)
                * (f4(1) - fast_exp_neg(tie * tie * f4(9)))
                * (f4(1.45) if tie > f4(0) else f4(0.55))
            )
            wave = f4(0.007) * fast_sin(v * f4(6) + side * f4(1.3) + t * f4(0.37) * sway)
            drawn = rail * (ajar + f4(0.86) * opened) - (gather + wave) * opened * min(rail, f4(1))
            drawn = max(drawn, f4(-0.02))
            m = (abs(u) - drawn) / max(rail - drawn, f4(0.05))
            swing = (
                sway
                * (
                    fast_sin(t * f4(0.7) + u * f4(2.3)) * f4(0.30)
                    + fast_sin(t * f4(0.43) - u * f4(4.1)) * f4(0.18)
                )
                * (f4(1.1) - high)
            )
            phase = (
                f4(6.2832 * PLEATS) * m
                + f4(1.9) * fast_sin(m * f4(5.1) + fold + v * f4(0.7))
                + f4(0.8) * fast_sin(v * f4(3.1) + m * f4(7) + fold)
                + fold
                + swing
            )
            second = (
                phase * f4(2.17) + f4(1.1) + v * f4(1.6) + f4(1.2) * fast_sin(m * f4(11) + v * f4(2.3) + fold)
            )
            wide = max(rail - drawn, f4(0.05)) / (
                f4(PLEATS) * g[0]
            )  # pixels to a pleat: what is finer than those blurs
            clear = smooth_step(f4(2.5), f4(6), wide)
            fine = smooth_step(f4(5), f4(11), wide)
            slope = clear * (fast_sin(phase + f4(1.5708)) + f4(0.62) * fine * fast_sin(second + f4(1.5708)))
            crown = clear * (fast_sin(phase) + f4(0.34) * fine * fast_sin(second))
            soft = g[0] * f4(0.9) + f4(0.002)
            edge = abs(u) - drawn + f4(0.006) * crown
            cloth = smooth_step(-soft, soft, edge) * smooth_step(
                f4(0.003), f4(-0.003), v - foot - f4(0.007) * crown
            )
            hem = max(foot - v, f4(0))
            # the valance: swags between points, folds running along their catenaries
            bay = u / f4(0.37) + f4(0.5)
            c = bay - np.floor(bay) - f4(0.5)
            dip = f4(1) - f4(4) * c * c
            sag = top + valance * (f4(0.085) + f4(0.075) * dip - f4(0.02) * abs(c))
            rise = sag - v
            swag = smooth_step(-soft, soft, rise) * smooth_step(f4(0.0), f4(0.04), valance)
            turn = (
                f4(58) * np.sqrt(max(rise, f4(0)) / max(valance, f4(0.05)) + f4(0.05) * dip + f4(0.004))
                + f4(2.2) * abs(c)
                + f4(0.5) * fast_sin(u * f4(13))
            )
            s2 = fast_sin(turn + f4(1.5708))
            slope += (s2 * f4(1.15) + f4(0.25) * c - slope) * swag
            crown += (fast_sin(turn) - crown) * swag
            nl = f4(1) / np.sqrt(f4(1) + slope * slope * f4(1.5))
            graze = f4(1) - nl
            shade = f4(0.35) + f4(0.65) * smooth_step(f4(-1.2), f4(0.7), crown)
            inward = max(-slope * (f4(1) - swag) + swag * max(-s2, f4(0)), f4(0)) * nl
            nearby = fast_exp_neg(max(abs(u) - drawn, f4(0)) * f4(3.2)) * (
                f4(1) - swag
            ) + swag * fast_exp_neg(u * u * f4(2)) * f4(0.5)
            lit_v = v - f4(0.60)
            cover[i] = level * max(cloth, swag)
            body[i] = (
                shade * nl * (f4(0.10) + warm * f4(0.35) * nearby * fast_exp_neg(lit_v * lit_v * f4(2.5)))
            )
            cool[i] = graze * graze * shade * (f4(0.16) + f4(0.5) * fast_exp_neg(hem * f4(3.0)))
            gold[i] = (
                warm
                * nearby
                * (f4(0.10) * inward + f4(0.55) * graze * graze)
                * shade
                * fast_exp_neg(lit_v * lit_v * f4(2.0))
            )
            climb = fast_exp_neg(hem * f4(3.6)) * (f4(1) - swag)
            tip = fast_exp_neg(hem * f4(30)) * (f4(1) - swag)
            below[i] = under * (
                climb * climb * (f4(0.02) + f4(0.22) * graze + f4(0.05) * max(slope, f4(0)) * nl) * shade
                + tip * f4(0.35) * shade * shade
            )
        out, end = field[y].reshape(4 * w), left + w - right
        lay_soft(out[: 4 * left], cover[:left], tints, body[:left], cool[:left], gold[:left], below[:left])
        lay_soft(
            out[4 * right :],
            cover[left:end],
            tints,
            body[left:end],
            cool[left:end],
            gold[left:end],
            below[left:end],
        )


def paint_legs(frame: Frame, curtain: Curtain) -> None:
    """The masking in the depth of the stage, farthest first, with the haze of the distance on it."""
    level = curtain.level * curtain.legs * (1.0 - min(1.0, curtain.unfurl * 3.0))
    if level <= 0.0:
        return
    canvas, camera, lights = frame.canvas, frame.camera, frame.lights
    half = min(canvas.width * 0.5 / canvas.view.unit, 1.0)
    colours = bgr_rows(curtain.sheen, lights.counter, lights.beam.colour, lights.counter)
    for z, edge in LEGS:
        scale = camera.zoom / max(1.0 + z - camera.dolly, 0.25)
        inner = (edge * half / 0.889 * (0.35 + 0.65 * curtain.open)) * scale
        foot = HORIZON + (EYE + camera.y) * scale
        haze = 0.022 * (1.0 - np.exp(-0.7 * (1.0 + z)))
        numbers = [
            level, inner, foot, scale, haze, curtain.t % 4096.0, curtain.sway,
            lights.beam.level, camera.x * scale,
        ]  # fmt: skip
        canvas.field_bands(
            legs_rows, canvas.field, ground(frame, canvas.scale), np.array(numbers, np.float32), colours
        )


def paint_drapes(frame: Frame, curtain: Curtain) -> None:
    """The main curtain and its valance, in front of everything on stage that is soft."""
    level = curtain.level * (1.0 - min(1.0, curtain.unfurl * 5.0))
    if level <= 0.0:
        return
    canvas, camera, lights = frame.canvas, frame.camera, frame.lights
    half = canvas.width * 0.5 / canvas.view.unit
    scale = front_scale(frame)
    numbers = [
        level, curtain.open, half, canvas.view.v(0.0), HORIZON + (EYE + camera.y) * scale, curtain.valance,
        curtain.t % 4096.0, curtain.sway, curtain.under, lights.beam.level, 0.5 * camera.x * scale,
        *curtain.folds,
    ]  # fmt: skip
    colours = bgr_rows(curtain.body, curtain.sheen, lights.counter, lights.beam.colour, curtain.under_colour)
    canvas.field_bands(
        drape_rows, canvas.field, ground(frame, canvas.scale), np.array(numbers, np.float32), colours
    )
    if canvas.detailed:
        hide_boards(frame, curtain, level)
