"""Specks of light: crisp cores where they are sharp, soft discs where they are near, a halo in the haze round each."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import STILL, Camera
from performance.paint.canvas import TILE, Bytes, Light, View
from performance.paint.fetch import ask
from performance.paint.finish import VIGNETTE, undeveloped
from performance.paint.frame import Frame
from performance.paint.kernels import f4, inline, int32, kernel
from performance.stage.motes import Motes
from performance.stage.swarm import SHARPEST

Single = NDArray[np.float32]
uint32: Any = np.uint32
uint64: Any = np.uint64
FAINT = 0.012  # light below which nothing is drawn
SOFT = 2.6  # times the sharpest radius: greater discs are painted in the quarter-size air
CORE = 2.3  # how far a core's light reaches, of its radius
CORE_LIGHT = 1.9
SMALLEST_CORE = 1.45  # pixels of reach: a smaller one would flicker as it moves
HALO = 0.0143  # how far a halo of light 1 reaches, picture heights
HALO_FROM = 0.3  # light from which there is a halo
HALO_LIGHT = 0.034
BRIGHTEST_HALO = 3.0
DISC_LIGHT = 1.1
SOON = 6  # points after which a point's pixels are needed that are asked for now
LEAST = 0.0015  # light below which a pixel is left alone
BEHIND = 0.96  # motes of a smaller scale are behind the performer, and hidden by whatever is crisp
# A mote dims as its disc grows by (sharp radius / radius) ** 1.25: energy kept would be 2, but then near ones vanish.


@lru_cache(maxsize=1)
def developed() -> Bytes:
    """(32768,) display bytes of light, by the upper half of its bits as a single: 1/128 fine, at every strength."""
    light = (np.arange(1 << 15, dtype=np.uint32) << 16 | 1 << 15).view(np.float32)
    light = np.where(np.isfinite(light), light, np.float32(1e30))
    return np.asarray(np.interp(light, undeveloped(), np.arange(256)) + 0.5, np.uint8)


@inline
def _box(
    y0: int, y1: int, w: int, x: float, y: float, radius: float, sharp: float
) -> tuple[int, int, int, int, float]:
    """Rows and columns that a core covers within [y0, y1), empty where it is no core, and how far it reaches."""
    reach = max(radius * f4(CORE), f4(SMALLEST_CORE))
    first = max(int(np.ceil(y - reach - f4(0.5))), y0)
    last = min(int(np.floor(y + reach - f4(0.5))) + 1, y1)
    left = max(int(np.ceil(x - reach - f4(0.5))), 0)
    right = min(int(np.floor(x + reach - f4(0.5))) + 1, w)
    if radius > f4(SOFT) * sharp or left >= right:
        last = first
    return first, last, left, right, reach


@inline
def _share(radius: float, sharp: float) -> Any:
    """How bright a core is as it goes out of focus."""
    share = min(sharp / max(radius, f4(0.62)), f4(1))
    return share * np.sqrt(np.sqrt(share)) * f4(CORE_LIGHT)


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[:,::1], f4)")
def core_rows(
    y0: int,
    y1: int,
    crisp: Light,
    touched: Bytes,
    x: Light,
    y: Light,
    radius: Light,
    scale: Light,
    light: Light,
    sharp: float,
) -> None:
    """Add the cores of motes to rows of the crisp picture, and mark the tiles they lie in. x, y, radius: pixels."""
    for k in range(x.shape[0]):
        if y[k] < f4(y0 - 16) or y[k] > f4(y1 + 16) or light[k].max() < f4(FAINT):
            continue
        first, last, left, right, reach = _box(y0, y1, crisp.shape[1], x[k], y[k], radius[k], sharp)
        if first >= last:
            continue
        for ty in range(first // TILE, (last - 1) // TILE + 1):
            for tx in range(left // TILE, (right - 1) // TILE + 1):
                touched[ty, tx] = 1
        share = _share(radius[k], sharp)
        inv = f4(1) / (reach * reach)
        for j in range(first, last):
            dy = f4(int32(j)) + f4(0.5) - y[k]
            for i in range(left, right):
                dx = f4(int32(i)) + f4(0.5) - x[k]
                q = max(f4(1) - (dx * dx + dy * dy) * inv, f4(0))
                q = q * q * q * share
                if scale[k] < f4(BEHIND):
                    q *= max(f4(1) - crisp[j, i, 3], f4(0))
                for c in range(3):
                    crisp[j, i, c] += q * light[k, 2 - c]


@inline
def _filmed(film: Bytes, light: float) -> Any:
    """The display byte of a light, by the table `film`."""
    return uint32(film[f4(light).view(np.uint32) >> uint32(16)])


@kernel("void(i8, i8, u4[:,::1], f4[::1], u1[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[:,::1], f4, f4)")
def core_bytes(
    y0: int,
    y1: int,
    pixels: NDArray[np.uint32],
    back: Light,
    film: Bytes,
    x: Light,
    y: Light,
    radius: Light,
    scale: Light,
    light: Light,
    sharp: float,
    exposure: float,
) -> None:
    """The same cores added to the finished picture: its bytes back to light by the table `back`, and filmed again
    by the table `film`; those behind are hidden as far as its fourth byte says that something crisp is there. A few
    thousand points would else make the whole picture crisp, and be finished pixel by pixel.

    Points lie far from each other in memory: the pixels of one are asked for some turns before it is theirs."""
    h, w = pixels.shape[0], pixels.shape[1]
    for k in range(x.shape[0]):
        soon = min(k + SOON, x.shape[0] - 1)
        if y[soon] > f4(y0) and y[soon] < f4(y1) and x[soon] > f4(0) and x[soon] < f4(w):
            middle, column = int(y[soon]), int(x[soon])
            for j in range(max(middle - 2, 0), min(middle + 3, h)):
                ask(pixels[j], uint64(column))
        if y[k] < f4(y0 - 16) or y[k] > f4(y1 + 16):
            continue
        strongest = max(light[k, 0], max(light[k, 1], light[k, 2]))
        if strongest < f4(FAINT):
            continue
        first, last, left, right, reach = _box(y0, y1, w, x[k], y[k], radius[k], sharp)
        if first >= last:
            continue
        du, dv = x[k] / f4(w) - f4(0.5), y[k] / f4(h) - f4(0.5)
        lens = f4(1) - f4(2 * VIGNETTE) * (du * du + f4(0.8) * dv * dv)
        share = _share(radius[k], sharp) * lens * lens * exposure
        inv = f4(1) / (reach * reach)
        faint = np.sqrt(np.sqrt(f4(LEAST) / max(share * strongest, f4(LEAST))))
        seen = f4(1) - faint * np.sqrt(
            faint
        )  # share of the reach, squared, out to which q * strongest is over LEAST
        behind = scale[k] < f4(BEHIND)
        wide, left_x = seen / inv, x[k] - f4(0.5)
        red, green, blue = light[k, 0] * share, light[k, 1] * share, light[k, 2] * share
        for j in range(first, last):
            dy = f4(int32(j)) + f4(0.5) - y[k]
            rest = wide - dy * dy
            if rest <= f4(0):
                continue
            half = np.sqrt(rest)
            begin = max(left, int(np.ceil(left_x - half)))
            end = max(min(right, int(np.floor(left_x + half)) + 1), begin)
            top = f4(1) - dy * dy * inv
            for i in range(uint64(begin), uint64(end)):
                dx = f4(int32(i)) - left_x
                q = max(top - dx * dx * inv, f4(0))
                q = q * q * q
                under = pixels[j, i]
                if behind:
                    q *= f4(255 - int32(under >> uint32(24))) * f4(1 / 255)
                b = back[under & uint32(255)] + q * blue
                g = back[(under >> uint32(8)) & uint32(255)] + q * green
                r = back[(under >> uint32(16)) & uint32(255)] + q * red
                pixels[j, i] = (
                    _filmed(film, b)
                    | _filmed(film, g) << uint32(8)
                    | _filmed(film, r) << uint32(16)
                    | under & uint32(0xFF000000)
                )


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1], f4[::1], f4[:,::1], f4, f4)")
def glow_rows(
    y0: int,
    y1: int,
    air: Light,
    x: Light,
    y: Light,
    radius: Light,
    light: Light,
    sharp: float,
    halo: float,
) -> None:
    """Add halos of sharp motes, and near ones as soft discs a little brighter at the rim. All in pixels of the air."""
    w = air.shape[1]
    for k in range(x.shape[0]):
        cy, cx, r = y[k], x[k], radius[k]
        strongest = max(light[k, 0], max(light[k, 1], light[k, 2]))
        disc = r > f4(SOFT) * sharp
        if strongest < (f4(FAINT) if disc else f4(HALO_FROM)):
            continue
        if disc:
            share = sharp / r
            share = share * np.sqrt(np.sqrt(share)) * f4(DISC_LIGHT)
            reach = max(r, f4(0.9)) * f4(1.07) + f4(0.5)
        else:
            share = f4(HALO_LIGHT) * min(f4(1), f4(BRIGHTEST_HALO) / strongest)
            reach = max(halo * np.sqrt(min(strongest, f4(4))), f4(1.6))
        first = max(int(np.ceil(cy - reach - f4(0.5))), y0)
        last = min(int(np.floor(cy + reach - f4(0.5))) + 1, y1)
        left = max(int(np.ceil(cx - reach - f4(0.5))), 0)
        right = min(int(np.floor(cx + reach - f4(0.5))) + 1, w)
        blue, green, red = light[k, 2] * share, light[k, 1] * share, light[k, 0] * share
        body = max(r, f4(0.9))
        inv = f4(1) / (body * body) if disc else f4(1) / (reach * reach)
        for j in range(first, last):
            dy = f4(int32(j)) + f4(0.5) - cy
            for i in range(left, right):
                dx = f4(int32(i)) + f4(0.5) - cx
                d = (dx * dx + dy * dy) * inv
                if disc:
                    q = min(max((f4(1.15) - d) * body * f4(0.5), f4(0)), f4(1)) * (f4(0.7) + f4(0.45) * d * d)
                else:
                    q = max(f4(1) - d, f4(0))
                    q = q * q * q
                air[j, i, 0] += q * blue
                air[j, i, 1] += q * green
                air[j, i, 2] += q * red


def seen(camera: Camera, u: Single, v: Single, scale: Single) -> tuple[NDArray[Any], NDArray[Any]]:
    """Places in the air as the camera sees them: near ones pass faster."""
    return (u, v) if camera == STILL else camera.seen(u, v, scale)


@lru_cache(maxsize=2)
def places_of(camera: Camera, motes: Motes) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where motes are seen: their halos are painted there, and then their cores."""
    return seen(camera, motes.u, motes.v, motes.scale)


def _pixels(frame: Frame, motes: Motes, view: View) -> tuple[Single, Single]:
    u, v = places_of(frame.camera, motes)
    return np.asarray(view.x(u), np.float32), np.asarray(view.y(v), np.float32)


def paint_mote_glow(frame: Frame, motes: Motes) -> None:
    """Halos and soft discs, in the air: before the bloom."""
    canvas = frame.canvas
    x, y = _pixels(frame, motes, canvas.view)
    s, unit = f4(1 / canvas.scale), canvas.field_unit
    canvas.field_bands(
        glow_rows, canvas.air, x * s, y * s, motes.radius * f4(unit), motes.light, f4(SHARPEST * unit),
        f4(HALO * unit),
    )  # fmt: skip


def paint_motes(frame: Frame, motes: Motes) -> None:
    """Cores as light in the crisp picture, for one that will be seen as light again."""
    canvas = frame.canvas
    x, y = _pixels(frame, motes, canvas.view)
    unit = canvas.view.unit
    canvas.bands(
        core_rows, canvas.crisp, canvas.touched, x, y, motes.radius * f4(unit), motes.scale, motes.light,
        f4(SHARPEST * unit),
    )  # fmt: skip


def lay_motes(frame: Frame, motes: Motes, pixels: Bytes, exposure: float) -> None:
    """Cores over the finished picture (h, w, 4) BGRX, which may be larger than the canvas."""
    canvas = frame.canvas
    view = View(pixels.shape[1], pixels.shape[0])
    x, y = _pixels(frame, motes, view)
    unit = view.unit
    canvas.threads.bands(
        view.height, core_bytes, pixels.view(np.uint32)[..., 0], undeveloped(), developed(), x, y,
        motes.radius * f4(unit), motes.scale, motes.light, f4(SHARPEST * unit), f4(exposure),
    )  # fmt: skip
