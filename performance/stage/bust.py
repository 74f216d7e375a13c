"""One person of the audience from behind: skull and jaw, hair, ears, neck, shoulders, coat and seat as ellipsoids.

Lengths are in head heights, x to the right, y down, z towards us, the middle of the head at the origin. A bust is
always the same for its address. It is modelled once and read twice: as a relief to be lit, and as the outline that
motes are taken from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.stage.hair import CLOTH, HAIRCUTS, SEAT, SKIN, Clay, dress, turned

Array = NDArray[np.float64]
Single = NDArray[np.float32]

TOP, BOTTOM, HALF_WIDTH = -0.84, 1.56, 1.30  # of the box that holds anybody


@dataclass(frozen=True, slots=True)
class Bust:
    """(k,) ellipsoids in the order in which they are joined."""

    centre: Array  # (k, 3)
    form: Array  # (k, 3, 3): the quadratic form, 1 on the surface
    blend: Array  # (k,) width of the seam to what was there before
    matter: NDArray[np.int64]  # (k,)
    rough: Array  # (k,) how far hair stands off
    cut: Array  # (k,) y below which it is cut away
    phases: Array  # (6,)
    hair: tuple[float, float, float]  # linear RGB
    skin: tuple[float, float, float]
    cloth: tuple[float, float, float]
    cutting: str  # of the hair


def _body(clay: Clay, c: Array, slight: bool, collar: float) -> None:
    """Back, shoulders, arms and neck."""
    wide = (0.84 + 0.12 * c[0]) if slight else (0.95 + 0.17 * c[0])
    fall = 0.02 + 0.12 * c[1]  # how far the shoulders slope
    neck = (0.185 + 0.03 * c[2]) if slight else (0.225 + 0.06 * c[2])
    line = 0.76 + 0.05 * c[3]  # the tips of the shoulders, were they level
    lean, uneven = 0.10 * (c[4] - 0.5), 0.10 * (c[5] - 0.5)
    clay.add(CLOTH, (lean, 1.66, 0.0), (wide * 0.93, 0.92, 0.42), 0.1)
    for side in (-1.0, 1.0):
        y = line + fall + side * uneven
        clay.add(
            CLOTH, (lean + side * wide * 0.62, y + 0.13, -0.02), (wide * 0.40, 0.22, 0.27), 0.22, side * 0.30
        )
        clay.add(CLOTH, (lean + side * wide * 0.90, y + 0.66, -0.02), (0.22, 0.66, 0.24), 0.26, side * -0.09)
        slope = 0.44 + 1.3 * fall + side * uneven
        clay.add(
            CLOTH,
            (lean + side * wide * 0.37, line - 0.06 + 0.5 * fall, -0.02),
            (wide * 0.52, 0.14, 0.20),
            0.24,
            side * slope,
        )
    clay.add(SKIN, (0.4 * lean, 0.44, -0.02), (neck, 0.46, neck * 1.05), 0.16)
    if collar > 0.0:
        clay.add(
            CLOTH,
            (0.8 * lean, 0.60 - 0.10 * collar, 0.02),
            (neck * 1.16, 0.10 + 0.05 * collar, neck * 1.3),
            0.07,
        )


def _head(clay: Clay, c: Array) -> tuple[float, float]:
    """Skull, jaw, face and ears; how wide and how tall the skull is."""
    wide, tall = 0.325 + 0.035 * c[0], 0.405 + 0.03 * c[1]
    clay.add(SKIN, (0, -0.085, 0.03), (wide, tall, 0.43), 0.05, head=True)
    clay.add(SKIN, (0, 0.16, -0.13), (wide * 0.80, 0.335, 0.28), 0.08, head=True)
    clay.add(SKIN, (0, 0.40, -0.30), (0.115, 0.085, 0.10), 0.07, head=True)
    clay.add(SKIN, (0, 0.08, -0.42), (0.045, 0.105, 0.105), 0.05, head=True)
    clay.add(SKIN, (0, -0.10, -0.37), (0.20, 0.07, 0.07), 0.06, head=True)
    clay.both(SKIN, (wide + 0.012, 0.06, 0.0), (0.040, 0.095 + 0.03 * c[2], 0.075), 0.015, 0.16, head=True)
    return wide, tall


HAIR_COLOURS = (
    (0.050, 0.034, 0.026), (0.075, 0.048, 0.032), (0.16, 0.085, 0.042), (0.22, 0.115, 0.06), (0.40, 0.26, 0.12),
    (0.27, 0.25, 0.23), (0.42, 0.40, 0.38),
)  # fmt: skip
CLOTH_COLOURS = (
    (0.050, 0.050, 0.058), (0.035, 0.045, 0.075), (0.085, 0.030, 0.036), (0.065, 0.055, 0.046), (0.040, 0.062, 0.056),
    (0.17, 0.15, 0.13), (0.11, 0.045, 0.075), (0.24, 0.23, 0.22),
)  # fmt: skip


def _drawn(draw: float) -> str:
    """A haircut by an even number 0..1."""
    bounds = np.cumsum(list(HAIRCUTS.values()))
    return list(HAIRCUTS)[int(np.searchsorted(bounds, draw * bounds[-1], side="right"))]


@lru_cache(maxsize=1024)
def bust(row: int, person: int) -> Bust:
    """Person `person` of the pool of a row."""
    c = chances(1, "bust", row, person, count=40)
    cutting = _drawn(c[0])
    slight = cutting in ("bob", "long", "bun", "updo", "ponytail", "wavy", "braid", "veil") or c[1] < 0.25
    aside = (c[2] - 0.5) * 0.5 + (np.sign(c[2] - 0.5) * (0.5 + 0.5 * c[3]) if c[4] < 0.17 else 0.0)
    clay = Clay(turned(aside, 0.20 * (c[5] - 0.45), 0.26 * (c[6] - 0.5)))
    _body(clay, c[8:14], slight, 0.0 if slight or c[7] < 0.35 else c[7])
    wide, tall = _head(clay, c[14:17])
    dress(clay, cutting, wide, tall, c[18:24])
    clay.add(SEAT, (0.0, 2.55, 0.50), (1.45, 1.22, 0.35), 0.01)
    centre, form, blend, matter, rough, cut = (np.array(part) for part in zip(*clay.parts, strict=True))
    grey = 5 + int(c[25] > 0.6) if c[24] > 0.80 else min(int(5 * c[25] ** 2.1), 4)
    tone = 0.35 + 0.65 * c[26] ** 0.6
    return Bust(
        centre, form, blend, matter.astype(np.int64), rough, cut, c[30:36], HAIR_COLOURS[grey],
        (0.56 * tone, 0.36 * tone**1.25, 0.26 * tone**1.5), CLOTH_COLOURS[int(c[27] * len(CLOTH_COLOURS))], cutting,
    )  # fmt: skip


def outline(b: Bust, part: int, x: Single, y: Single) -> tuple[Single, Single, Single]:
    """One ellipsoid over places (x, y): distance inside its outline, its height z, and (0..1) how far towards us.

    The distance is exact to first order at the outline; heights go on falling outside it, for the seams.
    """
    m = b.form[part].astype(np.float32)
    dx, dy = x - np.float32(b.centre[part, 0]), y - np.float32(b.centre[part, 1])
    tilt = (m[0, 2] * dx + m[1, 2] * dy) / m[2, 2]
    # the outline is the ellipse a dx2 + 2 h dx dy + d dy2 = 1
    a, h, d = (
        m[0, 0] - m[0, 2] ** 2 / m[2, 2],
        m[0, 1] - m[0, 2] * m[1, 2] / m[2, 2],
        m[1, 1] - m[1, 2] ** 2 / m[2, 2],
    )
    gx, gy = a * dx + h * dy, h * dx + d * dy
    reach = np.sqrt(gx * dx + gy * dy + np.float32(1e-9))
    inside = (1 - reach) * (reach + np.float32(0.02)) / (np.sqrt(gx * gx + gy * gy) + np.float32(1e-4))
    full = 1 - reach * reach
    deep = np.float32(1.0 / np.sqrt(m[2, 2]))
    root = np.sqrt(np.abs(full))
    z = np.float32(b.centre[part, 2]) - tilt + np.where(full > 0, deep * root, -1.6 * deep * root)
    return inside, z.astype(np.float32), full


def extent(b: Bust, part: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of one ellipsoid's outline."""
    spread = np.sqrt(np.diag(np.linalg.inv(b.form[part])))
    (x, y, _), (w, h, _) = b.centre[part], spread
    return float(x - w), float(y - h), float(x + w), float(y + h)


def release(b: Bust, x: Single, y: Single, inside: Single) -> Single:
    """When, 0.03..0.95 of a person's letting go, each place lets go: crown and edges first, in patches."""
    p = [6.2831853 * float(k) for k in b.phases]  # plain floats keep the arrays single
    warp = np.sin(3.1 * x + 2.3 * y + p[0]) + 0.6 * np.sin(5.3 * y - 4.1 * x + p[1])
    patch = np.sin(5.2 * x + 1.4 * warp + p[2]) * np.sin(6.1 * y + 1.2 * warp + p[3])
    fine = np.sin(17.0 * x + 2.2 * warp + p[4]) * np.sin(15.0 * y - 1.9 * warp + p[5])
    when = 0.30 + 0.26 * y + 0.17 * patch + 0.075 * fine - 0.16 * np.exp(-14.0 * np.maximum(inside, 0.0))
    return np.clip(when, 0.03, 0.95).astype(np.float32)
