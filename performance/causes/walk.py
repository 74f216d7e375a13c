"""How a visitor leads the figure: light goes at once where they point, the figure walks there as somebody walks.

A spring follows a goal that itself goes to where was pointed at walking pace, so nobody flies across the stage. Between
two moves of the pointer all of it is a closed form of time.
"""

from __future__ import annotations

import math
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from performance.causes import ghost
from performance.causes.eye import framing_at
from performance.causes.place import FIGURE_HEIGHT, HORIZON, NEAREST_Z
from performance.curves import ease

if TYPE_CHECKING:
    from collections.abc import Sequence

    from performance.gestures import Gesture
    from performance.timeline import Timeline

PACE = 0.40  # units a second: a grown person at a brisk walk, 1.6 m/s
EASY = 3.5  # rad/s of the critically damped spring: a walk begins and ends within half a second
ROOM, LEAST = (
    1 / 3,
    0.3,
)  # of the way to the picture's edge that a figure stays from it for each picture height that it
# is tall: its arms stay in the picture; and how much of the way is left to the tallest
REACH = 1.1  # |x| that the pointer can send anything to
HOLD = 5.0  # seconds that the figure stays with a pointer at rest
GIVE = 3.5  # seconds in which it goes back to what the ghost does


class Leg(NamedTuple):
    """The walk from one move of the pointer on: where the figure is and how fast, where its goal is by now, and
    where that is sent (x, units)."""

    t: float
    x: float
    speed: float
    goal: float
    sent: float

    def after(self, elapsed: float) -> tuple[float, float, float]:
        """x, speed and goal `elapsed` seconds later."""
        way = self.sent - self.goal
        long = abs(way) / PACE
        x, speed = _follow(self.x, self.speed, self.goal, math.copysign(PACE, way), min(elapsed, long))
        if elapsed < long:
            return x, speed, self.goal + math.copysign(PACE, way) * elapsed
        return *_follow(x, speed, self.sent, 0.0, elapsed - long), self.sent


def _follow(x: float, speed: float, goal: float, pace: float, elapsed: float) -> tuple[float, float]:
    """Place and speed of the spring after a while in which its goal goes at an even pace."""
    behind = goal - 2.0 * pace / EASY  # where it comes to follow
    offset, fall = x - behind, math.exp(-EASY * elapsed)
    pull = speed - pace + EASY * offset
    left = (offset + pull * elapsed) * fall
    return behind + pace * elapsed + left, pace + pull * fall - EASY * left


class _Walk:
    """The legs that one timeline's visitor has made the figure go so far."""

    def __init__(self) -> None:
        self.legs: list[Leg] = []
        self.moves: Sequence[Gesture] = ()
        self.score: object = None
        self._one_at_a_time = Lock()

    def so_far(self, timeline: Timeline) -> list[Leg]:
        """Go on from every move that came since; begin again where the past is another."""
        with self._one_at_a_time:
            moves = timeline.gestures.moves
            if timeline.score is not self.score:
                self.legs, self.score = [], timeline.score
            if moves is not self.moves:
                self.legs, self.moves = self.legs[: _in_common(self.moves, moves)], moves
            for move in moves[len(self.legs) :]:
                self.legs.append(self._leg(timeline, move))
            return self.legs

    def _leg(self, timeline: Timeline, move: Gesture) -> Leg:
        x, z = ghost.place(timeline, move.t)
        speed, goal = 0.0, x
        if self.legs and (share := _share_of(move.t - self.legs[-1].t)) > 0.0:
            walked, speed, goal = self.legs[-1].after(move.t - self.legs[-1].t)
            x, goal = x + (walked - x) * share, x + (goal - x) * share
        cue = timeline.cue("stage.performer", move.t)
        sent = pointed(timeline, move.t, move.u, z + cue.number("z")) - cue.number("x")
        return Leg(move.t, x, speed, goal, sent)


def _in_common(before: Sequence[Gesture], now: Sequence[Gesture]) -> int:
    """How many moves two logs begin with that are the same: a leap back only drops the last ones."""
    shorter = min(len(before), len(now))
    if shorter and before[shorter - 1] is now[shorter - 1]:
        return shorter
    return next((i for i in range(shorter) if before[i] is not now[i]), shorter)


_walks: WeakKeyDictionary[Timeline, _Walk] = WeakKeyDictionary()


def pointed(timeline: Timeline, t: float, u: float, z: float) -> float:
    """The x at a depth that is meant by who points to `u` of the picture: there the figure would be all seen."""
    eye, cue = framing_at(timeline, t), timeline.cue("stage.performer", t)
    depth = 1.0 + ghost.place(timeline, t)[1] + cue.number("z")
    tall = FIGURE_HEIGHT * cue.number("scale") * eye.zoom / max(depth - eye.dolly, 1.0 + NEAREST_Z)
    across, _ = eye.still(u * max(1.0 - ROOM * tall, LEAST), HORIZON, 1.0 / (1.0 + z))
    return min(max(across * (1.0 + z), -REACH), REACH)


def place(timeline: Timeline, t: float) -> tuple[float, float]:
    """(x, z) of the figure: where the ghost is, or on its way to where a visitor points."""
    x, z = ghost.place(timeline, t)
    legs = _walks.setdefault(timeline, _Walk()).so_far(timeline)
    last = min(timeline.gestures.last_move(t), len(legs) - 1)  # another may be written down meanwhile
    if last < 0 or (share := _share_of(t - legs[last].t)) <= 0.0:
        return x, z
    return x + (legs[last].after(t - legs[last].t)[0] - x) * share, z


def _share_of(rested: float) -> float:
    """How much of the figure is still with a pointer that has rested so long."""
    return 1.0 - ease(min(max((rested - HOLD) / GIVE, 0.0), 1.0))
