"""Pins on the last wheel of the train, each of which plucks a wire as it passes: a music box that gears wind.

Seed and pin say how high its wire is and how hard it plucks; the picture may set them on the wheel at `pin_angle`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from performance.causes.gears import turns, wheels_at
from performance.causes.perbeat import spans_between
from performance.chance import chance

if TYPE_CHECKING:
    from performance.timeline import Timeline

PATH = "sound.wires"


class Pin(NamedTuple):
    """A pin passes at `t`; `height` 0..1 of the range of wires; `which` it is, counting from the beginning."""

    t: float
    height: float
    strength: float
    which: int


def pin_angle(seed: int, pin: int, count: int) -> float:
    """Radians round the wheel at which a pin stands: in even steps, some left out by standing close together."""
    grid = 4 * count
    return 2 * math.pi * math.floor(grid * (pin + 0.8 * chance(seed, "pin", pin)) / count) / grid


def plucked_between(timeline: Timeline, a: float, b: float) -> list[Pin]:
    """The pins that pass in [a, b), in order."""
    found = []
    for span in spans_between(timeline, a, b):
        count = round(timeline.cue(PATH, span.start).number("pins"))
        if count:
            went, rate = turns(timeline, span), abs(wheels_at(timeline, span.start)[-1].rate)
            low, high = max(a, span.start), min(b, span.end)
            for turn in range(math.floor(rate * went.at(low)) - 1, math.ceil(rate * went.at(high)) + 1):
                for pin in range(count):
                    t = went.when((turn + pin_angle(timeline.seed, pin, count) / (2 * math.pi)) / rate)
                    if low <= t < high and went.count[0] <= (turn + 1) / rate:
                        found.append(_pin(timeline.seed, t, pin, turn * count + pin))
    return sorted(found)


def _pin(seed: int, t: float, pin: int, which: int) -> Pin:
    height = min(0.15 + 0.55 * chance(seed, "pin height", pin) + 0.3 * chance(seed, "pin hour", which), 0.999)
    return Pin(t, height, 0.35 + 0.5 * chance(seed, "pin strength", pin), which)


def prepare(timeline: Timeline) -> None:
    """The turns of all beats, made now."""
    turns.prepare(timeline)
