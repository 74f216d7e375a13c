"""Who sits where in the house, and where a camera on the stage sees them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import HORIZON, Camera
from performance.chance import chances

Array = NDArray[np.float64]
Single = NDArray[np.float32]
Whole = NDArray[np.int64]

ROWS = 13
FIRST_V = 0.325  # heads of the farthest row, in the middle of the picture
FIRST_SIZE = 0.0105  # a head's height there, picture heights
GROWTH = 1.15  # from row to row
STEP = 1.0  # between rows, in heads of the farther one
GAP = 1.95  # between neighbours, in heads
BEND = 0.05  # how much higher a row is at its ends
REACH = 1.25  # seats out to this |u|
POOL = 16  # different people
ALIKE = 8  # seats: nobody is seen twice within so many of a row
EMPTY = 0.03
PARTING = 0.4  # of the way that a camera which comes near drives rows apart
SCALE = 0.28, 0.72  # parallax of the farthest and of the nearest row, against 1 at the pool


@dataclass(frozen=True, slots=True)
class HouseSeats:
    """Everyone, the farthest row first; `person` is who of the row's pool sits there."""

    row: Whole
    person: Whole
    u: Array
    v: Array
    size: Array  # picture heights from chin to crown
    scale: Array  # how fast they pass when the camera moves
    rank: Array  # 0..1: who stands up first
    phases: Array  # (n, 5) 0..1
    seed: int
    waves: Single  # (2, 8, n) rates and phases of their small movements, see the numbers below
    bright: Single  # how light falls on them, row by row
    left: NDArray[np.bool_]  # to whom they lean


def apart(camera: Camera, scale: Array) -> Array:
    """How far apart what is seen at places of a scale is, against a camera at rest. People do not grow as it comes
    near: so rows do not part as far as they would, and nobody sits alone in the dark."""
    nearer = camera.zoom / np.maximum(1.0 - camera.dolly * scale, 0.3)
    return np.asarray(np.where(nearer > 1.0, 1.0 + PARTING * (nearer - 1.0), nearer))


def seen_from(camera: Camera, u: Array, v: Array, scale: Array) -> tuple[Array, Array]:
    """Where in the picture places of the house are seen."""
    nearer = apart(camera, scale)
    below = v + camera.y * scale - HORIZON
    return camera.rolled((u - camera.x * scale) * nearer, HORIZON + below * nearer)


def row_size(row: int) -> float:
    """Height of a head in a row, picture heights."""
    return FIRST_SIZE * GROWTH**row


def row_v(row: int) -> float:
    """v of the heads of a row in the middle of the picture."""
    return FIRST_V + STEP * FIRST_SIZE * (GROWTH**row - 1.0) / (GROWTH - 1.0)


@lru_cache(maxsize=4)
def house_seats(seed: int) -> HouseSeats:
    """Who sits where in this performance."""
    parts: list[Array] = []
    for row in range(ROWS):
        size = row_size(row)
        count = int(2 * REACH / (GAP * size))
        draw = chances(seed, "house", row, count=count * 9).reshape(9, count)
        u = (np.arange(count) + 0.5 - count / 2 + 0.30 * (draw[0] - 0.5)) * GAP * size + 0.5 * (
            row % 2
        ) * size
        v = row_v(row) - BEND * u * u + 0.16 * size * (draw[1] - 0.5)
        scale = SCALE[0] + (SCALE[1] - SCALE[0]) * (row / (ROWS - 1)) ** 1.5
        behind = (parts[-1][2], parts[-1][1]) if parts else (np.zeros(0), np.zeros(0))
        person = _who(u, draw[2], size, behind)
        full = np.full(count, 1.0)
        part = np.stack([full * row, person, u, v, full * size, full * scale, draw[3], *draw[4:9]])
        parts.append(part[:, draw[3] * 31 % 1 >= EMPTY])
    every = np.concatenate(parts, 1)
    row, phases = every[0].astype(np.int64), np.ascontiguousarray(every[7:].T)
    fade = 0.86 ** (ROWS - 1 - row)
    return HouseSeats(
        row=row,
        person=every[1].astype(np.int64),
        u=every[2],
        v=every[3],
        size=every[4],
        scale=every[5],
        rank=every[6],
        phases=phases,
        seed=seed,
        waves=_waves(phases),
        bright=((0.55 + 0.45 * fade) * (0.75 + 0.5 * phases[:, 4])).astype(np.float32),
        left=phases[:, 0] < 0.5,
    )


def _waves(phases: Array) -> Single:
    """Rates, radians a second, and phases of everybody's small movements."""
    lot, p, same = phases.T, (phases * (2 * np.pi)).T, np.ones(len(phases))
    rates = [0.315 + 0.27 * lot[1], 0.7 * same, 0.066 + 0.11 * lot[1], 0.3 + 0.5 * lot[3], 0.8 * same]
    rates += [1.5 * same, 2.1 * same, 0.3 + 0.5 * lot[0]]
    begin = [p[0], p[2], 9.0 * p[4], p[3], 9.0 * p[2], p[4], p[1], 40.0 * lot[3]]
    return np.array([rates, begin], np.float32)


def _who(u: Array, draw: Array, size: float, behind: tuple[Array, Array]) -> Whole:
    """Who (n,) sits at places u of a row: nobody who is seen near, in this row or the one `behind` it (places, people).

    `draw` (n,) 0..1 decides among those who are left."""
    found = np.zeros(len(u), np.int64)
    there, who = behind[0], behind[1].astype(np.int64)
    for n in range(len(u)):
        near = np.abs(there - u[n]) < 2.2 * GAP * size
        taken = {*found[max(n - ALIKE, 0) : n].tolist(), *who[near].tolist()}
        free = [k for k in range(POOL) if k not in taken]
        found[n] = free[int(draw[n] * len(free))]
    return found
