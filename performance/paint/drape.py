"""The house curtain: red cloth with the house shining through it, laid over all that stands behind it.

Where cloth is seen edge on, light has far to go through it: folds darken what comes through and bend it a little,
and that alone makes it cloth. What is gathered hangs in swags between the lines that pull it up.
"""

from __future__ import annotations

import numpy as np

from performance.causes.place import EYE, HORIZON
from performance.paint.canvas import Light
from performance.paint.frame import Frame, bgr_rows
from performance.paint.fringe import paint_fringe, paint_tassels
from performance.paint.ground import ground
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, int32, kernel, smooth_step
from performance.paint.tiles import shrink
from performance.stage.drape import BAY, Drape

BEND = 0.006  # picture heights that a fold moves what is seen through it
SHADE = 0.80  # of the house's glow that somebody before it takes
THROUGH = 3.4  # how much brighter the house looks where all else is dark
FAINT, GLEAM = (
    0.30,
    0.25,
)  # light through the cloth that is half lost; light from which it is gold rather than red


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[::1], f4[::1], f4[:,::1])")
def cloth_rows(y0: int, y1: int, field: Light, env: Light, g: Light, p: Light, colours: Light) -> None:
    """Cloth over rows of `field`, with `env`, the picture behind it, shining through.

    p: level, scale, camera x, eye height, hem, lag, thin, glow, sway, t, beam, beam x. colours (B, G, R): cloth, its
    sheen, the light on it, the house behind."""
    w = field.shape[1]
    level, scale, hem, lag, thin, glow, sway, t = p[0], p[1], p[4], p[5], p[6], p[7], p[8], p[9]
    cover, through = np.empty(w, np.float32), np.empty(w, np.float32)
    front, sheen = np.empty(w, np.float32), np.empty(w, np.float32)
    lamp, bent = np.empty(w, np.float32), np.empty(w, np.float32)
    per = f4(1) / scale
    sunk = max(lag, f4(0.02))
    gathered = smooth_step(f4(0.01), f4(0.05), lag)
    reach = f4(44) * np.sqrt(f4(0.26) / max(lag, f4(0.04)))  # folds lie closer while little is gathered
    for y in range(y0, y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            across = (du * g[3] + dv * g[4]) * per + p[2]
            high = p[3] - (dv * g[3] - du * g[4] + g[5]) * per
            bay = across * f4(1 / BAY) + f4(0.5)
            c = bay - np.floor(bay) - f4(0.5)
            dip = f4(1) - f4(4) * c * c
            d = high - hem + lag * dip
            swing = sway * (
                fast_sin(t * f4(0.7) + across * f4(2.3)) * f4(0.5)
                + fast_sin(t * f4(0.41) - across * f4(4.1)) * f4(0.3)
            )
            phase = (
                across * f4(47)
                + f4(2.3) * fast_sin(across * f4(6.3) + f4(1))
                + f4(0.9) * fast_sin(across * f4(17) + high * f4(1.7))
                + swing * (f4(1.3) - high)
            )
            second = (
                phase * f4(2.17)
                + f4(1.1)
                + high * f4(1.3)
                + f4(1.2) * fast_sin(across * f4(23) + high * f4(2))
            )
            slope = fast_sin(phase + f4(1.5708)) + f4(0.62) * fast_sin(second + f4(1.5708))
            crown = fast_sin(phase) + f4(0.34) * fast_sin(second)
            # gathered cloth: folds along the swags, close together at the lines that pull them
            above = max(d, f4(0))
            turn = (
                reach * np.sqrt(above / (f4(0.35) + f4(0.65) * dip) + f4(0.01))
                + f4(1.5) * abs(c)
                + f4(0.4) * fast_sin(across * f4(31))
            )
            swag = gathered * smooth_step(f4(1.9) * sunk, f4(1.25) * sunk, high - hem + lag) * f4(0.97)
            s2 = fast_sin(turn + f4(1.5708)) * f4(1.3)
            slope += (s2 - slope) * swag
            crown += (fast_sin(turn) - crown) * swag
            nl = f4(1) / np.sqrt(f4(1) + slope * slope * f4(1.3))
            graze = f4(1) - nl
            shade = f4(0.30) + f4(0.70) * smooth_step(f4(-1.2), f4(0.8), crown)
            cover[x] = level * smooth_step(-g[0] * per, g[0] * per, d)
            open_ = thin * fast_exp_neg(f4(0.2) + f4(3.4) * graze + f4(1.4) * swag)
            through[x] = open_
            wide, tall = across * f4(0.85), (high - f4(0.62)) * f4(1.25)
            lamp[x] = glow * (
                open_ * fast_exp_neg(f4(1.5) * (wide * wide + tall * tall))
                + f4(0.5) * thin * fast_exp_neg(above * f4(26)) * nl
            )
            near = across - p[11]
            warm = p[10] * fast_exp_neg(near * near * f4(3.2) + max(high, f4(0)) * f4(1.3))
            front[x] = shade * nl * (f4(0.035) + warm * f4(0.5))
            sheen[x] = graze * graze * shade * (f4(0.05) + warm * f4(0.7))
            bent[x] = slope * f4(BEND) / g[0]
        row, behind = field[y], env[y]
        for x in range(w):
            share = cover[x]
            if share <= f4(0):
                continue
            place = min(max(f4(x) + bent[x], f4(0)), f4(w - 2))
            at = int(place)
            part = place - f4(at)
            bright, hidden = f4(0), f4(0)
            for k in range(2):
                one = behind[at + k]
                mass = part if k else f4(1) - part
                bright += mass * (one[0] * f4(0.2) + one[1] * f4(0.5) + one[2] * f4(0.6))
                hidden += mass * min(max(one[3], row[at + k, 3]), f4(1))
            bright *= through[x] * f4(THROUGH)
            bright *= bright / (bright + f4(FAINT))  # faces stay dim: it is outlines that are seen, and eyes
            shone = lamp[x] * (f4(1) - f4(SHADE) * hidden)
            gleam = max(bright - f4(GLEAM), f4(0))
            for k in range(3):
                cloth = colours[0, k]
                seen = (
                    bright * cloth
                    + gleam * colours[3, k]
                    + shone * (cloth * f4(0.8) + colours[3, k] * shone * f4(0.5))
                )
                lit = (cloth * front[x] + colours[1, k] * sheen[x]) * colours[2, k]
                row[x, k] += (seen + lit - row[x, k]) * share


def paint_drape(frame: Frame, drape: Drape) -> None:
    """Hang the curtain before all that has been painted so far, with its gold."""
    canvas, camera, lights = frame.canvas, frame.camera, frame.lights
    scale = camera.zoom / max(1.0 + drape.z - camera.dolly, 0.25)
    beam = lights.beam
    numbers = [
        drape.level, scale, camera.x, EYE + camera.y, drape.hem, drape.lag, drape.thin, drape.glow, drape.sway,
        drape.t % 4096.0, beam.level, beam.x,
    ]  # fmt: skip
    cloth = np.array(drape.colour) * (1.0, 0.75, 0.55)  # red that has hung for a century
    on = tuple(0.35 * c + 0.65 * k for c, k in zip((1.0, 0.92, 0.85), beam.colour, strict=True))
    colours = bgr_rows(cloth, 0.35 * cloth + (0.55, 0.12, 0.06), on, (1.0, 0.42, 0.10))
    shrink(canvas)
    canvas.field_bands(
        cloth_rows,
        canvas.field,
        canvas.env,
        ground(frame, canvas.scale),
        np.array(numbers, np.float32),
        colours,
    )
    top = HORIZON + (EYE + camera.y - drape.hem) * scale
    paint_fringe(frame, drape, scale, float(top))
    paint_tassels(frame, drape)
