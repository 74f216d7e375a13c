"""A thread to every face: bright at the hands, spread out fine over the house, with beads of light running along it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE, HORIZON
from performance.stage.drawing import Drawing, Glints, Glows, Lines, specks
from performance.stage.house import house_seats
from performance.timeline import Cue

Array = NDArray[np.float64]
Point = tuple[float, float, float]

POINTS = 14
EVERY = 3  # of the house: more threads than one can count, few enough to draw
DEEP = 2.6  # units behind the pool at which the house is reckoned to sit


def thread_at(cue: Cue, t: float, seed: int, hands: Point | None) -> Drawing | None:
    """The thread a cue asks for, None when there is none. `hands` is where it begins."""
    level = cue.number("level")
    if level <= 0.0 or hands is None:
        return None
    seats = house_seats(seed)
    some = slice(0, len(seats.u), EVERY)
    scale = 1.0 / (1.0 + DEEP)
    faces = np.stack(
        [seats.u[some] / scale, EYE + (HORIZON - seats.v[some]) / scale, np.full(len(seats.u[some]), DEEP)],
        -1,
    )
    start = np.array(hands)
    s = np.linspace(0.0, 1.0, POINTS)
    rank = seats.rank[some]
    grown = np.clip(cue.number("reach") * 1.4 - 0.4 * rank, 0.0, 1.0)[:, None] * s
    place = start + (faces - start)[:, None] * grown[..., None]
    hang = 4.0 * grown * (1.0 - grown)
    shiver = 0.010 * np.sin(5.0 * grown + 2.1 * t + 6.28 * rank[:, None]) * hang
    place[..., 1] -= (0.10 + 0.12 * rank[:, None]) * cue.number("sag") * hang - shiver
    colour = np.array(cue.colour("colour"))
    worn = 1.0 - 0.82 * cue.number("thin")
    run = 0.5 + 0.5 * np.sin(9.0 * grown - 1.7 * t + 9.0 * rank[:, None])
    light = level * worn * (0.030 + 0.16 * (1.0 - grown) ** 6 + 0.07 * run**6)
    lines = Lines(place, light[..., None] * colour, np.full(len(place), 0.0009))
    beads = (0.21 * t + 3.7 * rank) % 1.0 * grown[:, -1]
    at = start + (faces - start) * beads[:, None]
    at[:, 1] -= (0.10 + 0.12 * rank) * cue.number("sag") * 4.0 * beads * (1.0 - beads)
    shine = level * worn * 0.5 * np.minimum(beads * 6.0, 1.0) * (0.3 + 0.7 * rank)
    heart = level * (0.6 + 0.4 * np.sin(1.9 * t)) * worn
    return Drawing(
        (lines,),
        glows=Glows(start[None], np.array([0.09]), (0.28 * heart * colour)[None]),
        glints=Glints(
            start[None], np.array([0.0024]), np.array([0.05 * heart]), (2.2 * heart * colour)[None]
        ),
        motes=specks(at, np.full(len(at), 0.0030), shine[:, None] * colour),
        plane="behind",
    )
