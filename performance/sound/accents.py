"""How a section answers a gesture: the accent on what it plays, and the notes it plays in reply."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from performance.causes.parts import Note
from performance.causes.smooth import smooth
from performance.gestures import Gesture, Strike, Sweep

CELL = 0.5  # seconds in which a section answers once
RISE, FALL = 0.035, 0.32  # seconds of an accent
STRONGEST = 0.9  # how much louder an accent makes a section
STAB, TOUCHED, STEP = 0.6, 1.1, 0.13  # seconds of a blow's chord, of a touch's note, of one step of a run
LONGEST_RUN = 5

Numbers = NDArray[np.float64]


class Accents:
    """The accents of the last gestures, by time and strength."""

    def __init__(self) -> None:
        self._given: list[tuple[float, float]] = []

    def __bool__(self) -> bool:
        return bool(self._given)

    def clear(self) -> None:
        """None."""
        self._given.clear()

    def add(self, t: float, strength: float) -> None:
        """One more; those that are over are dropped."""
        self._given = [given for given in self._given if given[0] > t - 3.0]
        self._given.append((t, strength))

    def at(self, when: Numbers) -> Numbers:
        """How much louder, as a share, at times."""
        made = np.zeros(when.shape)
        for t, strength in self._given:
            age = when - t
            made += strength * smooth(age / RISE) * np.exp(-np.maximum(age, 0) / FALL)
        return STRONGEST * np.minimum(made, 1.5)


def answer_notes(gesture: Gesture, t: float, pitches: tuple[float, ...], seed: int) -> list[Note]:
    """A blow is a chord, a touch the pitch of its height, a stroke a run up or down; always of the given pitches."""
    ladder = sorted(pitches)
    level, address = 0.45 + 0.5 * gesture.strength, round(t * 1000)
    if isinstance(gesture, Strike):
        return [Note(t, STAB, hz, level, address * 16 + i, False, True) for i, hz in enumerate(ladder[:6])]
    place = min(max(1.0 - gesture.v, 0.0), 0.999)
    at = int(place * len(ladder))
    if not isinstance(gesture, Sweep):
        return [Note(t, TOUCHED, ladder[at], level, address * 16, False, True)]
    up = math.copysign(1, gesture.du - 1.4 * gesture.dv)
    count = min(LONGEST_RUN, len(ladder))
    start = min(max(at - int(up > 0) * count // 2, 0), len(ladder) - count)
    run = ladder[start : start + count][:: int(up)]
    lengths = [STEP] * (count - 1) + [0.7]
    return [
        Note(t + i * STEP, lengths[i], hz, level * (0.8 + 0.05 * i), address * 16 + i, False, i == 0)
        for i, hz in enumerate(run)
    ]
