"""The dancer's body at given moments: pose, ground under the feet, place. All moments of a frame at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from performance.causes.steps import CYCLE
from performance.stage.gait import footfalls, step
from performance.stage.life import enliven, habits
from performance.stage.moves import LATTICE, Array, Read, directions, rows_at, scalar
from performance.stage.skeleton import BONES, Bodies
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
    d, out = directions(rows), np.empty((t.shape[0], 3))
    numbers = (
        now[0], now[1], manner.height, manner.facing, manner.alive, manner.gesture, manner.tempo, manner.heed,
        CYCLE, what.first, LATTICE,
    )  # fmt: skip
    own = np.array([habits(manner.seed), habits(manner.seed + 1)])
    enliven(d, np.array([scalar(rows, "yaw"), turns]), t, what.rows, np.array(numbers, np.float64), own, out)
    curls = np.stack([scalar(rows, "curlA"), scalar(rows, "curlB")], -1)
    root = np.ascontiguousarray(out[:, 1:])
    return _Moments(d, out[:, 0].copy(), root, scalar(rows, "lift"), curls, scalar(rows, "planted"))


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
