"""Crystals in a constellation: where they stand, which are joined, and when each is lit.

Each is joined to its nearest neighbours. A pulse that nobody called lights a crystal; from there it goes along the
lines in the time the way takes, weaker from crystal to crystal, never back: two answer the first, then one the other.
Who draws them and who plays them read this list.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from performance.causes.cycles import turns_of
from performance.causes.lineage import rings
from performance.causes.perbeat import PerBeat, audible, spans_between
from performance.chance import chance, chances

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.pulses"
WIDE, LOW, HIGH = 0.62, 0.22, 0.88  # units: |x|, and y
JOINED = 2  # neighbours that each is joined to, at least
DEEPEST = 5  # crystals that an answer reaches in a row
WEAKER = 0.72
RESTS = 1.1  # seconds before an echo can wake the same crystal again
SLOWEST = 6.0  # seconds that an answer may be on its way

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Crystals:
    """Places (n,) x, y, z in units, sizes 0..1, and the lines between them as pairs."""

    x: Array
    y: Array
    z: Array
    size: Array
    joined: tuple[tuple[int, ...], ...]
    lines: tuple[tuple[int, int], ...]


class Pulse(NamedTuple):
    """A crystal is lit at `t`; `step` 0 where nobody called it; `caller` the crystal it answers, or -1."""

    t: float
    crystal: int
    level: float
    step: int
    caller: int
    which: int
    among: int  # how many crystals there are


@lru_cache(maxsize=16)
def crystals(seed: int, count: int) -> Crystals:
    """The constellation of a seed: each crystal takes of six places the one that is farthest from the others."""
    x, y = np.zeros(count), np.zeros(count)
    for i in range(count):
        draw = chances(seed, "crystal", i, count=12)
        u, v = WIDE * (2 * draw[:6] - 1), LOW + (HIGH - LOW) * draw[6:]
        near = np.min((u[:, None] - x[:i]) ** 2 + (v[:, None] - y[:i]) ** 2, axis=1, initial=9.0)
        x[i], y[i] = u[near.argmax()], v[near.argmax()]
    draw = chances(seed, "crystals", count=2 * count)
    far = np.hypot(x[:, None] - x, y[:, None] - y) + 9.0 * np.eye(count)
    pairs = {(min(i, int(j)), max(i, int(j))) for i in range(count) for j in np.argsort(far[i])[:JOINED]}
    joined = tuple(tuple(sorted({a + b - i for a, b in pairs if i in (a, b)})) for i in range(count))
    return Crystals(x, y, 0.3 + 0.9 * draw[:count], 0.3 + 0.7 * draw[count:], joined, tuple(sorted(pairs)))


def _rate(timeline: Timeline, t: float) -> float:
    return timeline.cue(PATH, t).number("rate")


turns = turns_of(PATH, _rate)


def lit(timeline: Timeline, a: float, b: float) -> list[Pulse]:
    """Every pulse in [a, b), called and uncalled, in order of time."""
    found: list[Pulse] = []
    for span in spans_between(timeline, a - SLOWEST, b):
        made = lit_from(timeline, span)
        found += made[bisect_left(made, (a,)) : bisect_left(made, (b,))]
    return sorted(found)


def _make(timeline: Timeline, span: BeatSpan) -> tuple[Pulse, ...]:
    if not audible(timeline, PATH, span):
        return ()
    uncalled = _uncalled(timeline, span)
    return tuple(sorted(pulse for one in uncalled for pulse in _going(timeline, *one)))


lit_from = PerBeat(_make)


def _uncalled(timeline: Timeline, span: BeatSpan) -> list[tuple[float, int, float, int]]:
    """(time, crystal, level, which) of those of a beat that nobody called."""
    cue = timeline.cue(PATH, span.end - 1e-3)
    count = round(cue.number("count"))
    if cue.word("source") == "drop":
        return _woken(timeline, span, count)
    went, found = turns(timeline, span), []
    for n in range(max(math.floor(went.count[0]) - 1, 0), math.ceil(went.count[-1]) + 1):
        turn = n + 0.5 + 0.4 * (2 * chance(timeline.seed, "pulse", n) - 1)
        if went.count[0] <= turn < went.count[-1]:
            crystal = int(chance(timeline.seed, "pulses", n) * count)
            level = 0.6 + 0.4 * chance(timeline.seed, "pulse level", n)
            found.append((went.when(turn), crystal, level, n))
    return found


def _woken(timeline: Timeline, span: BeatSpan, count: int) -> list[tuple[float, int, float, int]]:
    """Those that echoes of the drop wake: each echo its own crystal, unless that has only just been lit."""
    rested = [-RESTS] * count
    found = []
    for ring in rings(timeline, span.start, span.end):
        way = ring.lineage % (1 << 40)
        if ring.t - rested[way % count] >= RESTS:
            rested[way % count] = ring.t
            found.append((ring.t, way % count, 0.5 + 0.5 * ring.level, way))
    return found


def _going(timeline: Timeline, t: float, crystal: int, level: float, which: int) -> list[Pulse]:
    """A pulse and its answers."""
    cue = timeline.cue(PATH, t)
    count = round(cue.number("count"))
    stars = crystals(timeline.seed, count)
    deep, pace = cue.number("answer") * DEEPEST, cue.number("pace")
    made = [Pulse(t, crystal, level, 0, -1, which * 64, count)]
    seen, edge = {crystal}, [(t, crystal, level)]
    for step in range(1, math.ceil(deep) + 1):
        share = min(deep - step + 1, 1.0)
        coming: list[tuple[float, int, float]] = []
        for at, here, loud in edge:
            fresh = [there for there in stars.joined[here] if there not in seen]
            turn = (which + step) % max(len(fresh), 1)
            for there in (fresh[turn:] + fresh[:turn])[: 2 if step == 1 else 1]:
                seen.add(there)
                way = math.hypot(stars.x[there] - stars.x[here], stars.y[there] - stars.y[here])
                arrives, weak = at + 0.04 + way / pace, loud * WEAKER * share
                coming.append((arrives, there, weak))
                made.append(Pulse(arrives, there, weak, step, here, which * 64 + len(made), count))
        edge = coming
    return [pulse for pulse in made if pulse.t - t < SLOWEST]
