"""The lineage of one drop: every echo, when and where it falls, how high it is, whose child it is.

Rings in the picture and drops in the ear are these. An echo has one child for certain, or the dark would be silent, and
a second one by chance; each generation comes sooner, farther off and a step or a leap away. An echo's address is its
lineage (1 the drop, 2n and 2n + 1 the children of n), so that whoever is asked for first is the same. The eldest line,
child of child, is a motif of its own: the machine that wakes is built from it.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from performance.causes.motif import Motif, Note
from performance.chance import chance, chances

if TYPE_CHECKING:
    from performance.timeline import Timeline

PATH = "sound.drop"
SOONER = 0.84  # each generation's gap, of the one before
SHORTEST = 0.30  # share of the first gap that no gap falls below
SECOND = 1.52  # how much later a second child comes than a first
STEPS = (1, -1, 2, 3, -2)  # of the chord's ladder
TIRED = 0.07  # of its fertility that each generation loses: a brood grows wild, but not for ever
CROWD = 48  # echoes in a second, beyond which some stay childless
NEAR_BY = 0.25  # where the drop itself falls
NEAR, FAR = 1.0, 2.3  # distance of the drop and of the last generations: their rings are to be seen
LINE_FAR, LINE_ASIDE, LINE_HOME = 0.985, 0.42, 0.55  # the eldest line stays near, and near the middle
LASTING, SLIGHT = (
    0.95,
    0.66,
)  # of what each parent was, that a first child of first children is, and any other
TOGETHER = 0.6  # seconds in which two echoes that fall are seen at once
EYES = (
    0.40,
    0.055,
)  # across and deep, shares of the picture at 1 unit: two nearer than that would be a pair of eyes
SEEN = 0.08  # heft of an echo that is to be told from others
TRIES = 80  # places from which an echo takes the first that makes no such pair
AFTER = 0.0  # seconds of echoes after the last beat


class Ring(NamedTuple):
    """One echo. `height` counts tones of the chord above the drop, `stray` cents off them; (x, z) where it falls.

    `heft` 0..1 is how much of a drop it is to the eye and to the water; `eldest` if it is the drop itself, or the first
    child of a first child, all the way down from it: that line wears away slowly.
    """

    t: float
    generation: int
    height: int
    stray: float
    level: float
    x: float
    z: float
    lineage: int
    heft: float = 1.0
    eldest: bool = True

    @property
    def parent(self) -> int:
        """The lineage of the echo it came from; 0 for the drop itself."""
        return self.lineage // 2


@lru_cache(maxsize=32)
def brood(
    seed: int, start: float, until: float, gap: float, breed: float, wild: float, fade: float, most: int
) -> tuple[Ring, ...]:
    """All echoes of a drop at `start` that fall before `until`, in order of time."""
    drop = Ring(start, 0, 0, 0.0, 1.0, 0.0, NEAR_BY, 1)
    waiting = [drop]
    fallen: list[Ring] = []
    while waiting and len(fallen) < most:
        ring = heapq.heappop(waiting)
        fallen.append(_told_apart(seed, ring, fallen))
        crowd = 4 * (len(fallen) - bisect_left(fallen, (ring.t - 0.25,)))
        if crowd * chance(seed, "crowd", len(fallen)) > CROWD and not ring.eldest:
            continue
        for child in _children(seed, ring, gap, breed, wild, fade):
            if child.t < until:
                heapq.heappush(waiting, child)
    return tuple(fallen)


def _told_apart(seed: int, ring: Ring, fallen: list[Ring]) -> Ring:
    """An echo in a place where it is not level with one that is as large, side by side. Its children do not mind."""
    if ring.eldest or ring.heft <= SEEN:
        return ring
    near = fallen[bisect_left(fallen, (ring.t - TOGETHER,)) :]
    others = [one for one in near if not one.eldest and one.heft > SEEN]
    draws = chances(seed, "told apart", ring.lineage % (1 << 61), ring.lineage >> 61, count=2 * TRIES)
    place = ring
    for n in range(TRIES):
        if not any(paired(place, one) for one in others):
            break
        aside, away = (0.6 + 0.03 * n) * (2.0 * draws[2 * n : 2 * n + 2] - 1.0)
        far = max(ring.z + away, NEAR_BY + abs(away) * 0.2)
        reach = 0.9 * (1.0 + far)
        place = ring._replace(x=float(min(max(ring.x + aside, -reach), reach)), z=float(far))
    return place


def paired(one: Ring, other: Ring) -> bool:
    """Whether two that fall together would look back at us like a pair of eyes."""
    a, b = 1.0 / (1.0 + one.z), 1.0 / (1.0 + other.z)
    return abs(one.x * a - other.x * b) < EYES[0] and abs(a - b) < EYES[1]


def _children(seed: int, ring: Ring, gap: float, breed: float, wild: float, fade: float) -> list[Ring]:
    made = []
    for which in (0, 1):
        own = 2 * ring.lineage + which
        draw = chances(seed, "echo", own % (1 << 61), own >> 61, count=7)
        if which and (ring.generation == 0 or draw[0] > 0.16 + 0.8 * breed - TIRED * ring.generation):
            continue
        spread = (0.06 + 0.5 * wild) * (2 * draw[1] - 1)
        wait = (
            gap
            * (SHORTEST + (1 - SHORTEST) * SOONER**ring.generation)
            * (SECOND if which else 1.0)
            * (1 + spread)
        )
        step = STEPS[int(draw[2] * len(STEPS))] if ring.generation else 0
        height = ring.height + step
        height -= 0 if -4 <= height <= 9 else int(math.copysign(5, height))
        age = ring.generation + 1
        stray = ring.stray + 90.0 * wild**2 * (2 * draw[3] - 1)
        line = ring.eldest and not which
        heft = ring.heft * (LASTING if line else SLIGHT)
        astray = (FAR - NEAR) * (1.0 if line else 0.35 + 1.1 * draw[6])
        far = NEAR_BY + (1 - (LINE_FAR if line else 0.86) ** age) * astray
        aside = (LINE_ASIDE if line else 0.30 + 0.08 * age) * (2 * draw[4] - 1)
        x = (LINE_HOME if line else 1.0) * ring.x + aside
        level = ring.level * (fade + 0.1 * (draw[5] - 0.5))
        reach = 0.9 * (1 + far)
        made.append(
            Ring(ring.t + wait, age, height, stray, level, min(max(x, -reach), reach), far, own, heft, line)
        )
    return made


def rings(timeline: Timeline, a: float, b: float) -> list[Ring]:
    """The echoes that fall in [a, b), the drop among them, in order of time."""
    return [
        ring
        for span in timeline.beats
        if span.start < b and span.end > a
        for ring in _of(timeline, span.index, a, b)
    ]


def _of(timeline: Timeline, index: int, a: float, b: float) -> list[Ring]:
    """Those that fall within one beat: a drop's echoes go on until another drop falls."""
    span = timeline.beats[index]
    found: list[Ring] = []
    for start, until, made in _drops(timeline, index):
        low, high = max(a, span.start, start), min(b, span.end, until)
        found += made[bisect_left(made, (low,)) : bisect_left(made, (high,))]
    return found


def _drops(timeline: Timeline, index: int) -> list[tuple[float, float, tuple[Ring, ...]]]:
    """(start, until, brood) of the drops that may be heard in a beat: the one before it and its own."""
    span = timeline.beats[index]
    now = timeline.cue(PATH, span.start).moment("at")
    before = timeline.cue(PATH, timeline.beats[index - 1].start).moment("at") if index else math.inf
    drops = []
    if before < span.start and now != before:
        drops.append((before, min(now, span.end), brood_at(timeline, before)))
    if now < math.inf:
        drops.append((now, math.inf, brood_at(timeline, now)))
    return drops


def brood_at(timeline: Timeline, start: float) -> tuple[Ring, ...]:
    """The echoes of the drop that falls at `start`."""
    cue = timeline.cue(PATH, start)
    gap, breed, wild, fade, most = (cue.number(name) for name in ("gap", "breed", "wild", "fade", "most"))
    return brood(timeline.seed, start, timeline.length + AFTER, gap, breed, wild, fade, round(most))


@lru_cache(maxsize=32)
def drop_motif(seed: int, count: int = 5) -> Motif:
    """The eldest line of the drop as a motif: its heights as degrees of the chord, its gaps as counts."""
    line = _eldest(seed, count)
    gaps = [b.t - a.t for a, b in pairwise(line)]
    short = min(gaps)
    notes, at = [], 0.0
    for ring, gap in zip(line, gaps, strict=False):
        beats = max(round(2 * gap / short) / 2, 0.5) if gap < 1.6 * short else 2.0
        notes.append(Note(at, beats, 2 * (ring.height % 3) + 7 * (ring.height // 3)))
        at += beats
    return tuple(notes)


def _eldest(seed: int, count: int) -> list[Ring]:
    line = [Ring(0.0, 0, 0, 0.0, 1.0, 0.0, NEAR_BY, 1)]
    while len(line) <= count:
        line.append(_children(seed, line[-1], 1.0, 0.0, 0.5, 0.9)[0])
    return line
