"""The dancer's body at given moments: pose, ground under the feet, place. All moments of a frame at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from performance.causes.steps import CYCLE
from performance.stage.gait import footfalls, step
from performance.stage.moves import (
    Array,
    Read,
    directions,
    gesture,
    lift_hands,
    live,
    rows_at,
    scalar,
)
from performance.stage.skeleton import BONES, CHANNEL, Bodies, unit
from performance.stage.stance import stand, tread


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is danced: what does not belong to one pose."""

    seed: int
    height: float  # of the figure, units
    facing: float = 0.0  # radians from the audience, towards picture right
    alive: float = 1.0
    gesture: float = 0.0
    tempo: float = 0.5  # gestures a second
    since: float = 0.0  # when the change of word began
    heed: float = 1.0  # how much it turns to where it walks


@dataclass(slots=True)
class _Moments:
    """Directions, yaw, root and scalars at (k,) times."""

    d: Array
    yaw: Array
    root: Array  # (k, 2) x and z in figure heights from the place now, z towards the audience
    lift: Array
    curls: Array
    planted: Array


def moments(what: Read, t: Array, now: Array, manner: Manner) -> _Moments:
    """What body and place want at times (k,), before the ground is asked. `now` (2,) is the place of the frame."""
    rows, turns = rows_at(what, t, manner.since)
    d = directions(rows)
    place = (what.between(what.places, t) - now) / manner.height
    walk = (what.between(what.places, t + 0.15) - what.between(what.places, t - 0.15)) / (0.3 * manner.height)
    place[:, 1] *= -1.0
    walk[:, 1] *= -1.0
    pace = np.sqrt((walk * walk).sum(-1))
    going = pace * pace / (pace * pace + 0.02) * manner.heed
    heading = np.arctan2(
        walk[:, 0], walk[:, 1] + 0.6 * pace + 1e-6
    )  # half turned to the house even when walking
    yaw = manner.facing + scalar(rows, "yaw") * (1.0 - 0.7 * going) + 2 * math.pi * turns + heading * going
    live(d, t, manner.seed, manner.alive)
    if manner.gesture > 0.0:
        gesture(d, t, manner.seed, manner.gesture, manner.tempo)
    _swing_arms(d, t, pace * manner.heed)
    lift_hands(d, what.between(what.raised, t), yaw)
    curls = np.stack([scalar(rows, "curlA"), scalar(rows, "curlB")], -1)
    return _Moments(unit(d), yaw, place, scalar(rows, "lift"), curls, scalar(rows, "planted"))


def _swing_arms(d: Array, t: Array, pace: Array) -> None:
    """Arms against the legs, and a lean into the walk."""
    amount = np.minimum(pace, 0.8) * 0.55
    phase = np.cos(2 * math.pi * t / CYCLE)
    for s, g in (("A", -1.0), ("B", 1.0)):
        d[:, CHANNEL["arm" + s], 2] += amount * g * phase
        d[:, CHANNEL["fore" + s], 2] += amount * (g * phase * 0.8 + 0.35)
    d[:, CHANNEL["spine"], 2] += 0.10 * amount
    d[:, CHANNEL["shoulders"], 2] += 0.35 * amount * phase
    d[:, CHANNEL["hips"], 2] -= 0.25 * amount * phase


def bodies(what: Read, t: Array, now: Array, manner: Manner) -> tuple[Bodies, Array]:
    """The figure at times (k,), feet on the boards, in figure space round the place `now`; with its yaw (k,).

    The moments of the footfalls are danced along with the rest, in one batch.
    """
    falls = [footfalls(t, side) for side in (0, 1)]
    k, counts = t.shape[0], [moments.shape[0] for moments, _ in falls]
    wish = moments(what, np.concatenate([t, falls[0][0], falls[1][0]]), now, manner)
    spots = np.empty((2, max(counts), 2))
    tread(wish.d, wish.yaw, wish.root, k, k + counts[0], spots)
    spot, free = np.empty((2, k, 2)), np.empty((2, k, 2))
    for side, (middles, nearest) in enumerate(falls):
        step(t, middles, nearest, spots[side], spot[side], free[side])
    out = Bodies(np.empty((k, len(BONES), 3)), np.empty((k, len(BONES), 3, 3)), np.empty((k, 2, 3)))
    wishes = np.column_stack([wish.yaw, wish.root, wish.lift, wish.planted, wish.curls])
    stand(wish.d, wishes, spot, free, out.origins, out.turns, out.tips)
    return out, wish.yaw[:k]
