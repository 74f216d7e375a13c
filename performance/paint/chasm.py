"""The chasm: sheets of fog at growing depth on the same ray, the far wall of the pit, and board ends before them.

The fog is soft and lives in the field. The board ends are sharp: where boards stand before fog the field holds the
fog alone, and the full-size detail darkens it to wood, so that no edge is soft and nothing crisp need be drawn.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.paint.cache import kept, mark_of
from performance.paint.canvas import Light
from performance.paint.ends import REACH, SHORTEST, board_ends, ends_rows
from performance.paint.floor import bgr_rows
from performance.paint.frame import Frame
from performance.paint.ground import ground
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, int32, kernel, smooth_step
from performance.stage.chasm import Chasm

SIDE = 256  # of the tile of noise
SHEETS = 3
MADE_BY = mark_of(__file__)
WALL = 2.3  # how far the other side of the pit is from the edge


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
    return kept("fog", SIDE, _bake, MADE_BY)["noise"]


@inline
def _tile(noise: Light, x: float, y: float) -> float:
    """The noise at a place, in tiles, bilinear."""
    x = x * f4(SIDE) + f4(1 << 20)
    y = y * f4(SIDE) + f4(1 << 20)
    ix, iy = int32(x), int32(y)
    fx, fy = x - f4(ix), y - f4(iy)
    mask = int32(SIDE - 1)
    xa, xb = ix & mask, (ix + int32(1)) & mask
    ya, yb = (iy & mask) * int32(SIDE), ((iy + int32(1)) & mask) * int32(SIDE)
    a = noise[np.uint32(ya + xa)]
    b = noise[np.uint32(yb + xa)]
    a += (noise[np.uint32(ya + xb)] - a) * fx
    b += (noise[np.uint32(yb + xb)] - b) * fx
    value: float = a + (b - a) * fy
    return value


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1], f4[::1], f4[:,::1])")
def fog_rows(y0: int, y1: int, field: Light, noise: Light, g: Light, p: Light, colours: Light) -> None:
    """Open the pit in the field. p: level, edge, ragged, spill, deep, t, unit scale. colours: fog, pale fog."""
    w = field.shape[1]
    level, edge, ragged, spill, deep, t = p[0], p[1], p[2], p[3], p[4], p[5]
    wall = edge + f4(WALL)
    low = edge + ragged * f4(SHORTEST)  # the shortest board
    for y in range(y0, y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        out = field[y]
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
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
                if (
                    lip > f4(0.2)
                    and lip < f4(30)
                    and tall > f4(-0.35)
                    and tall < (f4(0.07) + f4(0.16) * spill) * f4(4.5)
                ):
                    wisp = _tile(noise, lip * f4(0.33) - t * f4(0.012), tall * f4(0.9) + t * f4(0.030))
                    wisp = wisp * f4(0.6) + f4(0.4) * _tile(
                        noise, lip * f4(0.9) + wisp * f4(0.3), tall * f4(2.3) + t * f4(0.05)
                    )
                    high = max(tall + f4(0.02), f4(0)) / (f4(0.07) + f4(0.16) * spill * wisp)
                    stands = (
                        smooth_step(f4(0.25), f4(0.9), wisp)
                        * max(fast_exp_neg(high) - f4(0.02), f4(0))
                        * smooth_step(f4(-0.35), f4(0.0), tall)
                    )
                    stands *= (
                        level * (f4(0.25) + f4(0.75) * spill) * deep * fast_exp_neg(lip * f4(0.09)) * f4(0.62)
                    )
            if below <= f4(0.0015):
                for k in range(3):
                    out[x, k] += bank * (f4(0.06) + f4(0.34) * veil) * colours[0, k] + stands * (
                        f4(0.75) * colours[0, k] + f4(0.10) * colours[1, k]
                    )
                continue
            depth = g[6] / below
            place = u * depth * g[7] + g[8]
            thin = (
                bank * (f4(0.06) + f4(0.34) * veil) * fast_exp_neg(below * f4(38))
            )  # haze over the far boards
            if place < low - f4(REACH) - f4(0.5):
                for k in range(3):
                    out[x, k] += (stands * f4(0.75) + thin) * colours[0, k]
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
                shine = deep * (
                    f4(0.015)
                    + f4(0.16) * smooth_step(f4(-0.1), f4(2.2), sunk) * (f4(0.8) + f4(0.35) * joist) * rows
                )
                shine = f4(0.004) + (shine - f4(0.004)) * smooth_step(f4(-0.02), f4(0.05), sunk)
            for i in range(SHEETS):
                n = f4(int32(SHEETS - 1 - i))
                drop = f4(0.07) + f4(0.20) * n * n + f4(0.10) * n
                far = (g[6] + drop) / below
                before = min(
                    max((sight - far) * f4(9) / sight, f4(0)), f4(1)
                )  # the wall hides what is behind it
                if before <= f4(0):
                    continue
                sx = u * far * g[7] + g[8]
                drift = t * (f4(0.012) + f4(0.004) * n)
                a = _tile(noise, sx * f4(0.085) + drift + f4(0.37) * n, far * f4(0.10) - drift * f4(0.6))
                b = _tile(
                    noise,
                    sx * f4(0.27) - drift * f4(1.5) + a * f4(0.25),
                    far * f4(0.29) + drift + f4(0.31) * n,
                )
                thick = a * f4(0.66) + b * f4(0.34)
                dense = smooth_step(f4(0.36), f4(0.80), thick) * fast_exp_neg(far * f4(0.05)) * f4(0.82)
                dense *= before * smooth_step(f4(0.0), f4(0.18), sx - low + f4(0.10) + f4(0.25) * n)
                under = deep * fast_exp_neg(n * f4(0.30))
                glow = (
                    f4(0.06)
                    + under * (f4(0.10) + f4(1.15) * thick * thick * thick)
                    + f4(0.95) * under * max(b - a + f4(0.03), f4(0))
                )
                close = sx - edge - f4(0.5)
                glow *= f4(0.45) + f4(0.85) * fast_exp_neg(close * close * f4(0.5)) * fast_exp_neg(
                    far * far * f4(0.16)
                )
                shine += (glow - shine) * dense
                pale += (glow * thick * thick * f4(0.55) - pale) * dense
                shine *= f4(1) - f4(0.20) * (f4(1) - thick)
            close = fast_exp_neg(below * f4(19))
            shine += (bank * (f4(0.10) + f4(0.26) * veil) - shine) * close
            pale *= f4(1) - close
            # the boards' own light gives way to the fog's towards their ends; fog spills over them
            back = smooth_step(low - f4(REACH), low, place)
            over = _tile(noise, place * f4(0.22) - t * f4(0.02), away * f4(0.26) + t * f4(0.008))
            lies = (
                spill
                * smooth_step(
                    f4(0.75) - f4(0.5) * spill,
                    f4(1.1),
                    over + f4(0.55) * smooth_step(low - f4(0.9), low, place),
                )
                * smooth_step(low - f4(0.9), low - f4(0.1), place)
            )
            beyond = smooth_step(low - f4(0.08), low + f4(0.15), place)
            fog = max(back, lies * fast_exp_neg(depth * f4(0.14)))
            thin *= f4(1) - fog
            shine = shine * beyond + (f4(0.12) + f4(0.26) * over * deep) * (f4(1) - beyond)
            pale = pale * beyond + f4(0.05) * over * (f4(1) - beyond)
            for k in range(3):
                light = shine * colours[0, k] + pale * colours[1, k]
                out[x, k] += thin * colours[0, k]
                out[x, k] += (light - out[x, k]) * fog + stands * (
                    f4(0.75) * colours[0, k] + f4(0.10) * colours[1, k]
                )


def paint_chasm(frame: Frame, chasm: Chasm) -> None:
    """Open the chasm. To be painted after the floor and before what hangs in front of it."""
    canvas = frame.canvas
    half = canvas.width * 0.5 / canvas.view.unit
    if chasm.level <= 0.0 or chasm.edge > half * 6.0:
        return
    red, green, blue = (
        1.9 * channel for channel in chasm.colour
    )  # fog is brighter than any cloth of its colour
    fog = (red + 0.008, green + 0.035, blue)
    pale = (0.22 + 0.5 * red, 0.42 + 0.6 * green, 0.95)
    numbers = [chasm.level, chasm.edge, chasm.ragged, chasm.spill, chasm.deep, chasm.t % 4096.0]
    packed = np.array(numbers, np.float32)
    canvas.field_bands(
        fog_rows, canvas.field, fog_noise(), ground(frame, canvas.scale), packed, bgr_rows(fog, pale)
    )
    canvas.detailed = True
    canvas.bands(ends_rows, canvas.detail, board_ends(), ground(frame), packed)
