"""Liquid glass: mirrored sky by Fresnel's law, light through thin crests, caustic lines, a path of light.

The sea's shape is kept at the field's columns and at more rows (crests lie nearly level, so it is rows that count);
it is shaded there, its mean goes to the field and what is finer goes to the full-size detail.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE
from performance.paint.canvas import DETAIL_ONE, Bytes, Canvas, Light
from performance.paint.deck import BOARD, COLUMNS, ROWS, TILE_X, TILE_Z, deck
from performance.paint.floor import wood_of
from performance.paint.frame import Frame, bgr_rows
from performance.paint.ground import ground
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, int32, int64, kernel, smooth_step
from performance.paint.pace import Pace
from performance.paint.settle import settle_rows
from performance.paint.sharpen import sharpen
from performance.paint.waves import blocks, march
from performance.stage.floor import Floor

Places = NDArray[np.uint32]

RATE = 30.0  # shapes a second
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


@inline
def _wood(
    spot: Places, boards: Light, wood: Bytes, deep: Light, slope: Light, dv: float, flow: float, far: float, g: Light
) -> None:  # fmt: skip
    """A row of boards that still show in the sea, as a share of what wood reflects."""
    for x in range(deep.shape[0]):
        depth = deep[x]
        u = (f4(int32(x)) + f4(0.5) - g[1]) * g[0] * g[3] + dv * g[4]
        q = int32((depth + g[9] + f4(32.0 * TILE_Z)) * f4((ROWS >> WOOD_ROWS) / TILE_Z))
        along = int32((u * depth * g[7] + g[8] + f4(64.0 * TILE_X)) * f4(COLUMNS / TILE_X))
        column = (along + (q >> int32(10 - WOOD_ROWS)) * int32(1543)) & int32(COLUMNS - 1)
        row = q & int32((ROWS >> WOOD_ROWS) - 1)
        spot[x] = np.uint32(int32(FIRST) + row * int32(COLUMNS) + column)
    for x in range(deep.shape[0]):
        boards[x] = f4(wood[spot[x]])
    for x in range(deep.shape[0]):
        grain = boards[x] * f4(1.0 / DETAIL_ONE)
        grain = f4(1) + (grain * grain - f4(1)) * fast_exp_neg(max(deep[x], f4(0)) * f4(0.2))
        heaved = max(f4(1) + f4(3.0) * slope[x], f4(0.3)) * (f4(1) - flow)
        boards[x] = grain * heaved * smooth_step(far, far * f4(0.45), deep[x])


@kernel(
    "void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], u1[::1], f4[::1], f4[::1],"
    " f4[:,::1])"
)
def shade_rows(
    y0: int, y1: int, sea: Light, parts: Light, shape: Light, behind: Light, stands: Light, wood: Bytes, g: Light,
    p: Light, colours: Light,
) -> None:  # fmt: skip
    """Rows of the sea's light (rows, 4, columns: B, G, R, cover) from its parts and what it mirrors.

    p: morph, centre u, line of what stands there, rows per field row, far, the row that the span is counted from.
    colours (B, G, R): wood, beam, ambient, glass.
    """
    w = sea.shape[2]
    fh = behind.shape[0]
    morph, centre, line, fine, far = p[0], p[1], p[2], p[3], p[4]
    flow = smooth_step(f4(0.12), f4(0.85), morph)
    inv = f4(1) / g[0]
    sky, stood = behind.reshape(fh * w * 4), stands.reshape(fh * w * 4)
    place = np.empty((3, w), np.uint32)  # where the sky, what stands there and the far haze are looked up
    upper, near, boards = np.empty(w, np.float32), np.empty(w, np.float32), np.zeros(w, np.float32)
    mirrored, haze = np.empty((3, w), np.float32), np.empty((3, w), np.float32)
    spot, airs = np.empty(w, np.uint32), np.empty(w, np.float32)
    first = int64(p[5])
    for y in range(first + y0, first + y1):
        dv = ((f4(int32(y)) + f4(0.5)) / fine - g[2]) * g[0]
        out = sea[y]
        across, slope, deep = shape[y, 0], shape[y, 1], shape[y, 3]
        inside, share, height, shone = parts[y, 0], parts[y, 1], parts[y, 2], parts[y, 3]
        cover, most = out[3], f4(0)
        for x in range(w):
            cover[x] = f4(1) if deep[x] > f4(0) else f4(0)
            most = max(most, deep[x])
        if most <= f4(0):
            continue
        for_sky, for_stood, for_haze = place[0], place[1], place[2]
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            u = du * g[3] + dv * g[4]
            ru = u - across[x] * f4(0.55)
            vv = -height[x] - g[5]
            mx = int32(min(max((ru * g[3] - vv * g[4]) * inv + g[1], f4(0)), f4(w - 1)))
            fy = min(max((ru * g[4] + vv * g[3]) * inv + g[2] - f4(0.5), f4(0)), f4(fh - 2))
            my = int32(fy)
            upper[x] = fy - f4(my)
            for_sky[x] = np.uint32((my * int32(w) + mx) * int32(4))
            aside = min(max((abs(u - centre) - f4(0.10)) * f4(10), f4(0)), f4(1))
            foot = line * (f4(1) - aside)
            drop = dv * g[3] - du * g[4] + g[5] - foot  # what stands on the water is mirrored from its feet
            vv = foot - drop - f4(0.6) * slope[x] - g[5]
            cx = u - across[x] * f4(0.30)
            mx = int32(min(max((cx * g[3] - vv * g[4]) * inv + g[1], f4(0)), f4(w - 1)))
            my = int32(min(max((cx * g[4] + vv * g[3]) * inv + g[2], f4(0)), f4(fh - 1)))
            for_stood[x] = np.uint32((my * int32(w) + mx) * int32(4))
            near[x] = (
                f4(1) / (f4(1) + drop * drop * f4(40)) if drop > f4(0) else f4(0)
            )  # and breaks up away from them
            my = int32(min(max((du * g[4] - g[5] * g[3]) * inv + g[2], f4(0)), f4(fh - 1)))
            for_haze[x] = np.uint32((my * int32(w) + int32(x)) * int32(4))
        for x in range(w):
            i, j, n, t, part = for_sky[x], for_stood[x], for_haze[x], upper[x], near[x]
            for k in range(3):
                above = sky[i + np.uint32(k)]
                value = above + (sky[i + np.uint32(4 * w + k)] - above) * t
                mirrored[k, x] = max(value + stood[j + np.uint32(k)] * part, f4(0))
                haze[k, x] = sky[n + np.uint32(k)]
        if flow < f4(1):
            _wood(spot, boards, wood, deep, slope, dv, flow, far, g)
        for x in range(w):
            airs[x] = (f4(1) - fast_exp_neg(deep[x] * f4(0.055))) * flow
        for k in range(3):
            body, beam, around, glass = colours[0, k], colours[1, k], colours[2, k], colours[3, k]
            seen, mist, row = mirrored[k], haze[k], out[k]
            for x in range(w):
                light = body * boards[x] * (beam * shone[x] + around) + seen[x] * share[x]
                light += glass * (inside[x] + shone[x] * f4(0.16) * flow) + beam * shone[x] * flow * f4(0.05)
                row[x] = light + (mist[x] * f4(0.8) - light) * airs[x]


class Sea:
    """Scratch for one canvas: the sea's shape and its light, at the field's columns and finer rows."""

    def __init__(self, canvas: Canvas) -> None:
        self.fine = min(2, canvas.scale)
        size = (canvas.field_height * self.fine, canvas.field_width, 4)
        planes = (size[0], 4, size[1])
        self.shape: Light = np.zeros(planes, np.float32)
        self.parts: Light = np.zeros(planes, np.float32)
        self.light: Light = np.zeros(planes, np.float32)
        self.exact: Light = np.zeros(size[:2], np.float32)
        self.soft: Light = np.zeros((canvas.field_height, canvas.field_width), np.float32)
        self.first = 0  # row of the field over which there is no sea
        self.pace = Pace(RATE, 0.5)

    def paint(self, frame: Frame, floor: Floor, behind: Light, stands: Light, centre: float) -> None:
        """Lay the sea over field, env and detail, mirroring the light `behind` and what `stands` at u = `centre`."""
        canvas, camera, beam, lights = frame.canvas, frame.camera, frame.lights.beam, frame.lights
        g = ground(frame, canvas.scale)
        if self.pace.due(frame.t):
            self._heave(frame, floor, g)
        line = (EYE + camera.y) * camera.zoom / max(1.0 - camera.dolly, 0.3)
        first = self.first * self.fine
        numbers = [floor.morph, centre, line, self.fine, floor.far, first]
        shone = (beam.colour[0] * beam.level, beam.colour[1] * beam.level, beam.colour[2] * beam.level)
        colours = bgr_rows(wood_of(floor), shone, lights.ambient, floor.glass)
        canvas.threads.bands(
            len(self.light) - first, shade_rows, self.light, self.parts, self.shape, behind, stands, deck(), g,
            np.array(numbers, np.float32), colours,
        )  # fmt: skip
        canvas.threads.bands(
            canvas.field_height - self.first,
            settle_rows,
            canvas.field,
            canvas.env,
            self.exact,
            self.soft,
            self.light,
            self.fine,
            f4(floor.level),
            self.first,
        )
        sharpen(canvas, self.exact, self.soft, self.fine, 1, (self.first, canvas.field_height))

    def _heave(self, frame: Frame, floor: Floor, g: Light) -> None:
        """The sea's shape now, and what light there is in it."""
        bands, beam = frame.canvas.threads.bands, frame.lights.beam
        whole = float(np.clip(1.0 - (floor.morph - 0.3) / 0.4, 0.0, 1.0))
        heave = floor.swell * 2.0 * min(1.0, floor.morph / 0.8) ** 1.3
        moving = np.array([floor.t % 4096.0, whole, heave, self.fine], np.float32)
        bands(blocks(frame.canvas.field_width), march, self.shape, g, moving, least=1)
        wet = self.shape[:, 3].max(1) > 0.0
        self.first = max(int(wet.argmax()) // self.fine - 1, 0) if wet.any() else frame.canvas.field_height
        pool = (beam.x, beam.z, beam.width, beam.edge)
        weights = [floor.morph, floor.t % 4096.0, floor.gloss, *pool, self.fine]
        bands(len(self.parts), weigh_rows, self.parts, self.shape, g, np.array(weights, np.float32))
