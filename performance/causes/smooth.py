"""A soft way from nothing to all, for arrays: what swells in the eye swells alike in the ear."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]


def smooth(x: ArrayLike) -> Numbers:
    """0 before 0, 1 after 1, level at both ends (the cubic of curves.ease)."""
    c = np.minimum(np.maximum(np.asarray(x, np.float64), 0.0), 1.0)  # half the cost of clip on a few numbers
    return np.asarray(c * c * (3.0 - 2.0 * c))


def smooth_step(low: ArrayLike, high: ArrayLike, x: ArrayLike) -> Numbers:
    """0 below `low`, 1 above `high`, an S between (also with high < low)."""
    begin = np.asarray(low, np.float64)
    return smooth((np.asarray(x, np.float64) - begin) / (np.asarray(high, np.float64) - begin))
