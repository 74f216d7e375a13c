"""The house in the dark: where everyone in the audience sits, and in which order they let go.

Rows bend round the stage and grow towards the eye. Places are of the picture (u, v of a head's middle) because
the house is much nearer than the stage and would hide it in true perspective. Who sits in a row, and which
seats are empty, differs from performance to performance; the people themselves are always the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import bells, chance, chances

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

ROWS = 13
FIRST_V = 0.850  # heads of the farthest row, in the middle of the picture
FIRST_SIZE = 0.0200  # a head's height there, in picture heights
GROWTH = 1.215  # from row to row
STEP = 0.93  # between rows, in heads of the farther one
GAP = 1.82  # between neighbours, in heads
BEND = 0.055  # how much higher a row is at its ends
REACH = 2.0  # seats out to this |u|
POOL_REACH = 1.0  # people are all different out to this |u|
EMPTY = 0.035  # share of empty seats
PARALLAX = 1.25  # of the farthest row, against 1 at the pool
PARALLAX_STEP = 0.11
LETTING_GO = 0.16  # share of the whole dissolve that one person takes


@dataclass(frozen=True, slots=True)
class Seats:
    """Everyone, the farthest row first. `person` is who of the row's pool sits there."""

    row: Whole
    person: Whole
    u: Array
    v: Array
    size: Array  # picture heights from chin to crown
    scale: Array  # how fast they pass when the camera moves, 1 at the pool
    release: Array  # 0..1 - LETTING_GO: when in the dissolve they begin to let go
    phases: Array  # (n, 6) 0..1

    def __len__(self) -> int:
        return len(self.row)


def row_size(row: int) -> float:
    """Height of a head in a row, picture heights."""
    return FIRST_SIZE * GROWTH**row


def row_v(row: int) -> float:
    """v of the heads of a row in the middle of the picture."""
    return FIRST_V + STEP * FIRST_SIZE * (GROWTH**row - 1.0) / (GROWTH - 1.0)


def row_people(row: int) -> int:
    """How many different people a row's pool holds."""
    return int(np.ceil(2.0 * POOL_REACH / (GAP * row_size(row))))


def bend(u: Array) -> Array:
    """How much higher than in the middle a row sits at u."""
    return np.asarray(BEND * u * u / (1.0 + 0.4 * u * u))


@lru_cache(maxsize=8)
def seats(seed: int) -> Seats:
    """The seats of one performance."""
    rows = [_row(seed, row) for row in range(ROWS)]
    row, person, u, v, size = (np.concatenate([part[i] for part in rows]) for i in range(5))
    count = len(row)
    phases = chances(seed, "seats", "phases", count=count * 6).reshape(count, 6)
    return Seats(row, person, u, v, size, PARALLAX + PARALLAX_STEP * row, _order(seed, u, v), phases)


def _row(seed: int, row: int) -> tuple[Whole, Whole, Array, Array, Array]:
    size = row_size(row)
    count = 2 * int(REACH / (GAP * size)) + 1
    place = np.arange(count) - count // 2 + 0.5 * (row % 2) + (chance(seed, "row", row) - 0.5) * 0.5
    taken = chances(seed, "row", row, "taken", count=count) > EMPTY
    leaning = 0.11 * bells(seed, "row", row, "across", count=count)  # couples lean together, others apart
    u = (place + leaning) * GAP * size
    v = row_v(row) - bend(u) + 0.075 * size * bells(seed, "row", row, "tall", count=count)
    person = (np.arange(count) + int(chance(seed, "row", row, "who") * 1e6)) % row_people(row)
    size_each = np.full(count, size)
    return np.full(int(taken.sum()), row), person[taken], u[taken], v[taken], size_each[taken]


def _order(seed: int, u: Array, v: Array) -> Array:
    """Letting go spreads from a few people to those near them, and skips about a little."""
    total = 0.85 * bells(seed, "seats", "order", count=len(u))
    for wave in range(4):
        a, b, c = chances(seed, "seats", "wave", wave, count=3)
        total = total + np.sin(2 * np.pi * ((1.1 * a - 0.3 + 0.5 * wave) * u + (2 + 5 * b) * v + c)) * (
            1.0 - 0.15 * wave
        )
    rank = np.argsort(np.argsort(total)) / max(len(u) - 1, 1)
    return np.asarray(rank * (1.0 - LETTING_GO))
