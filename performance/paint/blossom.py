"""One orchid blossom, modelled petal by petal and baked once into lit sprites.

A moth orchid (Phalaenopsis): three narrow sepals behind, two petals far wider than they, an anchor-shaped lip with
two side lobes and a yellow throat, and a short column. Each part is a curved grid in three dimensions; the parts
are rasterised with a depth buffer into albedo, normal and thinness, and lit by a lamp behind and to the right:
thin petals glow with the light that comes through them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.chance import at_indices, chances
from performance.paint.cache import kept
from performance.paint.kernels import kernel

SPRITE = 176  # pixels on a side
REACH = 1.25  # half the sprite's side, in petal lengths
OPENINGS = (0.0, 0.36, 0.43, 0.50, 0.58, 0.67, 0.77, 0.88, 1.0)  # of the poses: a bud, then petals unfolding
YAWS = (-0.5, 0.05, 0.55)  # radians turned towards the side
BRIGHTEST = 3.2  # linear light stored as 255
OVERSAMPLE = 2
CLOSED = 0.05  # openings below this are a bud
Grid = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """A tepal or lobe. Lengths in petal lengths; angles in degrees round the flower, bends in radians."""

    kind: int  # 0 sepal, 1 petal, 2 side lobe, 3 lip
    angle: float
    length: float
    width: float
    base: float  # exponents of the outline: slender claw ...
    tip: float  # ... and round tip
    tilt: float  # out of the flower's plane when open
    closed: float  # the same as a bud
    bend: float  # more along its length when open
    cup: float
    ruffle: float
    depth: float


PARTS = (
    Part(0, 90, 1.10, 0.35, 0.62, 0.46, 0.10, 1.30, -0.30, 0.10, 0.02, -0.05),
    Part(0, -49, 1.10, 0.36, 0.62, 0.46, 0.12, 1.30, -0.34, 0.10, 0.02, -0.05),
    Part(0, -131, 1.10, 0.36, 0.62, 0.46, 0.12, 1.30, -0.34, 0.10, 0.02, -0.05),
    Part(1, 15, 1.08, 0.60, 0.52, 0.40, 0.16, 1.25, -0.42, 0.12, 0.045, 0.03),
    Part(1, 165, 1.08, 0.60, 0.52, 0.40, 0.16, 1.25, -0.42, 0.12, 0.045, 0.035),
    Part(2, -38, 0.36, 0.16, 0.50, 0.50, 1.15, 1.45, 0.50, -0.45, 0.01, 0.08),
    Part(2, -142, 0.36, 0.16, 0.50, 0.50, 1.15, 1.45, 0.50, -0.45, 0.01, 0.08),
    Part(3, -90, 0.62, 0.22, 0.90, 0.55, 0.80, 1.40, -1.25, -0.30, 0.03, 0.10),
)
COLUMN = 4


@dataclass(frozen=True, slots=True)
class Colours:
    """Linear RGB of a variety: petal, flush towards the throat, veins, lip, throat."""

    petal: tuple[float, float, float]
    flush: tuple[float, float, float]
    vein: tuple[float, float, float]
    lip: tuple[float, float, float]
    throat: tuple[float, float, float]


VARIETIES = (
    Colours((0.90, 0.74, 0.83), (0.74, 0.22, 0.50), (0.60, 0.10, 0.42), (0.60, 0.02, 0.22), (0.98, 0.62, 0.10)),
    Colours((0.44, 0.12, 0.60), (0.26, 0.03, 0.38), (0.18, 0.01, 0.30), (0.42, 0.00, 0.30), (0.98, 0.70, 0.25)),
    Colours((0.70, 0.14, 0.46), (0.44, 0.03, 0.30), (0.32, 0.01, 0.22), (0.40, 0.00, 0.10), (0.98, 0.66, 0.18)),
    Colours((0.88, 0.90, 0.92), (0.82, 0.84, 0.58), (0.70, 0.74, 0.64), (0.85, 0.40, 0.55), (0.98, 0.66, 0.08)),
)


def sprites() -> dict[str, NDArray[np.uint8]]:
    """{"lit": (varieties, yaws, openings, SPRITE, SPRITE, 4) uint8}: the square root of premultiplied linear light
    (of BRIGHTEST) as B, G, R, and alpha. Lit from behind on the right; turn the sprite over for the other side."""
    return kept("blossoms", (SPRITE, OPENINGS, YAWS), _bake_all)


def _bake_all() -> dict[str, NDArray[np.uint8]]:
    shape = (len(VARIETIES), len(YAWS), len(OPENINGS), SPRITE, SPRITE, 4)
    lit = np.zeros(shape, np.uint8)
    mottle = _mottle(SPRITE * OVERSAMPLE, 3)
    for y, yaw in enumerate(YAWS):
        for o, opening in enumerate(OPENINGS):
            drawn = _rasterise(opening, yaw, 11 + 7 * y)
            falls = _falling(drawn, opening, mottle)
            for v, colours in enumerate(VARIETIES):
                lit[v, y, o] = _lit(drawn, colours, opening, mottle, falls)
    return {"lit": lit}


def _smooth(low: float, high: float, x: Grid | float) -> Grid:
    t = np.clip((np.asarray(x, np.float64) - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def _tepal(part: Part, opening: float, seed: int, along: int = 34, across: int = 25) -> tuple[Grid, Grid]:
    """Points (along, across, 3) and attributes (along, across, 4): u, v, kind, relative width."""
    u = np.linspace(0.0, 1.0, along)[:, None]
    v = np.linspace(-1.0, 1.0, across)[None]
    shift = chances(seed, "tepal", int(part.angle) + 360, count=6) * 2.0 - 1.0
    o = float(_smooth(0.0, 1.0, opening))
    width = u**part.base * (1.0 - u) ** part.tip
    width = width / width.max() * part.width * (0.42 + 0.58 * o)
    if part.kind == 3:
        width = width * (0.55 + 0.75 * np.exp(-(((u - 0.74) / 0.17) ** 2))) + 0.012  # the anchor's flukes
    bend = 0.95 * (1.0 - o) + (part.bend + 0.06 * shift[1]) * o
    slope = part.closed * (1.0 - o) + (part.tilt + 0.05 * shift[0]) * o + bend * u**1.3
    step = part.length * (0.72 + 0.28 * o) / (along - 1)
    out = np.concatenate([[[0.0]], np.cumsum(np.cos(slope[1:]) * step, 0)])
    up = np.concatenate([[[0.0]], np.cumsum(np.sin(slope[1:]) * step, 0)])
    lift = (part.cup * o + 1.1 * (1.0 - o)) * width * v * v
    if part.kind == 1:
        lift = lift - 0.07 * part.width * np.exp(-((v / 0.22) ** 2)) * (1.0 - u)  # the groove of the midrib
    waves = np.sin(9.0 * u + 3.0 * np.abs(v) + 3.0 * shift[2]) * np.abs(v) ** 2.5 * _smooth(0.15, 0.6, u)
    lift = lift + part.ruffle * (0.3 + 0.7 * o) * waves + 0.012 * np.sin(4.0 * u + 5.0 * v + 3.0 * shift[3])
    x = out - np.sin(slope) * lift + 0.05
    y = width * v + 0.03 * shift[4] * u * u * part.length
    z = up + np.cos(slope) * lift + part.depth
    a = math.radians(part.angle + 2.5 * shift[5])
    points = np.stack([x * math.cos(a) - y * math.sin(a), x * math.sin(a) + y * math.cos(a), z], -1)
    full = np.ones_like(z)
    return points, np.stack([u * full, v * full, full * part.kind, full * (width / part.width)], -1)


def _column(along: int = 14, across: int = 17) -> tuple[Grid, Grid]:
    t = np.linspace(0.0, 1.0, along)[:, None]
    p = np.linspace(0.0, 2.0 * np.pi, across)[None]
    radius = 0.085 * np.sqrt(np.clip(1.0 - (2.0 * t - 1.0) ** 4, 0.0, 1.0)) * (1.0 + 0.25 * t)
    points = np.stack([radius * np.cos(p), 0.03 + radius * np.sin(p) * 0.8 + 0.05 * t, 0.04 + 0.26 * t + 0 * p], -1)
    full = np.ones((along, across))
    return points, np.stack([t * full, np.cos(p) * full, full * COLUMN, full], -1)


def _bud(along: int = 22, across: int = 49) -> tuple[Grid, Grid]:
    """A closed bud: an egg that nods towards us, with the seams of three sepals."""
    t = np.linspace(0.0, 1.0, along)[:, None]
    p = np.linspace(0.0, 2.0 * np.pi, across)[None]
    seam = (1.5 * p / np.pi + 0.25) % 1.0 * 2.0 - 1.0
    radius = 0.31 * np.sin(np.pi * t**0.82) ** 0.72 * (1.0 - 0.22 * t) * (1.0 - 0.07 * np.abs(seam) ** 5)
    x, y = radius * np.cos(p), radius * np.sin(p)
    z = 0.70 * (t - 0.4) + 0.0 * p
    nod = 1.05
    points = np.stack([x, y * math.cos(nod) - z * math.sin(nod), y * math.sin(nod) + z * math.cos(nod)], -1)
    full = np.ones((along, across))
    return points, np.stack([0.35 + 0.4 * t * full, 0.9 * seam * full, 0.0 * full, full], -1)


@kernel("void(f8[:,:,::1], f8[:,:,::1], f8[:,:,::1], f8, f8[:,:,::1])")
def fill_grid(points: Grid, normals: Grid, attributes: Grid, scale: float, out: Grid) -> None:
    """Triangles of one grid into out (n, n, 10): u, v, kind, width, normal xyz, depth, layers, covered."""
    n = out.shape[0]
    for i in range(points.shape[0] - 1):
        for j in range(points.shape[1] - 1):
            for half in range(2):
                ia, ja, ib, jb, ic, jc = i, j, i + 1, j, i, j + 1
                if half == 1:
                    ia, ja, ib, jb, ic, jc = i + 1, j, i + 1, j + 1, i, j + 1
                ax, ay = (points[ia, ja, 0] * scale + 0.5) * n, (0.5 - points[ia, ja, 1] * scale) * n
                bx, by = (points[ib, jb, 0] * scale + 0.5) * n, (0.5 - points[ib, jb, 1] * scale) * n
                cx, cy = (points[ic, jc, 0] * scale + 0.5) * n, (0.5 - points[ic, jc, 1] * scale) * n
                area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
                if abs(area) < 1e-9:
                    continue
                for y in range(max(int(min(ay, by, cy)), 0), min(int(max(ay, by, cy)) + 2, n)):
                    for x in range(max(int(min(ax, bx, cx)), 0), min(int(max(ax, bx, cx)) + 2, n)):
                        w1 = ((x + 0.5 - ax) * (cy - ay) - (cx - ax) * (y + 0.5 - ay)) / area
                        w2 = ((bx - ax) * (y + 0.5 - ay) - (x + 0.5 - ax) * (by - ay)) / area
                        w0 = 1.0 - w1 - w2
                        if w0 < -1e-6 or w1 < -1e-6 or w2 < -1e-6:
                            continue
                        z = w0 * points[ia, ja, 2] + w1 * points[ib, jb, 2] + w2 * points[ic, jc, 2]
                        out[y, x, 8] += 1.0
                        out[y, x, 9] = 1.0
                        if z > out[y, x, 7]:
                            out[y, x, 7] = z
                            for k in range(4):
                                mixed = w0 * attributes[ia, ja, k] + w1 * attributes[ib, jb, k]
                                out[y, x, k] = mixed + w2 * attributes[ic, jc, k]
                            for k in range(3):
                                out[y, x, 4 + k] = w0 * normals[ia, ja, k] + w1 * normals[ib, jb, k] + w2 * normals[ic, jc, k]


def _rasterise(opening: float, yaw: float, seed: int) -> Grid:
    """The flower's parts over one another: (n, n, 10) as `fill_grid` leaves them."""
    n = SPRITE * OVERSAMPLE
    out = np.zeros((n, n, 10))
    out[..., 7] = -9.0
    pitch = -0.12
    turn = np.array([[math.cos(yaw), 0, math.sin(yaw)], [0, 1, 0], [-math.sin(yaw), 0, math.cos(yaw)]])
    nod = np.array([[1, 0, 0], [0, math.cos(pitch), -math.sin(pitch)], [0, math.sin(pitch), math.cos(pitch)]])
    grids = [_bud()] if opening < CLOSED else [*(_tepal(part, opening, seed) for part in PARTS), _column()]
    for points, attributes in grids:
        turned = points @ (turn @ nod).T
        normal = np.cross(np.gradient(turned, axis=0), np.gradient(turned, axis=1))
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-9
        normal *= np.where(normal[..., 2:] < 0, -1.0, 1.0)
        arrays = (np.ascontiguousarray(turned), np.ascontiguousarray(normal), np.ascontiguousarray(attributes))
        fill_grid(*arrays, 0.5 / REACH, out)
    return out


def _mottle(n: int, seed: int) -> Grid:
    """Soft unevenness of a petal, (n, n) about 0.5: three octaves of smooth lattice noise."""
    total = np.zeros((n, n))
    for octave, cells in enumerate((6, 13, 29)):
        lattice = at_indices(seed * 7 + octave, np.arange((cells + 2) ** 2)).reshape(cells + 2, cells + 2)
        at = np.linspace(0.0, cells, n)
        i, f = at.astype(int), _smooth(0.0, 1.0, at % 1.0)
        rows = lattice[i] * (1 - f)[:, None] + lattice[i + 1] * f[:, None]
        total += (rows[:, i] * (1 - f) + rows[:, i + 1] * f) * 0.5**octave
    return total / 1.75


def _veins(u: Grid, v: Grid, mottle: Grid) -> Grid:
    """Veins that fan out from the claw and branch twice, 0..1."""
    wobble = 0.16 * np.sin(5 * u + 9 * mottle) + 0.20 * (mottle - 0.5)
    q = v * 4.2 * (0.75 + 0.25 * u) + wobble * v

    def line(x: Grid, width: float) -> Grid:
        return np.clip(1.0 - np.abs((x % 1.0) - 0.5) / width, 0.0, 1.0)

    main = line(q + 0.5, 0.10) * 0.9 + line(2 * q + wobble * 1.7, 0.16) * 0.6 * _smooth(0.25, 0.6, u)
    fine = line(4 * q + 0.3 * np.sin(17 * u + 8 * mottle), 0.30) * 0.35 * _smooth(0.5, 0.8, u)
    return np.asarray((main + fine) * _smooth(0.02, 0.2, u) * (1 - 0.65 * _smooth(0.75, 1.0, np.maximum(np.abs(v), u))))


def _albedo(drawn: Grid, colours: Colours, opening: float, mottle: Grid, veins: Grid) -> Grid:
    """(n, n, 3) linear RGB of the flower's own colour."""
    u, v, kind = drawn[..., 0], drawn[..., 1], np.rint(drawn[..., 2])
    base, flush, vein, lip, throat = (np.array(c) for c in (
        colours.petal, colours.flush, colours.vein, colours.lip, colours.throat))  # fmt: skip
    blush = np.exp(-u * 4.2) + 0.35 * np.exp(-(((u - 0.35) / 0.3) ** 2)) * np.exp(-((v / 0.5) ** 2)) * (kind == 1)
    blush = np.clip(blush, 0, 1)[..., None]
    petal = (base * (1 - blush) + flush * blush) * (0.9 + 0.2 * mottle[..., None])
    petal = petal * (1 - 0.85 * veins[..., None]) + vein * 0.85 * veins[..., None]
    margin = _smooth(0.80, 1.0, np.maximum(np.abs(v), u))[..., None]
    petal = petal * (1 - 0.3 * margin) + np.clip(base * 1.15, 0, 1) * 0.3 * margin
    stripe = ((np.sin(v * 22 + 3 * mottle) > 0.2) * np.exp(-u * 3.0))[..., None]
    lobe = lip * (0.75 + 0.5 * mottle[..., None])
    lobe = lobe + (throat - lobe) * (np.exp(-(((u - 0.12) / 0.16) ** 2)) * (kind == 3))[..., None] * 0.95
    lobe = np.where((kind == 2)[..., None], lip * 0.55 + base * 0.45 * u[..., None], lobe) * (1 - 0.5 * stripe)
    column = np.where((u > 0.82)[..., None], throat * 0.8 + 0.1, base * 0.85 + np.array([0.12, 0.108, 0.084]))
    colour = np.where((kind <= 1)[..., None], petal, np.where((kind == COLUMN)[..., None], column, lobe))
    green = float(_smooth(0.5, 0.0, opening)) * 0.72
    return np.asarray(colour * (1 - green) + np.array([0.34, 0.42, 0.16]) * green)  # buds are green


@dataclass(frozen=True, slots=True)
class Falling:
    """Light on the flower, whatever its colours: (n, n) each."""

    veins: Grid
    front: Grid  # reflected towards the eye
    through: Grid  # come through the petal
    rim: Grid
    cover: Grid


def _falling(drawn: Grid, opening: float, mottle: Grid) -> Falling:
    """A warm lamp behind the flower on the right, a dim cool fill before it."""
    u, v, kind = drawn[..., 0], drawn[..., 1], np.rint(drawn[..., 2])
    veins = _veins(u, v, mottle) * (kind <= 1)
    normal = drawn[..., 4:7].copy()
    normal[..., 0] -= np.gradient(veins, axis=1) * 1.1
    normal[..., 1] += np.gradient(veins, axis=0) * 1.1
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-6
    margin = _smooth(0.80, 1.0, np.maximum(np.abs(v), u)) * (kind <= 1)
    thin = np.where(kind == COLUMN, 0.15, np.where(kind == 3, 0.5, 1.0)) * (1 - 0.45 * veins)
    thin = thin * np.exp(-0.55 * np.clip(drawn[..., 8] - 1, 0, 4)) * (0.55 + 0.45 * np.maximum(np.abs(v), u))
    lamp = np.array([0.66, 0.30, -0.69])
    facing = normal @ lamp
    across = np.linspace(-1.0, 1.0, drawn.shape[0])
    towards = _smooth(-1.15, 0.95, across[None] * 0.9 - across[:, None] * 0.45)  # nearer to the lamp, brighter
    edge = np.clip(1.0 - normal[..., 2], 0, 1)
    rim = edge * np.sqrt(edge) * np.maximum(normal[..., :2] @ lamp[:2] / 0.725 + 0.15, 0.0)
    front = 0.30 * np.maximum(facing, 0.0) + 0.24 * np.clip(normal @ np.array([0.62, 0.48, 0.62]), 0, 1) ** 1.5
    front = front + 0.035 * (0.9 + 0.6 * normal[..., 1])
    glow = 1.9 * thin * (np.maximum(-facing, 0.0) * 0.9 + 0.12) * (0.22 + 0.95 * towards)
    edge_light = (1.5 * rim + 0.16 * margin * towards) * (0.3 + 0.8 * towards)
    return Falling(veins, front, glow, edge_light, _shade(drawn, opening) * drawn[..., 9])


def _lit(drawn: Grid, colours: Colours, opening: float, mottle: Grid, falls: Falling) -> NDArray[np.uint8]:
    """One variety in that light, (SPRITE, SPRITE, 4) uint8 as `sprites` says."""
    colour = _albedo(drawn, colours, opening, mottle, falls.veins)
    warm, cool = np.array([1.0, 0.86, 0.68]), np.array([0.80, 0.86, 1.12])
    lit = colour * falls.front[..., None] * (0.55 * warm + 0.45 * cool)
    lit += falls.through[..., None] * colour * (0.35 + 0.65 * colour) * warm
    lit += falls.rim[..., None] * warm * (0.35 + 0.65 * colour)
    lit *= falls.cover[..., None]
    whole = np.concatenate([lit, drawn[..., 9:]], -1)
    small = whole.reshape(SPRITE, OVERSAMPLE, SPRITE, OVERSAMPLE, 4).mean((1, 3))
    out = np.empty((SPRITE, SPRITE, 4), np.uint8)
    stored = np.sqrt(np.clip(small[..., 2::-1] / BRIGHTEST, 0, 1))
    out[..., :3] = (stored * 255 + 0.5).astype(np.uint8)
    out[..., 3] = (small[..., 3] * 255 + 0.5).astype(np.uint8)
    return out


def _shade(drawn: Grid, opening: float) -> Grid:
    """Darkening deep in the throat and under what lies before."""
    n = drawn.shape[0]
    axis = np.linspace(-REACH, REACH, n)
    throat = np.exp(-((np.hypot(axis[:, None], axis[None]) / 0.34) ** 2)) * (drawn[..., 7] < 0.10) * opening
    depth = np.where(drawn[..., 9] > 0, drawn[..., 7], -1.0)
    blurred = depth
    reach = max(2, n // 50)
    for axis_index in (0, 1, 0, 1):
        blurred = sum(np.roll(blurred, k, axis_index) for k in range(-reach, reach + 1)) / (2 * reach + 1)
    below = np.clip(blurred - depth, 0, 0.5) * drawn[..., 9]
    return np.asarray((1 - 0.75 * throat) * np.exp(-3.2 * below))
