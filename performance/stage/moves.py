"""When the dancer does what: the words of a score as weights of poses at any moment, and the life that never stops.

Words are read on a lattice of moments and mixed between, so that the figure a moment ago, which cloth and footsteps
need, is the same whichever frame asks.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.stage.poses import PHRASES, POSE_ROWS, SCALARS
from performance.stage.skeleton import CHANNEL, CHANNELS, unit

Array = NDArray[np.float64]
Blend = tuple[str, str, float]  # the word before, the word now, share of the way 0..1
Words = Callable[[float], Blend]
Place = Callable[[float], tuple[float, float]]
Hands = Callable[[float], tuple[float, float]]

LATTICE = 0.2  # seconds between the moments at which words, places and hands are read
LAGS = (0.0, 0.055, 0.115)  # seconds: trunk and legs; head, arms; hands. Far joints arrive late
_LATE = {"head": 1, "face": 1, "arm": 1, "fore": 1, "hand": 2, "palm": 2}
LAG_OF = np.array([_LATE.get(name.rstrip("AB"), 0) for name in CHANNELS])
BREATH_EVERY = 4.6  # seconds


@dataclass(frozen=True, slots=True)
class Read:
    """What the score and the visitor say, read on the lattice from `first` on."""

    first: float
    blends: tuple[Blend, ...]
    places: Array  # (n, 2) x, z in world units
    raised: Array  # (n, 2) how high picture-left and picture-right hand are lifted, 0..1

    def between(self, values: Array, t: Array) -> Array:
        """Lattice values (n, m) at times (k,), by cubic interpolation (Catmull and Rom 1974)."""
        at = np.clip((t - self.first) / LATTICE, 1.0, values.shape[0] - 2.001)
        i = at.astype(np.intp)
        x = (at - i)[:, None]
        a, b, c, d = values[i - 1], values[i], values[i + 1], values[np.minimum(i + 2, values.shape[0] - 1)]
        return np.asarray(b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a))))


def read(
    words: Words, place: Place, hands: Hands | None, span: tuple[float, float], arms: tuple[float, float]
) -> Read:
    """Ask for all that happens in `span`, and for the hands in the span `arms`."""
    (start, end), (start_hands, end_hands) = span, arms
    n0, n1 = math.floor(start / LATTICE) - 1, math.ceil(end / LATTICE) + 3
    times = [n * LATTICE for n in range(n0, n1)]
    blends = tuple(words(t) for t in times)
    places = np.array([place(t) for t in times], np.float64)
    raised = np.zeros((len(times), 2))
    if hands:  # asked only where arms are seen
        for n, t in enumerate(times):
            if start_hands - LATTICE < t < end_hands + 2 * LATTICE:
                raised[n] = hands(t)
    return Read(n0 * LATTICE, blends, places, raised)


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


@lru_cache(maxsize=64)
def _habits(seed: int) -> tuple[Array, Array]:
    """Rates (9, 3) radians a second and phases (9, 3) of one body's small movements."""
    draw = chances(seed, "habits", count=54).reshape(2, 9, 3)
    slow = np.array([0.8, 1.1, 0.95, 1.4, 1.4, 1.7, 1.7, 1.0, 1.0])[:, None]
    return slow * (0.6 + np.array([0.0, 0.7, 1.5]) + 0.3 * draw[0]), 2 * math.pi * draw[1]


def _restless(seed: int, t: Array) -> Array:
    """(9, k) slow signals in about [-1, 1] that never come in step."""
    rates, phases = _habits(seed)
    waves = np.sin(rates[:, :, None] * t + phases[:, :, None])
    return np.asarray(0.55 * waves[:, 0] + 0.35 * waves[:, 1] + 0.22 * waves[:, 2])


def live(d: Array, t: Array, seed: int, amount: float) -> None:
    """Breath, shifting weight, small looks, hands that settle: adds to directions (k, 20, 3) in place."""
    breath = np.sin(2 * math.pi * t / BREATH_EVERY)
    sway, look, nod, settle_a, settle_b, wrist_a, wrist_b, _, _ = _restless(seed, t)
    d[:, CHANNEL["chest"], 2] -= 0.016 * breath
    d[:, CHANNEL["hips"], 1] += 0.035 * amount * sway
    d[:, CHANNEL["spine"], 0] -= 0.018 * amount * sway
    d[:, CHANNEL["shoulders"], 1] -= 0.02 * amount * sway
    d[:, CHANNEL["face"], 0] += 0.20 * amount * look
    d[:, CHANNEL["face"], 1] += 0.07 * amount * nod
    d[:, CHANNEL["head"], 0] -= 0.035 * amount * look
    for s, g, settle, wrist in (("A", 1.0, settle_a, wrist_a), ("B", -1.0, settle_b, wrist_b)):
        d[:, CHANNEL["arm" + s], 0] += g * 0.014 * (breath + settle)
        d[:, CHANNEL["fore" + s], 2] += 0.035 * amount * settle
        d[:, CHANNEL["hand" + s], 2] += 0.06 * amount * wrist


def gesture(d: Array, t: Array, seed: int, amount: float, tempo: float) -> None:
    """Arms that shape the air, as if they led the music, `tempo` strokes a second."""
    signals = _restless(seed + 1, t)
    for n, (s, g) in enumerate((("A", 1.0), ("B", -1.0))):
        phase = 2 * math.pi * (tempo * t + (0.0 if g > 0 else 0.37)) + signals[n]
        wide = amount * (0.75 + 0.25 * signals[7 + n])
        late = phase - 0.7
        d[:, CHANNEL["arm" + s]] += _bent(
            wide, g, 0.34 * np.cos(phase * 0.5), 0.50 + 0.34 * np.sin(phase), 0.42
        )
        d[:, CHANNEL["fore" + s]] += _bent(
            wide, g, 0.30 * np.cos(late * 0.5), 0.55 + 0.55 * np.sin(late), 0.50
        )
        d[:, CHANNEL["hand" + s]] += _bent(wide, g, 0.25, 0.30 + 0.75 * np.sin(phase - 1.3), 0.4)


def _bent(amount: Array, g: float, x: Array | float, y: Array | float, z: float) -> Array:
    return np.stack([amount * g * x, amount * y, amount * z + 0.0 * amount], -1)


_LIFTED = {
    "arm": (0.62, 0.35, 0.62),
    "fore": (0.42, 0.85, 0.55),
    "hand": (0.5, 0.7, 0.5),
    "palm": (-0.2, -0.3, 1.0),
}


def lift_hands(d: Array, raised: Array, yaw: Array) -> None:
    """Bring hands up by `raised` (k, 2) 0..1, picture left and right, as a stroke or a touch needs them."""
    facing_house = np.cos(yaw) >= 0.0
    for column, s, g in ((0, "B", -1.0), (1, "A", 1.0)):
        up = np.where(facing_house, raised[:, column], raised[:, 1 - column])[:, None]
        for part, (x, y, z) in _LIFTED.items():
            i = CHANNEL[part + s]
            d[:, i] += up * (np.array((x * g, y, z)) - d[:, i])
