"""The violin of ice and its bow made ready to be lit: thickness, crystals, frost, rims, strings' furniture.

Maps are in the form's own frame (causes.violin), made once for a size and kept.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.causes import violin
from performance.paint.cache import kept

Single = NDArray[np.float32]
Array = NDArray[np.float64]

# what the maps hold, last axis
ALPHA, RIM, ACROSS, UP, FROST, LINES, CORE, GRAIN = range(8)
SIZES = (96, 136, 192, 272, 384, 544)  # pixels of a body length that are baked
VIOLIN_BOX = (-0.36, 0.36, -0.04, 1.75)  # left, right, bottom, top of the map, body lengths
BOW_BOX = (-0.04, 1.94, -0.05, 0.12)
BOW_TIP = ((1.80, 0.060), (1.815, 0.0), (1.850, -0.006), (1.868, 0.024), (1.880, 0.064), (1.85, 0.072))
CRYSTALS = 210
MADE_BY = mark_of(__file__, violin.__file__)
NUT, BRIDGE, SADDLE = 1.345, 0.498, 0.275  # heights where strings are held
STRINGS = (-0.75, -0.25, 0.25, 0.75)


def size_for(pixels: float) -> int:
    """The baked size for a body length of so many pixels."""
    return next((size for size in SIZES if size >= 0.85 * pixels), SIZES[-1])


def _grid(box: tuple[float, float, float, float], s: int) -> tuple[Single, Single]:
    left, right, bottom, top = box
    x = np.arange(round((right - left) * s), dtype=np.float32)
    y = np.arange(round((top - bottom) * s), dtype=np.float32)
    across, down = np.meshgrid(left + (x + 0.5) / s, top - (y + 0.5) / s)
    return across.astype(np.float32), down.astype(np.float32)


def depth(polygon: Array, x: Single, y: Single) -> Single:
    """How far inside a polygon each place lies, below 0 outside."""
    best = np.full(x.shape, 1e9, np.float32)
    inside = np.zeros(x.shape, bool)
    p = polygon.astype(np.float32)
    for (ax, ay), (bx, by) in zip(p, np.roll(p, -1, axis=0), strict=True):
        ex, ey = bx - ax, by - ay
        dx, dy = x - ax, y - ay
        q = np.clip((dx * ex + dy * ey) / (ex * ex + ey * ey + np.float32(1e-12)), 0, 1)
        best = np.minimum(best, (dx - q * ex) ** 2 + (dy - q * ey) ** 2)
        if ay != by:
            inside ^= ((ay <= y) != (by <= y)) & (dx < dy * (ex / ey))
    return np.asarray(np.where(inside, 1, -1) * np.sqrt(best), np.float32)


def beside(line: Array, x: Single, y: Single, half: Array | float) -> Single:
    """How far inside a line of half width `half` (n,) or one number each place lies."""
    best = np.full(x.shape, -1e9, np.float32)
    wide = np.broadcast_to(np.asarray(half, np.float32), (len(line),))
    reach = 3 * float(wide.max()) + 0.02
    box = (x > line[:, 0].min() - reach) & (x < line[:, 0].max() + reach)
    box &= (y > line[:, 1].min() - reach) & (y < line[:, 1].max() + reach)
    px, py = x[box], y[box]
    near = np.full(px.shape, -1e9, np.float32)
    for k in range(len(line) - 1):
        (ax, ay), (bx, by) = line[k], line[k + 1]
        ex, ey = bx - ax, by - ay
        q = np.clip(((px - ax) * ex + (py - ay) * ey) / (ex * ex + ey * ey + 1e-12), 0, 1)
        near = np.maximum(
            near, wide[k] + (wide[k + 1] - wide[k]) * q - np.hypot(px - ax - q * ex, py - ay - q * ey)
        )
    best[box] = near
    return best


def noise(rng: np.random.Generator, shape: tuple[int, int], slope: float, low: float) -> Single:
    """Noise with a spectrum falling as frequency^-slope above `low` waves a picture height; deviation 1."""
    fy = np.fft.fftfreq(shape[0])[:, None] * shape[0]
    fx = np.fft.rfftfreq(shape[1])[None] * shape[0]
    f = np.hypot(fx, fy)
    wave = np.fft.rfft2(rng.standard_normal(shape)) * np.where(
        f > 0.5, (f * f + low * low) ** (-slope / 2), 0
    )
    out = np.fft.irfft2(wave, shape)
    return np.asarray(out / out.std(), np.float32)


def _blurred(a: Single, radius: float, s: int) -> Single:
    """A gaussian blur, radius in body lengths, by spectrum."""
    fy, fx = np.fft.fftfreq(a.shape[0])[:, None], np.fft.rfftfreq(a.shape[1])[None]
    wave = np.fft.rfft2(a) * np.exp(-2 * (np.pi * radius * s) ** 2 * (fx * fx + fy * fy))
    return np.asarray(np.fft.irfft2(wave, a.shape), np.float32)


def _crystals(rng: np.random.Generator, x: Single, y: Single, grown: Single) -> tuple[Single, Single, Single]:
    """Tilts across and up of the crystals in the ice and the light lines between them."""
    height = float(y.max() - y.min())
    spots = np.stack([rng.uniform(x.min(), x.max(), CRYSTALS), rng.uniform(y.min(), y.max(), CRYSTALS)], 1)
    spots[::3] = spots[::3] * 0.6 + spots[rng.integers(0, CRYSTALS, len(spots[::3]))] * 0.4
    first = np.full(x.shape, 9, np.float32)
    second, which = first.copy(), np.zeros(x.shape, np.int32)
    wavy = (0.010 * np.sin(31 * x + 17 * y) + 0.006 * np.sin(57 * y - 23 * x)).astype(np.float32)
    for k, (a, b) in enumerate(spots.astype(np.float32)):
        near = np.abs(y - b) < 0.32 * height
        q = np.where(near, np.hypot(x - a, (y - b) * np.float32(0.8)) + wavy * np.float32(np.sin(k * 2.4)), 9)
        nearer = q < first
        second = np.where(nearer, first, np.minimum(second, q))
        which = np.where(nearer, k, which)
        first = np.where(nearer, q, first)
    tilt = rng.normal(0, 0.15, (CRYSTALS, 2)).astype(np.float32)
    seen = rng.random(CRYSTALS).astype(np.float32)
    line = np.exp(-(((second - first) / 0.0026) ** 2)) * (seen[which] > 0.30) * (0.3 + 0.7 * seen[which])
    fade = np.clip(grown / 0.03, 0, 1) * (
        0.35 + 0.65 * np.clip((second - first) / 0.05, 0, 1)
    )  # rounded facets
    return (
        tilt[which, 0] * fade,
        tilt[which, 1] * fade,
        np.asarray(line * np.clip(grown / 0.03, 0, 1), np.float32),
    )


def _slope(height: Single, s: int) -> tuple[Single, Single]:
    """Normals' parts across and up of a height in body lengths."""
    down, across = np.gradient(height)
    return np.asarray(-across * s, np.float32), np.asarray(down * s, np.float32)


def _packed(
    s: int, inside: Any, height: Any, tilt: tuple[Any, Any], lines: Any, frost: Any, core: Any
) -> dict[str, NDArray[np.float32]]:
    rng = np.random.default_rng(8)
    across, up = _slope(height, s)
    rim = 0.95 * np.exp(-(((np.maximum(inside, 0) - 0.0050) / 0.0052) ** 2)) + 0.30 * np.exp(
        -(((inside - 0.020) / 0.0045) ** 2)
    )
    maps = np.empty((*inside.shape, 8), np.float32)
    maps[..., ALPHA] = np.clip(inside * s * 0.8 + 0.45, 0, 1)
    maps[..., RIM] = rim
    maps[..., ACROSS], maps[..., UP] = across + tilt[0], up + tilt[1]
    maps[..., FROST], maps[..., LINES], maps[..., CORE] = frost, lines, core
    maps[..., GRAIN] = rng.random(inside.shape)
    return {"maps": maps}


def _edge(part: Single, width: float) -> Single:
    """A bright line along the edge of a part."""
    return np.asarray(np.exp(-((part / width) ** 2)), np.float32)


def _frost(rng: np.random.Generator, inside: Single) -> Single:
    """Rime: thick at the edge, feathered into the body, with needles."""
    soft = noise(rng, inside.shape, 1.6, 6)
    needles = np.clip(1.1 - np.abs(noise(rng, inside.shape, 1.5, 9)) * 1.5, 0, 1) ** 2
    grown = 0.70 * np.exp(-np.maximum(inside, 0) / 0.032 * (1 + 0.45 * soft))
    white = np.clip(0.05 + 0.22 * soft + grown + 0.42 * needles, 0, 1.4)
    return np.asarray(white * np.clip(inside * 120, 0, 1), np.float32)


def baked(name: str, s: int) -> NDArray[np.float32]:
    """Maps (h, w, 8) of the "violin" or the "bow", s pixels to a body length, from the cache if they are there."""
    return kept(f"ice-{name}", s, lambda: bake_violin(s) if name == "violin" else bake_bow(s), MADE_BY)[
        "maps"
    ]


def bake_violin(s: int) -> dict[str, NDArray[np.float32]]:
    """Maps (h, w, 8) of the violin, s pixels to a body length, in VIOLIN_BOX."""
    rng = np.random.default_rng(4)  # a texture, not chance: the instrument is the same in every performance
    x, y = _grid(VIOLIN_BOX, s)
    whole = depth(violin.outline(6), x, y)
    for peg, side in violin.PEGS:
        stem = beside(np.array([(0.0, peg), (side * 0.064, peg + 0.006)]), x, y, np.array([0.0085, 0.0065]))
        blade = np.array([(side * 0.066, peg - 0.010), (side * 0.080, peg + 0.024)])
        ear = beside(blade, x, y, np.array([0.010, 0.013]))
        whole = np.maximum(whole, np.maximum(stem, ear))
    neck = np.array([(-0.031, 0.745), (0.031, 0.745), (0.0225, NUT), (-0.0225, NUT)])
    board = depth(neck, x, y)
    half = np.array([(0.022, 0.05), (0.042, 0.262), (0.030, 0.278)])
    tail = depth(np.vstack([half, (half * (-1, 1))[::-1]]), x, y)
    bridge = depth(_bridge(), x, y)
    dome: Any = (1 - np.exp(-np.maximum(whole, 0) / 0.035)) * 0.030 + 0.034 * (
        1 - np.exp(-np.maximum(whole, 0) / 0.17)
    )
    slab = np.clip(np.maximum(board, tail) / 0.009, 0, 1) * 0.010 + np.clip(bridge / 0.006, 0, 1) * 0.012
    head = y > NUT
    curl = beside(violin.spiral(), x, y, 0.0)
    dome = np.where(head, (1 - np.exp(-np.maximum(whole, 0) / 0.016)) * 0.016, dome)
    dome = dome - np.where(head, 0.012 * np.exp(-((curl / 0.0065) ** 2)), 0)
    hollow = _f_holes(x, y)
    box = beside(
        np.array([(0.0, 1.37), (-0.008, 1.45), (-0.020, 1.525)]), x, y, np.array([0.011, 0.012, 0.009])
    )
    height = _blurred((dome + slab - np.clip(hollow / 0.006, 0, 1) * 0.008).astype(np.float32), 0.0035, s)
    tx, ty, cracks = _crystals(rng, x, y, whole)
    grain = noise(rng, x.shape, 1.0, 60) * 0.045
    plainer = np.where(head | (board > 0), 0.35, 1.0)
    edges: Any = np.maximum.reduce([_edge(board, 0.0022), _edge(tail, 0.0022), _edge(bridge, 0.0022) * 1.2])
    edges = np.maximum.reduce([edges, 0.8 * _edge(hollow, 0.0026), 0.6 * _edge(box, 0.0024)])
    edges = edges + np.where(head, 0.9 * _edge(curl + 0.004, 0.003), 0)
    purfling = 0.28 * np.exp(-(((depth(violin.body(6), x, y) - 0.028) / 0.0016) ** 2))
    lines = np.clip(cracks * plainer * 0.8 + edges + purfling, 0, 1.5) * np.clip(whole * 200, 0, 1)
    dark = np.clip(hollow * 160 + 0.5, 0, 1)
    glow = np.exp(-(10 * x * x + 5.5 * (y - 0.42) ** 2)) + 0.25 * np.exp(
        -(60 * x * x + 2.2 * (y - 0.95) ** 2)
    )
    core = glow * (0.15 + 0.85 * np.clip(whole * 7, 0, 1)) * (1 - 0.85 * dark)
    frost = _frost(rng, whole) * (1 - 0.5 * dark)
    return _packed(s, whole, height, (tx * plainer + grain, ty * plainer - grain), lines, frost, core)


def _bridge() -> Array:
    half = [(0.060, 0.474), (0.074, 0.480), (0.066, 0.500), (0.058, 0.508), (0.036, 0.524), (0.0, 0.530)]
    foot = [(0.044, 0.474), (0.034, 0.492), (0.0, 0.497)]
    right = foot[::-1] + half
    return np.array(right + [(-x, y) for x, y in right[::-1]][1:-1])


def _f_holes(x: Single, y: Single) -> Single:
    """How deep inside an f-hole each place lies."""
    line, half = violin.f_hole()
    best = np.full(x.shape, -1e9, np.float32)
    for side in (-1, 1):
        turned = line * (side, 1)
        best = np.maximum(best, beside(turned, x, y, half * 1.2))
        for k in (1, len(line) - 2):
            best = np.maximum(best, beside(turned[k : k + 2], x, y, 0.0115))
    return best


def bake_bow(s: int) -> dict[str, NDArray[np.float32]]:
    """Maps of the bow along x in BOW_BOX: frog at 0, tip at 1.86, hair at y = 0."""
    rng = np.random.default_rng(6)
    x, y = _grid(BOW_BOX, s)
    along = np.linspace(0.0, 1.86, 40)
    stick = np.stack([along, 0.060 - 0.036 * np.sin(np.pi * along / 1.86) ** 1.2], 1)
    wood = beside(stick, x, y, np.linspace(0.0120, 0.0080, 40))
    frog = depth(np.array([(0.05, -0.004), (0.175, -0.004), (0.165, 0.050), (0.06, 0.052)]), x, y)
    tip = depth(np.array(BOW_TIP), x, y)
    hair = beside(np.array([(0.12, 0.0), (1.83, 0.0)]), x, y, 0.0050)
    knob = beside(np.array([(-0.020, 0.060), (0.004, 0.060)]), x, y, 0.0105)
    whole = np.maximum.reduce([wood, frog, tip, hair, knob])
    height = np.clip(np.maximum.reduce([wood, frog, tip, knob]) / 0.010, 0, 1) * 0.012
    strands = 0.5 + 0.5 * np.sin(y * 2600 + 3 * np.sin(x * 9))
    lines = np.maximum(
        0.35 * _edge(frog, 0.002), (hair > 0) * (frog < 0) * (tip < 0) * (0.25 + 0.5 * strands)
    )
    frost = _frost(rng, whole.astype(np.float32)) * 0.8
    grain = noise(rng, x.shape, 1.0, 20) * 0.05
    core = 0.25 * np.exp(-(((x - 0.9) / 0.8) ** 2))
    return _packed(
        s, whole.astype(np.float32), _blurred(height.astype(np.float32), 0.003, s), (grain, -grain),
        lines.astype(np.float32), frost, core.astype(np.float32),
    )  # fmt: skip
