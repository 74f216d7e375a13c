"""What is touched, by the visitor or by the ghost: the one list that flares in light and sings in sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from performance.causes.breaking import fracture_of
from performance.causes.constellation import Constellation, constellation, nearest
from performance.causes.eye import eye_at
from performance.causes.ghost import Reach
from performance.causes.performer import gestures
from performance.gestures import Touch

if TYPE_CHECKING:
    from performance.timeline import Timeline

ASSEMBLED = 0.55  # how far the constellation must have come before it can be touched


class Touched(NamedTuple):
    """A mirror met by a touch: when, which (an index into Constellation.mirrors) and how hard, 0..1."""

    t: float
    mirror: int
    strength: float


def touches(timeline: Timeline, since: float, t: float) -> list[Touch]:
    """All touches of [since, t], the visitor's and the ghost's, in order of time."""
    return [gesture for gesture in gestures(timeline, since, t + 1e-9) if isinstance(gesture, Touch)]


def constellation_of(timeline: Timeline, t: float) -> Constellation | None:
    """The constellation that hangs in the air at t, None where nothing has been broken."""
    broken = fracture_of(timeline, t)
    return None if broken is None else constellation(timeline.seed, broken)


def mirror_touches(timeline: Timeline, a: float, b: float) -> list[Touched]:
    """The mirrors touched in [a, b), in order. The ghost means its mirror; a visitor's touch takes the nearest."""
    found = []
    for gesture in gestures(timeline, a, b):
        if not isinstance(gesture, Touch) or not _there(timeline, gesture.t):
            continue
        stars = constellation_of(timeline, gesture.t)
        if stars is None:
            continue
        if isinstance(gesture, Reach):
            mirror = _meant(stars, gesture.choice)
        else:
            mirror = nearest(stars, gesture.u, gesture.v, eye_at(timeline, gesture.t))
        if mirror >= 0:
            found.append(Touched(gesture.t, mirror, gesture.strength))
    return found


def _there(timeline: Timeline, t: float) -> bool:
    cue = timeline.cue("stage.mirrors", t)
    return cue.number("level") > 0.2 and cue.number("assemble") >= ASSEMBLED


def _meant(stars: Constellation, choice: float) -> int:
    """The ghost goes round the larger mirrors, an emotion at a time."""
    return int(stars.rounds[min(int(choice * len(stars.rounds)), len(stars.rounds) - 1)])
