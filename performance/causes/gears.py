"""A train of gears: how far every wheel has turned, and the moment when each tooth meets its gap.

What turns in the picture and what ticks in the ear are one shaft: `angles` is drawn, `teeth_met` is heard. The first
wheel turns as fast as the score says, the others by their numbers of teeth; two wheels of a mesh pass equal numbers of
teeth, half a tooth apart, and a wheel that shares a shaft turns with its fellow. Lengths are in units of one tooth
(pitch radius = teeth / 2 pi); whoever draws scales.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.cycles import turns_of
from performance.causes.perbeat import spans_between

if TYPE_CHECKING:
    from performance.timeline import Timeline

PATH = "sound.gears"
LEAN = (
    0.35,
    -0.75,
    0.9,
    -0.4,
    0.6,
    -0.9,
    0.2,
    -0.6,
)  # radians: where each next wheel stands, seen from the one before
BEHIND = 1.0  # how much deeper the second wheel of a shaft lies

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wheel:
    """`rate` turns for each turn of the first wheel, negative when against it; `phase` radians at rest; `meets` is the
    direction (radians) of the wheel it meets; `begins` the share of a tooth by which its first contact is late."""

    teeth: int
    rate: float
    x: float
    y: float
    depth: float
    phase: float
    meets: float
    shaft: int
    partner: int  # teeth of the wheel it meets

    @property
    def radius(self) -> float:
        """Pitch radius."""
        return self.teeth / (2 * math.pi)

    @property
    def begins(self) -> float:
        """Teeth that pass before the first one meets its gap."""
        held = self.teeth * (self.meets - self.phase) / (2 * math.pi)  # tooth at the contact while at rest
        return (held if self.rate > 0 else -held) % 1.0


@dataclass(frozen=True, slots=True)
class Teeth:
    """Teeth that meet their gaps, in order of time: each field (n,)."""

    t: Array
    wheel: NDArray[np.intp]
    tooth: NDArray[np.intp]  # 0 .. teeth - 1 of its own wheel
    count: NDArray[np.int64]  # since the beginning: who pairs with whom goes by it
    speed: Array  # teeth a second


@lru_cache(maxsize=32)
def train(text: str) -> tuple[Wheel, ...]:
    """The wheels that a score writes, laid out so that each meets the next."""
    wheels: list[Wheel] = []
    pairs = [tuple(int(n) for n in one.split("+")) for one in text.split()]
    for shaft, pair in enumerate(pairs):
        if not wheels:
            meets = LEAN[0]
            wheels.append(Wheel(max(pair[0], 2), 1.0, 0.0, 0.0, 0.0, 0.0, meets, 0, 1))
        else:
            wheels.append(_driven(wheels[-1], max(pair[0], 2), shaft))
        if len(pair) > 1:
            last = wheels[-1]
            meets = LEAN[(shaft + 1) % len(LEAN)]
            wheels.append(
                Wheel(
                    max(pair[1], 2),
                    last.rate,
                    last.x,
                    last.y,
                    last.depth + BEHIND,
                    last.phase,
                    meets,
                    shaft,
                    1,
                )
            )
    return tuple(_partnered(wheels))


def _driven(driver: Wheel, teeth: int, shaft: int) -> Wheel:
    """The next wheel, turned so that its gaps stand where the driver's teeth are."""
    way = LEAN[shaft % len(LEAN)]
    far = (driver.teeth + teeth) / (2 * math.pi)
    passed = driver.teeth * (way - driver.phase) / (2 * math.pi)
    phase = way + math.pi - 2 * math.pi * (0.5 - passed) / teeth
    x, y = driver.x + far * math.cos(way), driver.y + far * math.sin(way)
    return Wheel(
        teeth,
        -driver.rate * driver.teeth / teeth,
        x,
        y,
        driver.depth,
        phase,
        way + math.pi,
        shaft,
        driver.teeth,
    )


def _partnered(wheels: list[Wheel]) -> list[Wheel]:
    """Those that drive meet the next one: they are told where it stands, and how many teeth it has."""
    told = []
    for i, wheel in enumerate(wheels):
        if wheel.partner == 1:
            following = next((one for one in wheels[i + 1 :] if one.shaft == wheel.shaft + 1), None)
            meets = wheel.meets if following is None else following.meets - math.pi
            partner = 1 if following is None else following.teeth
            wheel = Wheel(
                wheel.teeth,
                wheel.rate,
                wheel.x,
                wheel.y,
                wheel.depth,
                wheel.phase,
                meets,
                wheel.shaft,
                partner,
            )
        told.append(wheel)
    return told


def _speed(timeline: Timeline, t: float) -> float:
    return timeline.cue(PATH, t).number("speed")


turns = turns_of(PATH, _speed)


def wheels_at(timeline: Timeline, t: float) -> tuple[Wheel, ...]:
    """The train that runs at t."""
    return train(timeline.cue(PATH, t).text("teeth"))


def shaft_turns(timeline: Timeline, t: float) -> float:
    """How often the first wheel has gone round."""
    return turns(timeline, timeline.beat_at(t)).at(t)


def angles(timeline: Timeline, t: float) -> Array:
    """Radians by which each wheel is turned at t, counter-clockwise, (wheels,)."""
    count = shaft_turns(timeline, t)
    return np.array([wheel.phase + 2 * math.pi * wheel.rate * count for wheel in wheels_at(timeline, t)])


def teeth_met(timeline: Timeline, a: float, b: float) -> Teeth:
    """Every tooth that meets its gap in [a, b)."""
    parts: list[tuple[Array, ...]] = []
    for span in spans_between(timeline, a, b):
        went = turns(timeline, span)
        low, high = max(a, span.start), min(b, span.end)
        for i, wheel in enumerate(train(timeline.cue(PATH, span.start).text("teeth"))):
            rate, late = wheel.teeth * abs(wheel.rate), wheel.begins
            first = math.ceil(rate * went.at(low) - late - 1e-6)
            last = math.floor(rate * went.at(high) - late + 1e-6)
            count = np.arange(first, last + 1)
            if not count.size:
                continue
            t = np.interp((count + late) / rate, went.count, went.time)
            step = np.interp((count + late + 0.5) / rate, went.count, went.time) - t
            inside = (t >= low) & (t < high)
            speed = 0.5 / np.maximum(step, 1e-4)
            parts.append((t[inside], np.full(int(inside.sum()), i), count[inside], speed[inside]))
    if not parts:
        return Teeth(
            np.zeros(0), np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, np.int64), np.zeros(0)
        )
    t, which, count, speed = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(t, kind="stable")
    t, which, count, speed = (
        t[order],
        which[order].astype(np.intp),
        count[order].astype(np.int64),
        speed[order],
    )
    sizes = np.array([wheel.teeth for wheel in wheels_at(timeline, a)])
    return Teeth(t, which, (count % sizes[np.minimum(which, sizes.size - 1)]).astype(np.intp), count, speed)
