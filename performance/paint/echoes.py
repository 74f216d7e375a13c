"""Echoes as veils of light: each ghost is the piece itself, painted small at its own moment, tinted and laid over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from performance.paint.canvas import Canvas, Light
from performance.paint.frame import Frame
from performance.paint.kernels import f4, int32, kernel
from performance.stage.echoes import Ghost
from performance.stage.stage import Stage

if TYPE_CHECKING:
    from performance.paint.layers import Layers

BEHIND = 0.6  # share of a ghost that lies behind the people of now
COLOUR_KEPT = 0.35  # how much of its own colour a ghost keeps beside its tint
VEIL = 0.85


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1])")
def collect(y0: int, y1: int, out: Light, field: Light, crisp: Light, air: Light) -> None:
    """All the light of a small canvas whose field is as large as itself."""
    w = out.shape[1]
    for y in range(y0, y1):
        for x in range(w):
            keep = max(f4(1) - crisp[y, x, 3], f4(0))
            for k in range(3):
                out[y, x, k] = min(field[y, x, k] * keep + crisp[y, x, k] + air[y, x, k], f4(6))


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[::1], f4[::1])")
def lay_over(y0: int, y1: int, field: Light, air: Light, ghost: Light, p: Light, tint: Light) -> None:
    """Add a ghost, moved and scaled, fading towards its edges. p: level, centre x, centre y, 1 / size, mirror (+-1)."""
    w = field.shape[1]
    gh, gw = ghost.shape[0], ghost.shape[1]
    level, cx, cy, scale, mirror = p[0], p[1], p[2], p[3], p[4]
    for y in range(y0, y1):
        sy = (f4(int32(y)) + f4(0.5) - cy) * scale + f4(0.5) * f4(gh) - f4(0.5)
        if sy < f4(0) or sy >= f4(gh - 1):
            continue
        ya = int32(sy)
        ty = sy - f4(ya)
        edge_y = min(sy, f4(gh) - sy) / f4(gh) * f4(7)
        for x in range(w):
            sx = (f4(int32(x)) + f4(0.5) - cx) * scale * mirror + f4(0.5) * f4(gw) - f4(0.5)
            if sx < f4(0) or sx >= f4(gw - 1):
                continue
            xa = int32(sx)
            tx = sx - f4(xa)
            edge = min(min(sx, f4(gw) - sx) / f4(gw) * f4(5), edge_y)
            edge = min(max(edge, f4(0)), f4(1)) * level
            grey = f4(0)
            b = f4(0)
            g = f4(0)
            r = f4(0)
            for k in range(3):
                top = ghost[ya, xa, k] + (ghost[ya, xa + 1, k] - ghost[ya, xa, k]) * tx
                low = ghost[ya + 1, xa, k] + (ghost[ya + 1, xa + 1, k] - ghost[ya + 1, xa, k]) * tx
                value = (top + (low - top) * ty) * edge
                if k == 0:
                    b = value
                elif k == 1:
                    g = value
                else:
                    r = value
            grey = f4(0.2126) * r + f4(0.7152) * g + f4(0.0722) * b
            own = f4(COLOUR_KEPT)
            b = b * own + grey * tint[0]
            g = g * own + grey * tint[1]
            r = r * own + grey * tint[2]
            field[y, x, 0] += b * f4(BEHIND)
            field[y, x, 1] += g * f4(BEHIND)
            field[y, x, 2] += r * f4(BEHIND)
            air[y, x, 0] += b * f4(1 - BEHIND)
            air[y, x, 1] += g * f4(1 - BEHIND)
            air[y, x, 2] += r * f4(1 - BEHIND)


class Echoes:
    """Up to three small canvases, each keeping the last moment it painted."""

    def __init__(self, canvas: Canvas, layers: Callable[[Canvas], Layers]) -> None:
        self.canvas = canvas
        self.layers = layers
        self.small: list[tuple[Layers, Light]] = []
        self.painted: list[float | None] = []

    def paint(self, frame: Frame, ghosts: tuple[Ghost, ...], stage_of: Callable[[float], Stage]) -> None:
        """Lay the ghosts over the field and the air; `stage_of(t)` is what was on stage then."""
        for index, ghost in enumerate(ghosts):
            light = self._light(index, ghost, stage_of)
            canvas = frame.canvas
            luminance = 0.2126 * ghost.tint[0] + 0.7152 * ghost.tint[1] + 0.0722 * ghost.tint[2]
            tint = np.array(ghost.tint[::-1], np.float32) * f4((1.0 - COLOUR_KEPT) / max(luminance, 0.2))
            numbers = [
                ghost.level * VEIL,
                canvas.field_width / 2 + ghost.u * canvas.field_unit,
                canvas.field_height / 2 + (ghost.v - 0.5) * canvas.field_unit,
                light.shape[0] / (canvas.field_height * ghost.size),
                -1.0 if ghost.mirrored else 1.0,
            ]
            canvas.field_bands(lay_over, canvas.field, canvas.air, light, np.array(numbers, np.float32), tint)

    def _light(self, index: int, ghost: Ghost, stage_of: Callable[[float], Stage]) -> Light:
        while len(self.small) <= index:
            canvas = Canvas(self.canvas.field_width, self.canvas.field_height, threads=self.canvas.threads)
            self.small.append((self.layers(canvas), np.zeros_like(canvas.crisp)))
            self.painted.append(None)
        layers, light = self.small[index]
        if self.painted[index] != ghost.t:
            stage = stage_of(ghost.t)
            layers.paint(stage, None)
            layers.paint_points(stage)
            small = layers.canvas
            small.threads.bands(small.height, collect, light, small.field, small.crisp, small.air)
            self.painted[index] = ghost.t
        return light

    def forget(self) -> None:
        """The score has changed: what was painted is stale."""
        self.painted = [None] * len(self.painted)
