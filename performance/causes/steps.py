"""Every step the performer takes: when a foot comes down, where, and how heavily; picture and sound both answer it.

Feet come down on the lattice of the gait: each foot once a cycle, the other half a cycle later. A foot that comes
down where it stood was only standing, which is no step.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from performance.causes import performer
from performance.causes.place import EYE, HORIZON
from performance.gestures import Strike, Touch

if TYPE_CHECKING:
    from performance.timeline import Timeline

CYCLE = 1.06  # seconds from one footfall to the next of the same foot
STANCE = 0.30  # of a cycle that a foot stands before and after the middle of standing
SHORTEST, LONGEST = (
    0.012,
    0.16,
)  # units between two footfalls: less is standing still, more is as heavy as steps get
APART = 0.028  # units from the middle of the figure to either foot


class Step(NamedTuple):
    """A foot comes down at `t` at (x, z); `weight` 0..1; `address` is its own, for chance."""

    t: float
    x: float
    z: float
    weight: float
    address: int


def steps(timeline: Timeline, a: float, b: float) -> list[Step]:
    """The steps taken in [a, b), in order of time."""
    found: list[Step] = []
    early = STANCE * CYCLE
    first, last = math.floor((a + early) / CYCLE * 2.0) - 1, math.ceil((b + early) / CYCLE * 2.0) + 1
    for n in range(first, last):
        middle = n * 0.5 * CYCLE
        t = middle - early
        if not a <= t < b or t < 0.0:
            continue
        x, z = _place(timeline, middle)
        before = _place(timeline, middle - CYCLE)
        length = math.hypot(x - before[0], z - before[1])
        if length >= SHORTEST:
            side = APART if n % 2 else -APART
            found.append(Step(t, x + side, z, min(0.25 + 0.75 * length / LONGEST, 1.0), n))
    return found


def _place(timeline: Timeline, t: float) -> tuple[float, float]:
    x, z = performer.place(timeline, max(t, 0.0))
    cue = timeline.cue("stage.performer", max(t, 0.0))
    return x + cue.number("x"), z + cue.number("z")


def dips(timeline: Timeline, a: float, b: float) -> list[Step]:
    """Where a visitor or the ghost touches or strikes the ground itself in [a, b), as steps."""
    found = []
    for gesture in performer.gestures(timeline, a, b):
        below = gesture.v - HORIZON if isinstance(gesture, (Touch, Strike)) else 0.0
        if below > 0.02:
            depth = EYE / below
            address = round(gesture.t * 1000.0)
            found.append(Step(gesture.t, gesture.u * depth, depth - 1.0, gesture.strength, address))
    return found
