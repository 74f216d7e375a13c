"""The heart: when it beats, for the ear and for whatever light pulses with it.

Each beat of the heart is two closures. The time between them is the systole, .8 of QS2 = 546 - 2.1 * rate milliseconds
(Weissler, Harris and Schoenfeld, Circulation 37, 1968, by rate a minute). A living heart is never quite even.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from performance.causes.cycles import turns_of
from performance.causes.perbeat import PerBeat, audible, spans_between
from performance.chance import chance, drift

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.heart"
UNEVEN = 0.022  # of a beat, early or late
WAYWARD, WAYS = 0.045, 0.14  # of its rate that it wanders from the score, and how often a second it turns
_RISE, _FALL = 0.045, 0.17  # of the light that follows a closure
_SLACK = 0.1  # seconds that unevenness may carry a beat over the edge of a scene
_REACH = 1.6  # seconds after which a beat's light is gone


@dataclass(frozen=True, slots=True)
class HeartBeat:
    """First and second closure as absolute times, and how strong it is, 0..1."""

    index: int
    first: float
    second: float
    strength: float


def _rate(timeline: Timeline, t: float) -> float:
    wander = WAYWARD * float(drift(timeline.seed, "heart", "pace", t=t * WAYS))
    return timeline.cue(PATH, t).number("rate") / 60.0 * (1.0 + wander)


turns = turns_of(PATH, _rate)


def _of_span(timeline: Timeline, span: BeatSpan) -> tuple[HeartBeat, ...]:
    if not audible(timeline, PATH, span):
        return ()
    counted = turns(timeline, span).whole(span.start, span.end, 0.5)
    return tuple(_beat(timeline, n, t) for n, t in counted)


_kept = PerBeat(_of_span)


def prepare(timeline: Timeline) -> None:
    """Work out all beats of the heart now, so that no scene begins late for them."""
    _kept.prepare(timeline)


def heart_beats(timeline: Timeline, a: float, b: float) -> list[HeartBeat]:
    """The beats of the heart whose first closure lies in [a, b), in order; none where it is silent."""
    spans = spans_between(timeline, a - _SLACK, b + _SLACK)
    return [beat for span in spans for beat in _kept(timeline, span) if a <= beat.first < b]


def _beat(timeline: Timeline, n: int, t: float) -> HeartBeat:
    rate = max(timeline.cue(PATH, t).number("rate"), 20.0)
    late = UNEVEN * (2 * chance(timeline.seed, "heart", "late", n) - 1) * 60.0 / rate
    systole = 0.8 * (0.546 - 0.0021 * min(rate, 180.0))
    strength = 0.86 + 0.14 * chance(timeline.seed, "heart", "strength", n)
    first = max(t + late, 0.0)
    return HeartBeat(n, first, first + systole, strength)


def pulse(timeline: Timeline, t: float) -> float:
    """0..1: the light of the heart at t, a quick swell at each closure, the second one fainter."""
    light = 0.0
    for beat in heart_beats(timeline, t - _REACH, t + 1e-6):
        light += beat.strength * (_swell(t - beat.first) + 0.55 * _swell(t - beat.second))
    return min(light, 1.0)


def _swell(age: float) -> float:
    if age <= 0.0:
        return 0.0
    return math.exp(-age / _FALL) * (1.0 - math.exp(-age / _RISE)) / 0.61
