"""The constellation: shards lift and hang as small mirrors of three emotions; touched, they flare and swing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.bounces import turning
from performance.causes.constellation import EMOTIONS, Constellation, answers, touched, underway
from performance.causes.fracture import Fracture, flight
from performance.causes.smooth import smooth
from performance.chance import bells, chances
from performance.score.palette import colour_of
from performance.stage.plates import Plates
from performance.stage.shards import ICE, thicknesses

if TYPE_CHECKING:
    from performance.timeline import Cue

Array = NDArray[np.float64]
TINTS = {"triumph": ("triumph", "amber"), "longing": ("longing", "rose"), "hope": ("hope", "warm")}
FADES = 2.0  # how fast a flare dies, 1/s
SWING, SWING_RATE, SWING_FADES = 1.0, 8.5, 1.1  # radians, radians a second, 1/s
REMEMBERED = 9.0  # seconds after which a touch no longer shows
THROWN, THROW = 0.22, 0.11  # light of a flare on its neighbours, and how far it falls, picture heights
STEPS = 9  # points of a line between two mirrors


@dataclass(frozen=True, slots=True)
class Mirrors:
    """The constellation at one instant. m mirrors among the plates, k lines; light in linear RGB."""

    plates: Plates
    mirrors: NDArray[np.int64]  # (m,) which plates
    flare: Array  # (m,) how brightly each one answers, 1 is a full touch
    struck: Array  # (m,) the part of it that comes from being touched itself
    colours: Array  # (m, 3)
    lines: Array  # (k, STEPS, 3) places
    line_light: Array  # (k, STEPS, 3)


def mirrors_at(
    cue: Cue, t: float, seed: int, broken: Fracture | None, stars: Constellation | None, touches: Array
) -> Mirrors | None:
    """The constellation at t; touches are rows (t, u, v). None before anything has left the boards."""
    level, assemble = cue.number("level"), cue.number("assemble")
    if broken is None or stars is None or level <= 0.0 or assemble <= 0.0 or t < broken.when:
        return None
    when, which = touched(stars, touches[(touches[:, 0] <= t) & (touches[:, 0] > t - REMEMBERED)])
    flare, struck, swing = _answering(stars, t, when, which)
    risen = smooth(underway(stars, assemble))
    place, turn = flight(broken, t)
    place = _lifted(seed, place, stars.places, risen, t)
    turn = _facing(seed, turn, risen, t, stars, swing)
    tint = tints(seed, stars)
    own = np.zeros_like(tint)
    own[stars.mirrors] = tint[stars.mirrors] * (0.045 + 0.75 * flare)[:, None]
    own[stars.mirrors] += (0.7 * tint[stars.mirrors] + 0.3) * (0.85 * struck)[:, None]
    own[stars.mirrors] += THROWN * np.exp(-stars.distance / THROW) @ (tint[stars.mirrors] * struck[:, None])
    mirror = np.zeros(broken.count)
    mirror[stars.mirrors] = 1.0
    grown = np.ones(broken.count) + (stars.scale - 1.0) * risen
    grown[stars.mirrors] *= 1.0 + 0.22 * struck
    shade = np.array(ICE) + (tint - np.array(ICE)) * (risen * (0.55 + 0.45 * mirror))[:, None]
    plates = Plates(
        outlines=broken.outlines,
        corners=broken.corners,
        reach=broken.reaches,
        places=place,
        turns=turn,
        scale=grown,
        thickness=thicknesses(broken) * np.minimum(grown, 1.3),
        tint=shade,
        mirror=mirror * risen,
        own=own * risen[:, None],
        shown=np.full(broken.count, level),
        form=broken.form,
        grain=broken.placing.grain(),
        frosted=np.where(mirror > 0.5, np.maximum(1.0 - 1.6 * risen, 0.0), 1.0 - 0.6 * risen),
    )
    lines, light = _lines(stars, place, tint, t, when, which, cue.number("lines") * level, risen)
    return Mirrors(plates, stars.mirrors, flare, struck, tint[stars.mirrors], lines, light)


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


def _flash(age: Array) -> Array:
    """A flare over time: up in a twentieth of a second, then dying away."""
    return np.asarray(
        np.where(age > 0.0, (1 - np.exp(-np.maximum(age, 0) * 40)) * np.exp(-FADES * np.maximum(age, 0)), 0.0)
    )


def _answering(
    stars: Constellation, t: float, when: Array, which: NDArray[np.int64]
) -> tuple[Array, Array, Array]:
    """How each mirror flares, flares of itself, and swings, at t."""
    late, strength = answers(stars, which)
    since = t - when[:, None]
    age = since - late
    itself = np.arange(len(stars.mirrors)) == which[:, None]
    flare = (strength * _flash(age) * np.where(itself, 1.0, 0.55)).sum(0)
    struck = (_flash(since) * itself).sum(0)
    after = np.maximum(age, 0.0)
    swing = (SWING * strength * np.exp(-SWING_FADES * after) * np.sin(SWING_RATE * after)).sum(0)
    return np.tanh(flare), np.tanh(struck), 1.1 * np.tanh(swing / 1.1)


@lru_cache(maxsize=4)
def _habits(seed: int, count: int) -> tuple[Array, Array, Array]:
    """What is each plate's own: phases of its rising and of its swaying (n,), how it hangs askew (n, 3)."""
    lift, sway = (6.2832 * chances(seed, name, count=count) for name in ("lift", "sway"))
    askew = np.stack([bells(seed, "lean", k, count=count) * (0.26, 0.34, 0.4)[k] for k in range(3)], 1)
    return lift, sway, askew


def _lifted(seed: int, boards: Array, hung: Array, risen: Array, t: float) -> Array:
    """From the boards to the air: up first, then round, never straight; at rest they still breathe."""
    phase, _, _ = _habits(seed, len(boards))
    up = (1 - (1 - risen) ** 2)[:, None]
    share = np.concatenate([risen[:, None], up, risen[:, None]], 1)
    arc = np.sin(np.pi * risen)
    place = boards + (hung - boards) * share
    place[:, 0] += 0.20 * arc * np.sin(phase + 2.6 * risen)
    place[:, 2] += 0.16 * arc * np.cos(phase + 2.6 * risen)
    place[:, 1] += (0.006 * np.sin(0.9 * t + phase) + 0.004 * np.sin(0.37 * t + 2 * phase)) * risen
    place[:, 0] += 0.005 * np.sin(0.53 * t + 3 * phase) * risen
    return np.asarray(place)


def _facing(seed: int, boards: Array, risen: Array, t: float, stars: Constellation, swing: Array) -> Array:
    """Turns (n, 3, 3): as they lay, then tumbling up, then facing us askew, swaying, swinging when touched."""
    _, phase, askew = _habits(seed, len(boards))
    lean = askew.copy()
    lean[:, 0] += 0.07 * np.sin(0.71 * t + phase)
    lean[:, 1] += 0.13 * np.sin(0.47 * t + 2 * phase)
    lean[stars.mirrors, 1] += swing
    lean[stars.mirrors, 0] += 0.3 * swing
    hung = turning(lean)
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


def _lines(
    stars: Constellation, place: Array, tint: Array, t: float, when: Array, which: NDArray[np.int64], level: float,
    risen: Array,
) -> tuple[Array, Array]:  # fmt: skip
    """Points of the lines and their light; a touch runs along them from mirror to mirror."""
    a, b = stars.mirrors[stars.links].T
    q = np.linspace(0.0, 1.0, STEPS)[None, :, None]
    points = place[a][:, None] * (1 - q) + place[b][:, None] * q
    there = np.clip(np.minimum(risen[a], risen[b]) * 4 - 3, 0.0, 1.0)
    light = (0.08 + 0.22 * np.abs(2 * q[..., 0] - 1) ** 1.5) * np.ones((len(a), 1))
    if len(which):
        late, strength = answers(stars, which)
        arrives, carried = (
            ends[..., :1] * (1 - q[..., 0]) + ends[..., 1:] * q[..., 0]
            for ends in (late[:, stars.links], strength[:, stars.links])
        )
        age = np.maximum(t - when[:, None, None] - arrives, 0.0)
        light += 1.4 * (carried * _flash(age) * np.exp(-2.5 * age)).sum(0)
    colour = tint[a][:, None] * (1 - q) + tint[b][:, None] * q
    return points, colour * (light * there[:, None] * level)[..., None]
