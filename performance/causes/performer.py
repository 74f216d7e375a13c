"""The performer: a visitor while one moves the pointer, the ghost while nobody does; one place, one list of gestures.

The pointer takes over as it moves and hands back some seconds after it has come to rest. Both paths are closed forms of
time, so is the share that each has of the figure: nothing jumps, and jumping to a moment finds the figure where
playing there would have brought it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

from performance.causes import ghost
from performance.causes.eye import eye_at
from performance.causes.walk import GIVE, HOLD, pointed
from performance.causes.walk import place as place
from performance.curves import ease
from performance.gestures import Gesture, Move, Sweep, Touch, Voice

if TYPE_CHECKING:
    from performance.timeline import Timeline

T = TypeVar("T")
LATE = 0.22  # seconds that the operator of the follow-spot is late; a visitor is the operator
TAKE = 0.7  # seconds in which the follow-spot comes to where a visitor points
BEFORE, AFTER = 0.55, 0.9  # seconds of an arm's way up before a gesture, and down after it
REMEMBERED = 4000  # moments at most


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the figure stands (units), and how high each hand is (0..1)."""

    x: float
    z: float
    left: float
    right: float


def visitor_share(timeline: Timeline, t: float) -> float:
    """0 where the ghost performs, 1 where the visitor does: the largest claim of any move so far."""
    log = timeline.gestures
    if log.newest < t - HOLD - GIVE:
        return 0.0
    if any(not isinstance(move, Voice) for move in log.between(t - HOLD, t - TAKE)):
        return 1.0
    rising = [move.t for move in log.between(t - TAKE, t + 1e-9) if not isinstance(move, Voice)]
    falling = [move.t for move in log.between(t - HOLD - GIVE, t - HOLD) if not isinstance(move, Voice)]
    taken = ease((t - rising[0]) / TAKE) if rising else 0.0
    left = 1.0 - ease((t - falling[-1] - HOLD) / GIVE) if falling else 0.0
    return max(taken, left)


def gestures(timeline: Timeline, a: float, b: float) -> list[Gesture]:
    """All gestures of [a, b), the visitor's and, where the ghost performs, the ghost's, in order of time."""
    own = timeline.gestures.between(a, b)
    ghosts = [g for g in ghost.gestures(timeline, a, b) if visitor_share(timeline, g.t) < 0.5]
    return sorted([*own, *ghosts], key=lambda gesture: gesture.t)


def lit(timeline: Timeline, t: float) -> tuple[float, float]:
    """(x, z) of what the follow-spot is sent to: a visitor's light goes ahead, and the figure walks into it."""
    x, z = ghost.place(timeline, t - LATE)
    share = visitor_share(timeline, t)
    hand = timeline.gestures.place_at(t) if share > 0.0 else None
    if hand is None:
        return x, z
    return x + (pointed(timeline, t, hand.u, z) - x) * share, z


class _Told(Generic[T]):
    """What one timeline has told of its moments."""

    def __init__(self) -> None:
        self.score: object = None
        self.seen = (0, -math.inf)  # how many gestures there were, and when the newest one was
        self.moments: dict[float, T] = {}

    def catch_up(self, timeline: Timeline) -> None:
        """Forget what may be otherwise by now."""
        seen = (len(timeline.gestures), timeline.gestures.newest)
        if timeline.score is not self.score or len(self.moments) > REMEMBERED:
            self.moments.clear()
        elif seen != self.seen:
            in_order = seen > self.seen and seen[1] > self.seen[1]  # else one came late
            known = seen[1] - BEFORE if in_order else -math.inf
            self.moments = {when: told for when, told in self.moments.items() if when < known}
        self.score, self.seen = timeline.score, seen


class Remembered(Generic[T]):
    """Something of the figure at moments asked before: a frame asks again for nearly all that the frame before it
    asked for.

    What is remembered of the time from just before a visitor's newest gesture on is forgotten, and all of it when
    the score is another.
    """

    def __init__(self, make: Callable[[Timeline, float], T]) -> None:
        self._make = make
        self._told: WeakKeyDictionary[Timeline, _Told[T]] = WeakKeyDictionary()

    def __call__(self, timeline: Timeline, t: float) -> T:
        """What is so at t."""
        told = self._told.get(timeline)
        if told is None:
            told = self._told[timeline] = _Told()
        told.catch_up(timeline)
        if t not in told.moments:
            told.moments[t] = self._make(timeline, t)
        return told.moments[t]


def _performer(timeline: Timeline, t: float) -> Standing:
    x, z = place(timeline, t)
    held = timeline.cue(ghost.PATH, t).number("hands")
    left = right = held
    meant = [g for g in gestures(timeline, t - AFTER, t + BEFORE) if not isinstance(g, (Move, Voice))]
    middle = _seen(timeline, t, x, z) if meant else 0.0
    for gesture in meant:
        lifted = _lift(gesture, t)
        if gesture.u < middle:
            left = max(left, lifted)
        else:
            right = max(right, lifted)
    return Standing(x, z, left, right)


def _seen(timeline: Timeline, t: float, x: float, z: float) -> float:
    """The u at which the figure is seen."""
    cue = timeline.cue("stage.performer", t)
    return float(eye_at(timeline, t).project(x + cue.number("x"), 0.0, z + cue.number("z"))[0])


performer = Remembered(_performer)  # the figure at t


def _lift(gesture: Gesture, t: float) -> float:
    """How high the hand is for a gesture: it comes before, and stays a while."""
    age = t - gesture.t
    way = ease(max(1.0 + age / BEFORE, 0.0)) if age < 0 else 1.0 - ease(min(age / AFTER, 1.0))
    high = 0.85 if isinstance(gesture, Touch) else 0.75 if isinstance(gesture, Sweep) else 0.4
    return way * high * (0.5 + 0.5 * min(gesture.strength, 1.0))
