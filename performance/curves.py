"""How a light swells and a tone bends: eases, and curves that give a value at any time.

A curve is a closed form of `t`: reading it at a moment never depends on what was read before. All curves
have `settled`, the time from which the value stays at `last`, so that resting values cost nothing.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
Ease = Callable[[float], float]
Colour = tuple[float, float, float]  # linear light, red green blue
Mix = Callable[[V, V, float], V]

SETTLE_PULL = 1.37  # how hard "settle" is drawn past its mark


def linear(x: float) -> float:
    """Even speed."""
    return x


def ease(x: float) -> float:
    """Slow away, slow in: the hand on a fader (cubic smoothstep)."""
    return x * x * (3.0 - 2.0 * x)


def ease_in(x: float) -> float:
    """Slow away, then faster and faster (quadratic)."""
    return x * x


def ease_out(x: float) -> float:
    """Quick away, coming to rest (quadratic)."""
    return x * (2.0 - x)


def settle(x: float) -> float:
    """Arrives early, passes its mark once by about 7 % and comes back to it, as a hung thing does.

    The cubic that rests on its mark at the end (Penner, "Programming Macromedia Flash MX", 2002, chapter 7).
    """
    rest = x - 1.0
    return 1.0 + rest * rest * ((SETTLE_PULL + 1.0) * rest + SETTLE_PULL)


def cut(x: float) -> float:
    """Nothing until the end of the way, then all at once."""
    return 0.0 if x < 1.0 else 1.0


EASES: Mapping[str, Ease] = {
    "linear": linear, "ease": ease, "ease-in": ease_in, "ease-out": ease_out, "settle": settle, "cut": cut,
}  # fmt: skip


def mix_numbers(a: float, b: float, x: float) -> float:
    """The number at `x` of the way from `a` to `b`."""
    return a + (b - a) * x


def mix_colours(a: Colour, b: Colour, x: float) -> Colour:
    """Two lamps cross-faded: a straight line in linear light, never below black."""
    return (
        max(0.0, a[0] + (b[0] - a[0]) * x),
        max(0.0, a[1] + (b[1] - a[1]) * x),
        max(0.0, a[2] + (b[2] - a[2]) * x),
    )


def mix_words(a: str, b: str, x: float) -> str:
    """Words do not mix: the new one counts as soon as it begins to come."""
    return b


class Curve(Protocol[V_co]):
    """A value over time: constant and `last` from `settled` on; a leg is (before, now, share of the way)."""

    @property
    def settled(self) -> float: ...
    @property
    def last(self) -> V_co: ...
    def at(self, t: float) -> V_co: ...
    def leg(self, t: float) -> tuple[V_co, V_co, float]: ...


@dataclass(frozen=True, slots=True)
class Path(Generic[V]):
    """From value to value, each reached at its own time, with one ease for every leg."""

    times: tuple[float, ...]  # rising, as many as values
    values: tuple[V, ...]
    ease: Ease
    mix: Mix[V]
    settled: float
    last: V

    @classmethod
    def through(cls, times: tuple[float, ...], values: tuple[V, ...], easing: Ease, mix: Mix[V]) -> Path[V]:
        """A curve through values, settled at the last."""
        return cls(times, values, easing, mix, times[-1], values[-1])

    def leg(self, t: float) -> tuple[V, V, float]:
        """(before, now, share of the way 0..1) of the leg that is under way."""
        times = self.times
        if t >= self.settled:
            return (self.values[-2] if len(times) > 1 else self.last), self.last, 1.0
        i = bisect_right(times, t) - 1
        if i < 0:
            return self.values[0], self.values[0], 1.0
        if self.ease is cut:
            return self.values[i], self.values[i], 1.0
        x = (t - times[i]) / (times[i + 1] - times[i])
        return self.values[i], self.values[i + 1], self.ease(x)

    def at(self, t: float) -> V:
        """The value at time `t`."""
        if t >= self.settled:
            return self.last
        before, now, x = self.leg(t)
        return self.mix(before, now, x)


def resting(value: V, mix: Mix[V]) -> Path[V]:
    """A curve that never moves."""
    return Path((-math.inf,), (value,), cut, mix, -math.inf, value)


@dataclass(frozen=True, slots=True)
class Breath(Generic[V]):
    """To and fro for ever between two values, entered by a fade from what was there before."""

    start: float
    fade: float
    origin: V
    low: V
    high: V
    every: float
    mix: Mix[V]

    @property
    def settled(self) -> float:
        return math.inf

    @property
    def last(self) -> V:
        return self.low

    def at(self, t: float) -> V:
        """The value at time `t`."""
        age = max(t - self.start, 0.0)
        swing = 0.5 - 0.5 * math.cos(2.0 * math.pi * age / self.every)
        value = self.mix(self.low, self.high, swing)
        return value if age >= self.fade else self.mix(self.origin, value, ease(age / self.fade))

    def leg(self, t: float) -> tuple[V, V, float]:
        """The whole of the value as both ends: a breath has no legs."""
        value = self.at(t)
        return value, value, 1.0
