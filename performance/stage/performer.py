"""The performer: an articulated dancer with weight, who breathes, steps, turns, holds and leaps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import FIGURE_HEIGHT
from performance.causes.steps import CYCLE
from performance.stage.figure import Manner, body_at
from performance.stage.moves import Hands, Known, Place, Read, Words, begun, read, straight
from performance.stage.skeleton import BONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from performance.timeline import Cue

Single = NDArray[np.float32]
Point = tuple[float, float, float]
Colour = tuple[float, float, float]

HEM_LATE = 0.30  # seconds that the hem of the skirt is behind the hips
RINGS = 7  # moments of the hips that the skirt is hung from
TRAIL = 1.5  # seconds of light behind a hand
TRAIL_POINTS = 40
_AGES = np.linspace(0.0, HEM_LATE, RINGS)
_AGES_OF_TRAIL = np.concatenate([_AGES, np.linspace(0.0, TRAIL, TRAIL_POINTS)])


@dataclass(frozen=True, slots=True)
class Performer:
    """One figure, ready to be drawn. World place and height; the rest in figure space (see skeleton.py).

    `turns` (27, 3, 3) and `moved` (27, 3) carry the modelled body to now: p -> turns p + moved. `hips` (7, 3),
    `hip_turns` (7, 3, 3), `spin` (7,) radians a second and `legs` (7, 2, 2, 3) knees and ankles are those of now
    and of moments up to HEM_LATE ago. `trail` (n, 2, 3) are the fingertips of the last TRAIL seconds, newest first.
    """

    x: float
    z: float
    height: float
    level: float
    t: float
    turns: Single
    moved: Single
    origins: Single
    tips: Single
    hips: Single
    hip_turns: Single
    spin: Single
    legs: Single
    trail: Single
    yaw: float = 0.0
    tint: Colour = (1.0, 1.0, 1.0)
    light: Colour = (1.0, 1.0, 1.0)  # of the ribbons
    glow: float = 0.0
    gold: float = 0.0
    trails: float = 0.0
    seed: int = 0

    def world(self, point: NDArray[np.floating]) -> Point:
        """A point of figure space as a place in the house."""
        return (
            self.x + float(point[0]) * self.height,
            float(point[1]) * self.height,
            self.z - float(point[2]) * self.height,
        )

    def joint(self, bone: str) -> Point:
        """Where a bone begins, in the house: "head", "handA" (picture right when she faces us), ..."""
        return self.world(self.origins[BONE[bone]])

    def fingers(self) -> tuple[Point, Point]:
        """Where sand runs out of either hand: half way down its fingers."""
        one, other = (
            self.world(0.3 * self.origins[BONE[hand]] + 0.7 * self.tips[side])
            for side, hand in enumerate(("handA", "handB"))
        )
        return one, other

    def between_hands(self) -> Point:
        """Where something held in both hands is, in the house."""
        return self.world(
            0.25 * (self.origins[BONE["handA"]] + self.origins[BONE["handB"]] + self.tips[0] + self.tips[1])
        )


def figure(
    t: float, words: Words, place: Place, manner: Manner, hands: Hands | None = None, trails: float = 0.0,
    level: float = 1.0, aside: tuple[float, float] = (0.0, 0.0), known: Known | None = None, **shown: Any,
) -> Performer:  # fmt: skip
    """The figure at `t`. `words(t)` is (before, now, mix) of what it does, `place(t)` where it stands (x, z), all of
    it `aside` from there now; `known` is what was read before. `shown` are colours and light, as of Performer."""
    back = TRAIL if trails > 0.0 else HEM_LATE
    what = read(words, place, hands, _span(t, back), (t - (back if trails > 0.0 else 0.1), t), known)
    since = begun(words, t, known)
    return _made(t, what, place(t), manner, since, trails=trails, level=level, aside=aside, **shown)


def passing(
    t: float, word: str, place: tuple[float, float], speed: float, manner: Manner, **shown: Any
) -> Performer:
    """A figure at `t` that does one thing all the time and goes straight across at `speed` (units a second, to the
    right), `place` (x, z) now. `shown` as above, and how much of it there is: `level`."""
    return _made(t, straight(word, (t, *place), speed, _span(t, HEM_LATE)), place, manner, t, **shown)


def _span(t: float, back: float) -> tuple[float, float]:
    """When to read for a figure at `t` of which one sees the last `back` seconds: all the steps round them."""
    return t - back - CYCLE * 1.5 - 0.3, t + CYCLE * 1.5 + 0.3


def _made(
    t: float, what: Read, place: tuple[float, float], manner: Manner, since: float, trails: float = 0.0,
    level: float = 1.0, aside: tuple[float, float] = (0.0, 0.0), **shown: Any,
) -> Performer:  # fmt: skip
    times = t - (_AGES_OF_TRAIL if trails > 0.0 else _AGES)
    made = body_at(what, times, place, manner, since, RINGS)
    return Performer(
        place[0] + aside[0], place[1] + aside[1], manner.height, level, t, made.turns, made.moved, made.origins,
        made.tips[0], made.hips, made.hip_turns, made.spin, made.legs, made.tips[RINGS:], made.yaw, trails=trails,
        seed=manner.seed, **shown,
    )  # fmt: skip


def performer_at(
    cue_of: Callable[[float], Cue], t: float, seed: int, place: Place, hands: Hands | None = None,
    known: Known | None = None,
) -> Performer | None:  # fmt: skip
    """The performer at `t`, None when absent. `cue_of(t)` are the values of `stage.performer` at a time.

    `place(t)` (x, z) and `hands(t)` (picture left, picture right, 0..1) are asked at multiples of moves.LATTICE
    seconds, about 2 s back and 2 s ahead.
    """
    cue = cue_of(t)
    level = cue.number("level")
    if level <= 0.0:
        return None

    def words(when: float) -> tuple[str, str, float]:
        return cue_of(when).blend("pose")

    manner = Manner(
        seed,
        FIGURE_HEIGHT * cue.number("scale"),
        math.radians(cue.number("facing")),
        cue.number("alive"),
        cue.number("gesture"),
        cue.number("tempo"),
    )
    aside = cue.number("x"), cue.number("z")
    return figure(
        t, words, place, manner, hands, cue.number("trails"), level, aside, known, tint=cue.colour("tint"),
        light=cue.colour("light"), glow=cue.number("glow"), gold=cue.number("gold"),
    )  # fmt: skip
