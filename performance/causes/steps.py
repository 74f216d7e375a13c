"""Footfalls: when a foot of the performer comes down, where, and how much of a step it was.

Feet are set down on a lattice of time, each foot half a cycle after the other; whoever stands still takes no steps.
A figure is drawn walking on the same lattice, so a ring on the boards, in silver or in the ear, comes as the foot does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from performance.causes import performer
from performance.causes.eye import eye_at
from performance.curves import ease
from performance.gestures import Strike, Touch

if TYPE_CHECKING:
    from performance.timeline import Timeline

CYCLE = 1.06  # seconds from one footfall to the next of the same foot
STANCE = 0.30  # of a cycle, before and after the middle of standing
SIDES = (0.0, 0.5)  # the other foot is half a cycle later
SHORTEST, FULL = 0.008, 0.10  # units walked since the last footfall: less is no step, more is a whole one
BETWEEN = 0.05  # units from the middle of the figure to a foot


@dataclass(frozen=True, slots=True)
class Footfall:
    """A foot comes down at `t` on (x, z); `side` 0 left, 1 right; `strength` 0..1."""

    t: float
    side: int
    x: float
    z: float
    strength: float


def footfalls(timeline: Timeline, a: float, b: float) -> list[Footfall]:
    """The footfalls of [a, b), in order of time. What a visitor does later changes none of them."""
    found = []
    for side, shift in enumerate(SIDES):
        first = math.ceil(a / CYCLE - shift + STANCE)
        last = math.ceil(b / CYCLE - shift + STANCE)
        found += [_footfall(timeline, (n + shift - STANCE) * CYCLE, side) for n in range(first, last)]
    return sorted((step for step in found if step.strength > 0.0 and step.t >= 0.0), key=lambda step: step.t)


def _footfall(timeline: Timeline, t: float, side: int) -> Footfall:
    x, z = _drawn(timeline, t)
    x_before, z_before = _drawn(timeline, t - 0.5 * CYCLE)
    walked = math.hypot(x - x_before, z - z_before)
    strength = ease(min(max((walked - SHORTEST) / (FULL - SHORTEST), 0.0), 1.0))
    return Footfall(t, side, x + BETWEEN * (2 * side - 1), z, strength)


def _place(timeline: Timeline, t: float) -> tuple[float, float]:
    """Where the figure is drawn: where it has gone, and where the score puts it besides."""
    x, z = performer.place(timeline, max(t, 0.0))
    cue = timeline.cue("stage.performer", max(t, 0.0))
    return x + cue.number("x"), z + cue.number("z")


_drawn = performer.Remembered(_place)


def dips(timeline: Timeline, a: float, b: float) -> list[Footfall]:
    """Where a visitor or the ghost touches or strikes the ground itself in [a, b), as footfalls."""
    found = []
    for gesture in performer.gestures(timeline, a, b):
        if isinstance(gesture, (Touch, Strike)) and (
            met := eye_at(timeline, gesture.t).ground(gesture.u, gesture.v)
        ):
            found.append(Footfall(gesture.t, 0, *met, gesture.strength))
    return found
