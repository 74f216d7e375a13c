"""Worn varnish mirrors the picture: what stands on the boards from its feet, what is far from the horizon."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE
from performance.paint.canvas import Canvas, Light
from performance.paint.deck import BOARD
from performance.paint.frame import Frame
from performance.paint.ground import first_row, ground, rows_of
from performance.paint.kernels import f4, fast_sin, hash_unit, int32, kernel, smooth_step
from performance.paint.sea import Sea
from performance.stage.floor import Floor

AIR = 0.35  # twice this share of the light in the air is mirrored
ROUGH = 0.16  # at most, of which rough boards mirror higher or lower
TAPS = 3  # samples along the streak that rough varnish draws a mirrored light into


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[::1], f4[::1], i8)")
def mirror_rows(
    y0: int, y1: int, field: Light, behind: Light, stands: Light, g: Light, p: Light, first: int
) -> None:
    """field += what the boards mirror of the light `behind` and of what `stands` on them.

    p: strength, contact line of what stands by the performer, of what hangs at the sides, performer u, ripple, far.
    The span is counted from the first row with boards in it.
    """
    h, w = field.shape[0], field.shape[1]
    strength, near_line, side_line, centre, ripple, far = p[0], p[1], p[2], p[3], p[4], p[5]
    inv = f4(1) / g[0]
    sky, stood = behind.reshape(h * w * 4), stands.reshape(h * w * 4)
    shares, leans, waves = np.empty(w, np.float32), np.empty(w, np.float32), np.empty(w, np.float32)
    aside, unders = np.empty(w, np.float32), np.empty(w, np.float32)
    for_sky, for_stood = np.empty((TAPS, w), np.uint32), np.empty((TAPS, w), np.uint32)
    for y in range(first + y0, first + y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        left, right = (f4(0.5) - g[1]) * g[0], (f4(w) - f4(0.5) - g[1]) * g[0]
        if max(dv * g[3] - left * g[4], dv * g[3] - right * g[4]) + g[5] < f4(0.004):
            continue
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            below = dv * g[3] - du * g[4] + g[5]
            depth = g[6] / max(below, f4(0.004))
            u = du * g[3] + dv * g[4]
            place, away = u * depth, depth + g[9]
            board = np.floor(away / f4(BOARD))
            lean = hash_unit(int32(board) + int32(977), int32(31)) - f4(0.5)
            wave = fast_sin(place * f4(7.0) + board * f4(2.1)) * f4(0.5)
            wave += fast_sin(away * f4(61.0) + place * f4(3.0))
            graze = f4(1) - g[6] / np.sqrt(g[6] * g[6] + depth * depth * (f4(1) + u * u))
            mirrored = strength * (f4(0.04) + f4(0.60) * graze * graze * graze * graze)
            mirrored *= smooth_step(far, far * f4(0.5), depth) * f4(1.0 / TAPS)
            shares[x] = mirrored if below >= f4(0.004) else f4(0)
            line = near_line + (side_line - near_line) * smooth_step(f4(0.10), f4(0.24), abs(u - centre))
            unders[x] = below - line
            aside[x] = u + ripple * f4(0.012) * (wave * f4(0.4) + lean) * min(
                max(below, f4(0)) * f4(5), f4(1)
            )
            leans[x], waves[x] = lean, wave
        for tap in range(TAPS):
            share = f4(0.16) * ((f4(int32(tap)) + f4(0.5)) * f4(1.0 / TAPS) - f4(0.5))
            spot, foot = for_sky[tap], for_stood[tap]
            for x in range(w):
                du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
                below = dv * g[3] - du * g[4] + g[5]
                rough = ripple * (f4(0.05) * leans[x] + f4(0.010) * waves[x] + share)
                vv = -below * (f4(1) + rough * f4(1.4)) - g[5]
                sx = int32(min(max((aside[x] * g[3] - vv * g[4]) * inv + g[1], f4(0)), f4(w - 1)))
                sy = int32(min(max((aside[x] * g[4] + vv * g[3]) * inv + g[2], f4(0)), f4(h - 1)))
                spot[x] = np.uint32((sy * int32(w) + sx) * int32(4))
                under = unders[x]
                vv = below - under - under * (f4(1) + rough) - g[5]
                sx = int32(min(max((aside[x] * g[3] - vv * g[4]) * inv + g[1], f4(0)), f4(w - 1)))
                sy = int32(min(max((aside[x] * g[4] + vv * g[3]) * inv + g[2], f4(0)), f4(h - 1)))
                foot[x] = np.uint32((sy * int32(w) + sx) * int32(4))
        out = field[y]
        for x in range(w):
            if shares[x] <= f4(0):
                continue
            blue, green, red = f4(0), f4(0), f4(0)
            for tap in range(TAPS):
                i = for_sky[tap, x]
                blue += sky[i]
                green += sky[i + np.uint32(1)]
                red += sky[i + np.uint32(2)]
            if unders[x] > f4(0):
                for tap in range(TAPS):
                    i = for_stood[tap, x]
                    blue += stood[i]
                    green += stood[i + np.uint32(1)]
                    red += stood[i + np.uint32(2)]
            out[x, 0] = max(out[x, 0] + blue * shares[x], f4(0))
            out[x, 1] = max(out[x, 1] + green * shares[x], f4(0))
            out[x, 2] = max(out[x, 2] + red * shares[x], f4(0))


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], i8[::1])")
def part_rows(
    y0: int, y1: int, behind: Light, stands: Light, field: Light, air: Light, env: Light, spans: NDArray[np.int64]
) -> None:  # fmt: skip
    """The picture in two: what crisp things add to the field (or take from it), and all soft light, out of focus.

    No surface mirrors as sharply as the eye sees; air mirrors too. spans: first row and end of what is wanted of
    `behind`, then of `stands`.
    """
    h, n = field.shape[0], field.shape[1] * 4
    column = np.empty(n + 16, np.float32)
    inner = column[8:]
    for y in range(y0, y1):
        m = field[y].reshape(n)
        if spans[2] <= y < spans[3]:
            whole, difference = env[y].reshape(n), stands[y].reshape(n)
            for i in range(n):
                difference[i] = whole[i] - m[i]
        if y < spans[0] or y >= spans[1]:
            continue
        a, b = field[max(y - 2, 0)].reshape(n), field[min(y + 2, h - 1)].reshape(n)
        c, d = air[max(y - 1, 0)].reshape(n), air[min(y + 1, h - 1)].reshape(n)
        for i in range(n):
            inner[i] = f4(0.28) * (a[i] + b[i]) + f4(0.44) * m[i] + f4(AIR) * (c[i] + d[i])
        for k in range(8):
            column[k], column[n + 8 + k] = inner[k & 3], inner[n - 4 + (k & 3)]
        row = behind[y].reshape(n)
        left, near, beside, right = column[0:], column[4:], column[12:], column[16:]
        for i in range(n):
            row[i] = f4(0.12) * (left[i] + right[i]) + f4(0.24) * (near[i] + beside[i]) + f4(0.28) * inner[i]


def mirrored_rows(g: Light, width: int, height: int, near: float, side: float) -> NDArray[np.int64]:
    """First rows and ends of what level boards show of the light behind, and of what stands on them with its feet so
    far below the horizon: near the performer, and at the sides."""
    most = max(
        (height - g[2]) * g[0] * g[3] + g[5] + 0.5 * width * g[0] * abs(g[4]), 0.01
    )  # below the horizon
    behind = rows_of(g, width, -most * (1.0 + 1.4 * ROUGH))[0], rows_of(g, width, 0.0)[1]
    deepest = max(most - side, 0.0)
    stands = rows_of(g, width, most - (2.0 + ROUGH) * deepest)[0], rows_of(g, width, near)[1]
    rows = [round(row) + edge for span in (behind, stands) for row, edge in zip(span, (-2, 3), strict=True)]
    return np.array(rows, np.int64).clip(0, height)


class FloorMirror:
    """Scratch for the floor's mirror: what it mirrors, in two."""

    def __init__(self, canvas: Canvas) -> None:
        self.behind: Light = np.zeros_like(canvas.field)
        self.stands: Light = np.zeros_like(canvas.field)
        self.sea = Sea(canvas)

    def reflect(self, frame: Frame, floor: Floor, centre: float = 0.0) -> None:
        """Mirror `canvas.env` in the floor below the horizon, rippled and rough; `centre` is the performer's u.

        To be run after `shrink`.
        """
        if floor.level <= 0.0:
            return
        canvas, camera = frame.canvas, frame.camera
        g, height = ground(frame, canvas.scale), canvas.field_height
        lines = [(EYE + camera.y) * camera.zoom / max(1.0 + z - camera.dolly, 0.3) for z in (0.0, 0.9)]
        spans = mirrored_rows(g, canvas.field_width, height, lines[0], lines[1])
        if floor.morph > 0.0:  # waves look everywhere over the horizon
            spans[:] = 0, spans[1], 0, height
        canvas.field_bands(part_rows, self.behind, self.stands, canvas.field, canvas.air, canvas.env, spans)
        if floor.morph > 0.0:
            self.sea.paint(frame, floor, self.behind, self.stands, centre)
            return
        numbers = [floor.level * floor.gloss, *lines, centre, 1.0, 6.0 * floor.far]
        first = first_row(g, canvas.field_width, height)
        canvas.threads.bands(
            height - first,
            mirror_rows,
            canvas.field,
            self.behind,
            self.stands,
            g,
            np.array(numbers, np.float32),
            first,
        )
