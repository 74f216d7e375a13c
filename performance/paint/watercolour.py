"""Watercolour: luminous paper, and glazes that take light from it where smooth warped noise lies over a threshold.

A glaze absorbs (Beer's law: exp(-pigment * absorption)), so two that overlap make the colour that wet paint makes, and
never a milky one. Wet edges are wide; here and there pigment has pooled at a dried one.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from performance.paint.canvas import Light
from performance.paint.frame import Frame, bgr_rows
from performance.paint.ground import ground
from performance.paint.kernels import f4, fast_exp_neg, inline, int32, kernel, smooth_step
from performance.stage.watercolour import Watercolour

TILE = 256  # the noise repeats after so many samples
SMOOTH = 2.35  # of the noise's spectrum, 1 / f ** SMOOTH: rougher ones look like a stained map
GLAZES = 4  # violet, gold, rose, and the indigo of the height
TWILIGHT = (0.92, 0.78, 1.0), (0.42, 0.24, 1.0)  # the paper's own light, bright and dim, linear RGB
DAWN = (1.15, 0.90, 0.66), (1.15, 0.58, 0.40)
BRIGHT = 0.8  # `light` from which it is bright
ABSORBS = 0.75  # of a wash's depth of colour at full pigment


@lru_cache(maxsize=4)
def noise_tile(seed: int) -> Light:
    """(TILE * TILE,) float32 smooth noise of mean .5 and deviation .2, which repeats without a seam."""
    draw = np.random.default_rng([seed, 7])  # paper, not chance: the same sheet for the whole performance
    f = np.hypot(*np.meshgrid(np.fft.fftfreq(TILE), np.fft.fftfreq(TILE)))
    f[0, 0] = np.inf
    spectrum = np.fft.fft2(draw.standard_normal((TILE, TILE))) / f**SMOOTH
    tile = np.real(np.fft.ifft2(spectrum))
    return np.asarray(np.clip(0.5 + 0.2 * tile / tile.std(), 0.0, 1.0), np.float32).ravel()


@inline
def _noise(tile: Light, x: float, y: float) -> float:
    """The noise at a place, one tile a unit."""
    px, py = x * f4(TILE), y * f4(TILE)
    bx, by = np.floor(px), np.floor(py)
    tx, ty = px - bx, py - by
    ix, iy = int32(bx), int32(by)
    left, right = ix & int32(TILE - 1), (ix + int32(1)) & int32(TILE - 1)
    top, under = (iy & int32(TILE - 1)) * int32(TILE), ((iy + int32(1)) & int32(TILE - 1)) * int32(TILE)
    a = tile[np.uint32(top + left)]
    b = tile[np.uint32(top + right)]
    c = tile[np.uint32(under + left)]
    d = tile[np.uint32(under + right)]
    high = a + (b - a) * tx
    value: float = high + (c + (d - c) * tx - high) * ty
    return value


@inline
def _stain(stains: Light, scratch: Light, tile: Light, g: Light, flow: float, y: int) -> None:
    """The noise of the glazes and of the paper (GLAZES + 1, n) at every other place of row `y`."""
    dv, half = (f4(int32(y)) + f4(0.5) - g[2]) * g[0], stains.shape[1]
    across, above = scratch[0], scratch[1]
    for i in range(half):
        du = (f4(int32(2 * i)) + f4(0.5) - g[1]) * g[0]
        up = max(-(dv * g[3] - du * g[4] + g[5]), f4(0))
        # washes are laid flatter and closer towards the horizon
        across[i] = (du * g[3] + dv * g[4] + g[8] * f4(0.15)) * f4(0.20) / (f4(0.55) + f4(0.75) * up)
        above[i] = up / (up + f4(0.42)) * f4(0.62)
    for i in range(half):
        a, b = across[i], above[i]
        bend = _noise(tile, a * f4(0.8) + flow, b * f4(0.6)) - f4(0.5)
        lean = _noise(tile, a * f4(0.8) + f4(0.37), b * f4(0.6) - flow) - f4(0.5)
        px = a + f4(0.34) * bend
        py = b + f4(0.26) * lean
        fine = _noise(tile, px * f4(3.7) + f4(0.21), py * f4(3.7)) - f4(0.5)
        for k in range(GLAZES):
            n = _noise(
                tile,
                px + f4(0.23) * f4(int32(k)) + flow * (f4(int32(k)) - f4(1)),
                py + f4(0.41) * f4(int32(k)),
            )
            stains[k, i] = n + f4(0.16) * fine
        stains[GLAZES, i] = fine


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1], f4[::1], f4[:,::1])")
def wash_rows(y0: int, y1: int, field: Light, tile: Light, g: Light, p: Light, colours: Light) -> None:
    """Lay the sky over the field above the horizon.

    p: level, dawn, bleed, light, sun, flow. colours (B, G, R): what violet, gold, rose and indigo absorb, then the
    paper's light at twilight and at dawn.
    """
    w = field.shape[1]
    level, dawn, bleed, light, sun, flow = p[0], p[1], p[2], p[3], p[4], p[5]
    wet = f4(0.10) + f4(0.22) * bleed
    paper = np.empty(w, np.float32)
    heights, cores = np.empty(w, np.float32), np.empty(w, np.float32)
    half = (w + 1) // 2 + 1  # the noise is so smooth that every other place of every other row of it will do
    stains, scratch = np.empty((2, GLAZES + 1, half), np.float32), np.empty((2, half), np.float32)
    row, pigment = np.empty(half, np.float32), np.empty((GLAZES + 1, 2 * half), np.float32)
    stained = -1  # the last row whose noise is known, and the one before it
    tones = colours[4] + (colours[5] - colours[4]) * dawn  # of the paper's light
    for y in range(y0, y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        left, right = (f4(0.5) - g[1]) * g[0], (f4(w) - f4(0.5) - g[1]) * g[0]
        if min(dv * g[3] - left * g[4], dv * g[3] - right * g[4]) + g[5] > f4(0.01):
            continue
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            u = du * g[3] + dv * g[4] + g[8] * f4(0.15)
            up = max(-(dv * g[3] - du * g[4] + g[5]), f4(0))
            off = abs(u - sun)
            glow = fast_exp_neg(off * f4(1.5) / (f4(0.45) + up * f4(0.6)))
            near = fast_exp_neg(up * f4(5.5))
            paper[x] = f4(0.030) + f4(0.16) * fast_exp_neg(up * f4(2.2)) + near * (f4(0.20) + f4(0.75) * glow)
            heights[x] = up
            cores[x] = fast_exp_neg(off * off * f4(1.6))
        for other in range(max(y // 2, stained + 1), (y + 1) // 2 + 1):
            _stain(stains[other & 1], scratch, tile, g, flow, 2 * other)
            stained = other
        upper, lower = stains[y // 2 & 1], stains[(y + 1) // 2 & 1]
        for k in range(GLAZES + 1):
            for i in range(half):
                row[i] = f4(0.5) * (upper[k, i] + lower[k, i])
            for i in range(np.uint64(half - 1)):
                here, beside = row[i], row[i + np.uint64(1)]
                pigment[k, np.uint64(2) * i] = here
                pigment[k, np.uint64(2) * i + np.uint64(1)] = f4(0.5) * (here + beside)
        for x in range(w):
            up, core = heights[x], cores[x]
            late = f4(1) - dawn
            for k in range(GLAZES):
                n = pigment[k, x]
                if k == 0:
                    at = f4(0.58) - f4(0.22) * late + f4(0.22) * core * (f4(0.3) + dawn) - f4(0.22) * up
                elif k == 1:
                    at = f4(0.66) - f4(0.26) * dawn - f4(0.26) * core + f4(0.34) * up
                elif k == 2:
                    at = f4(0.62) + f4(0.9) * abs(up - f4(0.16))
                else:
                    at = f4(0.90) - f4(0.80) * up + f4(0.12) * dawn
                # night's colours over dawn's make mud: there they are thin, and their edges wide
                thin = f4(1) - (f4(0.68) if k == 3 else f4(0.45)) * dawn if k == 0 or k == 3 else f4(1)
                over = n - at
                pool = fast_exp_neg(abs(over - f4(0.012)) * f4(60)) * (f4(1) - bleed) * f4(0.5)
                washed = smooth_step(f4(-0.06), wet + f4(0.5) * (f4(1) - thin), over) * (
                    f4(0.8) + f4(0.4) * n
                )
                pigment[k, x] = (washed + pool * thin) * thin
        out = field[y].reshape(4 * w)
        for x in range(np.uint64(w)):  # all four channels, and unsigned places: else no rows are made of it
            j = np.uint64(4) * x
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            under = smooth_step(f4(0.008), f4(0), dv * g[3] - du * g[4] + g[5]) * level
            lit = paper[x] * (f4(1) + f4(0.20) * pigment[GLAZES, x]) * light
            one, two, three, four = pigment[0, x], pigment[1, x], pigment[2, x], pigment[3, x]
            blue = one * colours[0, 0] + two * colours[1, 0] + three * colours[2, 0] + four * colours[3, 0]
            green = one * colours[0, 1] + two * colours[1, 1] + three * colours[2, 1] + four * colours[3, 1]
            red = one * colours[0, 2] + two * colours[1, 2] + three * colours[2, 2] + four * colours[3, 2]
            blue, green, red = fast_exp_neg(blue), fast_exp_neg(green), fast_exp_neg(red)
            out[j] += (lit * tones[0] * blue - out[j]) * under
            out[j + np.uint64(1)] += (lit * tones[1] * green - out[j + np.uint64(1)]) * under
            out[j + np.uint64(2)] += (lit * tones[2] * red - out[j + np.uint64(2)]) * under
            out[j + np.uint64(3)] += f4(0)


def paint_watercolour(frame: Frame, sky: Watercolour) -> None:
    """Lay the sky over the field."""
    canvas = frame.canvas
    numbers = [sky.level, sky.dawn, sky.bleed, sky.light, sky.sun, sky.flow % 1.0]
    washes = [_absorbed(colour) for colour in (sky.violet, sky.gold, sky.rose, (0.06, 0.05, 0.30))]
    canvas.field_bands(
        wash_rows,
        canvas.field,
        noise_tile(sky.seed),
        ground(frame, canvas.scale),
        np.array(numbers, np.float32),
        bgr_rows(*washes, *_paper(sky.light)),
    )


def _paper(light: float) -> list[tuple[float, ...]]:
    """The paper's light at twilight and at dawn: nearly white where it is bright, deep where it is dim, never grey."""
    dim = max(1.0 - light / BRIGHT, 0.0)
    return [tuple(a + (b - a) * dim for a, b in zip(*tones, strict=True)) for tones in (TWILIGHT, DAWN)]


def _absorbed(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    """What a wash takes of red, green and blue at full pigment so that white paper shows this colour."""
    red, green, blue = (-ABSORBS * float(np.log(max(part, 0.02))) for part in colour)
    return red, green, blue
