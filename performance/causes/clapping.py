"""Hands in the house: who claps when, from one pair to two thousand.

Left alone, everybody claps at a pace of their own, about four times a second. As the score asks for unison they fall
into a second manner, half as fast and far more alike, and there they hear each other and lock; let go, they hurry and
scatter again (Neda et al., "The sound of many hands clapping", Nature 403, 2000, and Phys. Rev. E 61). Some never join.
They hear the far side of the house late, as we do. Seen and heard are the same hands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.coupled import STEP, Course, couple, times_of
from performance.causes.cycles import GRID
from performance.causes.perbeat import PerBeat, audible
from performance.causes.smooth import smooth
from performance.chance import at_indices, bells, chance, chances

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.applause"
FAST_HZ, FAST_SPREAD = 3.9, 0.17
SLOW_HZ, SLOW_SPREAD = 1.92, 0.07
PULL = 4.4  # rad/s at full unison: agreement begins at about 1.35
RUSH, RUSH_IN = 0.08, 12.0  # a house in unison hurries: by how much, and within how many seconds
LONERS = 0.1  # share of those who never fall in
STUMBLE = 0.07  # deviation of a stroke in time, of the way to the next, at uneven 1
LATE = 0.005  # seconds by which a unit of depth delays what one hears of the others: half of them are nearer
PIECE = 384  # steps that are added up at a time: two thousand pairs of hands fill no memory

Numbers = NDArray[np.float64]
Drive = Callable[[int], tuple[Numbers, Numbers]]


@dataclass(frozen=True, slots=True)
class Hands:
    """Everybody's hands, each (n,). `rank` 0..1: at which share of the house they join in; `reluctant` 0..1: to unison;
    `slow_to` seconds of making up their mind; `hard` how loudly they clap, `shape` 0..1 how they hold their hands."""

    pan: Numbers
    distance: Numbers
    fast: Numbers
    slow: Numbers
    rank: Numbers
    reluctant: Numbers
    slow_to: Numbers
    hard: Numbers
    shape: Numbers


@dataclass(frozen=True, slots=True)
class Claps:
    """All claps of a beat: `time` (k,) at the hands, rising; `who`, `number` of the stroke; how many are clapping and
    how far they are in step on the grid `times`; where everybody is at the end."""

    time: Numbers
    who: NDArray[np.intp]
    number: NDArray[np.int64]
    times: Numbers
    share: Numbers
    order: NDArray[np.complex128]
    end: Numbers


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the score asks of them on the grid of a beat."""

    share: Numbers
    unison: Numbers
    tempo: Numbers
    zeal: Numbers
    uneven: Numbers


@lru_cache(maxsize=8)
def hands(seed: int, count: int) -> Hands:
    """The house: rows that go back as far as so many people need."""
    draw = {
        what: chances(seed, "hands", what, count=count) for what in ("side", "row", "lag", "shape", "shy")
    }
    back = 0.22 * math.sqrt(count)
    distance = 0.75 + back * np.sqrt(draw["row"])
    pan = np.clip((2 * draw["side"] - 1) * 1.25 / distance**0.25, -1, 1)
    rank = np.argsort(np.argsort(chances(seed, "hands", "rank", count=count))) / count
    return Hands(
        pan,
        distance,
        FAST_HZ * np.exp(FAST_SPREAD * bells(seed, "hands", "fast", count=count).clip(-2.5, 2.5)),
        SLOW_HZ * np.exp(SLOW_SPREAD * bells(seed, "hands", "slow", count=count).clip(-2.5, 2.5)),
        rank,
        draw["shy"],
        -0.35 * np.log1p(-0.97 * draw["lag"]),
        np.exp(0.35 * bells(seed, "hands", "hard", count=count).clip(-2, 2)),
        draw["shape"],
    )


def claps(timeline: Timeline, span: BeatSpan) -> Claps:
    """All claps of one beat of the score."""
    return _claps(timeline, span)


def prepare(timeline: Timeline) -> None:
    """Count all claps of the piece now, so that no beat begins late for them: some 10 ms a second of a full house."""
    for span in timeline.beats:
        if audible(timeline, PATH, span):
            claps(timeline, span)


def agreement(timeline: Timeline, t: float) -> tuple[float, complex]:
    """(share of the house that claps, order parameter of their strokes) at t: light may clap along."""
    span = timeline.beat_at(t)
    if not audible(timeline, PATH, span):
        return 0.0, 0j
    made = claps(timeline, span)
    share = np.interp(t, made.times, made.share)
    real, imag = (np.interp(t, made.times, part) for part in (made.order.real, made.order.imag))
    return float(share), complex(real, imag)


def _make(timeline: Timeline, span: BeatSpan) -> Claps:
    count = round(timeline.cue(PATH, span.start).number("count"))
    house, times = hands(timeline.seed, count), times_of(span.start, span.end)
    asked = _Asked(*_curves(timeline, span, times))
    parts, orders = [], []
    for course in _strokes(timeline, span, house, times, asked):
        parts.append(course.whole())
        orders.append(course.order[:-1])
    time, who, number = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.concatenate([*orders, course.order[-1:]])
    decided = np.interp(time - house.slow_to[who], times, asked.share, left=_share_before(timeline, span))
    heard = decided > house.rank[who]
    time, who, number = time[heard], who[heard], number[heard]
    stroke = np.interp(time, times, asked.uneven / (4 - 2 * asked.unison))
    time = time + stroke * _stumble(timeline.seed, who, number)
    kept = np.argsort(time, kind="stable")
    end = course.turns[-1].copy()
    return Claps(time[kept], who[kept], number[kept], times, asked.share, order, end)


def _strokes(
    timeline: Timeline, span: BeatSpan, house: Hands, times: Numbers, asked: _Asked
) -> Iterator[Course]:
    """Everybody's strokes, PIECE steps at a time."""
    hurry = 1 + RUSH * (1 - np.exp(-np.cumsum(asked.unison) * (times[1] - times[0]) / RUSH_IN))
    pull, lag = _pull(house, timeline.seed), np.rint(LATE * house.distance / STEP).astype(np.intp)
    turns = _start(timeline, span, house.pan.size)

    def drive(i: int) -> tuple[Numbers, Numbers]:
        slow = smooth((1.15 * asked.unison[i] - house.reluctant) / 0.15)
        own = house.fast * (0.85 + 0.3 * asked.zeal[i])
        rate = own * (house.slow * hurry[i] / own) ** slow * asked.tempo[i]
        return rate, pull * asked.unison[i] ** 2 * slow

    for first in range(0, len(times) - 1, PIECE):
        course = couple(times[first : first + PIECE + 1], turns, partial(_from, first, drive), None, lag)
        turns = course.turns[-1]
        yield course


def _from(first: int, drive: Drive, k: int) -> tuple[Numbers, Numbers]:
    return drive(first + k)


_claps: PerBeat[Claps] = PerBeat(_make)


def _share_before(timeline: Timeline, span: BeatSpan) -> float:
    """The share of the house that clapped when the beat began."""
    if not (span.index and audible(timeline, PATH, timeline.beats[span.index - 1])):
        return 0.0
    return timeline.cue(PATH, span.start - 1e-6).number("clapping")


def _pull(house: Hands, seed: int) -> Numbers:
    return np.where(chances(seed, "hands", "loner", count=house.pan.size) < LONERS, 0.0, PULL)


def _curves(timeline: Timeline, span: BeatSpan, times: Numbers) -> Numbers:
    """(5, steps + 1): share of the house, unison, tempo, zeal, unevenness."""
    looks = np.linspace(span.start, span.end, max(2, round(2 * span.length / GRID)) + 1)
    inside = np.minimum(looks, np.nextafter(span.end, span.start))
    cues = [timeline.cue(PATH, t) for t in inside.tolist()]
    names = ("clapping", "unison", "tempo", "zeal", "uneven")
    return np.stack([np.interp(times, looks, [cue.number(name) for cue in cues]) for name in names])


def _start(timeline: Timeline, span: BeatSpan, count: int) -> Numbers:
    """Where every stroke is when the beat begins."""
    before = np.zeros(0)
    if span.index and audible(timeline, PATH, timeline.beats[span.index - 1]):
        before = claps(timeline, timeline.beats[span.index - 1]).end[:count]
    fresh = chances(timeline.seed, "hands", "start", count=count)
    return np.concatenate([before, fresh[before.size :]])


def _stumble(seed: int, who: NDArray[np.intp], number: NDArray[np.int64]) -> Numbers:
    """Strokes early and late, a normal number for each, times STUMBLE."""
    keys = (int(chance(seed, "stumble", part) * 2**52) for part in range(2))
    low, high = (at_indices(key, number * 4096 + who) for key in keys)
    return np.asarray(STUMBLE * np.sqrt(-2 * np.log1p(-0.99 * low)) * np.cos(2 * np.pi * high))
