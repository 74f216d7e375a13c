"""The numbers that the sound process writes and the show reads, in memory that both can see.

A reading is consistent without a lock: the writer makes `turn` odd before it writes and even after, and the
reader looks again when it changed (a seqlock; H. Boehm, "Can seqlocks get along with programming language memory
models?", 2012). One writer; times are those of `time.perf_counter`, which all processes of a machine share.
"""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FIELDS = 9
_TURN, _BEATS, _LEAP, _T, _HEARD, _LOAD, _UNDERRUNS, _PEAK, _BUSY = range(_FIELDS)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is heard: the moment `t` of the piece leaves the speaker at `heard_at`.

    `leap` counts the jumps the show has asked for and says to which of them this belongs. `load` is the share of the
    time that making the sound takes, `blocks` grows with every block that was played.
    """

    blocks: int = 0
    leap: int = 0
    t: float = 0.0
    heard_at: float = 0.0
    load: float = 0.0
    underruns: int = 0
    peak: float = 0.0


class Board:
    """Shared by handing it to the process when it is started."""

    def __init__(self) -> None:
        self._numbers: Any = multiprocessing.get_context("spawn").RawArray("d", _FIELDS)

    @property
    def busy(self) -> NDArray[np.float64]:
        """(1,): not zero while a block of sound is being made. It changes as one looks."""
        return np.frombuffer(self._numbers)[_BUSY : _BUSY + 1]

    def work(self, busy: bool) -> None:
        """Say whether a block is being made; called by the sound's thread alone."""
        self._numbers[_BUSY] = float(busy)

    def clear(self) -> None:
        """As new, for a new process."""
        self._numbers[:] = [0.0] * _FIELDS

    def write(self, reading: Reading) -> None:
        """Publish a reading; called by the sound's thread alone."""
        numbers = self._numbers
        numbers[_TURN] += 1
        numbers[_BEATS], numbers[_LEAP] = reading.blocks, reading.leap
        numbers[_T], numbers[_HEARD], numbers[_LOAD] = reading.t, reading.heard_at, reading.load
        numbers[_UNDERRUNS], numbers[_PEAK] = reading.underruns, reading.peak
        numbers[_TURN] += 1

    def read(self) -> Reading:
        """The last reading that was whole."""
        numbers = self._numbers
        for _ in range(1000):
            turn = numbers[_TURN]
            _, blocks, leap, t, heard, load, underruns, peak = numbers[: _PEAK + 1]
            if turn % 2 == 0 and numbers[_TURN] == turn:
                return Reading(int(blocks), int(leap), t, heard, load, int(underruns), peak)
        return Reading()
