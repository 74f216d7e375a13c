"""The body of the violin machine as maps: varnish over flamed wood, ebony, f-holes, and the side that is open.

Made once, in the form's own frame (causes.violin), lit from the upper right; whoever paints it adds what glows inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.causes import opened, violin
from performance.paint import iceform
from performance.paint.cache import kept
from performance.paint.iceform import NUT, beside, depth, noise

Single = NDArray[np.float32]
Array = NDArray[np.float64]

# what the maps hold, last axis: how much is there; light of the wood, in its own colour; white light; how much of the
# light inside falls on it; when each piece comes, 0..1
COVER, WOOD, WHITE, GLOW, RANK = range(5)
BRIGHTEST = (
    1.0,
    2.2,
    1.6,
    1.4,
)  # of the first four, where they are kept in bytes: as roots, for the sake of the dark
CELL = 8  # texels on a side of a cell that is empty, with all round it, or not
BOX = (-0.32, 0.32, -0.03, 1.73)  # left, right, bottom, top of the maps, body lengths
FINE = 400  # pixels of a body length
SUN = np.array([0.50, 0.52, 0.69])  # where the light comes from: right, up, towards us
HALFWAY = np.array([0.27, 0.28, 0.92])  # between there and the eye
TAIL = ((0.0, 0.018), (0.018, 0.022), (0.034, 0.205), (0.026, 0.222), (0.0, 0.226))
BOARD = ((0.0, 0.655), (0.032, 0.662), (0.0225, NUT))
MADE_BY = mark_of(__file__, violin.__file__, opened.__file__, iceform.__file__)


@dataclass(frozen=True, slots=True)
class Varnish:
    """The maps as they are read: `texels` (h, w) the first four, a byte each, the first lowest, as roots of shares of
    BRIGHTEST; `rank` (h, w) 0..255; `bare` 1 for cells with nothing in them or beside them."""

    texels: NDArray[np.uint32]
    rank: NDArray[np.uint8]
    bare: NDArray[np.uint8]


@cache
def varnished() -> Varnish:
    """The maps of the body, from the cache if they are there."""
    return Varnish(**kept("machine", FINE, lambda: _packed(_bake()), MADE_BY))


def _packed(maps: Single) -> dict[str, NDArray[Any]]:
    roots = np.sqrt(np.clip(maps[..., :RANK] / np.array(BRIGHTEST, np.float32), 0, 1))
    noise = np.random.default_rng(1).random(roots.shape)  # without it, slow slopes would be stairs
    noise[..., COVER] = 0.5
    bytes_of = np.floor(np.clip(roots * 255 + noise, 0, 255)).astype(np.uint32)
    texels = np.bitwise_or.reduce(bytes_of << np.array([0, 8, 16, 24], np.uint32), -1)
    h, w = -(-maps.shape[0] // CELL), -(-maps.shape[1] // CELL)
    cells = np.zeros((h * CELL, w * CELL), np.bool_)
    cells[: maps.shape[0], : maps.shape[1]] = maps[..., COVER] > 0
    full = np.pad(cells.reshape(h, CELL, w, CELL).any((1, 3)), 1)
    near = np.lib.stride_tricks.sliding_window_view(full, (3, 3)).any((2, 3))
    return {
        "texels": texels,
        "rank": np.round(maps[..., RANK] * 255).astype(np.uint8),
        "bare": (~near).astype(np.uint8),
    }


def _mirrored(half: tuple[tuple[float, float], ...]) -> Array:
    """A closed form from its right half, which begins and ends near the middle."""
    right = np.array(half)
    return np.vstack([right, (right * (-1, 1))[::-1]])


def _bake() -> Single:
    left, right, bottom, top = BOX
    columns, rows = round((right - left) * FINE), round((top - bottom) * FINE)
    across = (left + (np.arange(columns) + 0.5) / FINE).astype(np.float32)
    down = (top - (np.arange(rows) + 0.5) / FINE).astype(np.float32)
    x, y = np.meshgrid(across, down)
    rng = np.random.default_rng(7)  # a texture, not chance
    whole, belly = depth(violin.outline(5), x, y), depth(violin.body(5), x, y)
    rank, seam, tilt, gap = _pieces(x, y)
    wood, white = _lit_wood(rng, x, y, whole, belly, tilt, seam)
    hollow = np.maximum.reduce([_f_hole(x * side, y) for side in (-1, 1)])
    wood *= 1 - 0.93 * _inside(hollow)
    white = white * (1 - _inside(hollow)) + 0.10 * _line(hollow + 0.003, 0.0025)
    far = np.hypot(x - opened.BLOW[0], y - opened.BLOW[1])
    wood, white, glow = _opened(wood, white, gap, far, seam)
    cover = _inside(whole)
    for part, above in ((_mirrored(TAIL), 0.010), (_mirrored(BOARD), 0.012)):
        wood, white, glow, cover = _ebony(depth(part, x, y), above, wood, white, glow, cover)
    wood, white, cover = _head(x, y, whole, wood, white, cover)
    return np.stack([cover, np.maximum(wood, 0), np.maximum(white, 0), glow, rank], -1).astype(np.float32)


def _inside(far: Any) -> Any:
    """How much of a pixel lies inside something so deep."""
    return np.clip(far * FINE + 0.5, 0, 1)


def _line(far: Any, width: float) -> Any:
    return np.exp(-((far / width) ** 2))


def _pieces(x: Single, y: Single) -> tuple[Single, Single, Single, Single]:
    """Of every pixel: when its piece comes, how far it is from the seam, how its piece is tilted, and how deep in the
    open side it lies (below 0: in the wood)."""
    found = opened.pieces()
    rng = np.random.default_rng(3)
    rank, seam = np.zeros(x.shape, np.float32), np.zeros(x.shape, np.float32)
    tilt, there = np.zeros(x.shape, np.float32), np.zeros(x.shape, np.float32)
    tilts = rng.normal(0, 1, len(found.rank)).astype(np.float32)
    for n, corners in enumerate(found.corners.astype(np.float32)):
        low, high = corners.min(0) - 2 / FINE, corners.max(0) + 2 / FINE
        columns = slice(*np.searchsorted(x[0], (low[0], high[0])))
        rows = slice(*np.searchsorted(-y[:, 0], (-high[1], -low[1])))
        px, py = x[rows, columns], y[rows, columns]
        deep = np.full(px.shape, 9, np.float32)
        for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            long = np.hypot(bx - ax, by - ay)
            if long > 1e-6:
                deep = np.minimum(deep, ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / long)
        mine = deep > -0.5 / FINE
        rank[rows, columns][mine] = found.rank[n]
        seam[rows, columns][mine] = deep[mine]
        tilt[rows, columns][mine] = tilts[n]
        there[rows, columns][mine] = float(found.missing[n])
    wide = _blurred(there, 0.006)
    return rank, seam, tilt, ((wide - 0.5) * 0.03).astype(np.float32)


def _blurred(a: Single, radius: float) -> Single:
    """A gaussian blur, radius in body lengths, by spectrum."""
    fy, fx = np.fft.fftfreq(a.shape[0])[:, None], np.fft.rfftfreq(a.shape[1])[None]
    wave = np.fft.rfft2(a) * np.exp(-2 * (np.pi * radius * FINE) ** 2 * (fx * fx + fy * fy))
    return np.asarray(np.fft.irfft2(wave, a.shape), np.float32)


def _lit_wood(
    rng: np.random.Generator, x: Single, y: Single, whole: Single, belly: Single, tilt: Single, seam: Single
) -> tuple[Any, Any]:
    """Light of the wood and of the varnish on it: an arched belly, a scooped edge, flames across the grain."""
    deep = np.maximum(np.maximum(whole, belly), 0)
    arch: Any = 0.050 * (1 - np.exp(-deep / 0.10)) + 0.004 * np.clip(deep / 0.006, 0, 1)
    arch = _blurred((arch - 0.0045 * _line(deep - 0.014, 0.007)).astype(np.float32), 0.004)
    slope_y, slope_x = np.gradient(arch * FINE)
    nx, ny = -slope_x + 0.035 * tilt, slope_y + 0.02 * np.roll(tilt, 1)
    norm = np.sqrt(nx * nx + ny * ny + 1)
    lit = np.maximum((nx * SUN[0] + ny * SUN[1] + SUN[2]) / norm, 0)
    gloss = np.maximum((nx * HALFWAY[0] + ny * HALFWAY[1] + HALFWAY[2]) / norm, 0)
    wavy = noise(rng, x.shape, 1.6, 4)
    flame = np.sin(2 * np.pi * (y + 0.30 * np.abs(x)) / 0.042 + 1.3 * wavy)
    grain = noise(rng, (x.shape[1], 1), 0.4, 30).T + 0.35 * noise(rng, x.shape, 0.6, 30)
    aged = np.clip(deep / 0.09, 0, 1)  # darker towards the edge, as old varnish is
    figure = 1 + 0.24 * flame * (0.6 + 0.4 * wavy).clip(0, 1) + 0.06 * grain
    wood = (0.03 + 1.05 * lit**2.2) * (0.30 + 0.70 * aged) * figure
    wood = wood * (1 - 0.80 * _line(belly - 0.020, 0.0022)) * (1 - 0.55 * _line(seam, 0.0016))
    white = 0.95 * gloss**70 + 0.028 * gloss**9
    white = white * (1 + 0.10 * flame) + 0.09 * _line(seam - 0.003, 0.0014) * lit
    return wood, white + 0.22 * _line(whole - 0.004, 0.003) * np.maximum(nx * 0.7 + ny * 0.7, 0)


def _f_hole(x: Single, y: Single) -> Single:
    """How deep inside the right f-hole each place lies."""
    line, half = violin.f_hole()
    best = beside(line, x, y, half * 1.2)
    for k in (1, len(line) - 2):
        best = np.maximum(best, beside(line[k : k + 2], x, y, 0.0115))
    return best


def _opened(wood: Any, white: Any, gap: Single, far: Any, seam: Single) -> tuple[Any, Any, Any]:
    """The side cut open: a dark inside, the cut edge of the plate bright round it, light that falls out of it."""
    hole = np.clip(gap * 140 + 0.5, 0, 1)
    down, _ = np.gradient(gap * FINE)
    edge = _line(gap, 0.0035)
    wood = wood * (1 - hole) + 0.045 * hole * np.clip(1.2 - far / opened.OPEN, 0, 1)
    wood = wood * (1 - 0.5 * edge) + edge * (0.35 + 2.2 * np.maximum(-down, 0))
    white = white * (1 - hole) + 0.12 * edge
    leak = _line(seam, 0.0018) * np.exp(-((far / 0.27) ** 2))
    glow = 0.55 * hole * np.exp(-((far / 0.20) ** 2)) + (1 - hole) * (0.22 * np.exp(-far / 0.10) + 0.5 * leak)
    return wood, white, glow + 0.45 * edge


def _ebony(
    far: Single, high: float, wood: Any, white: Any, glow: Any, cover: Any
) -> tuple[Any, Any, Any, Any]:
    """Fingerboard or tailpiece: black, round, with one long light; it throws a shadow on the wood."""
    here = _inside(far)
    shade = 1 - 0.55 * np.clip(1 + np.roll(far, (4, -4), (0, 1)) / high, 0, 1) * (1 - here)
    shine = 0.014 + 0.20 * _line(far - 0.008, 0.0032) * (np.gradient(far, axis=1) * FINE < 0.2)
    wood, white = wood * shade * (1 - here), white * shade * (1 - here) + here * shine
    return wood, white, glow * (1 - 0.92 * here), np.maximum(cover, here)


def _head(x: Single, y: Single, whole: Single, wood: Any, white: Any, cover: Any) -> tuple[Any, Any, Any]:
    """The scroll's volute carved into the head, and four pegs of ebony."""
    head = np.clip((y - NUT) * 60, 0, 1)
    curl = -beside(violin.spiral(), x, y, 0.0)
    wood = wood * (1 - 0.75 * head * _line(curl, 0.0040))
    white = white + head * 0.38 * _line(curl - 0.0065, 0.0028)
    for peg, side in violin.PEGS:
        stem = beside(np.array([(0.0, peg), (side * 0.064, peg + 0.006)]), x, y, np.array([0.0080, 0.0060]))
        blade = np.array([(side * 0.066, peg - 0.010), (side * 0.080, peg + 0.024)])
        part = np.maximum(stem, beside(blade, x, y, np.array([0.009, 0.012])))
        here = _inside(part) * (1 - _inside(whole))
        wood, white = (
            wood * (1 - here),
            white * (1 - here) + here * (0.03 + 0.14 * _line(part - 0.005, 0.0022)),
        )
        cover = np.maximum(cover, here)
    return wood, white, cover
