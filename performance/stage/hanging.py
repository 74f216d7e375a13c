"""How the plates of the constellation hang, and how they come there from the boards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.bounces import turning
from performance.causes.constellation import EMOTIONS, Constellation
from performance.causes.fracture import Fracture
from performance.chance import bells, chances
from performance.score.palette import colour_of
from performance.stage.shards import ICE, thicknesses

Array = NDArray[np.float64]
TINTS = {"triumph": ("triumph", "amber"), "longing": ("longing", "rose"), "hope": ("hope", "warm")}
THROWN, THROW = 0.22, 0.11  # light of a flare on its neighbours, and how far it falls, picture heights
STEPS = 9  # points of a line between two mirrors
ALONG = np.linspace(0.0, 1.0, STEPS)


@dataclass(frozen=True, slots=True)
class Lasting:
    """What the constellation of one fracture has of its own and keeps. n plates, m mirrors among them, k lines."""

    stars: Constellation
    grain: Array  # (2, 2)
    thick: Array  # (n,)
    tint: Array  # (n, 3)
    colours: Array  # (m, 3)
    sizes: Array  # (m,) across, units
    pure: Array  # (n,) 1 for a mirror, 0 for dust
    near: Array  # (m, m) how much of each one's light falls on the others
    lift: Array  # (n,) phase of its rising
    sway: Array  # (n,) and of its swaying
    askew: Array  # (n, 3) how it hangs
    ends: NDArray[np.int64]  # (2, k) plates that a line joins
    hues: Array  # (k, STEPS, 3) along the lines
    hung: tuple[Array, Array, Array, Array, Array]  # `on_the_way`, where all have arrived

    def on_the_way(self, risen: Array) -> tuple[Array, Array, Array, Array, Array]:
        """Scale, thickness, tint, likeness to a mirror and frost of plates that have come so far (n,)."""
        grown = 1.0 + (self.stars.scale - 1.0) * risen
        shade = np.array(ICE) + (self.tint - np.array(ICE)) * (risen * (0.55 + 0.45 * self.pure))[:, None]
        frosted = np.where(self.pure > 0.5, np.maximum(1.0 - 1.6 * risen, 0.0), 1.0 - 0.6 * risen)
        return grown, self.thick * np.minimum(grown, 1.3), shade, self.pure * risen, frosted


_LASTING: dict[int, tuple[Fracture, Constellation, Lasting]] = {}  # by seed: of the fracture asked for last


def lasting_of(seed: int, broken: Fracture, stars: Constellation) -> Lasting:
    """What the constellation of a fracture keeps, reckoned once."""
    found = _LASTING.get(seed)
    if found is None or found[0] is not broken or found[1] is not stars:
        n = broken.count
        tint, pure = tints(seed, stars), np.zeros(n)
        pure[stars.mirrors] = 1.0
        ends = stars.mirrors[stars.links].T
        q = ALONG[:, None]
        hues = tint[ends[0]][:, None] * (1 - q) + tint[ends[1]][:, None] * q
        near = THROWN * np.exp(-stars.distance / THROW)
        sizes = np.sqrt(np.ptp(broken.outlines[stars.mirrors], axis=1).prod(1))
        arrays = (tint, tint[stars.mirrors], sizes, pure, near, *_habits(seed, n), ends, hues)
        none = (pure, pure, pure, pure, pure)
        made = Lasting(stars, broken.placing.grain(), thicknesses(broken), *arrays, none)
        made = replace(made, hung=made.on_the_way(np.ones(n)))
        if len(_LASTING) > 3:
            _LASTING.clear()
        found = _LASTING[seed] = broken, stars, made
    return found[2]


def tints(seed: int, stars: Constellation) -> Array:
    """The colour of every shard's emotion, (n, 3): each emotion holds two hues and what lies between."""
    return _tints(seed, stars.emotion.tobytes())


@lru_cache(maxsize=4)
def _tints(seed: int, feelings: bytes) -> Array:
    emotion = np.frombuffer(feelings, np.int64)
    pairs = np.array([[colour_of(name) for name in TINTS[emotion]] for emotion in EMOTIONS])
    pairs = 0.19 + 0.81 * pairs / pairs.max(2, keepdims=True)
    share = chances(seed, "hue", count=len(emotion)) ** 1.5
    both = pairs[emotion]
    return np.asarray(both[:, 0] + (both[:, 1] - both[:, 0]) * share[:, None])


@lru_cache(maxsize=4)
def _habits(seed: int, count: int) -> tuple[Array, Array, Array]:
    """What is each plate's own: phases of its rising and of its swaying (n,), how it hangs askew (n, 3)."""
    lift, sway = (6.2832 * chances(seed, name, count=count) for name in ("lift", "sway"))
    askew = np.stack([bells(seed, "lean", k, count=count) * (0.26, 0.34, 0.4)[k] for k in range(3)], 1)
    return lift, sway, askew


def lifted(lasting: Lasting, boards: Array, hung: Array, risen: Array, t: float) -> Array:
    """From the boards to the air: up first, then round, never straight; at rest they still breathe."""
    phase, place = lasting.lift, boards.copy()
    if boards is not hung:
        arc = np.sin(np.pi * risen)
        place[:, ::2] += (hung - boards)[:, ::2] * risen[:, None]
        place[:, 1] += (hung - boards)[:, 1] * (1 - (1 - risen) ** 2)
        place[:, 0] += 0.20 * arc * np.sin(phase + 2.6 * risen)
        place[:, 2] += 0.16 * arc * np.cos(phase + 2.6 * risen)
    place[:, 1] += (0.006 * np.sin(0.9 * t + phase) + 0.004 * np.sin(0.37 * t + 2 * phase)) * risen
    place[:, 0] += 0.005 * np.sin(0.53 * t + 3 * phase) * risen
    return place


def facing(
    lasting: Lasting, boards: Array | None, risen: Array, t: float, stars: Constellation, swing: Array
) -> Array:
    """Turns (n, 3, 3): as they lay on the `boards`, then tumbling up, then facing us askew, swaying, swinging when
    touched."""
    phase, lean = lasting.sway, lasting.askew.copy()
    lean[:, 0] += 0.07 * np.sin(0.71 * t + phase)
    lean[:, 1] += 0.13 * np.sin(0.47 * t + 2 * phase)
    lean[stars.mirrors, 1] += swing
    lean[stars.mirrors, 0] += 0.3 * swing
    hung = turning(lean)
    if boards is None:
        return hung
    start = _axis_angle(hung.transpose(0, 2, 1) @ boards)
    roll = (
        np.stack([np.cos(phase), np.sin(phase), 0 * phase], 1)
        * (6.2832 * risen * (1 - risen) * (1 + np.sin(phase)))[:, None]
    )
    return np.asarray(hung @ turning(start * (1 - risen)[:, None] + roll))


def _axis_angle(turn: Array) -> Array:
    """Axis times angle (n, 3) of rotations (n, 3, 3)."""
    axis = np.stack(
        [turn[:, 2, 1] - turn[:, 1, 2], turn[:, 0, 2] - turn[:, 2, 0], turn[:, 1, 0] - turn[:, 0, 1]], 1
    )
    sine = np.linalg.norm(axis, axis=1)
    angle = np.arctan2(sine, np.trace(turn, axis1=1, axis2=2) - 1)
    return np.asarray(axis * (angle / np.maximum(sine, 1e-6))[:, None])
