"""The violin cut open: the pieces its body is put together from, and which of them are missing or have become glass.

Lengths are in body lengths, as in causes.violin. The instrument is the same in every performance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes import cracks, violin
from performance.chance import chances

Array = NDArray[np.float64]

PLATES = 150
BLOW = (0.05, 0.42)  # the middle of the open side; the pieces are smallest there
OPEN = 0.19  # how far from there the wood is missing
HIGHEST = 0.66  # no piece over this is missing
GLASS = 0.62  # of OPEN: what is missing nearer than this has left no glass
MAKE = 11  # the seed of its cracks


@dataclass(frozen=True, slots=True)
class Pieces:
    """`corners` (n, CORNERS, 2) with the last one repeated, `middles` (n, 2), `rank` (n,) 0..1: when each is put in
    its place; `missing` (n,) those that leave the side open, `glass` (n,) those of them that are there as glass."""

    corners: Array
    middles: Array
    rank: Array
    missing: NDArray[np.bool_]
    glass: NDArray[np.bool_]


@lru_cache(maxsize=1)
def pieces() -> Pieces:
    """What the body is put together from."""
    found = cracks.pieces(violin.outline(4), np.array(BLOW), PLATES, MAKE)
    middles = np.array([cracks.centroid(piece) for piece in found])
    draw = chances(MAKE, "opened", count=2 * len(found)).reshape(2, -1)
    far = np.hypot(*(middles - np.array(BLOW)).T) / OPEN
    missing = (far < 0.85 + 0.3 * draw[0]) & (middles[:, 1] < HIGHEST)
    corners = [np.vstack([piece, np.repeat(piece[-1:], cracks.CORNERS - len(piece), 0)]) for piece in found]
    return Pieces(np.array(corners), middles, draw[1], missing, missing & (far > GLASS))
