"""A thread to every face: bright at the hands, spread out fine over the house, with beads of light running along it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE, HORIZON
from performance.stage.drawing import Drawing, Glints, Glows, Lines, specks
from performance.stage.seating import house_seats
from performance.timeline import Cue

Array = NDArray[np.float64]
Point = tuple[float, float, float]

POINTS = 14
EVERY = 3  # of the house: more threads than one can count, few enough to draw
DEEP = 2.6  # units behind the pool at which the house is reckoned to sit


S = np.linspace(0.0, 1.0, POINTS)


@lru_cache(maxsize=4)
def _faces(seed: int) -> tuple[Array, Array]:
    """Where the threads end (n, 3), and how far back (n,) 0..1."""
    seats = house_seats(seed)
    u, v, rank = seats.u[::EVERY], seats.v[::EVERY], seats.rank[::EVERY]
    place = np.stack([u * (1.0 + DEEP), EYE + (HORIZON - v) * (1.0 + DEEP), np.full(len(u), DEEP)], -1)
    return np.asarray(place, np.float64), np.asarray(rank, np.float64)


def thread_at(cue: Cue, t: float, seed: int, hands: Point | None) -> Drawing | None:
    """The thread a cue asks for, None when there is none. `hands` is where it begins."""
    level = cue.number("level")
    if level <= 0.0 or hands is None:
        return None
    faces, rank = _faces(seed)
    start, sag = np.array(hands), cue.number("sag")
    worn = level * (1.0 - 0.82 * cue.number("thin"))
    reached = np.clip(cue.number("reach") * 1.4 - 0.4 * rank, 0.0, 1.0)
    grown = reached[:, None] * S
    left = 1.0 - grown
    hang = 4.0 * grown * left
    place = start + (faces - start)[:, None] * grown[..., None]
    shiver = 0.010 * np.sin(5.0 * grown + (2.1 * t + 6.28 * rank)[:, None])
    place[..., 1] += (shiver - (sag * (0.10 + 0.12 * rank))[:, None]) * hang
    colour = np.array(cue.colour("colour"))
    run = 0.5 + 0.5 * np.sin(9.0 * grown + (9.0 * rank - 1.7 * t)[:, None])
    left *= left
    run *= run
    light = (0.030 * worn) + (0.16 * worn) * (left * left * left) + (0.07 * worn) * (run * run * run)
    light[:, -1] += 0.30 * worn * np.clip(reached * 8.0 - 7.0, 0.0, 1.0)  # where it has come to a face
    lines = Lines(place, light[..., None] * colour, np.full(len(place), 0.0009))
    beads = (0.21 * t + 3.7 * rank) % 1.0 * reached
    at = start + (faces - start) * beads[:, None]
    at[:, 1] -= (0.10 + 0.12 * rank) * sag * 4.0 * beads * (1.0 - beads)
    shine = worn * 0.5 * np.minimum(beads * 6.0, 1.0) * (0.3 + 0.7 * rank)
    heart = worn * (0.6 + 0.4 * math.sin(1.9 * t))
    return Drawing(
        (lines,),
        glows=Glows(start[None], np.array([0.09]), (0.28 * heart * colour)[None]),
        glints=Glints(
            start[None], np.array([0.0024]), np.array([0.05 * heart]), (2.2 * heart * colour)[None]
        ),
        motes=specks(at, np.full(len(at), 0.0030), shine[:, None] * colour),
        plane="behind",
    )
