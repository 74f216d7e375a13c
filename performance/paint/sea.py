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
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, int32, kernel, smooth_step
from performance.paint.sharpen import LEAVE, sharpen
from performance.paint.waves import march
from performance.stage.floor import Floor

WOOD_ROWS = 3  # the copy of the deck's tile that is fine enough here
FIRST = COLUMNS * (2 * ROWS - (2 * ROWS >> WOOD_ROWS))


@inline
def _caustic(place: float, away: float, sx: float, sz: float, t: float) -> float:
    """Bright lines where the waves above gather light on what is under them."""
    bow = fast_sin(away * f4(6.3) + t * f4(0.5) + sx * f4(2))
    lean = fast_sin(place * f4(5.2) - t * f4(0.45) + sz * f4(3))
    a = place * f4(8.0) + f4(2.3) * bow + t * f4(0.30)
    b = away * f4(9.5) + f4(2.3) * lean - t * f4(0.37)
    net = fast_sin(a) + fast_sin(b)
    knot = fast_sin(a * f4(1.7) + f4(2.4) * lean + f4(1)) - fast_sin(b * f4(1.6) - f4(2.4) * bow)
    value: float = fast_exp_neg(abs(net) * f4(11)) + f4(0.6) * fast_exp_neg(abs(knot) * f4(13))
    return value


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[::1], f4[::1])")
def weigh_rows(y0: int, y1: int, parts: Light, shape: Light, g: Light, p: Light) -> None:
    """parts (rows, 4, columns): light in the glass, share of the mirrored sky, how high that lies, the beam's light.

    p: morph, t, gloss, pool X, Z, radius, edge, rows per field row. One plane at a time, so that each loop is narrow
    enough for the compiler to vectorise.
    """
    w = parts.shape[2]
    morph, t, gloss, px, pz, radius, edge, fine = p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]
    flow = smooth_step(f4(0.12), f4(0.85), morph)
    seams = f4(4) * morph * (f4(1) - morph) * smooth_step(f4(0.05), f4(0.35), morph)
    inner, outer = f4(1) - f4(0.55) * edge, f4(1.03) + f4(0.75) * edge
    for y in range(y0, y1):
        dv = ((f4(int32(y)) + f4(0.5)) / fine - g[2]) * g[0]
        across, slope, high, deep = shape[y, 0], shape[y, 1], shape[y, 2], shape[y, 3]
        most = f4(0)
        for x in range(w):
            most = max(most, deep[x])
        if most <= f4(0):
            continue
        out = parts[y, 0]
        for x in range(w):
            depth, sx, sz = max(deep[x], f4(0.05)), across[x], slope[x]
            u = (f4(int32(x)) + f4(0.5) - g[1]) * g[0] * g[3] + dv * g[4]
            place, away = u * depth * g[7] + g[8], depth + g[9]
            crest = smooth_step(f4(-0.012), f4(0.07), high[x])
            path = fast_exp_neg(place * place / (f4(0.20) + depth * depth * f4(0.05)))
            face = max(sz, f4(0)) / (f4(0.05) + max(sz, f4(0)))
            clear = max(f4(1) - depth * f4(0.13), f4(0)) * min(depth * f4(2.2), f4(1))
            caustic = _caustic(place, away, sx, sz, t) * clear * clear
            glow = f4(0.012) + crest * crest * (f4(0.04) + f4(0.50) * face) * (f4(0.25) + f4(0.75) * path)
            glow += caustic * (f4(0.040) + f4(0.30) * path) * (f4(0.4) + crest)
            row = away * f4(1.0 / BOARD)
            part = row - np.floor(row)
            wide = min(depth * depth * g[0] / (g[6] * f4(BOARD) * fine) + f4(0.035), f4(0.5))
            seam = max(f4(1) - min(part, f4(1) - part) / wide, f4(0)) * min(f4(0.05) / wide, f4(1))
            out[x] = glow * flow + seam * seams * clear * (f4(0.10) + f4(0.5) * path)
        out = parts[y, 1]
        for x in range(w):
            depth, sx, sz = max(deep[x], f4(0.05)), across[x], slope[x]
            u = (f4(int32(x)) + f4(0.5) - g[1]) * g[0] * g[3] + dv * g[4]
            down = (g[6] - high[x]) / depth
            il = f4(1) / np.sqrt((f4(1) + sx * sx + sz * sz) * (f4(1) + u * u + down * down))
            f = f4(1) - min(max((sx * u + down + sz) * il, f4(0.01)), f4(1))
            fresnel = f4(0.03) + f4(0.97) * f * f * f * f * f
            out[x] = fresnel * f4(1.05) * flow + gloss * (f4(0.08) + f4(0.55) * fresnel) * (f4(1) - flow)
        out = parts[y, 2]
        for x in range(w):
            rise = (g[6] - high[x]) / max(deep[x], f4(0.05)) + f4(1.7) * slope[x] + f4(0.012)
            out[x] = min(max(rise, f4(-0.4) * rise), f4(1.4))
        out = parts[y, 3]
        for x in range(w):
            depth = max(deep[x], f4(0.05))
            u = (f4(int32(x)) + f4(0.5) - g[1]) * g[0] * g[3] + dv * g[4]
            ax, az = u * depth * g[7] + g[8] - px, depth + g[9] - pz
            r2 = (ax * ax + az * az) / (radius * radius)
            out[x] = (
                smooth_step(outer, inner, np.sqrt(r2))
                + f4(0.075) * fast_exp_neg(r2 * f4(0.16))
                + f4(0.025) * fast_exp_neg(r2 * f4(0.012))
            )


@kernel(
    "void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], u1[::1], f4[::1], f4[::1],"
    " f4[:,::1])"
)
def shade_rows(
    y0: int, y1: int, sea: Light, parts: Light, shape: Light, behind: Light, stands: Light, wood: Bytes, g: Light,
    p: Light, colours: Light,
) -> None:  # fmt: skip
    """Rows of the sea's light (B, G, R, cover) from its parts and what it mirrors.

    p: morph, centre u, line of what stands there, rows per field row, far.
    colours (B, G, R): wood, beam, ambient, glass.
    """
    w = sea.shape[1]
    fh = behind.shape[0]
    morph, centre, line, fine, far = p[0], p[1], p[2], p[3], p[4]
    flow = smooth_step(f4(0.12), f4(0.85), morph)
    inv = f4(1) / g[0]
    for y in range(y0, y1):
        dv = ((f4(int32(y)) + f4(0.5)) / fine - g[2]) * g[0]
        out = sea[y]
        across, slope, deep = shape[y, 0], shape[y, 1], shape[y, 3]
        inside, share, height, shone = parts[y, 0], parts[y, 1], parts[y, 2], parts[y, 3]
        for x in range(w):
            depth = deep[x]
            out[x, 3] = f4(0)
            if depth <= f4(0):
                continue
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            u = du * g[3] + dv * g[4]
            ru = u - across[x] * f4(0.55)
            vv = -height[x] - g[5]
            mx = min(max(int((ru * g[3] - vv * g[4]) * inv + g[1]), 0), w - 1)
            fy = min(max((ru * g[4] + vv * g[3]) * inv + g[2] - f4(0.5), f4(0)), f4(fh - 2))
            my = int(fy)
            fy -= f4(int32(my))
            above, under = behind[my, mx], behind[my + 1, mx]
            b = above[0] + (under[0] - above[0]) * fy
            gr = above[1] + (under[1] - above[1]) * fy
            r = above[2] + (under[2] - above[2]) * fy
            aside = min(max((abs(u - centre) - f4(0.10)) * f4(10), f4(0)), f4(1))
            foot = line * (f4(1) - aside)
            drop = dv * g[3] - du * g[4] + g[5] - foot
            if drop > f4(0):  # what stands on the water is mirrored from its feet
                vv = foot - drop - f4(0.6) * slope[x] - g[5]
                cx = u - across[x] * f4(0.30)
                mx = min(max(int((cx * g[3] - vv * g[4]) * inv + g[1]), 0), w - 1)
                my = min(max(int((cx * g[4] + vv * g[3]) * inv + g[2]), 0), fh - 1)
                near = f4(1) / (f4(1) + drop * drop * f4(40))  # and breaks up away from them
                b += stands[my, mx, 0] * near
                gr += stands[my, mx, 1] * near
                r += stands[my, mx, 2] * near
            boards = f4(0)
            if flow < f4(1):
                away = depth + g[9]
                q = (away + f4(32.0 * TILE_Z)) * f4((ROWS >> WOOD_ROWS) / TILE_Z)
                bolt = int32(q) >> int32(10 - WOOD_ROWS)
                column = (
                    int32((u * depth * g[7] + g[8] + f4(64.0 * TILE_X)) * f4(COLUMNS / TILE_X))
                    + bolt * int32(1543)
                ) & int32(COLUMNS - 1)
                at = int32(FIRST) + (int32(q) & int32((ROWS >> WOOD_ROWS) - 1)) * int32(COLUMNS) + column
                grain = f4(wood[np.uint32(at)]) * f4(1.0 / DETAIL_ONE)
                grain = f4(1) + (grain * grain - f4(1)) * fast_exp_neg(depth * f4(0.2))
                boards = (
                    grain
                    * max(f4(1) + f4(3.0) * slope[x], f4(0.3))
                    * smooth_step(far, far * f4(0.45), depth)
                    * (f4(1) - flow)
                )
            air = (f4(1) - fast_exp_neg(depth * f4(0.055))) * flow
            haze_row = int32(min(max((du * g[4] - g[5] * g[3]) * inv + g[2], f4(0)), f4(fh - 1)))
            haze = behind[haze_row, x]
            beam = shone[x]
            lit, glass, sky = boards * beam, inside[x] + beam * f4(0.16) * flow, share[x]
            for k in range(3):
                mirrored = max(b if k == 0 else gr if k == 1 else r, f4(0))
                light = colours[0, k] * (colours[1, k] * lit + colours[2, k] * boards) + colours[3, k] * glass
                light += mirrored * sky + colours[1, k] * beam * flow * f4(0.05)
                out[x, k] = light + (haze[k] * f4(0.8) - light) * air
            out[x, 3] = f4(1)


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,::1], f4[:,::1], f4[:,:,::1], i8, f4)")
def settle_rows(
    y0: int, y1: int, field: Light, env: Light, exact: Light, soft: Light, sea: Light, fine: int, level: float
) -> None:
    """field = the mean of the sea's rows; what that adds of light goes to env too, so that it blooms."""
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
                exact[y * fine + k, x] = (
                    (row[0] + f4(2) * row[1] + row[2]) if row[3] > f4(0) and level > f4(0.98) else f4(LEAVE)
                )
            soft[y, x] = field[y, x, 0] + f4(2) * field[y, x, 1] + field[y, x, 2]
            if cover <= f4(0):
                continue
            share = level / f4(int32(fine))
            rest = f4(1) - cover * share
            b, gr, r = (
                field[y, x, 0] * rest + b * share,
                field[y, x, 1] * rest + gr * share,
                field[y, x, 2] * rest + r * share,
            )
            env[y, x, 0] = max(env[y, x, 0] + b - field[y, x, 0], f4(0))
            env[y, x, 1] = max(env[y, x, 1] + gr - field[y, x, 1], f4(0))
            env[y, x, 2] = max(env[y, x, 2] + r - field[y, x, 2], f4(0))
            field[y, x, 0], field[y, x, 1], field[y, x, 2] = b, gr, r
            soft[y, x] = b + f4(2) * gr + r


class Sea:
    """Scratch for one canvas: the sea's shape and its light, at the field's columns and finer rows."""

    def __init__(self, canvas: Canvas) -> None:
        self.fine = min(2, canvas.scale)
        size = (canvas.field_height * self.fine, canvas.field_width, 4)
        planes = (size[0], 4, size[1])
        self.shape: Light = np.zeros(planes, np.float32)
        self.parts: Light = np.zeros(planes, np.float32)
        self.light: Light = np.zeros(size, np.float32)
        self.exact: Light = np.zeros(size[:2], np.float32)
        self.soft: Light = np.zeros((canvas.field_height, canvas.field_width), np.float32)

    def paint(self, frame: Frame, floor: Floor, behind: Light, stands: Light, centre: float) -> None:
        """Lay the sea over field, env and detail, mirroring the light `behind` and what `stands` at u = `centre`."""
        canvas, camera, beam, lights = frame.canvas, frame.camera, frame.lights.beam, frame.lights
        g = ground(frame, canvas.scale)
        whole = float(np.clip(1.0 - (floor.morph - 0.3) / 0.4, 0.0, 1.0))
        heave = floor.swell * 2.0 * min(1.0, floor.morph / 0.8) ** 1.3
        moving = np.array([floor.t % 4096.0, whole, heave, self.fine], np.float32)
        canvas.threads.bands(canvas.field_width, march, self.shape, g, moving)
        line = (EYE + camera.y) * camera.zoom / max(1.0 - camera.dolly, 0.3)
        weights = [
            floor.morph,
            floor.t % 4096.0,
            floor.gloss,
            beam.x,
            beam.z,
            beam.width,
            beam.edge,
            self.fine,
        ]
        rows = len(self.light)
        canvas.threads.bands(rows, weigh_rows, self.parts, self.shape, g, np.array(weights, np.float32))
        numbers = [floor.morph, centre, line, self.fine, floor.far]
        shone = (beam.colour[0] * beam.level, beam.colour[1] * beam.level, beam.colour[2] * beam.level)
        colours = bgr_rows(wood_of(floor), shone, lights.ambient, floor.glass)
        canvas.threads.bands(
            rows, shade_rows, self.light, self.parts, self.shape, behind, stands, deck(), g,
            np.array(numbers, np.float32), colours,
        )  # fmt: skip
        canvas.field_bands(
            settle_rows,
            canvas.field,
            canvas.env,
            self.exact,
            self.soft,
            self.light,
            self.fine,
            f4(floor.level),
        )
        sharpen(canvas, self.exact, self.soft, self.fine, 1, (0, canvas.field_height))
