"""The dancer's body at given moments: pose, ground under the feet, place. All moments of a frame at once."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np

from performance.stage.gait import CYCLE, foot_at, footfalls
from performance.stage.limbs import arms, knee_between, lay_legs, legs_by_pose
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
from performance.stage.skeleton import (
    CHANNEL,
    FOOT,
    PAIRS,
    SHIN,
    SOLE,
    STRETCH,
    THIGH,
    Bodies,
    Build,
    trunk,
    turned,
    unit,
    yawed,
)

FLAT = -0.31  # downward part of a foot's direction when it stands flat
KNEE_FLOOR = 0.036  # how high the knee joint is over the boards when kneeling
TOPPLE = 0.075  # how far a heel can rise to reach


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

    t: Array
    d: Array
    yaw: Array
    root: Array  # (k, 2) x and z in figure heights from the place now, z towards the audience
    lift: Array
    curls: Array
    planted: Array
    pace: Array  # figure heights a second

    def first(self, k: int) -> _Moments:
        """The first k of them."""
        return _Moments(*(getattr(self, f.name)[:k] for f in fields(self)))


def moments(what: Read, t: Array, now: Array, manner: Manner) -> _Moments:
    """What body and place want at times (k,), before the ground is asked. `now` (2,) is the place of the frame."""
    rows, turns = rows_at(what, t, manner.since)
    d = directions(rows)
    place = (what.between(what.places, t) - now) / manner.height
    step = (what.between(what.places, t + 0.15) - what.between(what.places, t - 0.15)) / (0.3 * manner.height)
    place[:, 1] *= -1.0
    step[:, 1] *= -1.0
    pace = np.sqrt((step * step).sum(-1))
    going = pace * pace / (pace * pace + 0.02) * manner.heed
    heading = np.arctan2(
        step[:, 0], step[:, 1] + 0.6 * pace + 1e-6
    )  # half turned to the house even when walking
    yaw = manner.facing + scalar(rows, "yaw") * (1.0 - 0.7 * going) + 2 * math.pi * turns + heading * going
    live(d, t, manner.seed, manner.alive)
    if manner.gesture > 0.0:
        gesture(d, t, manner.seed, manner.gesture, manner.tempo)
    _swing_arms(d, t, pace * manner.heed)
    lift_hands(d, what.between(what.raised, t), yaw)
    curls = np.stack([scalar(rows, "curlA"), scalar(rows, "curlB")], -1)
    return _Moments(t, unit(d), yaw, place, scalar(rows, "lift"), curls, scalar(rows, "planted"), pace)


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
    cuts = np.cumsum([t.shape[0], falls[0][0].shape[0]])
    wish = moments(what, np.concatenate([t, falls[0][0], falls[1][0]]), now, manner)
    build, neck, _ = trunk(wish.d)
    turn = yawed(wish.yaw)
    legs = legs_by_pose(build, wish.d)
    spots = []
    for n, part in enumerate((slice(cuts[0], cuts[1]), slice(cuts[1], None))):
        wanted = turned(turn[part], legs[2][part, n])[:, ::2] + wish.root[part]
        spots.append(foot_at(t, *falls[n], wanted))
    k = t.shape[0]
    build, wish, turn = build.first(k), wish.first(k), turn[:k]
    tips = arms(build, wish.d, neck[:k], wish.curls)
    spot = tuple(np.stack(part, 1) for part in zip(*spots, strict=True))
    root_y = _stand(build, wish, (legs[0][:k], legs[1][:k], legs[2][:k]), (spot[0], spot[1], spot[2]), turn)
    at = np.stack([wish.root[:, 0], root_y, wish.root[:, 1]], -1)
    origins = turned(turn[:, None], build.origins) + at[:, None]
    return Bodies(origins, turn[:, None] @ build.turns, turned(turn[:, None], tips) + at[:, None]), wish.yaw


Spot = tuple[
    Array, Array, Array
]  # places (k, 2, 2) of the ankles on the boards, heights (k, 2) over them, swings (k, 2)
Legs = tuple[Array, Array, Array]  # hips, knees, ankles (k, 2, 3)


def _stand(build: Build, wish: _Moments, legs: Legs, spot: Spot, turn: Array) -> Array:
    """Put the legs on their spots; returns how high (k,) the pelvis is then."""
    planted = wish.planted[:, None, None]
    hip, knee, ankle = legs
    foot = _sole(wish.d[:, PAIRS["foot"]], planted)
    stand = wish.lift - _lowest(knee, ankle, foot)
    held = np.minimum(stand, _reach(hip, spot, turn, wish.root, foot).min(1) + TOPPLE * 0.35)
    root_y: Array = stand + (held - stand) * np.clip(wish.planted, 0.0, 1.0)
    target = _into_body(spot[0], spot[1], turn, wish.root, root_y, foot)
    ankle = ankle + (target - ankle) * planted
    foot, ankle = _rise(hip, ankle, foot, spot[2], wish.planted[:, None])
    bent = knee_between(hip, ankle, knee + np.array([0.0, 0.0, 0.02]))
    knee = knee + (bent - knee) * planted
    ankle = knee + unit(ankle - knee) * SHIN
    lay_legs(build, hip, knee, ankle, foot, _toes(foot, planted))
    return root_y


def _sole(foot: Array, planted: Array) -> Array:
    """Foot directions that do not push a heel through the boards."""
    flat = foot.copy()
    flat[..., 1] = np.minimum(flat[..., 1], FLAT)
    return unit(foot + (flat - foot) * planted)


def _toes(foot: Array, planted: Array) -> Array:
    """Toes lie on the boards under a raised heel, and point with a pointed foot."""
    level = foot * np.array([1.0, 0.0, 1.0]) + np.array([0.0, -0.12, 0.0])
    point = np.clip((-foot[..., 1:2] - 0.80) / 0.12, 0.0, 1.0)
    bend = np.clip(planted, 0.25, 1.0) * (1.0 - point)
    return unit(foot + (unit(level) - foot) * bend)


def _lowest(knee: Array, ankle: Array, foot: Array) -> Array:
    """The height (k,) of the lowest sole or knee, pelvis at 0."""
    sole = ankle[..., 1] + np.minimum(foot[..., 1], 0.12) * FOOT - SOLE
    return np.asarray(np.minimum(np.minimum(sole, knee[..., 1] - KNEE_FLOOR), ankle[..., 1] - 0.030).min(1))


def _reach(hip: Array, spot: Spot, turn: Array, root: Array, foot: Array) -> Array:
    """How high (k, 2) the pelvis can be with each leg on its spot."""
    hip = turned(turn[:, None], hip)
    away = spot[0] - root[:, None] - hip[..., ::2]
    most = (THIGH + SHIN) * STRETCH
    rise = np.sqrt(np.maximum(most * most - (away * away).sum(-1), 0.02))
    return np.asarray(rise - hip[..., 1] + spot[1] + SOLE - foot[..., 1] * FOOT)


def _into_body(spot: Array, height: Array, turn: Array, root: Array, root_y: Array, foot: Array) -> Array:
    """The ankles (k, 2, 3) over their spots, in the dancer's own frame."""
    y = height + SOLE - foot[..., 1] * FOOT - root_y[:, None]
    away = spot - root[:, None]
    world = np.stack([away[..., 0], y, away[..., 1]], -1)
    return turned(np.swapaxes(turn, 1, 2)[:, None], world)


def _rise(hip: Array, ankle: Array, foot: Array, swing: Array, planted: Array) -> tuple[Array, Array]:
    """Lift the heels where the legs would not reach, and let a swinging foot hang: (foot directions, ankles)."""
    along = ankle - hip
    over = np.sqrt((along * along).sum(-1)) - (THIGH + SHIN) * STRETCH
    rise = np.clip(over * 1.25, 0.0, TOPPLE) / FOOT
    hanging = 0.75 * np.sin(math.pi * np.clip(swing, 0.0, 1.0)) * (1.0 - 0.8 * swing)
    lifted = foot.copy()
    lifted[..., 1] -= (rise + hanging) * planted
    lifted = unit(lifted)
    raised = ankle.copy()
    raised[..., 1] += np.maximum(foot[..., 1] - lifted[..., 1], 0.0) * FOOT
    return lifted, raised
