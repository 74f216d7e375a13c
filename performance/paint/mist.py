"""Mist that keeps the shape of people: soft puffs added up, bent by flowing noise, bright where they grow thin.

People are laid over one another from back to front, once, at the field's size, each lit from the side on which the
middle of the picture is. Silver would mirror a distant crowd at the horizon, not at its feet: where there is silver,
each has a body of its own under the ground, and all is laid over the field after the silver.
"""

from __future__ import annotations

import numpy as np

from performance.paint.canvas import Canvas, Light
from performance.paint.frame import Frame, bgr_rows
from performance.paint.ground import ground
from performance.paint.kernels import f4, fast_exp_neg, int32, kernel
from performance.paint.watercolour import TILE, noise_tile
from performance.stage.mist import Mist

BEND = 0.010  # picture heights that noise bends an outline at shift 1
REACH = 1.5  # how far a puff reaches, of its radius
ROBE = [18, 22, 24]  # of its puffs, some down its robe
# how much of their light the silver gives back, and the height in units from which it gives nothing
MIRRORED, HIGHEST = 0.24, 0.34
ONE, TWO, THIRD = np.uint32(1), np.uint32(2), np.uint32(3)


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1])")
def people_rows(y0: int, y1: int, mist: Light, people: Light) -> None:
    """mist (rows, columns, 3) = light of near ones, light of far ones, how much it hides, from back to front.

    people (n, puffs, 5): x, y, radius in pixels, light, share of near.
    """
    w = mist.shape[1]
    middle = f4(w) * f4(0.5)
    mist[y0:y1] = f4(0)
    thick = np.zeros(w + 2, np.float32)  # with a place more at either end, for the slope
    for i in range(people.shape[0]):
        puffs = people[i]
        near, high, low = puffs[0, 4], f4(y1), f4(y0)
        toward = min(max((middle - puffs[0, 0]) / (middle * f4(0.25)), f4(-1)), f4(1))
        for k in range(puffs.shape[0]):
            reach = puffs[k, 2] * f4(REACH)
            high, low = min(high, puffs[k, 1] - reach), max(low, puffs[k, 1] + reach)
        for y in range(max(int(high), y0), min(int(low) + 1, y1)):
            left, right = w, 0
            at = f4(int32(y)) + f4(0.5)
            for k in range(puffs.shape[0]):
                cx, dy, light = puffs[k, 0], at - puffs[k, 1], puffs[k, 3]
                reach = puffs[k, 2] * f4(REACH)
                if abs(dy) >= reach:
                    continue
                inv = f4(1) / (reach * reach)
                first, last = max(int(cx - reach), 0), min(int(cx + reach) + 1, w)
                left, right = min(left, first), max(right, last)
                part = thick[first + 1 : last + 1]
                for x in range(last - first):
                    dx = f4(int32(x + first)) + f4(0.5) - cx
                    q = max(f4(1) - (dx * dx + dy * dy) * inv, f4(0))
                    part[x] += q * q * light
            if left >= right:
                continue
            row = thick[left : right + 2]
            out = mist[y, left:right]
            steep = toward * puffs[0, 2] * f4(0.55)
            for x in range(right - left):
                d = row[x + 1]
                slope = (row[x] - row[x + 2]) * steep
                cover = f4(1) - fast_exp_neg(d * f4(1.8))
                rim = d * fast_exp_neg(d * f4(2.2)) * f4(1.2)
                shine = (cover * f4(0.46) + rim) * min(max(f4(0.66) + slope, f4(0.22)), f4(2.2))
                keep = f4(1) - cover * f4(0.80)
                out[x, 0] = out[x, 0] * keep + shine * near
                out[x, 1] = out[x, 1] * keep + shine * (f4(1) - near)
                out[x, 2] = f4(1) - (f4(1) - out[x, 2]) * keep
            row[:] = f4(0)


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[::1], f4[::1], f4[::1], f4[:,::1])")
def mist_rows(
    y0: int,
    y1: int,
    field: Light,
    env: Light,
    mist: Light,
    tile: Light,
    g: Light,
    p: Light,
    colours: Light,
) -> None:
    """Lay the mist over the field; what that adds goes to env too.

    p: level, bend (pixels), t, loose, first and last row of the people. colours (B, G, R): near, far.
    """
    h, w = field.shape[0], field.shape[1]
    level, bend, t, loose = p[0], p[1], p[2], p[3]
    grain = f4(2.6) * g[0] * f4(TILE)
    flat = mist.reshape(-1)
    near, far, veil, wisp = (
        np.empty(w, np.float32),
        np.empty(w, np.float32),
        np.empty(w, np.float32),
        np.empty(w, np.float32),
    )
    spot = np.empty(w, np.uint32)
    near_b, near_g, near_r = colours[0, 0], colours[0, 1], colours[0, 2]
    far_b, far_g, far_r = colours[1, 0], colours[1, 1], colours[1, 2]
    tall = f4(0.42) + f4(0.58) * loose  # standing, it hangs in upright wisps
    for y in range(max(y0, int(p[4] - f4(2) * bend)), min(y1, int(p[5] + f4(2) * bend) + 2)):
        py = f4(int32(y)) * grain * tall + t * f4(5)
        for x in range(w):
            ix, iy = int32(f4(int32(x)) * grain) & int32(TILE - 1), int32(py) & int32(TILE - 1)
            spot[x] = np.uint32(iy * int32(TILE) + ix)
        for x in range(w):
            i = spot[x]
            n = tile[i] - f4(0.5)
            m = tile[(i + np.uint32(97 * TILE + 41)) & np.uint32(TILE * TILE - 1)] - f4(0.5)
            sx = min(max(f4(int32(x)) + bend * n * f4(4), f4(0)), f4(w) - f4(1.01))
            sy = min(max(f4(int32(y)) + bend * m * f4(4), f4(0)), f4(h) - f4(1.01))
            fx, fy = sx - f4(int32(sx)), sy - f4(int32(sy))
            j = np.uint32((int32(sy) * int32(w) + int32(sx)) * int32(3))
            k = j + np.uint32(int32(w) * int32(3))
            d, c = fx * fy, fy - fx * fy
            a, b = f4(1) - fy - fx + d, fx - d
            near[x] = flat[j] * a + flat[j + THIRD] * b + flat[k] * c + flat[k + THIRD] * d
            far[x] = (
                flat[j + ONE] * a + flat[j + THIRD + ONE] * b + flat[k + ONE] * c + flat[k + THIRD + ONE] * d
            )
            veil[x] = (
                flat[j + TWO] * a + flat[j + THIRD + TWO] * b + flat[k + TWO] * c + flat[k + THIRD + TWO] * d
            )
            wisp[x] = max(f4(0.80) + f4(1.5) * n - f4(1.1) * m, f4(0.15))
        out, around = field[y].reshape(4 * w), env[y].reshape(4 * w)
        for x in range(np.uint64(w)):  # all four channels, and unsigned places: else no rows are made of it
            b = np.uint64(4) * x
            g_at, r, a = b + np.uint64(1), b + np.uint64(2), b + np.uint64(3)
            taken = -veil[x] * level * (f4(0.7) - f4(0.45) * loose)
            share = wisp[x] * level * f4(0.38)
            one, two = near[x] * share, far[x] * share
            blue = out[b] * taken + near_b * one + far_b * two
            green = out[g_at] * taken + near_g * one + far_g * two
            red = out[r] * taken + near_r * one + far_r * two
            around[b], out[b] = max(around[b] + blue, f4(0)), out[b] + blue
            around[g_at], out[g_at] = max(around[g_at] + green, f4(0)), out[g_at] + green
            around[r], out[r] = max(around[r] + red, f4(0)), out[r] + red
            around[a], out[a] = max(around[a], f4(0)), out[a] + f4(0)


def _with_mirrored(puffs: Light) -> Light:
    """Puffs and, of those of each robe, a wider and dimmer one as deep under the ground, (people, more, 6); what is
    higher up has none."""
    below = puffs[:, ROBE]
    below[..., 4] *= MIRRORED * np.maximum(1.0 - below[..., 1] / HIGHEST, 0.0)
    below[..., 1] *= -1.0
    below[..., 3] *= 1.6 * (below[..., 4] > 0.0)
    return np.concatenate([puffs, below], 1)


class MistPeople:
    """Scratch for one canvas: the light of the mist and what it hides, at the field's size."""

    def __init__(self, canvas: Canvas) -> None:
        self.mist: Light = np.zeros((canvas.field_height, canvas.field_width, 3), np.float32)
        self.rows = (0.0, -1.0)  # the first and the last in which there is any

    def paint(self, frame: Frame, mist: Mist) -> None:
        """Lay all of it over the field."""
        canvas = frame.canvas
        puffs = _with_mirrored(mist.puffs) if mist.mirrored else mist.puffs
        x, y, z, radius, light, near = (puffs[..., k] for k in range(6))
        u, v, scale = frame.camera.project(x, y, z)
        wide = radius * scale * canvas.field_unit
        places = np.empty((*u.shape, 5), np.float32)
        places[..., 0], places[..., 1] = canvas.view.x(u) / canvas.scale, canvas.view.y(v) / canvas.scale
        places[..., 2], places[..., 3], places[..., 4] = wide, light, near
        down, reach = places[..., 1], REACH * places[..., 2]
        there = reach > 0.0
        self.rows = (
            min(max(float(np.min(down - reach, where=there, initial=np.inf)), 0.0), canvas.field_height),
            max(min(float(np.max(down + reach, where=there, initial=-1.0)), canvas.field_height - 1.0), -1.0),
        )
        canvas.field_bands(people_rows, self.mist, places)
        if not mist.mirrored:
            self._lay(frame, mist)

    def before_floor(self, frame: Frame, mist: Mist) -> None:
        """Lay it over the silver."""
        if mist.mirrored:
            self._lay(frame, mist)

    def _lay(self, frame: Frame, mist: Mist) -> None:
        canvas = frame.canvas
        bend = BEND * (0.2 + 0.8 * mist.shift + 1.5 * mist.loose) * canvas.field_unit
        numbers = np.array([mist.level, bend, mist.t % 4096.0, mist.loose, *self.rows], np.float32)
        canvas.field_bands(
            mist_rows, canvas.field, canvas.env, self.mist, noise_tile(mist.seed), ground(frame, canvas.scale),
            numbers, bgr_rows(mist.colour, mist.far),
        )  # fmt: skip
