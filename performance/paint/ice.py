"""Ice: what lies behind is seen bent through it, its rims and frost take the beam's light, a cold light is inside."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.causes.violin import MIDDLE, PEGS
from performance.paint import iceform, icerows
from performance.paint.cache import kept
from performance.paint.frame import Frame, bgr
from performance.paint.icerows import cells, ice_rows, packed
from performance.paint.kernels import add_soft, f4, fast_exp_neg, inline, int32, kernel
from performance.paint.shine import beam_at, in_beam
from performance.paint.strokes import paint_lines
from performance.stage.ice import Ice

Array = NDArray[np.float64]
COLD = (0.05, 0.40, 0.95)  # the light inside, linear RGB
BOW_AT, BOW_LEAN = (0.0, 0.615), 0.20  # where the bow's hair crosses the strings, and how it leans
NOISE = 256
RIME_SIZE = 384  # pixels of a body length that shards are frosted from
place: Any = np.uint64  # a place in an array, never negative: without the check that stops vectors
MIST = (0.42, 0.72, 1.0)
MADE_BY = iceform.MADE_BY + mark_of(icerows.__file__)


@inline
def _read(tile: Any, x: Any, y: Any) -> Any:
    """A periodic tile between its places, x and y above 0."""
    last = place(tile.shape[0] - 1)
    x0, y0 = int32(x), int32(y)
    fx, fy = x - f4(x0), y - f4(y0)
    i, j = place(x0) & last, place(y0) & last
    k, m = (i + place(1)) & last, (j + place(1)) & last
    top = tile[j, i] + (tile[j, k] - tile[j, i]) * fx
    low = tile[m, i] + (tile[m, k] - tile[m, i]) * fx
    return top + (low - top) * fy


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4[::1])")
def mist_rows(y0: Any, y1: Any, air: Any, tile: Any, p: Any) -> None:
    """Cold breath: it rolls off a place and sinks, two layers of warped noise. p: place u v, unit, middle x y, t,
    level, width, left, right, top, bottom (field pixels)."""
    cu, cv, inv, mx, my, t, level, wide = p[0], p[1], f4(1) / p[2], p[3], p[4], p[5], p[6], p[7]
    left, right = int32(p[8]), int32(p[9])
    n = max(right - left, int32(0))
    breath: Any = np.zeros(n + 2, np.float32)
    tints: Any = np.zeros((3, 3), np.float32)
    for k in range(3):
        tints[0, k] = f4(MIST[2 - k])
    for y in range(max(y0, int32(p[10])), min(y1, int32(p[11]))):
        v = (f4(int32(y)) + f4(0.5) - my) * inv - cv
        down = max(v, f4(0))
        upward = fast_exp_neg(max(-v, f4(0)) * f4(12)) * fast_exp_neg(down * f4(3.6))
        for i in range(0, n + 1, 2):  # it is soft: what lies between is a mean
            breath[i] = f4(0)
            u = (f4(int32(left + i)) + f4(0.5) - mx) * inv - cu
            far = u / (wide + down * f4(0.95) + f4(0.07))
            if fast_exp_neg(far * far) * upward < f4(0.004):
                continue
            a = _read(tile, u * f4(150) + t * f4(3) + f4(4096), v * f4(150) - t * f4(5) + f4(4096))
            spread = wide + down * f4(0.95) + f4(0.14) * (a - f4(0.5))
            q = u / spread
            reach = fast_exp_neg(q * q) * upward
            ux, vy = u * f4(230) + f4(60) * a + f4(4096), v * f4(300) - t * f4(11) + f4(36) * a + f4(8192)
            thick = max(_read(tile, ux, vy) * f4(1.25) - f4(0.34), f4(0))
            breath[i] = thick * thick * reach * level
        for i in range(1, n, 2):
            breath[i] = f4(0.5) * (breath[i - 1] + breath[i + 1])
        add_soft(air[y].reshape(-1)[4 * left : 4 * right], tints, breath[:n], breath[:n], breath[:n])


def mist_tile() -> NDArray[np.float32]:
    """Periodic smoke, 0..1."""
    rng = np.random.default_rng(1)
    f = np.fft.fftfreq(NOISE) * NOISE
    k = np.hypot(f[:, None], f[None])
    k[0, 0] = 1e9
    wave = np.fft.fft2(rng.standard_normal((NOISE, NOISE))) * k**-1.75 * (k > 1.5)
    smoke = np.fft.ifft2(wave).real
    return np.ascontiguousarray(1 / (1 + np.exp(-1.7 * smoke / smoke.std())), np.float32)


class IceKit:
    """What is baked for the size the instrument is seen at."""

    def __init__(self) -> None:
        self.packs: dict[tuple[str, int], tuple[NDArray[np.uint64], NDArray[np.uint8]]] = {}
        self.mist = mist_tile()
        self._rime = np.zeros((0, 0, 2), np.float32)

    def packed(self, name: str, size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
        """The "violin" or the "bow" in bytes, `size` pixels a body length, and its cells that have ice in them or
        beside them. Kept as it is used: the instrument grows in the picture, and no frame may wait for the next
        size."""
        if (name, size) not in self.packs:
            kept_so = kept(f"ice-{name}-packed", size, lambda: _pack(name, size), MADE_BY)
            self.packs[name, size] = kept_so["packed"], kept_so["cells"]
        return self.packs[name, size]

    def rime(self) -> NDArray[np.float32]:
        """Frost and lines of the violin (h, w, 2), for its pieces."""
        if not len(self._rime):
            maps = iceform.baked("violin", RIME_SIZE)
            self._rime = np.ascontiguousarray(maps[..., [iceform.FROST, iceform.LINES]])
        return self._rime


def _pack(name: str, size: int) -> dict[str, NDArray[Any]]:
    maps = iceform.baked(name, size)
    return {"packed": packed(maps), "cells": cells(maps[..., iceform.ALPHA])}


def paint_ice_light(frame: Frame, ice: Ice, kit: IceKit) -> None:
    """The cold air that rolls off the instrument, into the light in front of everything."""
    level = ice.vapour * ice.mist * max(ice.level, 0.6 * (ice.level <= 0.0)) * 0.42
    if level <= 0.004:
        return
    canvas, place = frame.canvas, ice.placing
    u, v, scale = (float(q) for q in frame.camera.project(place.x, place.y - 0.12 * place.size, place.z))
    unit, s = canvas.field_unit, canvas.scale
    beam = frame.lights.beam
    seen = level * (0.25 + 0.75 * beam_at(beam, place.x, place.y, place.z)) * (0.4 + 0.6 * beam.level)
    cx, cy = float(canvas.view.x(u)) / s, float(canvas.view.y(v)) / s
    reach = 0.9 * unit
    numbers = [
        u, v - 0.5, unit, canvas.field_width / 2, canvas.field_height / 2, frame.t % 3600.0, seen,
        (0.10 + 0.16 * place.size) * scale, max(cx - reach, 0), min(cx + reach, canvas.field_width),
        max(cy - 0.35 * unit, 0), min(cy + 0.8 * unit, canvas.field_height),
    ]  # fmt: skip
    canvas.field_bands(mist_rows, canvas.air, kit.mist, np.array(numbers, np.float32))


def paint_ice(frame: Frame, ice: Ice, kit: IceKit) -> None:
    """The instrument and its bow, over what is behind them in `crisp`."""
    if ice.level <= 0.0:
        return
    place = ice.placing
    _paint_form(frame, ice, kit, "violin", place.x, place.y, (0.0, MIDDLE), 0.0, 1.0)
    _paint_strings(frame, ice)
    if ice.bow > 0.0:
        offset = place.turned(np.array(BOW_AT))
        along = 0.93 + 0.62 * ice.stroke
        _paint_form(
            frame, ice, kit, "bow", place.x + offset[0], place.y + offset[1], (along, 0.0), BOW_LEAN, ice.bow
        )


def _paint_form(
    frame: Frame, ice: Ice, kit: IceKit, name: str, x: float, y: float, pin: tuple[float, float], lean: float,
    level: float,
) -> None:  # fmt: skip
    """One baked form with its own place `pin` at world (x, y), leaning from the instrument's tilt by `lean`."""
    canvas, lights = frame.canvas, frame.lights
    u, v, scale = (float(q) for q in frame.camera.project(x, y, ice.placing.z))
    pixels = ice.placing.scale * scale * canvas.view.unit
    size = iceform.size_for(pixels)
    maps, there = kit.packed(name, size)
    left, right, bottom, top = iceform.VIOLIN_BOX if name == "violin" else iceform.BOW_BOX
    turn = ice.placing.tilt + lean + frame.camera.roll
    c, s = math.cos(turn), math.sin(turn)
    sx, sy = canvas.view.x(u), canvas.view.y(v)
    form = [(a - pin[0], b - pin[1]) for a in (left, right) for b in (bottom, top)]
    across, down = (
        [sx + (a * c + b * s) * pixels for a, b in form],
        [sy - (b * c - a * s) * pixels for a, b in form],
    )
    if not canvas.touch(min(across) - 2, min(down) - 2, max(across) + 2, max(down) + 2):
        return
    k = size / pixels
    # form x = (dx c + dy s) / pixels + pin x and form y = (dx s - dy c) / pixels + pin y, for dy down
    ox = (pin[0] - left) * size - (sx * c + sy * s) * k - 0.5
    oy = (top - pin[1]) * size + (sx * s - sy * c) * k - 0.5
    share = 0.12 + 0.88 * beam_at(lights.beam, x, y, ice.placing.z)
    towards, counter = (
        [part / math.hypot(*way) for part in way] for way in (lights.key_from, lights.counter_from)
    )
    rows = [min(max(row, 0), canvas.height) for row in (min(down), max(down) + 1)]
    numbers = [
        ox, oy, c * k, -s * k, s * k, c * k, c, s, pixels, canvas.scale, frame.t % 3600.0, ice.level * level,
        0.45 + 0.9 * ice.frost, towards[0] * 0.9, towards[1] * 0.9, counter[0], counter[1], *rows,
    ]  # fmt: skip
    key = np.array(lights.key) * 0.72 * share
    canvas.bands(
        ice_rows, canvas.crisp, canvas.field, maps, there, np.array(numbers, np.float32), bgr(key),
        bgr(np.array(COLD) * ice.glow), bgr(np.array(lights.counter)),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _strings() -> tuple[Array, Array]:
    """Four strings as points of the form (4, n, 2), from the tailpiece over the bridge to the pegs, and each one's
    place among them (4, 1)."""
    heights = np.concatenate(
        [[iceform.SADDLE, iceform.BRIDGE], np.linspace(iceform.BRIDGE + 0.02, iceform.NUT, 14)]
    )
    gauge = np.array(iceform.STRINGS)[:, None]
    width = np.interp(heights, (iceform.SADDLE, iceform.BRIDGE, iceform.NUT), (0.020, 0.030, 0.015))
    form = np.stack([gauge * width, np.broadcast_to(heights, (4, len(heights)))], 2)
    pegs = [(side * 0.012 * (k % 2 + 0.5) - 0.004, height) for k, (height, side) in enumerate(PEGS)]
    return np.concatenate([form, np.array([pegs[1], pegs[2], pegs[3], pegs[0]])[:, None]], 1), gauge


def _paint_strings(frame: Frame, ice: Ice) -> None:
    """The strings, in light; a gleam wanders along each."""
    form, gauge = _strings()
    place, world = ice.placing, np.empty((*form.shape[:2], 3))
    world[..., :2] = place.turned(form) + (place.x, place.y)
    world[..., 2] = place.z
    u, v, _ = frame.camera.project(world[..., 0], world[..., 1], world[..., 2])
    share = 0.15 + 0.85 * in_beam(frame.lights.beam, world)
    gleam = 0.34 + 1.5 * np.exp(-(((form[..., 1] - 0.9 - 0.25 * np.sin(0.6 * frame.t + gauge)) / 0.12) ** 2))
    light = (share * gleam * ice.level)[..., None] * np.array(frame.lights.key) * (0.7, 0.85, 1.0) * 0.5
    paint_lines(frame.canvas, u, v, 0.00055, light)
