"""Who sits in a section, and who plays which note.

A player has an instrument with a range. Of several notes at once the low ones go to the low players, evenly; a note
that everybody has is played by each in an octave of their own. Where a chord is held under a line, the leaders (the
upper two fifths of the section) play the line and leave the chord to the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.causes.parts import Note

LEADING = 0.4  # share of the players who take a line where others hold a chord
TOGETHER = 0.06  # seconds: notes that overlap less follow one another
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Player:
    """What somebody plays, and from where to where (Hz)."""

    kind: str
    low_hz: float
    high_hz: float


def in_range(hz: Numbers, players: Sequence[Player]) -> Numbers:
    """Pitches (notes, players) in the octave that each player reaches; NaN where it is more than one octave away."""
    low = np.array([player.low_hz for player in players])
    high = np.array([player.high_hz for player in players])
    log = np.log2(hz)[:, None]
    up = np.ceil(np.maximum(np.log2(low) - log, 0.0) - 1e-9)
    down = np.ceil(np.maximum(log - np.log2(high), 0.0) - 1e-9)
    move = up - down
    return np.asarray(np.where(np.abs(move) <= 1.0, 2.0 ** (log + move), np.nan))


def shares(onset: Numbers, end: Numbers, hz: Numbers) -> tuple[Numbers, Numbers]:
    """Of the players from low to high, the part [from, to) of each note: as many parts as notes sound at once."""
    if not onset.size:
        return onset, onset
    late = end - np.minimum(TOGETHER, 0.4 * (end - onset))
    sounding = (onset[:, None] <= onset[None] + 1e-6) & (late[:, None] > onset[None])  # (note, instant)
    count = sounding.sum(axis=0)
    crowded = np.where(sounding, count, 0).argmax(axis=1)  # the instant at which a note has most beside it
    there = sounding[:, crowded]  # (other note, note)
    order = hz + 1e-9 * np.arange(hz.size)
    rank = (there & (order[:, None] < order[None])).sum(axis=0)
    of = np.maximum(count[crowded], 1)
    return np.asarray(rank / of), np.asarray((rank + 1) / of)


def dealt(notes: Sequence[Note], players: Sequence[Player]) -> tuple[NDArray[np.bool_], Numbers]:
    """Who plays which note, (notes, players), and in which octave (Hz)."""
    onset, end = (np.array([getattr(note, name) for note in notes]) for name in ("onset", "end"))
    hz, bed = np.array([note.pitch_hz for note in notes]), np.array([note.bed for note in notes], bool)
    rank = np.argsort(np.argsort([player.low_hz for player in players], kind="stable"))
    count = len(players)
    low, high = np.zeros(hz.size), np.ones(hz.size)
    for layer in (bed, ~bed):
        low[layer], high[layer] = shares(onset[layer], end[layer], hz[layer])
    meets = ((onset[:, None] < end[None]) & (end[:, None] > onset[None]) & bed[None]).any(axis=1)
    floor = np.where(~bed & meets, 1.0 - LEADING, 0.0)  # lines over a bed are for the upper players
    first = np.floor((floor + (1 - floor) * low) * count + 1e-6)
    last = np.maximum(np.floor((floor + (1 - floor) * high) * count + 1e-6), first + 1)
    plays = (rank[None] >= first[:, None]) & (rank[None] < last[:, None])
    reached = in_range(hz, players)
    nobody = ~(plays & np.isfinite(reached)).any(axis=1)
    reached[nobody] = np.where(np.isfinite(reached[nobody]), reached[nobody], hz[nobody, None])
    return np.asarray(plays & np.isfinite(reached)), reached


def leads(players: Sequence[Player]) -> NDArray[np.bool_]:
    """Who takes a line over a bed."""
    rank = np.argsort(np.argsort([player.low_hz for player in players], kind="stable"))
    return np.asarray(rank >= np.floor((1.0 - LEADING) * len(players) + 1e-6))
