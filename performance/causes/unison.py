"""The house as one body: many hearts, many breaths, each at its own pace until they fall into step.

The same people for eye and ear: person i of `people(seed, count)` sits in the same place and beats at the same moment
in both. `turns(timeline, HEARTS, t)` are the phases of all (a heart's first closure, or the start of a breath in, is
where a turn is completed); `order(timeline, HEARTS, t)` tells how far they are in step (its size, 0..1) and where they
are together (its angle).
"""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes import breath, heart
from performance.causes.coupled import ONSET, Course, couple, times_of
from performance.causes.cycles import GRID
from performance.causes.perbeat import PerBeat, audible
from performance.chance import bells, chances

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

HEARTS, BREATHS = "sound.hearts", "sound.breaths"
MOST = 200  # people whose hearts are followed
_SHIFT = {HEARTS: 0.5, BREATHS: 0.0}  # where in its turns the performer's heart beats, and breath begins
UNLIKE = 0.5  # how unlike they are in being drawn: some fall in at once, some late
_WIDEST = 2.5  # deviations from the mean rate that anybody has

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class People:
    """Who sits there, each (n,): pan -1..1, distance (1 at the pool), size -1 small .. 1 large, own pace in sd, and how
    readily they are drawn (1 on average)."""

    pan: Numbers
    distance: Numbers
    size: Numbers
    pace: Numbers
    ready: Numbers


@lru_cache(maxsize=16)
def people(seed: int, count: int) -> People:
    """The first `count` people of the house; person i is the same however many they are."""
    side, far = chances(seed, "people", "side", count=count), chances(seed, "people", "far", count=count)
    distance = 0.7 + 5.3 * far**0.8
    wide = 1.15 - 0.05 * distance
    size, pace = bells(seed, "people", "size", count=count), bells(seed, "people", "pace", count=count)
    ready = np.exp(UNLIKE * bells(seed, "people", "ready", count=count).clip(-2, 2) - 0.5 * UNLIKE**2)
    return People(
        np.clip(wide * (2 * side - 1), -1, 1),
        distance,
        np.clip(0.5 * size, -1, 1),
        pace.clip(-_WIDEST, _WIDEST),
        ready,
    )


def turns(timeline: Timeline, path: str, t: float) -> Numbers:
    """Turns made by each of them at t, (count,)."""
    return course(timeline, path, timeline.beat_at(t)).turns_at(t)


def order(timeline: Timeline, path: str, t: float) -> complex:
    """How far they are in step at t, and where in their turn."""
    return course(timeline, path, timeline.beat_at(t)).order_at(t)


def course(timeline: Timeline, path: str, span: BeatSpan) -> Course:
    """Everybody's turns over a beat of the score."""
    return _COURSES[path](timeline, span)


def prepare(timeline: Timeline, path: str) -> None:
    """Add up all beats in which they are heard now, so that none begins late for them."""
    for span in timeline.beats:
        if audible(timeline, path, span):
            course(timeline, path, span)


def _hearts(timeline: Timeline, span: BeatSpan) -> Course:
    return _course(timeline, HEARTS, span)


def _breaths(timeline: Timeline, span: BeatSpan) -> Course:
    return _course(timeline, BREATHS, span)


_COURSES = {HEARTS: PerBeat(_hearts), BREATHS: PerBeat(_breaths)}


def _course(timeline: Timeline, path: str, span: BeatSpan) -> Course:
    count = round(timeline.cue(path, span.start).number("count"))
    who, times = people(timeline.seed, count), times_of(span.start, span.end)
    mean, coupling, apart, lead = _curves(timeline, path, span, times)
    led = _leading(timeline, path, span, times)

    def drive(k: int) -> tuple[Numbers, Numbers]:
        rate = mean[k] * np.exp(apart[k] * who.pace)
        return rate, who.ready * (coupling[k] * ONSET * max(apart[k], 0.02) * 2 * math.pi * mean[k])

    def drawn(k: int) -> complex:
        return complex(lead[k] * cmath.exp(2j * math.pi * led[k]))

    return couple(times, _start(timeline, path, span, count), drive, drawn)


def _curves(timeline: Timeline, path: str, span: BeatSpan, times: Numbers) -> Numbers:
    """(4, steps + 1): mean rate in turns a second, coupling, spread of rates, share of the leader."""
    looks = np.linspace(span.start, span.end, max(2, round(span.length / GRID)) + 1)
    inside = np.minimum(looks, np.nextafter(span.end, span.start))
    rows = []
    for t in inside.tolist():
        cue = timeline.cue(path, t)
        lead = cue.number("lead")
        own, leader = cue.number("rate") / 60, _leader_rate(timeline, path, t)
        rate = own ** (1 - lead) * leader**lead
        rows.append((rate, cue.number("coupling"), cue.number("apart"), lead))
    return np.stack([np.interp(times, looks, column) for column in np.array(rows).T])


def _leader_rate(timeline: Timeline, path: str, t: float) -> float:
    return timeline.cue(heart.PATH if path == HEARTS else breath.PATH, t).number("rate") / 60


def _leading(timeline: Timeline, path: str, span: BeatSpan, times: Numbers) -> Numbers:
    """Turns of the performer's heart or breath over the beat, counted as the people's are."""
    body = (heart if path == HEARTS else breath).turns(timeline, span)
    return np.asarray(np.interp(times, body.time, body.count) - _SHIFT[path])


def _start(timeline: Timeline, path: str, span: BeatSpan, count: int) -> Numbers:
    """Where everybody is when the beat begins: where the beat before left them, or anywhere."""
    before = np.zeros(0)
    if span.index and audible(timeline, path, timeline.beats[span.index - 1]):
        before = course(timeline, path, timeline.beats[span.index - 1]).turns[-1][:count]
    fresh = chances(timeline.seed, path, "start", count=count)
    return np.concatenate([before, fresh[before.size :]])
