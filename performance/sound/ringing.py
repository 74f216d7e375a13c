"""Wires that ring, all at once, some hops at a time.

All partials of a wire share one bent time, so their phases are its multiples: the time is laid through the two ends and
the middle of every 64 frames as a quadratic, and each partial takes its part of three numbers. The rest is one matrix
product and one sine. Strength runs straight from hop to hop.
"""

from __future__ import annotations

from operator import is_

import numpy as np
from numpy.typing import NDArray

from performance.sound.hops import HOP
from performance.sound.instrument import Frames
from performance.sound.wire import Numbers, Stack, Wire

RUN = 64
QUIET = 5e-5  # strength below which a partial is left out
CHUNK = 128  # partials at once: their work stays in the cache

_AT = np.arange(RUN)
_BASIS = np.stack([np.ones(RUN), _AT, _AT * (_AT - RUN)]).astype(np.float32)


class Rings:
    """Work space for `hops` hops, and the wires as they were last stacked."""

    def __init__(self, hops: int) -> None:
        self._hops, self._runs = hops, hops * HOP // RUN
        self._wires: list[Wire] = []
        self._stack: Stack | None = None
        self._looks = np.arange(2 * self._runs + 1) * (RUN // 2)
        self._wave = np.empty((CHUNK * self._runs, RUN), np.float32)
        self._table = np.empty((CHUNK, self._runs, 3))
        self._ramp = ((np.arange(HOP) + 1) / HOP).astype(np.float32)

    def add(self, wires: list[Wire], start: int, out: Frames) -> None:
        """Add frames [start, start + hops * HOP) of the wires to `out` (4, hops * HOP)."""
        if not wires:
            return
        stack = self._stacked(wires)
        age = stack.age(start + self._looks)
        time = stack.bent(age)
        strength = stack.strength(age[:, :: 2 * HOP // RUN])
        loud = np.flatnonzero(np.abs(strength).max(axis=1) > QUIET)
        begin, middle, end = time[:, 0:-1:2], time[:, 1::2], time[:, 2::2]
        bends = begin, (end - begin) / RUN, 4.0 * (0.5 * (begin + end) - middle) / (RUN * RUN)
        for first in range(0, loud.size, CHUNK):
            these = loud[first : first + CHUNK]
            self._add(stack, these, bends, strength[these].T.astype(np.float32), out)

    def _stacked(self, wires: list[Wire]) -> Stack:
        same = len(wires) == len(self._wires) and all(map(is_, wires, self._wires))
        if self._stack is None or not same:
            self._wires, self._stack = wires, Stack(wires)
        return self._stack

    def _add(
        self,
        stack: Stack,
        these: NDArray[np.intp],
        bends: tuple[Numbers, Numbers, Numbers],
        strength: Frames,
        out: Frames,
    ) -> None:
        of, pitch = stack.of[these], stack.pitch_hz[these, None]
        table = self._table[: these.size]
        turns, slope, bow = (pitch * bend[of] for bend in bends)
        np.subtract(turns, np.rint(turns), out=table[:, :, 0])
        table[:, :, 1], table[:, :, 2] = slope, bow
        wave = self._wave[: these.size * self._runs]
        np.matmul((2 * np.pi * table).astype(np.float32).reshape(-1, 3), _BASIS, out=wave)
        np.sin(wave, out=wave)
        sound = wave.reshape(these.size, -1)
        place = stack.place[:, these]
        gains = [place * level for level in strength]
        for i in range(self._hops):
            hop = slice(i * HOP, (i + 1) * HOP)
            out[:, hop] += gains[i] @ sound[:, hop] + ((gains[i + 1] - gains[i]) @ sound[:, hop]) * self._ramp
