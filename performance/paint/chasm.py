"""The chasm: sheets of fog at growing depth on the same ray, the far wall of the pit, and board ends before them.

The fog is soft and lives in the field. The board ends are sharp: where boards stand before fog the field holds the
fog alone, and the full-size detail darkens it to wood, so that no edge is soft and nothing crisp need be drawn.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.paint.cache import kept
from performance.paint.canvas import Light
from performance.paint.ends import REACH, SHORTEST, board_ends, ends_rows
from performance.paint.frame import Frame, bgr_rows
from performance.paint.ground import ground
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, int32, kernel, smooth_step
from performance.stage.chasm import Chasm

Places = NDArray[np.uint32]

SIDE = 256  # of the tile of noise
STRIDE = SIDE + 1  # of a row of it, with its beginning again
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
    """Tileable noise with even shares of every value 0..1, (STRIDE * STRIDE,) float32; its first row and column
    come again at its end."""
    noise = kept("fog", SIDE, _bake, MADE_BY)["noise"].reshape(SIDE, SIDE)
    return np.ascontiguousarray(np.pad(noise, (0, 1), mode="wrap").reshape(-1))


@inline
def _look(noise: Light, u: Light, v: Light, spot: Places, value: Light, a: int, b: int) -> None:
    """`value` of the noise, bilinear, at places u, v in tiles; columns [a, b) of a row.

    What is worked out stands apart from what is looked up: that alone cannot be vectorised.
    """
    xs, ys, at, out = u[a:b], v[a:b], spot[a:b], value[a:b]
    for i in range(b - a):
        x, y = (xs[i] - np.floor(xs[i])) * f4(SIDE), (ys[i] - np.floor(ys[i])) * f4(SIDE)
        ix, iy = min(int32(x), int32(SIDE - 1)), min(int32(y), int32(SIDE - 1))
        xs[i], ys[i] = x - f4(ix), y - f4(iy)
        at[i] = np.uint32(iy * int32(STRIDE) + ix)
    for i in range(b - a):
        j, part = at[i], xs[i]
        upper, lower = noise[j], noise[j + np.uint32(STRIDE)]
        upper += (noise[j + np.uint32(1)] - upper) * part
        lower += (noise[j + np.uint32(STRIDE + 1)] - lower) * part
        out[i] = upper + (lower - upper) * ys[i]


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1], f4[::1], f4[:,::1])")
def fog_rows(y0: int, y1: int, field: Light, noise: Light, g: Light, p: Light, colours: Light) -> None:
    """Open the pit in the field. p: level, edge, ragged, spill, deep, t, unit scale. colours: fog, pale fog."""
    w = field.shape[1]
    level, edge, ragged, spill, deep, t = p[0], p[1], p[2], p[3], p[4], p[5]
    wall = edge + f4(WALL)
    low = edge + ragged * f4(SHORTEST)  # the shortest board
    highest = (f4(0.07) + f4(0.16) * spill) * f4(4.5)
    spot = np.empty(w, np.uint32)
    xs, ys, us = np.zeros(w, np.float32), np.zeros(w, np.float32), np.zeros(w, np.float32)
    bs, places, lips = np.zeros(w, np.float32), np.zeros(w, np.float32), np.zeros(w, np.float32)
    talls, banks, veils = np.zeros(w, np.float32), np.zeros(w, np.float32), np.zeros(w, np.float32)
    stands, thins, one = np.zeros(w, np.float32), np.zeros(w, np.float32), np.zeros(w, np.float32)
    two, fars, sxs = np.zeros(w, np.float32), np.zeros(w, np.float32), np.zeros(w, np.float32)
    befores, shines, pales = np.zeros(w, np.float32), np.zeros(w, np.float32), np.zeros(w, np.float32)
    fogs = np.zeros(w, np.float32)
    for y in range(y0, y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            u = du * g[3] + dv * g[4]
            below = dv * g[3] - du * g[4] + g[5]
            us[x], bs[x] = u, below
            banks[x] = fast_exp_neg(abs(below) * f4(7)) * smooth_step(f4(-0.5), f4(0.8), u) * level
            places[x] = u * g[6] / max(below, f4(0.0015)) * g[7] + g[8]
            lips[x] = (edge + f4(0.10) - g[8]) / (max(u, f4(0.02)) * g[7])
            talls[x] = g[6] - below * lips[x]
            stands[x], fogs[x], shines[x], pales[x] = f4(0), f4(0), f4(0), f4(0)
        first, a0, a1, b0, b1 = w, w, 0, w, 0  # of fog at all; of what stands over the edge; of the pit
        for x in range(w):
            in_pit = bs[x] > f4(0.0015) and places[x] >= low - f4(REACH) - f4(0.5)
            if in_pit:
                b0, b1 = min(b0, x), x + 1
            if lips[x] > f4(0.2) and lips[x] < f4(30) and talls[x] > f4(-0.35) and talls[x] < highest:
                a0, a1 = min(a0, x), x + 1
            if in_pit or banks[x] > f4(0):
                first = min(first, x)
        a0 = max(a0, int((f4(0.02) - us[0]) / max(us[w - 1] - us[0], f4(1e-6)) * f4(w)))
        for x in range(w):
            xs[x], ys[x] = us[x] * f4(0.30) + t * f4(0.006), bs[x] * f4(0.6) + t * f4(0.004)
        _look(noise, xs, ys, spot, veils, first, w)
        for x in range(w):
            thins[x] = banks[x] * (f4(0.06) + f4(0.34) * veils[x]) * fast_exp_neg(max(bs[x], f4(0)) * f4(38))
        if a0 < a1:  # the breath that stands over the edge: a curtain of fog along it, seen in perspective
            for x in range(w):
                xs[x], ys[x] = lips[x] * f4(0.33) - t * f4(0.012), talls[x] * f4(0.9) + t * f4(0.030)
            _look(noise, xs, ys, spot, one, a0, a1)
            for x in range(w):
                one[x] *= f4(0.6)
                xs[x], ys[x] = lips[x] * f4(0.9) + one[x] * f4(0.5), talls[x] * f4(2.3) + t * f4(0.05)
            _look(noise, xs, ys, spot, two, a0, a1)
            strength = level * (f4(0.25) + f4(0.75) * spill) * deep * f4(0.62)
            for x in range(w):
                wisp, tall = one[x] + f4(0.4) * two[x], talls[x]
                high = max(tall + f4(0.02), f4(0)) / (f4(0.07) + f4(0.16) * spill * wisp)
                breath = smooth_step(f4(0.25), f4(0.9), wisp) * max(fast_exp_neg(high) - f4(0.02), f4(0))
                breath *= smooth_step(f4(-0.35), f4(0.0), tall) * fast_exp_neg(max(lips[x], f4(0)) * f4(0.09))
                seen = us[x] > f4(0.02) and tall < highest and lips[x] < f4(30) and lips[x] > f4(0.2)
                stands[x] = breath * strength if seen else f4(0)
        for x in range(w):  # on the bottom of the ray: the far wall, or the light of the deep
            sight = wall / max(us[x] * g[7], f4(1e-3))  # depth at which the ray meets the wall
            sunk = bs[x] * sight - g[6]  # how far under the boards it meets it
            joist = fast_sin(sight * f4(17)) * f4(0.5) + fast_sin(sight * f4(43) + sunk * f4(3)) * f4(0.3)
            planks = f4(0.75) + f4(0.25) * fast_sin(sunk * f4(38) + joist)
            lit = f4(0.16) * smooth_step(f4(-0.1), f4(2.2), sunk) * (f4(0.8) + f4(0.35) * joist) * planks
            built = f4(0.004) + (deep * (f4(0.015) + lit) - f4(0.004)) * smooth_step(
                f4(-0.02), f4(0.05), sunk
            )
            shines[x] = built if sunk < f4(2.2) else deep * (f4(0.42) + f4(0.45) * veils[x])
        for i in range(SHEETS if b0 < b1 else 0):
            n = f4(int32(SHEETS - 1 - i))
            drop = f4(0.07) + f4(0.20) * n * n + f4(0.10) * n
            drift = t * (f4(0.012) + f4(0.004) * n)
            under = deep * fast_exp_neg(n * f4(0.30))
            for x in range(w):
                sight = wall / max(us[x] * g[7], f4(1e-3))
                far = (g[6] + drop) / max(bs[x], f4(0.0015))
                sx = us[x] * far * g[7] + g[8]
                fars[x], sxs[x] = far, sx
                befores[x] = min(
                    max((sight - far) * f4(9) / sight, f4(0)), f4(1)
                )  # the wall hides what is behind
                xs[x], ys[x] = sx * f4(0.085) + drift + f4(0.37) * n, far * f4(0.10) - drift * f4(0.6)
            s0, s1 = b1, b0
            for x in range(w):
                if befores[x] > f4(0):
                    s0, s1 = min(s0, x), x + 1
            if s0 >= s1:
                continue
            _look(noise, xs, ys, spot, one, s0, s1)
            for x in range(w):
                xs[x] = sxs[x] * f4(0.27) - drift * f4(1.5) + one[x] * f4(0.25)
                ys[x] = fars[x] * f4(0.29) + drift + f4(0.31) * n
            _look(noise, xs, ys, spot, two, s0, s1)
            for x in range(w):
                a, b, far, sx, before = one[x], two[x], fars[x], sxs[x], befores[x]
                thick = a * f4(0.66) + b * f4(0.34)
                dense = smooth_step(f4(0.36), f4(0.80), thick) * fast_exp_neg(far * f4(0.05)) * f4(0.82)
                dense *= before * smooth_step(f4(0.0), f4(0.18), sx - low + f4(0.10) + f4(0.25) * n)
                glow = f4(0.06) + under * (f4(0.10) + f4(1.15) * thick * thick * thick)
                glow += f4(0.95) * under * max(b - a + f4(0.03), f4(0))
                close = sx - edge - f4(0.5)
                glow *= f4(0.45) + f4(0.85) * fast_exp_neg(close * close * f4(0.5)) * fast_exp_neg(
                    far * far * f4(0.16)
                )
                veiled = f4(1) - f4(0.20) * (f4(1) - thick) if before > f4(0) else f4(1)
                shines[x] = (shines[x] + (glow - shines[x]) * dense) * veiled
                pales[x] += (glow * thick * thick * f4(0.55) - pales[x]) * dense
        if b0 < b1:
            for x in range(w):
                xs[x] = places[x] * f4(0.22) - t * f4(0.02)
                ys[x] = (g[6] / max(bs[x], f4(0.0015)) + g[9]) * f4(0.26) + t * f4(0.008)
            _look(noise, xs, ys, spot, one, b0, b1)
            for x in range(w):
                over, place, below = one[x], places[x], max(bs[x], f4(0.0015))
                close = fast_exp_neg(below * f4(19))
                shine = shines[x] + (banks[x] * (f4(0.10) + f4(0.26) * veils[x]) - shines[x]) * close
                # the boards' own light gives way to the fog's towards their ends; fog spills over them
                back = smooth_step(low - f4(REACH), low, place)
                heaped = over + f4(0.55) * smooth_step(low - f4(0.9), low, place)
                lies = spill * smooth_step(f4(0.75) - f4(0.5) * spill, f4(1.1), heaped)
                lies *= smooth_step(low - f4(0.9), low - f4(0.1), place)
                beyond = smooth_step(low - f4(0.08), low + f4(0.15), place)
                fog = max(back, lies * fast_exp_neg(g[6] / below * f4(0.14)))
                fog = fog if bs[x] > f4(0.0015) else f4(0)
                fogs[x] = fog
                thins[x] *= f4(1) - fog
                shines[x] = shine * beyond + (f4(0.12) + f4(0.26) * over * deep) * (f4(1) - beyond)
                pales[x] = pales[x] * (f4(1) - close) * beyond + f4(0.05) * over * (f4(1) - beyond)
        out = field[y]
        for k in range(3):
            own, pale = colours[0, k], colours[1, k]
            for x in range(w):
                light = shines[x] * own + pales[x] * pale
                base = out[x, k] + thins[x] * own
                white = pale if fogs[x] > f4(0) or bs[x] <= f4(0.0015) else f4(0)
                out[x, k] = base + (light - base) * fogs[x] + stands[x] * (f4(0.75) * own + f4(0.10) * white)


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
