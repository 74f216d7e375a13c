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

from performance.stage.poses import PHRASES, POSE_ROWS, SCALARS
from performance.stage.skeleton import CHANNELS, unit

Array = NDArray[np.float64]
Blend = tuple[str, str, float]  # the word before, the word now, share of the way 0..1
Words = Callable[[float], Blend]
Place = Callable[[float], tuple[float, float]]
Hands = Callable[[float], tuple[float, float]]

LATTICE = 0.2  # seconds between the moments at which words, places and hands are read
LAGS = (0.0, 0.055, 0.115)  # seconds: trunk and legs; head, arms; hands. Far joints arrive late
_LATE = {"head": 1, "face": 1, "arm": 1, "fore": 1, "hand": 2, "palm": 2}
LAG_OF = np.array([_LATE.get(name.rstrip("AB"), 0) for name in CHANNELS])


@dataclass(frozen=True, slots=True)
class Read:
    """What the score and the visitor say, read on the lattice from `first` on."""

    first: float
    blends: tuple[Blend, ...]
    rows: Array  # (n, 4): x, z in world units; how high picture-left and picture-right hand are lifted, 0..1


def read(
    words: Words, place: Place, hands: Hands | None, span: tuple[float, float], arms: tuple[float, float]
) -> Read:
    """Ask for all that happens in `span`, and for the hands in the span `arms`."""
    (start, end), (start_hands, end_hands) = span, arms
    n0, n1 = math.floor(start / LATTICE) - 1, math.ceil(end / LATTICE) + 3
    times = [n * LATTICE for n in range(n0, n1)]
    blends = tuple(words(t) for t in times)
    rows = np.zeros((len(times), 4))
    rows[:, :2] = [place(t) for t in times]
    if hands:  # asked only where arms are seen
        for n, t in enumerate(times):
            if start_hands - LATTICE < t < end_hands + 2 * LATTICE:
                rows[n, 2:] = hands(t)
    return Read(n0 * LATTICE, blends, rows)


def begun(words: Words, t: float) -> float:
    """When the change of word that is under way at t began (t itself when none is); for the counting of turns."""
    before, now, mix = words(t)
    if mix >= 1.0 or mix <= 0.0 or before == now:
        return t
    low = t
    step = 0.5
    while step < 60.0 and words(low)[:2] == (before, now) and words(low)[2] > 0.0:
        low -= step
        step *= 1.6
    high = t
    for _ in range(7):
        middle = 0.5 * (low + high)
        under_way = words(middle)[:2] == (before, now) and words(middle)[2] > 0.0
        low, high = (low, middle) if under_way else (middle, high)
    return high


def rows_at(what: Read, t: Array, since: float) -> tuple[Array, Array]:
    """Pose rows (k, WIDTH) at times (k,), far joints later than near ones, and turns made (k,) since `since`."""
    times = (t[None, :] - np.array(LAGS)[:, None]).ravel()
    names = sorted({word for blend in what.blends for word in blend[:2]})
    share = np.zeros((len(what.blends), len(names)))
    for n, (before, now, mix) in enumerate(what.blends):
        share[n, names.index(before)] += 1.0 - mix
        share[n, names.index(now)] += mix
    at = np.clip((times - what.first) / LATTICE, 0.0, len(what.blends) - 1.001)
    i = at.astype(np.intp)
    x = (at - i)[:, None]
    shares = share[i] * (1.0 - x) + share[i + 1] * x
    weights = np.zeros((times.shape[0], POSE_ROWS.shape[0]))
    turns = np.zeros(t.shape)
    for n, name in enumerate(names):
        phrase = PHRASES[name]
        weights += shares[:, n : n + 1] * phrase.weights(times)
        if phrase.turns:
            whole = np.round(phrase.turned(np.array([since])))
            turns += shares[: t.shape[0], n] * (phrase.turned(t) - whole)
    every = (weights @ POSE_ROWS).reshape(len(LAGS), t.shape[0], -1)
    rows = every[0].copy()
    for lag in (1, 2):
        columns = np.repeat(LAG_OF == lag, 3)
        rows[:, : columns.shape[0]][:, columns] = every[lag][:, : columns.shape[0]][:, columns]
    return rows, turns


def directions(rows: Array) -> Array:
    """Unit directions (k, 20, 3) of pose rows."""
    return unit(rows[:, : len(CHANNELS) * 3].reshape(-1, len(CHANNELS), 3))


def scalar(rows: Array, name: str) -> Array:
    """One named number of poses in rows."""
    return np.asarray(rows[:, len(CHANNELS) * 3 + SCALARS.index(name)])
