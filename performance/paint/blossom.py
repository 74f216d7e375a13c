"""One orchid blossom baked once into lit sprites, from bud to full.

The form (`blossom_form`) gives albedo, normal and thinness; a lamp behind and to the right lights them: thin petals
glow with the light that comes through them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.causes.smooth import smooth_step
from performance.chance import at_indices
from performance.paint import blossom_form
from performance.paint.blossom_form import COLUMN, REACH, Grid, rasterise
from performance.paint.cache import kept

SPRITE = 176  # pixels on a side
OPENINGS = (0.0, 0.36, 0.43, 0.50, 0.58, 0.67, 0.77, 0.88, 1.0)  # of the poses: a bud, then petals unfolding
YAWS = (-0.5, 0.05, 0.55)  # radians turned towards the side
BRIGHTEST = 3.2  # linear light stored as 255
OVERSAMPLE = 2
MADE_BY = mark_of(__file__, blossom_form.__file__)


@dataclass(frozen=True, slots=True)
class Colours:
    """Linear RGB of a variety: petal, flush towards the throat, veins, lip, throat."""

    petal: tuple[float, float, float]
    flush: tuple[float, float, float]
    vein: tuple[float, float, float]
    lip: tuple[float, float, float]
    throat: tuple[float, float, float]


VARIETIES = (
    Colours(
        (0.90, 0.74, 0.83), (0.74, 0.22, 0.50), (0.60, 0.10, 0.42), (0.60, 0.02, 0.22), (0.98, 0.62, 0.10)
    ),
    Colours(
        (0.44, 0.12, 0.60), (0.26, 0.03, 0.38), (0.18, 0.01, 0.30), (0.42, 0.00, 0.30), (0.98, 0.70, 0.25)
    ),
    Colours(
        (0.70, 0.14, 0.46), (0.44, 0.03, 0.30), (0.32, 0.01, 0.22), (0.40, 0.00, 0.10), (0.98, 0.66, 0.18)
    ),
    Colours(
        (0.88, 0.90, 0.92), (0.82, 0.84, 0.58), (0.70, 0.74, 0.64), (0.85, 0.40, 0.55), (0.98, 0.66, 0.08)
    ),
)


def sprites() -> dict[str, NDArray[np.uint8]]:
    """{"lit": (varieties, yaws, openings, SPRITE, SPRITE, 4) uint8}: the square root of premultiplied linear light
    (of BRIGHTEST) as B, G, R, and alpha. Lit from behind on the right; turn the sprite over for the other side."""
    return kept("blossoms", "lit", _bake_all, MADE_BY)


def _bake_all() -> dict[str, NDArray[np.uint8]]:
    shape = (len(VARIETIES), len(YAWS), len(OPENINGS), SPRITE, SPRITE, 4)
    lit = np.zeros(shape, np.uint8)
    mottle = _mottle(SPRITE * OVERSAMPLE, 3)
    for y, yaw in enumerate(YAWS):
        for o, opening in enumerate(OPENINGS):
            drawn = rasterise(opening, yaw, 11 + 7 * y, SPRITE * OVERSAMPLE)
            falls = _falling(drawn, opening, mottle)
            for v, colours in enumerate(VARIETIES):
                lit[v, y, o] = _lit(drawn, colours, opening, mottle, falls)
    return {"lit": lit}


def _mottle(n: int, seed: int) -> Grid:
    """Soft unevenness of a petal, (n, n) about 0.5: three octaves of smooth lattice noise."""
    total = np.zeros((n, n))
    for octave, cells in enumerate((6, 13, 29)):
        lattice = at_indices(seed * 7 + octave, np.arange((cells + 2) ** 2)).reshape(cells + 2, cells + 2)
        at = np.linspace(0.0, cells, n)
        i, f = at.astype(int), smooth_step(0.0, 1.0, at % 1.0)
        rows = lattice[i] * (1 - f)[:, None] + lattice[i + 1] * f[:, None]
        total += (rows[:, i] * (1 - f) + rows[:, i + 1] * f) * 0.5**octave
    return total / 1.75


def _veins(u: Grid, v: Grid, mottle: Grid) -> Grid:
    """Veins that fan out from the claw and branch twice, 0..1."""
    wobble = 0.16 * np.sin(5 * u + 9 * mottle) + 0.20 * (mottle - 0.5)
    q = v * 4.2 * (0.75 + 0.25 * u) + wobble * v

    def line(x: Grid, width: float) -> Grid:
        return np.clip(1.0 - np.abs((x % 1.0) - 0.5) / width, 0.0, 1.0)

    main = line(q + 0.5, 0.10) * 0.9 + line(2 * q + wobble * 1.7, 0.16) * 0.6 * smooth_step(0.25, 0.6, u)
    fine = line(4 * q + 0.3 * np.sin(17 * u + 8 * mottle), 0.30) * 0.35 * smooth_step(0.5, 0.8, u)
    return np.asarray(
        (main + fine)
        * smooth_step(0.02, 0.2, u)
        * (1 - 0.65 * smooth_step(0.75, 1.0, np.maximum(np.abs(v), u)))
    )


def _albedo(drawn: Grid, colours: Colours, opening: float, mottle: Grid, veins: Grid) -> Grid:
    """(n, n, 3) linear RGB of the flower's own colour."""
    u, v, kind = drawn[..., 0], drawn[..., 1], np.rint(drawn[..., 2])
    base, flush, vein, lip, throat = (np.array(c) for c in (
        colours.petal, colours.flush, colours.vein, colours.lip, colours.throat))  # fmt: skip
    blush = np.exp(-u * 4.2) + 0.35 * np.exp(-(((u - 0.35) / 0.3) ** 2)) * np.exp(-((v / 0.5) ** 2)) * (
        kind == 1
    )
    blush = np.clip(blush, 0, 1)[..., None]
    petal = (base * (1 - blush) + flush * blush) * (0.9 + 0.2 * mottle[..., None])
    petal = petal * (1 - 0.85 * veins[..., None]) + vein * 0.85 * veins[..., None]
    margin = smooth_step(0.80, 1.0, np.maximum(np.abs(v), u))[..., None]
    petal = petal * (1 - 0.3 * margin) + np.clip(base * 1.15, 0, 1) * 0.3 * margin
    stripe = ((np.sin(v * 22 + 3 * mottle) > 0.2) * np.exp(-u * 3.0))[..., None]
    lobe = lip * (0.75 + 0.5 * mottle[..., None])
    lobe = lobe + (throat - lobe) * (np.exp(-(((u - 0.12) / 0.16) ** 2)) * (kind == 3))[..., None] * 0.95
    lobe = np.where((kind == 2)[..., None], lip * 0.55 + base * 0.45 * u[..., None], lobe) * (
        1 - 0.5 * stripe
    )
    column = np.where((u > 0.82)[..., None], throat * 0.8 + 0.1, base * 0.85 + np.array([0.12, 0.108, 0.084]))
    colour = np.where((kind <= 1)[..., None], petal, np.where((kind == COLUMN)[..., None], column, lobe))
    green = float(smooth_step(0.5, 0.0, opening)) * 0.72
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
    margin = smooth_step(0.80, 1.0, np.maximum(np.abs(v), u)) * (kind <= 1)
    thin = np.where(kind == COLUMN, 0.15, np.where(kind == 3, 0.5, 1.0)) * (1 - 0.45 * veins)
    thin = thin * np.exp(-0.55 * np.clip(drawn[..., 8] - 1, 0, 4)) * (0.55 + 0.45 * np.maximum(np.abs(v), u))
    lamp = np.array([0.66, 0.30, -0.69])
    facing = normal @ lamp
    across = np.linspace(-1.0, 1.0, drawn.shape[0])
    towards = smooth_step(
        -1.15, 0.95, across[None] * 0.9 - across[:, None] * 0.45
    )  # nearer to the lamp, brighter
    edge = np.clip(1.0 - normal[..., 2], 0, 1)
    rim = edge * np.sqrt(edge) * np.maximum(normal[..., :2] @ lamp[:2] / 0.725 + 0.15, 0.0)
    front = (
        0.30 * np.maximum(facing, 0.0) + 0.19 * np.clip(normal @ np.array([0.62, 0.48, 0.62]), 0, 1) ** 1.5
    )
    front = front + 0.035 * (0.9 + 0.6 * normal[..., 1])
    glow = 1.9 * thin * (np.maximum(-facing, 0.0) * 0.9 + 0.12) * (0.16 + 1.05 * towards)
    edge_light = (2.3 * rim + 0.22 * margin * towards) * (0.2 + 0.9 * towards)
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
