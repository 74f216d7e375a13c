"""When the dancer does what: the words of a score as weights of poses at any moment.

Words are read on a lattice of moments and mixed between, so that the figure a moment ago, which cloth and footsteps
need, is the same whichever frame asks.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.compiled import called, kernel
from performance.stage.poses import WORD_NUMBER
from performance.stage.skeleton import CHANNELS

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Blend = tuple[str, str, float]  # the word before, the word now, share of the way 0..1
Words = Callable[[float], Blend]
Change = tuple[str, str] | None  # of one word to another
Place = Callable[[float], tuple[float, float]]
Hands = Callable[[float], tuple[float, float]]

REMEMBERED = 2000  # moments of one figure at most
LATTICE = 0.2  # seconds between the moments at which words, places and hands are read
LAGS = (0.0, 0.055, 0.115)  # seconds: trunk and legs; head, arms; hands. Far joints arrive late
_LATE = {"head": 1, "face": 1, "arm": 1, "fore": 1, "hand": 2, "palm": 2}
LAG_OF = np.array([_LATE.get(name.rstrip("AB"), 0) for name in CHANNELS], np.int64)


@dataclass(frozen=True, slots=True)
class Read:
    """What the score and the visitor say, read on the lattice from `first` on."""

    first: float
    words: Whole  # (n, 2) the words before and now, by number
    mix: Array  # (n,) how much of the one now
    rows: Array  # (n, 4): x, z in world units; how high picture-left and picture-right hand are lifted, 0..1


class Known:
    """What was read of one figure at moments asked before: a frame asks again for nearly all that the frame before it
    asked for. It holds as long as score and gestures are those of `mark`. Threads may share it."""

    __slots__ = ("changes", "last", "mark", "nodes")

    def __init__(self, *mark: object) -> None:
        self.mark = mark
        self.nodes: dict[int, tuple[float, ...]] = {}
        self.changes: dict[int, tuple[Change, float]] = {}  # what is under way then, and since when
        self.last: tuple[tuple[int, ...], Read] | None = None


def read(
    words: Words, place: Place, hands: Hands | None, span: tuple[float, float], arms: tuple[float, float],
    known: Known | None = None,
) -> Read:  # fmt: skip
    """Ask for all that happens in `span`, and for the hands in the span `arms` of it."""
    known = known or Known()
    n0, n1 = math.floor(span[0] / LATTICE) - 1, math.ceil(span[1] / LATTICE) + 3
    a0, a1 = n0 + int((arms[0] - span[0]) / LATTICE), n1 - int((span[1] - arms[1]) / LATTICE)
    window, last = (n0, n1, a0, a1), known.last
    if last is not None and last[0] == window:
        return last[1]
    if len(known.nodes) > REMEMBERED:
        known.nodes, known.changes = {}, {}
    nodes = known.nodes
    for n in range(n0, n1):
        raised = hands is not None and a0 <= n < a1  # asked only where arms are seen
        if n not in nodes or (raised and len(nodes[n]) < 7):
            nodes[n] = _asked(words, place, hands if raised else None, n * LATTICE)
    rows = np.array([(*nodes[n], 0.0, 0.0)[:7] for n in range(n0, n1)])
    found = Read(n0 * LATTICE, rows[:, :2].astype(np.int64), rows[:, 2].copy(), rows[:, 3:].copy())
    known.last = window, found
    return found


def straight(word: str, now: tuple[float, float, float], speed: float, span: tuple[float, float]) -> Read:
    """What is read of somebody who does one thing all the time and goes straight across at `speed`, units a second;
    `now` is a moment and the place (x, z) there."""
    t, x, z = now
    numbers = np.arange(math.floor(span[0] / LATTICE) - 1, math.ceil(span[1] / LATTICE) + 3)
    rows = np.zeros((len(numbers), 4))
    rows[:, 0], rows[:, 1] = x + speed * (numbers * LATTICE - t), z
    words = np.full((len(numbers), 2), WORD_NUMBER[word])
    return Read(float(numbers[0]) * LATTICE, words, np.ones(len(numbers)), rows)


def _asked(words: Words, place: Place, hands: Hands | None, t: float) -> tuple[float, ...]:
    """The words before and now by number, the share of the one now, the place, and how high hands are if asked."""
    before, now, share = words(t)
    return WORD_NUMBER[before], WORD_NUMBER[now], share, *place(t), *(hands(t) if hands else ())


def begun(words: Words, t: float, known: Known | None = None) -> float:
    """When the change of word that is under way at t began (t itself when none is); for the counting of turns. It is
    looked up from the lattice, so that the next frame need not look again."""
    change = _change(words, t)
    if change is None:
        return t
    changes, n = (known or Known()).changes, math.floor(t / LATTICE)
    if n not in changes:
        then = _change(words, n * LATTICE)
        changes[n] = then, n * LATTICE if then is None else _began(words, n * LATTICE, then)
    before, since = changes[n]
    return since if before == change else _began(words, t, change)


def _change(words: Words, t: float) -> Change:
    """The words before and now of the change that is under way at t, if one is."""
    before, now, mix = words(t)
    return None if mix >= 1.0 or mix <= 0.0 or before == now else (before, now)


def _began(words: Words, t: float, change: Change) -> float:
    """When a change that is under way at t began."""

    def under_way(when: float) -> bool:
        before, now, mix = words(when)
        return (before, now) == change and mix > 0.0

    low, high, step = t, t, 0.5
    while step < 60.0 and under_way(low):
        low -= step
        step *= 1.6
    for _ in range(7):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if under_way(middle) else (middle, high)
    return high


@called
def _turned(knots: Array, t: float) -> float:
    """Whole turns that a word (knots, 3) has made by t, going on from period to period."""
    last = knots.shape[0] - 1
    rounds = float(math.floor(t / knots[last, 0]))
    at = t - rounds * knots[last, 0]
    i = 0
    while i < last - 1 and knots[i + 1, 0] <= at:
        i += 1
    x = (at - knots[i, 0]) / max(knots[i + 1, 0] - knots[i, 0], 1e-9)
    made: float = rounds * knots[last, 2] + knots[i, 2]
    made += (knots[i + 1, 2] - knots[i, 2]) * x * x * (3.0 - 2.0 * x)
    return made


@called
def _pass(knots: Array, t: float, share: float, weights: Array) -> None:
    """Add a word's poses at t to `weights`: a body's way from one to the next gathers, goes, overshoots a little and
    settles."""
    last = knots.shape[0] - 1
    at = t - math.floor(t / knots[last, 0]) * knots[last, 0]
    i = 0
    while i < last - 1 and knots[i + 1, 0] <= at:
        i += 1
    x = min(max((at - knots[i, 0]) / max(knots[i + 1, 0] - knots[i, 0], 1e-9), 0.0), 1.0)
    way = x * x * x * (x * (6 * x - 15) + 10) + 0.05 * math.sin(math.pi * x) ** 2 * (x - 0.35)
    weights[int(knots[i, 1])] += share * (1.0 - way)
    weights[int(knots[i + 1, 1])] += share * way


@kernel("void(f8[::1], f8, f8, i8[:,::1], f8[::1], f8[:,:,::1], f8[:,::1], i8[::1], f8[:,:,::1], f8[:,::1])")
def phrase_of(
    t: Array, first: float, since: float, words: Whole, mix: Array, knots: Array, poses: Array, late: Whole,
    d: Array, said: Array,
) -> None:  # fmt: skip
    """Poses at times (k,), far joints later than near ones: `d` (k, 20, 3) at length 1, `said` (k, 6) the scalars of
    poses and the turns made since `since`. The rest as in Read and poses.py; `late` (20,) which of LAGS a channel has.
    """
    channels, turns = d.shape[1], said.shape[1] - 1
    weights = np.empty((len(LAGS), poses.shape[0]))
    for m in range(t.shape[0]):
        weights[:] = 0.0
        d[m] = 0.0
        said[m] = 0.0
        for lag in range(len(LAGS)):
            time = t[m] - LAGS[lag]
            at = min(max((time - first) / LATTICE, 0.0), mix.shape[0] - 1.001)
            n = int(at)
            for k in range(4):
                moment, now = n + k // 2, k % 2
                share = (at - n if k > 1 else 1.0 - (at - n)) * (mix[moment] if now else 1.0 - mix[moment])
                if share == 0.0:
                    continue
                word = knots[words[moment, now]]
                _pass(word, time, share, weights[lag])
                if lag == 0 and word[-1, 2] != 0.0:
                    said[m, turns] += share * (_turned(word, time) - math.floor(_turned(word, since) + 0.5))
            for p in range(poses.shape[0]):
                w = weights[lag, p]
                if w == 0.0:
                    continue
                for c in range(channels):
                    if late[c] == lag:
                        for i in range(3):
                            d[m, c, i] += w * poses[p, 3 * c + i]
                if lag == 0:
                    for i in range(turns):
                        said[m, i] += w * poses[p, 3 * channels + i]
        for c in range(channels):
            length = math.sqrt(max(d[m, c, 0] ** 2 + d[m, c, 1] ** 2 + d[m, c, 2] ** 2, 1e-18))
            for i in range(3):
                d[m, c, i] /= length
