"""The chasm: sheets of fog at growing depth on the same ray, the far wall of the pit, and board ends before them.

The fog is soft and lives in the field. The board ends are sharp: where boards stand before fog the field holds the
fog alone, and the full-size detail darkens it to wood, so that no edge is soft and nothing crisp need be drawn.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.paint.cache import kept
from performance.paint.canvas import Bytes, Light
from performance.paint.deck import BOARD
from performance.paint.floor import bgr_rows
from performance.paint.frame import Frame
from performance.paint.ground import ground
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, kernel, smooth_step
from performance.stage.chasm import Chasm

SIDE = 256  # of the tile of noise
SHEETS = 4
CUTS, ENDS = 16, 2048  # places to a board at which its end is known, and in all
THICK = 0.034  # of a board
WALL = 2.3  # how far the other side of the pit is from the edge
REACH = 0.42  # how far back from the shortest board the boards' own light gives way to the fog's


def _bake() -> dict[str, NDArray[np.float32]]:
    rng = np.random.default_rng(7)  # a texture
    k = np.fft.fftfreq(SIDE) * SIDE
    r = np.hypot(k[:, None], k[None, :])
    amplitude = np.where(r >= 2, (r + 1e-9) ** -2.0, 0.0)
    noise = np.fft.ifft2(amplitude * np.exp(2j * np.pi * rng.random((SIDE, SIDE)))).real.ravel()
    even = np.empty(SIDE * SIDE, np.float32)
    even[np.argsort(noise)] = np.linspace(0.0, 1.0, SIDE * SIDE, dtype=np.float32)
    return {"noise": even}


@cache
def fog_noise() -> Light:
    """Tileable noise with even shares of every value 0..1, (SIDE * SIDE,) float32."""
    return kept("fog", SIDE, _bake)["noise"]


@inline
def _tile(noise: Light, x: float, y: float) -> float:
    """The noise at a place, in tiles, bilinear."""
    x = x * f4(SIDE) + f4(1 << 20)
    y = y * f4(SIDE) + f4(1 << 20)
    ix, iy = np.int32(x), np.int32(y)
    fx, fy = x - f4(ix), y - f4(iy)
    mask = np.int32(SIDE - 1)
    xa, xb = ix & mask, (ix + np.int32(1)) & mask
    ya, yb = (iy & mask) * np.int32(SIDE), ((iy + np.int32(1)) & mask) * np.int32(SIDE)
    a = noise[np.uint32(ya + xa)]
    b = noise[np.uint32(yb + xa)]
    a += (noise[np.uint32(ya + xb)] - a) * fx
    b += (noise[np.uint32(yb + xb)] - b) * fx
    return a + (b - a) * fy


@cache
def board_ends() -> Light:
    """How much farther than the edge each board reaches, (ENDS,) float32, `CUTS` to a board, about -0.25 to 0.6.

    Each has its own length, some are left hanging out, all are splintered.
    """
    rng = np.random.default_rng(19)  # a texture
    boards, part = ENDS // CUTS, (np.arange(CUTS) + 0.5) / CUTS
    ends = np.empty((boards, CUTS))
    for board in range(boards):
        j, k, long = rng.random(3)
        coarse = np.abs((part * (0.9 + 0.8 * k) + j + 0.5) % 1.0 - 0.5)
        teeth = np.interp(part, np.linspace(0.0, 1.0, 6), rng.random(6) * rng.random(6))
        ends[board] = (j - 0.5) * 0.36 + (0.14 + 0.26 * k) * (long > 0.78) + 0.14 * (coarse - 0.25) + 0.11 * (teeth - 0.2)
    return np.ascontiguousarray(ends.reshape(-1), np.float32)


@inline
def _end(ends: Light, away: float) -> float:
    """What `board_ends` says of a depth, linear between its cuts."""
    q = away * f4(CUTS / BOARD) + f4(ENDS * 8)
    i = np.int32(q)
    a = ends[np.uint32(i & np.int32(ENDS - 1))]
    return a + (ends[np.uint32((i + np.int32(1)) & np.int32(ENDS - 1))] - a) * (q - f4(i))


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1], f4[::1], f4[:,::1])")
def fog_rows(y0: int, y1: int, field: Light, noise: Light, g: Light, p: Light, colours: Light) -> None:
    """Open the pit in the field. p: level, edge, ragged, spill, deep, t, unit scale. colours: fog, pale fog."""
    w = field.shape[1]
    level, edge, ragged, spill, deep, t = p[0], p[1], p[2], p[3], p[4], p[5]
    wall = edge + f4(WALL)
    low = edge - ragged * f4(0.24)  # the shortest board
    for y in range(y0, y1):
        dv = (f4(np.int32(y)) + f4(0.5) - g[2]) * g[0]
        out = field[y]
        for x in range(w):
            du = (f4(np.int32(x)) + f4(0.5) - g[1]) * g[0]
            u = du * g[3] + dv * g[4]
            below = dv * g[3] - du * g[4] + g[5]
            bank = fast_exp_neg(abs(below) * f4(7)) * smooth_step(f4(-0.5), f4(0.8), u) * level
            veil = f4(0.5)
            if bank > f4(0.002) or below > f4(0):
                veil = _tile(noise, u * f4(0.30) + t * f4(0.006), below * f4(0.6) + t * f4(0.004))
            # the breath that stands over the edge: a curtain of fog along it, seen in perspective
            stands = f4(0)
            if u > f4(0.02):
                lip = (edge + f4(0.10) - g[8]) / (u * g[7])
                tall = g[6] - below * lip
                if lip > f4(0.2) and lip < f4(30) and tall > f4(-0.5) and tall < f4(0.7):
                    wisp = _tile(noise, lip * f4(0.33) - t * f4(0.012), tall * f4(0.9) + t * f4(0.030))
                    wisp = wisp * f4(0.6) + f4(0.4) * _tile(noise, lip * f4(0.9) + wisp * f4(0.3), tall * f4(2.3) + t * f4(0.05))
                    high = max(tall + f4(0.02), f4(0)) / (f4(0.07) + f4(0.16) * spill * wisp)
                    stands = smooth_step(f4(0.25), f4(0.9), wisp) * fast_exp_neg(high) * smooth_step(f4(-0.35), f4(0.0), tall)
                    stands *= level * (f4(0.25) + f4(0.75) * spill) * deep * fast_exp_neg(lip * f4(0.09)) * f4(0.62)
            if below <= f4(0.0015):
                for k in range(3):
                    out[x, k] += bank * (f4(0.06) + f4(0.34) * veil) * colours[0, k] + stands * (f4(0.75) * colours[0, k] + f4(0.10) * colours[1, k])
                continue
            depth = g[6] / below
            place = u * depth * g[7] + g[8]
            if place < low - f4(REACH) - f4(0.5):
                for k in range(3):
                    out[x, k] += stands * f4(0.75) * colours[0, k]
                continue
            away = depth + g[9]
            # what lies on the bottom of the ray: the far wall, or the light of the deep
            sight = wall / max(u * g[7], f4(1e-3))  # depth at which the ray meets the wall
            sunk = below * sight - g[6]  # how far under the boards it meets it
            shine = deep * (f4(0.42) + f4(0.45) * veil)
            pale = f4(0)
            if sunk < f4(2.2):
                joist = fast_sin(sight * f4(17)) * f4(0.5) + fast_sin(sight * f4(43) + sunk * f4(3)) * f4(0.3)
                rows = f4(0.75) + f4(0.25) * fast_sin(sunk * f4(38) + joist)
                shine = deep * (f4(0.015) + f4(0.16) * smooth_step(f4(-0.1), f4(2.2), sunk) * (f4(0.8) + f4(0.35) * joist) * rows)
                shine = f4(0.004) + (shine - f4(0.004)) * smooth_step(f4(-0.02), f4(0.05), sunk)
            for i in range(SHEETS):
                n = f4(np.int32(SHEETS - 1 - i))
                drop = f4(0.07) + f4(0.20) * n * n + f4(0.10) * n
                far = (g[6] + drop) / below
                before = min(max((sight - far) * f4(9) / sight, f4(0)), f4(1))  # the wall hides what is behind it
                if before <= f4(0):
                    continue
                sx = u * far * g[7] + g[8]
                drift = t * (f4(0.012) + f4(0.004) * n)
                a = _tile(noise, sx * f4(0.085) + drift + f4(0.37) * n, far * f4(0.10) - drift * f4(0.6))
                b = _tile(noise, sx * f4(0.27) - drift * f4(1.5) + a * f4(0.25), far * f4(0.29) + drift + f4(0.31) * n)
                thick = a * f4(0.66) + b * f4(0.34)
                dense = smooth_step(f4(0.36), f4(0.80), thick) * fast_exp_neg(far * f4(0.05)) * f4(0.82)
                dense *= before * smooth_step(f4(0.0), f4(0.18), sx - low + f4(0.10) + f4(0.25) * n)
                under = deep * fast_exp_neg(n * f4(0.30))
                glow = f4(0.06) + under * (f4(0.10) + f4(1.15) * thick * thick * thick) + f4(0.95) * under * max(b - a + f4(0.03), f4(0))
                close = sx - edge - f4(0.5)
                glow *= f4(0.45) + f4(0.85) * fast_exp_neg(close * close * f4(0.5)) * fast_exp_neg(far * far * f4(0.16))
                shine += (glow - shine) * dense
                pale += (glow * thick * thick * f4(0.55) - pale) * dense
                shine *= f4(1) - f4(0.20) * (f4(1) - thick)
            close = fast_exp_neg(below * f4(19))
            shine += (bank * (f4(0.10) + f4(0.26) * veil) - shine) * close
            pale *= f4(1) - close
            # the boards' own light gives way to the fog's towards their ends; fog spills over them
            back = smooth_step(low - f4(REACH), low, place)
            over = _tile(noise, place * f4(0.22) - t * f4(0.02), away * f4(0.26) + t * f4(0.008))
            lies = spill * smooth_step(f4(0.75) - f4(0.5) * spill, f4(1.1), over + f4(0.55) * smooth_step(low - f4(0.9), low, place)) * smooth_step(low - f4(0.9), low - f4(0.1), place)
            beyond = smooth_step(low - f4(0.08), low + f4(0.15), place)
            fog = max(back, lies)
            shine = shine * beyond + (f4(0.12) + f4(0.26) * over * deep) * (f4(1) - beyond)
            pale = pale * beyond + f4(0.05) * over * (f4(1) - beyond)
            for k in range(3):
                light = shine * colours[0, k] + pale * colours[1, k]
                out[x, k] += (light - out[x, k]) * fog + stands * (f4(0.75) * colours[0, k] + f4(0.10) * colours[1, k])


@inline
def _steep(ends: Light, away: float) -> float:
    """How much the ends change with depth there."""
    i = np.int32(away * f4(CUTS / BOARD) + f4(ENDS * 8))
    a = ends[np.uint32(i & np.int32(ENDS - 1))]
    return abs(ends[np.uint32((i + np.int32(1)) & np.int32(ENDS - 1))] - a) * f4(CUTS / BOARD)


@inline
def _column(place: float, u0: float, under0: float, du: float, fall: float, reach: float, stop: int) -> int:
    """The first pixel of a row that lies as far right as `place` on the boards."""
    slope = du * reach + place * fall
    if slope <= f4(1e-9):
        return stop
    return min(max(int((place * under0 - u0 * reach) / slope) + 1, 0), stop)


@kernel("void(i8, i8, u1[:,::1], f4[::1], f4[::1], f4[::1])")
def ends_rows(y0: int, y1: int, detail: Bytes, ends: Light, g: Light, p: Light) -> None:
    """Cut the board ends into the detail. p: level, edge, ragged, spill, deep, t."""
    w = detail.shape[1]
    edge, ragged = p[1], p[2]
    low = edge - ragged * f4(0.24)
    reach = g[6] * g[7]
    for y in range(y0, y1):
        dv = (f4(np.int32(y)) + f4(0.5) - g[2]) * g[0]
        side = (f4(0.5) - g[1]) * g[0]
        u0, under0 = side * g[3] + dv * g[4], dv * g[3] - side * g[4] + g[5]  # of the first pixel, and how they go on
        du, fall = g[0] * g[3], g[0] * g[4]
        stop = w
        if fall > f4(1e-7):
            stop = min(w, max(0, int((under0 - f4(0.004)) / fall)))
        elif under0 < f4(0.004):
            continue
        a = _column(low - f4(REACH) - g[8], u0, under0, du, fall, reach, stop)
        b = _column(low - g[8], u0, under0, du, fall, reach, stop)
        c = _column(edge + ragged * f4(0.62) - g[8], u0, under0, du, fall, reach, stop)
        out = detail[y]
        step = f4(1.0 / REACH)
        for x in range(a, b):
            at = f4(np.int32(x))
            here = (u0 + at * du) * reach / (under0 - at * fall) + g[8]
            back = min(max((here - low) * step + f4(1), f4(0)), f4(1))
            out[x] = np.uint8(f4(out[x]) * (f4(1) - f4(0.66) * back * back * (f4(3) - f4(2) * back)))
        for x in range(b, c):
            at = f4(np.int32(x))
            below = under0 - at * fall
            u = (u0 + at * du) * g[7]
            depth = g[6] / below
            here = u * depth + g[8]
            across, deep = g[0] * depth, depth * depth * g[0] / g[6]  # what one pixel spans of the boards
            sharp = f4(1) / (f4(0.8) * across + min(ragged * deep * _steep(ends, depth + g[9]), f4(0.25)))
            end = edge + ragged * _end(ends, depth + g[9])
            cover = min(max((end - here) * sharp + f4(0.5), f4(0)), f4(1))
            lower = (g[6] + f4(THICK)) / below
            far_end = edge + ragged * _end(ends, lower + g[9]) - f4(0.006)
            under = min(max((far_end - u * lower - g[8]) * sharp + f4(0.5), f4(0)), f4(1))
            board = np.int32((depth + g[9]) * f4(1.0 / BOARD) + f4(64)) * np.int32(CUTS * 7)
            tone = ends[np.uint32(board & np.int32(ENDS - 1))] + f4(0.3)
            lip = fast_exp_neg(max(end - here, f4(0)) * f4(34)) * (f4(0.16) + f4(0.3) * tone)
            wood = f4(out[x]) * (f4(0.34) + (f4(0.16) * tone + lip) * smooth_step(f4(0), f4(0.1), here - low))
            face = f4(128) * (f4(0.10) + f4(0.16) * tone)
            value = f4(128) + (face - f4(128)) * under
            value += (wood - value) * cover
            out[x] = np.uint8(min(max(value, f4(0)), f4(255)))
        for x in range(c, stop):
            out[x] = np.uint8(128)


def paint_chasm(frame: Frame, chasm: Chasm) -> None:
    """Open the chasm. To be painted after the floor and before what hangs in front of it."""
    canvas = frame.canvas
    half = canvas.width * 0.5 / canvas.view.unit
    if chasm.level <= 0.0 or chasm.edge > half * 6.0:
        return
    red, green, blue = (1.9 * channel for channel in chasm.colour)  # fog is brighter than any cloth of its colour
    fog = (red + 0.008, green + 0.035, blue)
    pale = (0.22 + 0.5 * red, 0.42 + 0.6 * green, 0.95)
    numbers = [chasm.level, chasm.edge, chasm.ragged, chasm.spill, chasm.deep, chasm.t % 4096.0]
    packed = np.array(numbers, np.float32)
    canvas.field_bands(
        fog_rows, canvas.field, fog_noise(), ground(frame, canvas.scale), packed, bgr_rows(fog, pale)
    )
    canvas.detailed = True
    canvas.bands(ends_rows, canvas.detail, board_ends(), ground(frame), packed)
