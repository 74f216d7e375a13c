"""Liquid glass: mirrored sky by Fresnel's law, light through thin crests, caustic lines, a path of light.

The sea's shape is kept at the field's columns and at more rows (crests lie nearly level, so it is rows that count);
it is shaded there, its mean goes to the field and what is finer goes to the full-size detail.
"""

from __future__ import annotations

import numpy as np

from performance.causes.place import EYE
from performance.paint.canvas import DETAIL_ONE, Bytes, Canvas, Light
from performance.paint.deck import BOARD, COLUMNS, ROWS, TILE_X, TILE_Z, deck
from performance.paint.floor import bgr_rows, wood_of
from performance.paint.frame import Frame
from performance.paint.ground import ground
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, kernel, smooth_step
from performance.paint.waves import march
from performance.stage.floor import Floor

WOOD_ROWS = 3  # the copy of the deck's tile that is fine enough here
FIRST = COLUMNS * (2 * ROWS - (2 * ROWS >> WOOD_ROWS))


@kernel(
    "void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], u1[::1], f4[::1], f4[::1], f4[:,::1])"
)
def shade_rows(
    y0: int, y1: int, sea: Light, shape: Light, before: Light, env: Light, wood: Bytes, g: Light, p: Light, colours: Light
) -> None:
    """Rows of the sea's light (B, G, R, cover) from its shape.

    p: morph, t, gloss, centre u, line of what stands there, pool X, Z, radius, edge, rows per field row, far.
    colours (B, G, R): wood, beam, ambient, glass.
    """
    h, w = sea.shape[0], sea.shape[1]
    fh = before.shape[0]
    morph, t, gloss, centre, line = p[0], p[1], p[2], p[3], p[4]
    px, pz, radius, edge, fine, far = p[5], p[6], p[7], p[8], p[9], p[10]
    flow = smooth_step(f4(0.12), f4(0.85), morph)
    seams = f4(4) * morph * (f4(1) - morph) * smooth_step(f4(0.05), f4(0.35), morph)
    inv = f4(1) / g[0]
    inner, outer = f4(1) - f4(0.55) * edge, f4(1.03) + f4(0.75) * edge
    for y in range(y0, y1):
        dv = ((f4(np.int32(y)) + f4(0.5)) / fine - g[2]) * g[0]
        out = sea[y]
        s = shape[y]
        for x in range(w):
            depth = s[x, 3]
            out[x, 3] = f4(0)
            if depth <= f4(0):
                continue
            du = (f4(np.int32(x)) + f4(0.5) - g[1]) * g[0]
            below = dv * g[3] - du * g[4] + g[5]
            u = du * g[3] + dv * g[4]
            sx, sz, high = s[x, 0], s[x, 1], s[x, 2]
            place, away = u * depth * g[7] + g[8], depth + g[9]
            down = (g[6] - high) / depth
            il = f4(1) / np.sqrt((f4(1) + sx * sx + sz * sz) * (f4(1) + u * u + down * down))
            cosine = min(max((sx * u + down + sz) * il, f4(0.01)), f4(1))
            f = f4(1) - cosine
            fresnel = f4(0.03) + f4(0.97) * f * f * f * f * f
            # what is mirrored: the sky by its own height over the horizon, the performer from the feet
            ru = u - sx * f4(0.55)
            rise = down + f4(1.7) * sz + f4(0.012)
            rise = rise if rise > f4(0) else f4(-0.4) * rise
            vv = -min(rise, f4(1.4)) - g[5]
            mx = np.int32((ru * g[3] - vv * g[4]) * inv + g[1])
            fy = min(max((ru * g[4] + vv * g[3]) * inv + g[2] - f4(0.5), f4(0)), f4(fh - 2))
            my = np.int32(fy)
            fy -= f4(my)
            mx = min(max(mx, 0), w - 1)
            keep = f4(1) - fy
            b = before[my, mx, 0] * keep + before[my + 1, mx, 0] * fy
            gr = before[my, mx, 1] * keep + before[my + 1, mx, 1] * fy
            r = before[my, mx, 2] * keep + before[my + 1, mx, 2] * fy
            aside = smooth_step(f4(0.10), f4(0.20), abs(u - centre))
            foot = line * (f4(1) - aside)
            under = below - foot
            if under > f4(0):
                vv = foot - under - f4(0.6) * sz - g[5]
                cx = u - sx * f4(0.30)
                mx = min(max(np.int32((cx * g[3] - vv * g[4]) * inv + g[1]), 0), w - 1)
                my = min(max(np.int32((cx * g[4] + vv * g[3]) * inv + g[2]), 0), fh - 1)
                b += env[my, mx, 0] - before[my, mx, 0]
                gr += env[my, mx, 1] - before[my, mx, 1]
                r += env[my, mx, 2] - before[my, mx, 2]
            # light in the glass
            crest = smooth_step(f4(-0.01), f4(0.075), high)
            path = fast_exp_neg(place * place / (f4(0.20) + depth * depth * f4(0.05)))
            face = max(sz, f4(0)) / (f4(0.05) + max(sz, f4(0)))
            clear = fast_exp_neg(depth * f4(0.22))
            warp = fast_sin(place * f4(4.1) - away * f4(2.3) + t * f4(0.5)) + sx * f4(2.5)
            net = fast_sin(place * f4(9.0) + f4(1.8) * warp + t * f4(0.35)) + fast_sin(away * f4(11.0) - f4(1.6) * warp - t * f4(0.41) + sz * f4(4))
            knot = fast_sin(place * f4(15.0) - away * f4(9.0) + f4(2.1) * warp) - fast_sin(away * f4(17.0) + f4(1.9) * warp + t * f4(0.6))
            caustic = (fast_exp_neg(abs(net) * f4(11)) + f4(0.6) * fast_exp_neg(abs(knot) * f4(13))) * clear
            glow = f4(0.014) + crest * crest * (f4(0.05) + f4(0.42) * face) * (f4(0.30) + f4(0.70) * path)
            glow += caustic * (f4(0.035) + f4(0.20) * path) * (f4(0.4) + crest)
            # the boards they were
            row = away * f4(1.0 / BOARD)
            part = row - np.floor(row)
            wide = min(depth * depth * g[0] / (g[6] * f4(BOARD) * fine) + f4(0.035), f4(0.5))
            seam = max(f4(1) - min(part, f4(1) - part) / wide, f4(0)) * min(f4(0.05) / wide, f4(1))
            ax, az = place - px, away - pz
            r2 = (ax * ax + az * az) / (radius * radius)
            lit = smooth_step(outer, inner, np.sqrt(r2)) + f4(0.075) * fast_exp_neg(r2 * f4(0.16)) + f4(0.025) * fast_exp_neg(r2 * f4(0.012))
            grain = f4(1)
            if flow < f4(1):
                q = (away + f4(32.0 * TILE_Z)) * f4((ROWS >> WOOD_ROWS) / TILE_Z)
                bolt = np.int32(q) >> np.int32(10 - WOOD_ROWS)
                column = (np.int32((place + f4(64.0 * TILE_X)) * f4(COLUMNS / TILE_X)) + bolt * np.int32(1543)) & np.int32(COLUMNS - 1)
                at = np.int32(FIRST) + (np.int32(q) & np.int32((ROWS >> WOOD_ROWS) - 1)) * np.int32(COLUMNS) + column
                grain = f4(wood[np.uint32(at)]) * f4(1.0 / DETAIL_ONE)
                grain *= grain
                grain = f4(1) + (grain - f4(1)) * fast_exp_neg(depth * f4(0.2))
            tilt = max(f4(1) + f4(3.0) * sz, f4(0.3))
            dim = smooth_step(far, far * f4(0.45), depth)
            air = f4(1) - fast_exp_neg(depth * f4(0.055))
            line_light = seam * seams * clear * (f4(0.10) + f4(0.5) * path) + max(lit, f4(0)) * f4(0.16) * flow
            rough = gloss * (f4(0.08) + f4(0.55) * fresnel)
            hy = min(max((-g[5] * g[3] + du * g[4]) * inv + g[2], f4(0)), f4(fh - 1))
            haze_row = np.int32(hy)
            for k in range(3):
                sky = b if k == 0 else gr if k == 1 else r
                boards = colours[0, k] * (colours[1, k] * lit + colours[2, k]) * grain * tilt * dim + max(sky, f4(0)) * rough
                glass = colours[3, k] * glow + max(sky, f4(0)) * fresnel * f4(1.05)
                light = boards + (glass - boards) * flow + colours[3, k] * line_light + colours[1, k] * lit * flow * f4(0.05)
                haze = before[haze_row, x, k] * f4(0.8)
                out[x, k] = light + (haze - light) * air * flow
            out[x, 3] = f4(1)


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], i8, f4)")
def settle_rows(y0: int, y1: int, field: Light, env: Light, sea: Light, fine: int, level: float) -> None:
    """field = the mean of the sea's rows over it; its bright part also goes to env, so that it blooms."""
    w = field.shape[1]
    for y in range(y0, y1):
        for x in range(w):
            b, gr, r, cover = f4(0), f4(0), f4(0), f4(0)
            for k in range(fine):
                row = sea[y * fine + k, x]
                b += row[0] * row[3]
                gr += row[1] * row[3]
                r += row[2] * row[3]
                cover += row[3]
            if cover <= f4(0):
                continue
            share = level / f4(fine)
            rest = f4(1) - cover * share
            b, gr, r = field[y, x, 0] * rest + b * share, field[y, x, 1] * rest + gr * share, field[y, x, 2] * rest + r * share
            env[y, x, 0] = max(env[y, x, 0] + b - field[y, x, 0], f4(0))
            env[y, x, 1] = max(env[y, x, 1] + gr - field[y, x, 1], f4(0))
            env[y, x, 2] = max(env[y, x, 2] + r - field[y, x, 2], f4(0))
            field[y, x, 0], field[y, x, 1], field[y, x, 2] = b, gr, r


@kernel("void(i8, i8, u1[:,::1], f4[:,:,::1], f4[:,:,::1], i8, i8, f4)")
def sharpen_rows(y0: int, y1: int, detail: Bytes, sea: Light, field: Light, scale: int, fine: int, level: float) -> None:
    """The detail that turns the field's soft light back into the sea's finer rows."""
    w = detail.shape[1]
    fh, fw = field.shape[0], field.shape[1]
    sh = sea.shape[0]
    ratio = np.empty(fw + 2, np.float32)
    covered = np.empty(fw + 2, np.float32)
    step = f4(np.int32(fine)) / f4(np.int32(scale))
    for y in range(y0, y1):
        sy = min(max((f4(np.int32(y)) + f4(0.5)) * step - f4(0.5), f4(0)), f4(sh - 2))
        sa = np.int32(sy)
        ts = sy - f4(sa)
        fy = min(max((f4(np.int32(y)) + f4(0.5)) / f4(np.int32(scale)) - f4(0.5), f4(0)), f4(fh - 2))
        fa = np.int32(fy)
        tf = fy - f4(fa)
        any_cover = f4(0)
        for x in range(fw):
            p, q = sea[sa, x], sea[sa + 1, x]
            a, b = field[fa, x], field[fa + 1, x]
            c = p[3] + (q[3] - p[3]) * ts
            exact = (p[0] + p[1] * f4(2) + p[2]) * p[3] * (f4(1) - ts) + (q[0] + q[1] * f4(2) + q[2]) * q[3] * ts
            soft = (a[0] + a[1] * f4(2) + a[2]) * (f4(1) - tf) + (b[0] + b[1] * f4(2) + b[2]) * tf
            value = np.sqrt((exact + f4(1e-4)) / (soft + f4(1e-4)))
            c = c * level if p[3] * q[3] > f4(0) else f4(0)
            ratio[x + 1] = f4(1) + (min(value, f4(1.98)) - f4(1)) * c
            any_cover = max(any_cover, c)
        if any_cover <= f4(0):
            continue
        ratio[0], ratio[fw + 1] = ratio[1], ratio[fw]
        for k in range(scale):
            s = (f4(np.int32(k)) + f4(0.5)) / f4(np.int32(scale)) - f4(0.5)
            weight = abs(s)
            near = ratio[2:] if s > f4(0) else ratio
            middle = ratio[1:]
            for x in range((w - k + scale - 1) // scale):
                detail[y, x * scale + k] = np.uint8((middle[x] + (near[x] - middle[x]) * weight) * f4(DETAIL_ONE) + f4(0.5))


class Sea:
    """Scratch for one canvas: the sea's shape and its light, at the field's columns and finer rows."""

    def __init__(self, canvas: Canvas) -> None:
        self.fine = min(2, canvas.scale)
        size = (canvas.field_height * self.fine, canvas.field_width, 4)
        self.shape: Light = np.zeros(size, np.float32)
        self.light: Light = np.zeros(size, np.float32)

    def paint(self, frame: Frame, floor: Floor, before: Light, centre: float) -> None:
        """Lay the sea over field, env and detail. `before` is the field as it was, `centre` the performer's u."""
        canvas, camera, beam, lights = frame.canvas, frame.camera, frame.lights.beam, frame.lights
        g = ground(frame, canvas.scale)
        whole = float(np.clip(1.0 - (floor.morph - 0.3) / 0.4, 0.0, 1.0))
        heave = floor.swell * 2.0 * min(1.0, floor.morph / 0.8) ** 1.3
        moving = np.array([floor.t % 4096.0, whole, heave, self.fine], np.float32)
        canvas.threads.bands(canvas.field_width, march, self.shape, g, moving)
        line = (EYE + camera.y) * camera.zoom / max(1.0 - camera.dolly, 0.3)
        numbers = [
            floor.morph, floor.t % 4096.0, floor.gloss, centre, line, beam.x, beam.z, beam.width, beam.edge,
            self.fine, floor.far,
        ]  # fmt: skip
        shone = (beam.colour[0] * beam.level, beam.colour[1] * beam.level, beam.colour[2] * beam.level)
        colours = bgr_rows(wood_of(floor), shone, lights.ambient, floor.glass)
        canvas.threads.bands(
            len(self.light), shade_rows, self.light, self.shape, before, canvas.env, deck(), g,
            np.array(numbers, np.float32), colours,
        )  # fmt: skip
        canvas.field_bands(settle_rows, canvas.field, canvas.env, self.light, self.fine, f4(floor.level))
        canvas.detailed = True
        canvas.bands(
            sharpen_rows, canvas.detail, self.light, canvas.field, canvas.scale, self.fine, f4(floor.level)
        )
