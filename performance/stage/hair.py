"""What people of the audience wear on their heads, and the clay that busts are made of.

Lengths are in head heights, x to the right, y down, z towards us, the middle of the head at the origin.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CLOTH, SKIN, HAIR, SEAT = 0, 1, 2, 3
HAIRCUTS = {  # of how many people in a hundred or so
    "short": 16, "crop": 9, "bob": 11, "long": 9, "bun": 5, "updo": 4, "ponytail": 6, "curls": 7, "bald": 7, "afro": 4,
    "hat": 4, "scarf": 4, "veil": 3, "wavy": 9, "braid": 4,
}  # fmt: skip
SHORN = ("short", "crop", "bald")
COVERED = ("hat", "veil", "scarf")
PIVOT = (0.0, 0.36, -0.04)  # the neck, about which a head turns


def dress(clay: Clay, cutting: str, wide: float, tall: float, c: Array) -> None:
    """The hair of a haircut on a skull so wide and so tall; `c` are even numbers."""
    make = _shorn if cutting in SHORN else _covered if cutting in COVERED else _worn
    make(clay, cutting, wide, tall, c)


def turned(yaw: float, pitch: float, roll: float) -> Array:
    """The rotation of a head: about the neck, then nodding, then leaning over."""
    a, b, c = (np.cos(k) for k in (yaw, pitch, roll))
    d, e, f = (np.sin(k) for k in (yaw, pitch, roll))
    about_y = np.array([[a, 0, d], [0, 1, 0], [-d, 0, a]])
    about_x = np.array([[1, 0, 0], [0, b, -e], [0, e, b]])
    about_z = np.array([[c, -f, 0], [f, c, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_x @ about_y)


class Clay:
    """Ellipsoids being put together; those of the head turn with it."""

    def __init__(self, head: Array) -> None:
        self.head = head
        self.parts: list[tuple[Array, Array, float, int, float, float]] = []

    def add(
        self, matter: int, at: tuple[float, float, float], radii: tuple[float, float, float], blend: float = 0.1,
        lean: float = 0.0, head: bool = False, rough: float = 0.0, cut: float = 9.0,
    ) -> None:  # fmt: skip
        """One ellipsoid, leaning clockwise by `lean` radians in its own plane."""
        place, axes = np.array(at), turned(0.0, 0.0, lean)
        if head:
            place = self.head @ (place - PIVOT) + PIVOT
            axes = self.head @ axes
        form = axes @ np.diag(1.0 / np.square(radii)) @ axes.T
        self.parts.append((place, form, blend, matter, rough, cut))

    def both(
        self, matter: int, at: tuple[float, float, float], radii: tuple[float, float, float], blend: float = 0.1,
        lean: float = 0.0, head: bool = False, rough: float = 0.0,
    ) -> None:  # fmt: skip
        """The same on the left and on the right."""
        for side in (-1.0, 1.0):
            self.add(matter, (side * at[0], at[1], at[2]), radii, blend, side * lean, head, rough)


def _shorn(clay: Clay, cutting: str, wide: float, tall: float, c: Array) -> None:
    """Hair that leaves the neck free."""
    if cutting == "bald":
        clay.add(HAIR, (0, 0.10, 0.10), (wide * 1.015, 0.24, 0.36), 0.03, head=True, rough=0.006, cut=0.30)
        return
    more = 0.018 if cutting == "crop" else 0.035 + 0.03 * c[0]
    clay.add(
        HAIR,
        (0, -0.10, 0.035),
        (wide + more, tall + 0.8 * more, 0.44 + more),
        0.02,
        head=True,
        rough=0.010 + 0.2 * more,
        cut=0.30 + 0.06 * c[1],
    )
    if cutting == "short":
        clay.add(
            HAIR,
            (0.10 * (c[2] - 0.5), -0.34, -0.06),
            (wide * 0.86, 0.17 + 0.05 * c[3], 0.36),
            0.12,
            head=True,
            rough=0.018,
        )


def _worn(clay: Clay, cutting: str, wide: float, tall: float, c: Array) -> None:
    """Hair that falls, is tied or stands."""
    if cutting in FALLING:
        _falling(clay, cutting, wide, tall, c)
    elif cutting in ("bun", "updo", "ponytail", "braid"):
        _tied(clay, cutting, wide, tall, c)
    else:
        _standing(clay, cutting, wide, tall, c)


FALLING = {
    "bob": (0.36, 0.075, 0.012),
    "long": (0.80, 0.05, 0.014),
    "wavy": (0.66, 0.10, 0.034),
}  # long, puffed, rough


def _falling(clay: Clay, cutting: str, wide: float, tall: float, c: Array) -> None:
    """Over the ears and down the neck."""
    length, puff, rough = FALLING[cutting]
    length, puff = length + 0.18 * c[0], puff + 0.03 * c[1]
    clay.add(HAIR, (0, -0.10, 0.03), (wide + 0.05, tall + 0.055, 0.47), 0.03, head=True, rough=rough)
    clay.both(
        HAIR,
        (wide * 0.62, length * 0.50 - 0.04, 0.02),
        (wide * 0.46 + puff, 0.30 + 0.42 * length, 0.34),
        0.12,
        -0.08 - 0.06 * c[2],
        head=True,
        rough=rough,
    )
    clay.add(
        HAIR,
        (0, length * 0.52, 0.12),
        (wide + 0.6 * puff, 0.22 + 0.50 * length, 0.30),
        0.12,
        head=True,
        rough=rough,
    )


def _tied(clay: Clay, cutting: str, wide: float, tall: float, c: Array) -> None:
    """Drawn back tightly into a knot or a tail."""
    side = 1.0 if c[4] > 0.5 else -1.0
    clay.add(
        HAIR,
        (0, -0.095, 0.035),
        (wide + 0.022, tall + 0.03, 0.455),
        0.02,
        head=True,
        rough=0.008,
        cut=0.36,
    )
    if cutting == "bun":
        up = -0.50 + 0.55 * c[0] ** 2
        clay.add(
            HAIR,
            (0.05 * side * c[1], up, 0.20 + 0.25 * c[0]),
            (0.17 + 0.03 * c[2], 0.145 + 0.03 * c[3], 0.16),
            0.025,
            head=True,
            rough=0.016,
        )
    elif cutting == "updo":
        clay.add(
            HAIR,
            (0.03 * side, -0.26, 0.24),
            (0.27, 0.30 + 0.05 * c[0], 0.26),
            0.06,
            0.2 * side,
            head=True,
            rough=0.022,
        )
        clay.add(
            HAIR,
            (-0.07 * side, -0.40, 0.12),
            (0.20, 0.15, 0.2),
            0.05,
            -0.3 * side,
            head=True,
            rough=0.022,
        )
    else:
        _tail(clay, cutting == "braid", side, c)


def _tail(clay: Clay, braided: bool, side: float, c: Array) -> None:
    """From a knot at the back down over one shoulder."""
    knot = -0.22 + 0.3 * c[0]
    tail, thick = 0.42 + 0.16 * c[1], 0.105 + 0.04 * c[2] - 0.03 * braided
    clay.add(HAIR, (0, knot, 0.42), (0.10, 0.08, 0.09), 0.03, head=True, rough=0.008)
    clay.add(
        HAIR,
        (0.05 * side, knot + tail, 0.42),
        (thick, tail, 0.12),
        0.05,
        0.10 * side,
        head=True,
        rough=0.020,
    )


def _standing(clay: Clay, cutting: str, wide: float, tall: float, c: Array) -> None:
    """Curls about the whole head."""
    if cutting == "curls":
        clay.add(HAIR, (0, -0.12, 0.03), (wide + 0.10, tall + 0.09, 0.50), 0.03, head=True, rough=0.05)
        clay.both(
            HAIR,
            (wide * 0.70, 0.16 + 0.12 * c[0], 0.0),
            (0.22 + 0.05 * c[1], 0.28 + 0.12 * c[2], 0.33),
            0.10,
            head=True,
            rough=0.05,
        )
        clay.add(HAIR, (0, 0.16, 0.14), (wide + 0.02, 0.34, 0.34), 0.10, head=True, rough=0.05)
    elif cutting == "afro":
        clay.add(
            HAIR,
            (0, -0.15, 0.03),
            (wide + 0.15 + 0.06 * c[0], tall + 0.10 + 0.05 * c[1], 0.58),
            0.03,
            head=True,
            rough=0.032,
        )
        clay.add(HAIR, (0, 0.10, 0.10), (wide + 0.06, 0.28, 0.42), 0.12, head=True, rough=0.03)


def _covered(clay: Clay, cutting: str, wide: float, tall: float, c: Array) -> None:
    """A hat, a headscarf, a veil."""
    if cutting == "hat":
        clay.add(HAIR, (0, 0.06, 0.04), (wide + 0.02, 0.26, 0.44), 0.03, head=True, rough=0.012, cut=0.30)
        clay.add(CLOTH, (0, -0.31, 0.02), (wide + 0.035, 0.27, 0.44), 0.03, head=True)
        clay.add(CLOTH, (0, -0.45, 0.02), (wide * 0.86, 0.15, 0.38), 0.05, head=True)
        clay.add(CLOTH, (0, -0.165, 0.0), (wide + 0.20 + 0.08 * c[0], 0.045, 0.60), 0.03, head=True)
    elif cutting == "veil":
        clay.add(CLOTH, (0, -0.09, 0.03), (wide + 0.045, tall + 0.06, 0.47), 0.02, head=True)
        clay.add(CLOTH, (0, 0.34, 0.03), (wide * 0.98, 0.44, 0.36), 0.16, head=True)
        clay.add(CLOTH, (0, 0.86, 0.06), (0.50 + 0.1 * c[0], 0.36, 0.36), 0.26)
    else:
        clay.add(
            HAIR,
            (0, -0.10, 0.035),
            (wide + 0.035, tall + 0.03, 0.455),
            0.02,
            head=True,
            rough=0.012,
            cut=0.30,
        )
        clay.add(CLOTH, (0.02, 0.52, 0.02), (0.33, 0.12, 0.32), 0.05, 0.10 * (c[0] - 0.5))
        clay.add(CLOTH, (0.14 * (c[1] - 0.5), 0.64, 0.04), (0.40, 0.12, 0.32), 0.06, 0.16 * (c[2] - 0.5))
