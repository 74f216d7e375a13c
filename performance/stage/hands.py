"""What guests do with their hands at a moment: they smile, clap, cheer, and are on their way from one to the other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.stage.arms import APART, CHEERING, HALFWAY, LIFTING, MOVED, REACHING, TOGETHER, WAITING

if TYPE_CHECKING:
    from performance.stage.seating import HouseSeats
    from performance.timeline import Cue

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
HANDS_UP = 0.95  # seconds that hands take from wherever they are up to cheering, and down again
SMILING, CLAPPING = 0.025, 0.17  # of joy and of clapping: how much more makes hands go all the way
UP = np.array((WAITING, LIFTING, APART, HALFWAY, REACHING, CHEERING))  # the way up
HANDS, TOP = 2.0, 5.0  # where on it hands clap, and where they cheer
CHEERS = 7  # which of their small movements is the turn of those who cheer


@dataclass(frozen=True, slots=True)
class Hands:
    """What everyone (n,) does with their hands: a pose of arms.py, and how far 0..1 another has taken its place."""

    pose: Whole
    other: Whole
    shows: Array


def hands_at(cue: Cue, t: float, seats: HouseSeats, stood: Array, clapped: Array) -> Hands:
    """What everyone does with face and hands: joy spreads from one to the next, and so does clapping; of those who
    have risen some cheer by turns. Hands are never here and then there: each pose dissolves into the next."""
    stand, clap = cue.number("stand"), cue.number("clap")
    gladness = max(cue.number("joy"), clap, stand) * (1.0 + SMILING)
    joy = smooth((gladness - seats.phases[:, 3]) / SMILING)
    if clap <= 0.0 and stand <= 0.0:
        return _dissolving(np.full(len(joy), WAITING), np.full(len(joy), MOVED), joy)
    up = HANDS * smooth((0.95 * clap - seats.phases[:, 2]) / CLAPPING)
    up += (TOP - up) * _cheering(t, seats, stood, 0.45 * max(clap, 0.5 * stand))
    beat = (t * (2.6 + 1.6 * seats.phases[:, 1]) + seats.phases[:, 4]) % 1.0
    meet = (up == HANDS) & ((clapped > 0.3) | (beat < 0.3))
    at = np.minimum(up, TOP - 1.0).astype(np.int64)
    down = up == 0.0
    face = np.where(joy > 0.5, MOVED, WAITING)
    one = np.where(down, WAITING, np.where(at == 0, face, np.where(meet, TOGETHER, UP[at])))
    other = np.where(down, MOVED, UP[at + 1])
    return _dissolving(one, other, np.where(down, joy, up - at))


def _dissolving(one: Whole, other: Whole, share: Array) -> Hands:
    """Each pose near its end of the way, and between them the nearer one, which the other takes the place of."""
    first = share < 0.5
    shows = np.maximum(np.where(first, share, 1.0 - share) * 2.5 - 0.75, 0.0)
    return Hands(np.where(first, one, other), np.where(first, other, one), shows)


def _cheering(t: float, seats: HouseSeats, stood: Array, most: float) -> Array:
    """How far everyone's hands are up who has risen and whose turn it is; `most` is which share of a turn they stay."""
    if most <= 0.0:
        return np.zeros(len(stood))
    rate, begin = seats.waves[:, CHEERS].astype(np.float64)
    turn = (rate * t + begin + 0.5 * np.pi + np.pi) % (2 * np.pi) - np.pi
    left = (
        math.acos(1.0 - 2.0 * min(most, 1.0)) - np.abs(turn)
    ) / rate  # seconds that they stay up, or were up
    slow = HANDS_UP * (0.8 + 0.5 * seats.phases[:, 0])
    return smooth(left / slow) * smooth((stood - 0.5) / 0.4)
