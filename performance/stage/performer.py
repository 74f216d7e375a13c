"""The performer: an articulated dancer with weight, who breathes, steps, turns, holds and leaps."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import FIGURE_HEIGHT
from performance.causes.steps import CYCLE
from performance.stage.figure import Manner, bodies
from performance.stage.limbs import rest_bodies
from performance.stage.moves import Hands, Place, Words, begun, read
from performance.stage.skeleton import BONE, Bodies

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

    def between_hands(self) -> Point:
        """Where something held in both hands is, in the house."""
        return self.world(
            0.25 * (self.origins[BONE["handA"]] + self.origins[BONE["handB"]] + self.tips[0] + self.tips[1])
        )


@lru_cache(maxsize=1)
def _rest() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rest = rest_bodies()
    return rest.origins[0], np.swapaxes(rest.turns[0], -1, -2)


def figure(
    t: float, words: Words, place: Place, manner: Manner, hands: Hands | None = None, trails: float = 0.0,
    level: float = 1.0,
) -> Performer:  # fmt: skip
    """The figure at `t`. `words(t)` is (before, now, mix) of what it does, `place(t)` where it stands (x, z)."""
    back = TRAIL if trails > 0.0 else HEM_LATE
    span = (t - back - CYCLE * 1.5 - 0.3, t + CYCLE * 1.5 + 0.3)
    what = read(words, place, hands, span, (t - (back if trails > 0.0 else 0.1), t))
    ages = np.linspace(0.0, 1.0, RINGS) * HEM_LATE
    times = t - ages
    if trails > 0.0:
        times = np.concatenate([times, t - np.linspace(0.0, TRAIL, TRAIL_POINTS)])
    x, z = place(t)
    manner = replace(manner, since=begun(words, t))
    made, yaw = bodies(what, times, np.array([x, z]), manner)
    return _pack(made, yaw, t, (x, z), manner, level, trails)


def _pack(
    made: Bodies,
    yaw: NDArray[np.float64],
    t: float,
    at: tuple[float, float],
    manner: Manner,
    level: float,
    trails: float,
) -> Performer:
    rest, unturn = _rest()
    turns = made.turns[0] @ unturn
    moved = made.origins[0] - (turns @ rest[..., None])[..., 0]
    past = made.origins[:RINGS]
    legs = np.stack([past[:, [BONE["shin" + s], BONE["foot" + s]]] for s in "AB"], 1)
    spin = -np.gradient(yaw[:RINGS], HEM_LATE / (RINGS - 1))
    return Performer(
        at[0], at[1], manner.height, level, t,
        turns.astype(np.float32), moved.astype(np.float32),
        made.origins[0].astype(np.float32), made.tips[0].astype(np.float32),
        past[:, BONE["pelvis"]].astype(np.float32),
        np.ascontiguousarray(made.turns[:RINGS, BONE["pelvis"]], np.float32),
        spin.astype(np.float32), np.ascontiguousarray(legs, np.float32),
        np.ascontiguousarray(made.tips[RINGS:], np.float32), float(yaw[0]), trails=trails, seed=manner.seed,
    )  # fmt: skip


def performer_at(
    cue_of: Callable[[float], Cue], t: float, seed: int, place: Place, hands: Hands | None = None
) -> Performer | None:
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

    aside, behind = cue.number("x"), cue.number("z")

    def where(when: float) -> tuple[float, float]:
        x, z = place(when)
        return x + aside, z + behind

    manner = Manner(
        seed,
        FIGURE_HEIGHT * cue.number("scale"),
        math.radians(cue.number("facing")),
        cue.number("alive"),
        cue.number("gesture"),
        cue.number("tempo"),
    )
    made = figure(t, words, where, manner, hands, cue.number("trails"), level)
    return replace(
        made,
        tint=cue.colour("tint"),
        light=cue.colour("light"),
        glow=cue.number("glow"),
        gold=cue.number("gold"),
    )
