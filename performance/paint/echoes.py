"""Echoes as veils of light: each ghost is the piece itself, painted small at its own moment, tinted and laid over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from performance.paint.canvas import Canvas, Light
from performance.paint.frame import Frame
from performance.paint.kernels import f4, int32, kernel, smooth_step
from performance.paint.threads import Threads
from performance.stage.echoes import Ghost
from performance.stage.stage import Stage

if TYPE_CHECKING:
    from performance.paint.layers import Layers

BEHIND = 0.6  # share of a ghost that lies behind the people of now
COLOUR_KEPT = 0.35  # how much of its own colour a ghost keeps beside its tint
VEIL = 0.95
BARE, WHOLE = 0.10, 0.40  # of a ghost's width from its sides: where it begins, and where all of it is there
SPECKS = 0.22  # what is left of points of light, which so few rows would make blots of
FAINT = 0.004  # level below which a ghost is not seen
PARTS = 6  # in which a moment is painted, so that no frame has to wait for all of it
LEAST_ROWS = 180  # of a ghost in a thinned picture: with fewer all of it would be blots
AHEAD = 1.1  # a moment is ready so much before it is seen


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1])")
def collect(y0: int, y1: int, out: Light, field: Light, crisp: Light, air: Light) -> None:
    """All the light of a small canvas whose field is as large as itself."""
    w = out.shape[1]
    for y in range(y0, y1):
        for x in range(w):
            keep = max(f4(1) - crisp[y, x, 3], f4(0))
            for k in range(3):
                out[y, x, k] = min(field[y, x, k] * keep + crisp[y, x, k] + air[y, x, k], f4(6))


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], f4[::1], f4[::1])")
def lay_over(
    y0: int, y1: int, field: Light, air: Light, ghost: Light, after: Light, p: Light, tint: Light
) -> None:
    """Add a ghost, moved and scaled, fading towards its edges. p: level, centre x, centre y, 1 / size, mirror (+-1),
    how far it has become the ghost `after`."""
    w = field.shape[1]
    gh, gw = ghost.shape[0], ghost.shape[1]
    level, cx, cy, step, from_y = p[0], p[1], p[2], p[3] * p[4], f4(0.5) * f4(gh) - f4(0.5)
    from_x = (f4(0.5) - cx) * step + f4(0.5) * f4(gw) - f4(0.5)
    last, per = f4(gw) - f4(1.001), f4(1) / f4(gw)
    first, share = np.empty(w, np.uint64), np.empty(w, np.float32)
    fade, row, light = np.empty(w, np.float32), np.empty((3, gw), np.float32), np.empty(4 * w, np.float32)
    soft = np.empty(4 * gw, np.float32)
    begin, end = w, 0
    for x in range(w):
        sx = from_x + f4(int32(x)) * step
        if sx >= f4(0) and sx < f4(gw - 1):
            begin, end = min(begin, x), x + 1
        near = min(max(sx, f4(0)), last)
        first[x] = np.uint64(near)
        share[x] = near - f4(int32(near))
        fade[x] = smooth_step(f4(BARE), f4(WHOLE), min(sx, f4(gw) - sx) * per) * level
    for y in range(y0, y1):
        sy = (f4(int32(y)) + f4(0.5) - cy) * p[3] + from_y
        if sy < f4(0) or sy >= f4(gh - 1) or end <= begin:
            continue
        ya = int32(sy)
        down = sy - f4(ya)
        dim = min(min(sy, f4(gh) - sy) / f4(gh) * f4(16), f4(1))
        top, low = ghost[ya].reshape(4 * gw), ghost[ya + 1].reshape(4 * gw)
        top_after, low_after = after[ya].reshape(4 * gw), after[ya + 1].reshape(4 * gw)
        low_share, top_later = down * (f4(1) - p[5]) * dim, (f4(1) - down) * p[5] * dim
        top_share, low_later = (f4(1) - down) * (f4(1) - p[5]) * dim, down * p[5] * dim
        for k in range(4 * gw):
            soft[k] = top[k] * top_share + low[k] * low_share + top_after[k] * top_later
            soft[k] += low_after[k] * low_later
        for x in range(np.uint64(gw)):  # unsigned places: else the compiler does not make rows of it
            i = np.uint64(4) * np.uint64(x)
            blue, green, red = soft[i], soft[i + np.uint64(1)], soft[i + np.uint64(2)]
            grey = f4(0.2126) * red + f4(0.7152) * green + f4(0.0722) * blue
            row[0, x] = blue * f4(COLOUR_KEPT) + grey * tint[0]
            row[1, x] = green * f4(COLOUR_KEPT) + grey * tint[1]
            row[2, x] = red * f4(COLOUR_KEPT) + grey * tint[2]
        blues, greens, reds = row[0], row[1], row[2]
        for x in range(begin, end):
            a, at, part, faint = first[x], np.uint64(4) * np.uint64(x), share[x], fade[x]
            b = a + np.uint64(1)
            light[at] = (blues[a] + (blues[b] - blues[a]) * part) * faint
            light[at + np.uint64(1)] = (greens[a] + (greens[b] - greens[a]) * part) * faint
            light[at + np.uint64(2)] = (reds[a] + (reds[b] - reds[a]) * part) * faint
            light[at + np.uint64(3)] = f4(0)
        behind, before, here = field[y].reshape(4 * w), air[y].reshape(4 * w), light[4 * begin : 4 * end]
        behind, before = behind[4 * begin : 4 * end], before[4 * begin : 4 * end]
        for k in range(here.shape[0]):
            behind[k] += here[k] * f4(BEHIND)
            before[k] += here[k] * f4(1 - BEHIND)


class Echoes:
    """Ghosts, each with a small canvas of its own and the moments of it that are seen, or soon will be."""

    def __init__(self, canvas: Canvas, layers: Callable[[Canvas], Layers]) -> None:
        self.canvas = canvas
        self.layers = layers
        self.small: list[_Ghostly] = []

    def paint(self, frame: Frame, ghosts: tuple[Ghost, ...], stage_of: Callable[[float], Stage]) -> None:
        """Lay the ghosts over the field and the air; `stage_of(t)` is what was on stage then."""
        while len(self.small) < len(ghosts):
            self.small.append(_Ghostly(self.canvas, self.layers))
        for small, ghost in zip(self.small, ghosts):
            if ghost.level > FAINT:
                before, after = (small.at(t, stage_of) for t in ghost.moments[:2])
                _lay(frame.canvas, ghost, before, after)
        self._go_on(ghosts, stage_of)

    def _go_on(self, ghosts: tuple[Ghost, ...], stage_of: Callable[[float], Stage]) -> None:
        """Paint a little of what comes next: no frame waits for a whole ghost."""
        moving = [pair for pair in zip(self.small, ghosts) if pair[1].moments[1] != pair[1].moments[2]]
        for k, (small, ghost) in enumerate(moving):
            small.go_on(ghost, AHEAD * ghost.share * len(moving) - k, stage_of)

    def forget(self) -> None:
        """The score has changed: what was painted is stale."""
        for small in self.small:
            small.forget()


class _Ghostly:
    """The small pictures of one ghost: those of its moments, and one that is being painted, part by part."""

    def __init__(self, canvas: Canvas, layers: Callable[[Canvas], Layers]) -> None:
        # a second thread would cost so small a canvas more than it saves
        fine = max(1.0, LEAST_ROWS / canvas.field_height) if canvas.scale > 1 else 1.0
        size = round(fine * canvas.field_width), round(fine * canvas.field_height)
        self.layers = layers(Canvas(*size, threads=Threads(1)))
        self.kept: dict[float, Light] = {}
        self.coming: tuple[float, Iterator[None]] | None = None
        self.parts = 0  # how many of the one that is coming are painted

    def at(self, t: float, stage_of: Callable[[float], Stage]) -> Light:
        """The picture of a moment; what is not painted yet is painted now."""
        if t not in self.kept:
            for _ in self._begun(t, stage_of):
                pass
        return self.kept[t]

    def go_on(self, ghost: Ghost, share: float, stage_of: Callable[[float], Stage]) -> None:
        """Paint so much of the moment that comes next."""
        self.kept = {t: light for t, light in self.kept.items() if t in ghost.moments}
        soon = ghost.moments[2]
        if share <= 0.0 or soon in self.kept:
            return
        painting = self._begun(soon, stage_of)
        while self.parts < share * PARTS and soon not in self.kept:
            self.parts += 1
            next(painting, None)

    def forget(self) -> None:
        self.kept.clear()
        self.coming = None

    def _begun(self, t: float, stage_of: Callable[[float], Stage]) -> Iterator[None]:
        """The painting of a moment that has been begun, or another one."""
        if self.coming is None or self.coming[0] != t:
            self.coming, self.parts = (t, self._painted(t, stage_of)), 0
        return self.coming[1]

    def _painted(self, t: float, stage_of: Callable[[float], Stage]) -> Iterator[None]:
        """Paints a moment and keeps it; stops after each part."""
        stage = stage_of(t)
        yield
        yield from self.layers.parts(stage, None)
        yield
        if stage.motes is not None:
            stage = replace(stage, motes=replace(stage.motes, light=stage.motes.light * f4(SPECKS)))
        self.layers.paint_points(stage)
        small = self.layers.canvas
        light = np.empty_like(small.crisp)
        small.threads.bands(small.height, collect, light, small.field, small.crisp, small.air)
        self.kept[t], self.coming = light, None


def _lay(canvas: Canvas, ghost: Ghost, before: Light, after: Light) -> None:
    """Add a ghost to the light of a canvas."""
    luminance = 0.2126 * ghost.tint[0] + 0.7152 * ghost.tint[1] + 0.0722 * ghost.tint[2]
    tint = np.array(ghost.tint[::-1], np.float32) * f4((1.0 - COLOUR_KEPT) / max(luminance, 0.2))
    numbers = [
        ghost.level * VEIL,
        canvas.field_width / 2 + ghost.u * canvas.field_unit,
        canvas.field_height / 2 + (ghost.v - 0.5) * canvas.field_unit,
        before.shape[0] / (canvas.field_height * ghost.size),
        -1.0 if ghost.mirrored else 1.0,
        ghost.share,
    ]
    canvas.field_bands(lay_over, canvas.field, canvas.air, before, after, np.array(numbers, np.float32), tint)
