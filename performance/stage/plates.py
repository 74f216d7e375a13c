"""Plates in the air or on the boards: what shards and mirrors have in common for whoever draws them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plates:
    """n thin convex plates. Colours are linear RGB."""

    outlines: Array  # (n, j, 2) corners about their middles, units
    corners: Indices  # (n,)
    reach: Array  # (n,) how far the furthest corner is
    places: Array  # (n, 3)
    turns: Array  # (n, 3, 3)
    scale: Array  # (n,) times their own size
    thickness: Array  # (n,) units
    tint: Array  # (n, 3)
    mirror: Array  # (n,) 0 clear ice that mirrors a little, 1 a mirror that holds the whole picture
    own: Array  # (n, 3) light of their own
    shown: Array  # (n,) 0..1
    form: Array  # (n, 2) where their middles were in the violin's form
    grain: Array  # (2, 2) from their own frame to the form's
    frosted: Array  # (n,) how much of the instrument's frost and lines they still carry
