"""Liquid silver: a mirror plane whose slope is a slow swell and rings from real steps, up to the horizon.

Slopes add up in closed form. A ring is a wave packet with a sharp front and a long tail; waves shorter than a pixel is
wide fade, so the horizon stays calm. Metal: half of what is mirrored is drawn to its own brightness, a little blue;
without that it is only water.
"""

from __future__ import annotations

import numpy as np

from performance.causes.place import EYE
from performance.paint.canvas import Canvas, Light
from performance.paint.floor_mirror import part_rows
from performance.paint.frame import Frame, bgr_rows
from performance.paint.ground import first_row, ground, rows_of
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, int32, int64, kernel, smooth_step
from performance.paint.settle import settle_rows
from performance.paint.sharpen import sharpen
from performance.stage.silver import Silver

SWELL = 0.075  # slope of the swell at swell 1
SHORE = 0.5  # of how far the plain reaches that is not yet thin, and less as it draws back
TILT = 0.55  # picture heights that a slope of one moves what is mirrored, up or down


@kernel(
    "void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,::1], f4[::1], f4[::1], f4[:,::1])"
)
def silver_rows(
    y0: int,
    y1: int,
    light: Light,
    behind: Light,
    env: Light,
    field: Light,
    rings: Light,
    g: Light,
    p: Light,
    colours: Light,
) -> None:
    """light (rows, 4, columns): blue, green, red and cover of the plain.

    p: level, metal, swell, charge, t, rows per field row, contact line, nearest row that it reaches (below), line,
    the row that the span is counted from.
    colours (B, G, R): metal, beam, its pool (x, z, radius), the line's.
    """
    w = light.shape[2]
    fh = behind.shape[0]
    level, metal, swell, charge, t, fine, foot, reach = p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]
    line, first, full = p[8], int64(p[9]), reach * min(f4(0.05) + f4(SHORE) * reach, f4(SHORE))
    inv = f4(1) / g[0]
    sky, stood, soft = behind.reshape(-1), env.reshape(-1), field.reshape(-1)
    sx, sz, place, under = (
        np.empty(w, np.float32),
        np.empty(w, np.float32),
        np.empty(w, np.float32),
        np.empty(w, np.float32),
    )
    aside_by = np.empty(w, np.float32)
    for_sky, for_stood = np.empty(w, np.uint32), np.empty(w, np.uint32)
    upper, near, gain, glint = (
        np.empty(w, np.float32),
        np.empty(w, np.float32),
        np.empty(w, np.float32),
        np.empty(w, np.float32),
    )
    for y in range(first + y0, first + y1):
        dv = ((f4(int32(y)) + f4(0.5)) / fine - g[2]) * g[0]
        out = light[y]
        left, right = (f4(0.5) - g[1]) * g[0], (f4(w) - f4(0.5) - g[1]) * g[0]
        lowest = min(dv * g[3] - left * g[4], dv * g[3] - right * g[4]) + g[5]
        highest = max(dv * g[3] - left * g[4], dv * g[3] - right * g[4]) + g[5]
        if highest < f4(0.0):
            for x in range(w):
                out[3, x] = f4(0)
            continue
        middle = max((lowest + highest) * f4(0.5), f4(0.004))
        deep = g[6] / middle  # waves fade by the depth of the row's middle: a roll tips it little
        step = deep * deep * g[0] / (g[6] * fine)  # units of depth that one row is
        calm = f4(1) / (f4(1) + step * f4(7))
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            u = du * g[3] + dv * g[4]
            below = dv * g[3] - du * g[4] + g[5]
            depth = g[6] / max(below, f4(0.004))
            a, z = u * depth * g[7] + g[8], depth + g[9]
            place[x], under[x] = a, below
            bend = fast_sin(a * f4(1.7) + z * f4(0.9) + t * f4(0.21)) * f4(1.5)
            curl = fast_sin(z * f4(2.6) - a * f4(1.3) - t * f4(0.17) + bend) * f4(1.6)
            c1 = fast_sin(a * f4(2.4) - z * f4(1.5) + t * f4(0.43) + bend + curl)
            c2 = fast_sin(f4(-1.6) * a - z * f4(3.6) + t * f4(0.57) + bend * f4(1.4) - curl)
            c3 = fast_sin(a * f4(6.6) - z * f4(5.2) - t * f4(0.83) + curl * f4(2.2))
            sx[x] = swell * calm * (f4(0.9) * c1 - f4(0.45) * c2 + f4(0.4) * c3)
            sz[x] = swell * calm * (f4(-0.55) * c1 - f4(1.25) * c2 - f4(0.3) * c3)
        away = deep + g[9]
        for i in range(rings.shape[0]):
            cx, cz, front, slope, waves = rings[i, 0], rings[i, 1], rings[i, 2], rings[i, 3], rings[i, 4]
            dz = away - cz
            if abs(dz) > front + f4(0.25) or slope < f4(0.002):
                continue
            seen = waves * step * f4(0.35)
            high = slope / (f4(1) + seen * seen)
            for x in range(w):
                dx = place[x] - cx
                r = np.sqrt(dx * dx + dz * dz) + f4(0.004)
                d = r - front
                ahead, tail = max(d, f4(0)), max(-d, f4(0))
                packet = fast_exp_neg(ahead * ahead * f4(240)) * fast_exp_neg(tail * f4(2.6))
                packet *= r / ((r + f4(0.05)) * (f4(0.6) + f4(0.8) * r))
                s = high * packet * fast_sin(waves * d * (f4(1) + f4(0.25) * d)) / r
                sx[x] += s * dx
                sz[x] += s * dz
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            below, u = under[x], du * g[3] + dv * g[4]
            rise = max(below, f4(0))
            mirrored = rise + sz[x] * (f4(TILT) + rise) * f4(0.75)
            mirrored = max(mirrored, f4(-0.7) * mirrored) + f4(0.003)
            aside = u + sx[x] * (f4(0.30) + rise) * f4(0.8)
            vv = -mirrored - g[5]
            px = min(max((aside * g[3] - vv * g[4]) * inv + g[1], f4(0)), f4(w - 1))
            py = min(max((aside * g[4] + vv * g[3]) * inv + g[2] - f4(0.5), f4(0)), f4(fh - 2))
            row = int32(py)
            upper[x] = py - f4(row)
            for_sky[x] = np.uint32((row * int32(w) + int32(px)) * int32(4))
            drop = below - foot
            vv = foot - drop - f4(0.30) * sz[x] * (f4(0.2) + max(drop, f4(0))) - g[5]
            beside = u + sx[x] * (f4(0.05) + max(drop, f4(0))) * f4(0.9)
            px = min(max((beside * g[3] - vv * g[4]) * inv + g[1] - f4(0.5), f4(0)), f4(w - 2))
            py = min(max((beside * g[4] + vv * g[3]) * inv + g[2], f4(0)), f4(fh - 1))
            aside_by[x] = px - np.floor(px)
            for_stood[x] = np.uint32((int32(py) * int32(w) + int32(px)) * int32(4))
            near[x] = (
                f4(0.92) * smooth_step(f4(0), f4(0.004), drop) * fast_exp_neg(max(drop, f4(0)) * f4(4.5))
            )
            facing = fast_exp_neg(rise * f4(1.9))
            gain[x] = (f4(0.34) + f4(0.58) * facing) * max(f4(1) - abs(sz[x]) * f4(0.9), f4(0.3))
            edge = smooth_step(f4(0.0), f4(0.004), below) * smooth_step(
                reach + f4(0.02), full - f4(0.01), below
            )
            out[3, x] = level * edge
            ax, az = place[x] - colours[2, 0], away - colours[2, 1]
            r2 = (ax * ax + az * az) / (colours[2, 2] * colours[2, 2])
            glint[x] = fast_exp_neg(r2 * f4(0.9)) * (f4(0.10) + f4(2.2) * max(sz[x] + f4(0.02), f4(0)))
            if charge > f4(0):
                v1 = place[x] * f4(2.3) + f4(1.4) * fast_sin(away * f4(1.7) + t * f4(0.4)) + sx[x] * f4(9)
                v2 = away * f4(2.9) + f4(1.2) * fast_sin(place[x] * f4(2.1) - t * f4(0.5)) + sz[x] * f4(9)
                net = fast_sin(v1 + t * f4(0.7)) + fast_sin(v2 - t * f4(0.6))
                vein = (
                    fast_exp_neg(abs(net) * f4(34))
                    * calm
                    * fast_exp_neg(max(deep - f4(0.4), f4(0)) * f4(0.5))
                )
                glint[x] += (
                    charge * vein * f4(0.30) * (f4(0.5) + f4(0.5) * fast_sin(v1 * f4(0.6) - t * f4(3.1)))
                )
        for x in range(w):
            i, j, part, tt, k = for_sky[x], for_stood[x], near[x], upper[x], gain[x]
            side = aside_by[x]
            cover = stood[j + np.uint32(3)]
            cover += (stood[j + np.uint32(7)] - cover) * side
            keep = f4(1) - cover * part
            for c in range(3):
                here = sky[i + np.uint32(c)]
                above = here + (sky[i + np.uint32(4 * w + c)] - here) * tt
                left_one, right_one = stood[j + np.uint32(c)], stood[j + np.uint32(c + 4)]
                left_field, right_field = soft[j + np.uint32(c)], soft[j + np.uint32(c + 4)]
                figure = left_one + (right_one - left_one) * side
                figure -= (left_field + (right_field - left_field) * side) * (f4(1) - cover)
                out[c, x] = (above * keep + max(figure, f4(0)) * part) * k
        blue, green, red = out[0], out[1], out[2]
        for x in range(w):
            grey = (f4(0.20) * blue[x] + f4(0.45) * green[x] + f4(0.35) * red[x]) * metal * f4(0.62)
            keep = f4(1) - f4(0.55) * metal
            shine = glint[x]
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            far = (
                line * fast_exp_neg(under[x] * under[x] * f4(52000)) * fast_exp_neg(du * du * f4(5.5)) * f4(4)
            )
            far += (
                line * fast_exp_neg(max(under[x], f4(0)) * f4(60)) * fast_exp_neg(du * du * f4(9)) * f4(0.10)
            )
            blue[x] = (
                blue[x] * keep + grey * colours[0, 0] * f4(1.25) + shine * colours[1, 0] + far * colours[3, 0]
            )
            green[x] = (
                green[x] * keep + grey * colours[0, 1] * f4(1.2) + shine * colours[1, 1] + far * colours[3, 1]
            )
            red[x] = (
                red[x] * keep + grey * colours[0, 2] * f4(1.2) + shine * colours[1, 2] + far * colours[3, 2]
            )


class SilverPlain:
    """Scratch for the plain on one canvas: the field's columns, and finer rows."""

    def __init__(self, canvas: Canvas) -> None:
        self.fine = min(2, canvas.scale)
        size = (canvas.field_height * self.fine, canvas.field_width)
        self.light: Light = np.zeros((size[0], 4, size[1]), np.float32)
        self.exact: Light = np.zeros(size, np.float32)
        self.soft: Light = np.zeros((canvas.field_height, canvas.field_width), np.float32)
        self.behind: Light = np.zeros_like(canvas.field)

    def paint(self, frame: Frame, silver: Silver) -> None:
        """Lay the plain over field, env and detail; to be run after `shrink`."""
        canvas, camera, beam = frame.canvas, frame.camera, frame.lights.beam
        g, height = ground(frame, canvas.scale), canvas.field_height
        first = max(first_row(g, canvas.field_width, height) - 1, 0)
        end = min(max(round(rows_of(g, canvas.field_width, 0.0)[1]) + 3, 0), height)
        nothing, spans = self.behind[:0], np.array([0, end, 0, 0])
        canvas.field_bands(part_rows, self.behind, nothing, canvas.field, canvas.air, canvas.env, spans)
        line = (EYE + camera.y) * camera.zoom / max(1.0 + silver.stood - camera.dolly, 0.3)
        reach = 0.012 + 1.2 * silver.reach**2
        numbers = [
            silver.level, silver.metal, SWELL * silver.swell, silver.charge, silver.t % 4096.0, self.fine, line, reach,
            silver.line, first * self.fine,
        ]  # fmt: skip
        shone = (beam.colour[0] * beam.level, beam.colour[1] * beam.level, beam.colour[2] * beam.level)
        pool = (max(beam.width, 0.05), beam.z, beam.x)
        canvas.threads.bands(
            (height - first) * self.fine, silver_rows, self.light, self.behind, canvas.env, canvas.field,
            silver.rings, g, np.array(numbers, np.float32),
            bgr_rows(silver.colour, shone, pool, silver.glow),
        )  # fmt: skip
        canvas.threads.bands(
            height - first, settle_rows, canvas.field, canvas.env, self.exact, self.soft, self.light, self.fine,
            f4(1.0), first,
        )  # fmt: skip
        sharpen(canvas, self.exact, self.soft, self.fine, 1, (first, height))
