"""The forest's blossoms: to the left and right of each stem in turn, each on a small stalk; buds at the tip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth_step
from performance.stage.forest import BLOSSOMS, BUDS, Array, Plants
from performance.stage.growth import TUBE, Sheaf, along, steps
from performance.stage.sheaves import firsts

STALK_POINTS = 4


@dataclass(frozen=True, slots=True)
class Blossoms:
    """(n,) each, the far plane first: place, radius, turn (radians), opening 0..1, variety, yaw, brightness, phase.
    The blossoms of plane p are first[p]:first[p + 1].

    `rung` is how much it is heard or was touched just now: it trembles and glows.
    """

    place: Array
    radius: Array
    turn: Array
    opening: Array
    variety: NDArray[np.int64]
    yaw: NDArray[np.int64]
    mirrored: NDArray[np.bool_]
    bright: Array
    rung: Array
    phase: Array
    first: tuple[int, int, int, int]


def flowering(
    plants: Plants, own: Array, grown: Array, sway: Array, t: float, rung: Array
) -> tuple[Sheaf, Blossoms]:
    """Blossoms in turn to the left and right of each stem, buds at its tip, each on its own small stalk."""
    n, each = len(plants.x), BLOSSOMS + BUDS
    count = n * each
    i = np.arange(each)
    share = np.asarray(0.36 + 0.62 * (i / (each - 1)) ** 0.92, np.float64)
    foot = along(plants, np.broadcast_to(share, (n, each)), sway)
    open_at = 0.555 + 0.034 * i + 0.03 * (plants.flower[0] - 0.5)
    opening = smooth_step(open_at, open_at + 0.17, own[:, None]) * np.where(i < BLOSSOMS, 1.0, 0.0)
    opening = opening * (1.0 - 0.22 * (i > BLOSSOMS - 3))
    side = np.where(i % 2 == 1, 1.0, -1.0)
    radius = plants.radius[:, None] * (1.05 - 0.045 * i)
    off_x = side * radius * 0.66 * (0.50 + 0.50 * opening)
    off_y = -radius * (0.30 + 0.15 * side)
    place = foot + np.stack([off_x, off_y, np.full_like(off_x, -0.012)], -1)
    swell = smooth_step(share, share + 0.16, grown[:, None] * 1.05)
    size = radius * np.where(i < BLOSSOMS, 1.25 - 0.25 * opening, 0.95) * swell
    ringing = rung.reshape(n, each)
    turn = (
        0.32 * (plants.flower[0] - 0.5)
        + 0.10 * side
        + 0.05 * np.sin(0.8 * t + 1.7 * i + plants.phase[:, None])
    )
    w = steps(STALK_POINTS)
    stalk = foot[:, :, None, :] + (place - foot)[:, :, None, :] * np.stack([w, w**1.6, w], -1)
    half = np.broadcast_to((radius * 0.05 * np.minimum(1.0, 3.0 * swell))[..., None], stalk.shape[:3])
    ribbons = Sheaf(
        TUBE,
        stalk.reshape(count, STALK_POINTS, 3),
        half.reshape(count, STALK_POINTS),
        np.broadcast_to(w, (count, STALK_POINTS)),
        np.repeat(np.array([[0.060, 0.070, 0.042]]), count, 0),
    )
    blossoms = Blossoms(
        place=place.reshape(count, 3),
        radius=size.reshape(count),
        turn=turn.reshape(count),
        opening=np.broadcast_to(opening, (n, each)).reshape(count),
        variety=np.repeat(plants.variety, each),
        yaw=(plants.flower[1] * 3).astype(np.int64).reshape(count),
        mirrored=np.repeat(plants.x > 0, each),
        bright=(0.82 + 0.36 * plants.flower[2]).reshape(count),
        rung=ringing.reshape(count),
        phase=(6.28 * plants.flower[0]).reshape(count),
        first=firsts(each),
    )
    return ribbons, blossoms
