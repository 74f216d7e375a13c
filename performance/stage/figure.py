"""The dancer's body at given moments: pose, ground under the feet, place. All moments of a frame at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.steps import CYCLE, SIDES, STANCE
from performance.stage.life import enliven, habits
from performance.stage.limbs import rest_bodies
from performance.stage.moves import LAG_OF, LATTICE, Array, Read, phrase_of
from performance.stage.poses import POSE_ROWS, SCALARS, WORD_KNOTS
from performance.stage.skeleton import BONES, CHANNELS
from performance.stage.stance import stand

Single = NDArray[np.float32]
GAIT = np.array([CYCLE, STANCE, *SIDES])


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is danced: what does not belong to one pose."""

    seed: int
    height: float  # of the figure, units
    facing: float = 0.0  # radians from the audience, towards picture right
    alive: float = 1.0
    gesture: float = 0.0
    tempo: float = 0.5  # gestures a second
    heed: float = 1.0  # how much it turns to where it walks


@dataclass(frozen=True, slots=True)
class Body:
    """One body now and a little while ago, in figure space; see Performer for what is what.

    `tips` (k, 2, 3) are the fingertips at every moment that was asked for, `yaw` is that of the first.
    """

    turns: Single
    moved: Single
    origins: Single
    tips: Single
    hips: Single
    hip_turns: Single
    spin: Single
    legs: Single
    yaw: float


@lru_cache(maxsize=1)
def rest() -> tuple[Array, Array]:
    """The modelled bones: where they begin (27, 3), and their turns undone (27, 3, 3)."""
    made = rest_bodies()
    return made.origins[0], np.ascontiguousarray(np.swapaxes(made.turns[0], -1, -2))


def body_at(what: Read, t: Array, now: tuple[float, float], manner: Manner, since: float, rings: int) -> Body:
    """The figure at times (k,), the latest first, feet on the boards, in figure space round the place `now`; the first
    `rings` of them hold a skirt. The change of word began at `since`.

    The moments of the footfalls are danced along with the rest, in one batch.
    """
    k = t.shape[0]
    falls, times = _footfalls(t)
    n = times.shape[0]
    d, said, root = np.empty((n, len(CHANNELS), 3)), np.empty((n, len(SCALARS) + 1)), np.empty((n, 3))
    phrase_of(times, what.first, since, what.words, what.mix, WORD_KNOTS, POSE_ROWS, LAG_OF, d, said)
    numbers = (
        now[0], now[1], manner.height, manner.facing, manner.alive, manner.gesture, manner.tempo, manner.heed,
        CYCLE, what.first, LATTICE,
    )  # fmt: skip
    enliven(d, said, times, what.rows, np.array(numbers, np.float64), _habits(manner.seed), root)
    bones, single = len(BONES), np.float32
    out = (
        np.empty((bones, 3, 3), single), np.empty((bones, 3), single), np.empty((bones, 3), single),
        np.empty((k, 2, 3), single), np.empty((rings, 3), single), np.empty((rings, 3, 3), single),
        np.empty(rings, single), np.empty((rings, 2, 2, 3), single),
    )  # fmt: skip
    stand(d, said, root, t, falls, GAIT, *rest(), *out)
    return Body(*out, float(root[0, 0]))


def _footfalls(t: Array) -> tuple[NDArray[np.int64], Array]:
    """The footfalls that cover times (k,), see `stand`, and all times together: theirs come after."""
    falls, times, at = np.empty((2, 3), np.int64), [t], t.shape[0]
    oldest, newest = float(t.min()), float(t[0])
    for s, shift in enumerate(SIDES):
        first = math.floor(oldest / CYCLE - shift + 0.5) - 1
        count = math.floor(newest / CYCLE - shift + 0.5) + 2 - first
        falls[s] = at, at + count, first
        times.append(np.arange(first, first + count, dtype=np.float64) * CYCLE + shift * CYCLE)
        at += count
    return falls, np.concatenate(times)


@lru_cache(maxsize=64)
def _habits(seed: int) -> Array:
    return np.array([habits(seed), habits(seed + 1)])
