"""The shreds that a torn part falls into: some are missing, some leap away; now and then all are missing at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.chance import at_indices, chance, chances

SHREDS = 6.5  # pieces a second into which a torn part falls
Numbers = NDArray[np.float64]
Torn = tuple[Numbers, Numbers]


class Shreds:
    """Those of some players: each tears at a pace of their own."""

    def __init__(self, seed: int, count: int) -> None:
        self._count = count
        self._key = int(chance(seed, "shreds") * 2**52)
        self._torn_at = 10 * chances(seed, "shred phase", count=count)
        self._pace = SHREDS * (0.75 + 0.5 * chances(seed, "shred pace", count=count))

    def at(self, t: Numbers, tear: Numbers) -> Torn:
        """(strength 0..1, leap in octaves) at times (n, players), so far torn (n, 1)."""
        if not tear.any():
            return np.ones(1), np.zeros(1)
        clock = t * self._pace + self._torn_at
        number = np.floor(clock).astype(np.int64)
        address = number * 64 + np.arange(self._count)
        gone, leaps, far = (at_indices(self._key + i, address) for i in range(3))
        quiet = (gone < 0.4 * tear) * _hole(clock - number)
        together = t[:, :1] * SHREDS * 0.8
        number = np.floor(together).astype(np.int64)
        all_gone = at_indices(self._key + 3, number) < 0.62 * tear
        quiet = np.maximum(quiet, all_gone * _hole(together - number))
        leap = (leaps < 0.45 * tear) * (far - 0.5) * 0.9 * tear
        return 1 - quiet, np.asarray(leap)


def _hole(x: Numbers) -> Numbers:
    """1 inside a shred that is missing, 0 at its edges."""
    return smooth(x / 0.1) * (1 - smooth((x - 0.85) / 0.15))
