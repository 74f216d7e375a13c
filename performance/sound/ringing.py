"""Wires that ring, all at once, hop by hop.

All partials of a wire share one bent time, so their phases are its multiples: the time is laid through the two ends and
the middle of every 64 frames as a quadratic, and each partial takes its part of three numbers. The rest is one matrix
product and one sine.
"""

from __future__ import annotations

import numpy as np

from performance.sound.hops import HOP
from performance.sound.instrument import Frames
from performance.sound.wire import Stack, Wire

RUN = 64
RUNS = HOP // RUN
QUIET = 5e-5  # strength below which a partial is left out
CHUNK = 128  # partials at once: their work stays in the cache

_AT = np.arange(RUN)
_BASIS = np.stack([np.ones(RUN), _AT, _AT * (_AT - RUN)]).astype(np.float32)
_LOOKS = np.arange(2 * RUNS + 1) * (RUN // 2)


class Rings:
    """Work space, and the wires as they were last stacked."""

    def __init__(self) -> None:
        self._wires: list[Wire] = []
        self._stack: Stack | None = None
        self._wave = np.empty((CHUNK * RUNS, RUN), np.float32)
        self._ramp = ((np.arange(HOP) + 1) / HOP).astype(np.float32)

    def add(self, wires: list[Wire], start: int, out: Frames) -> None:
        """Add frames [start, start + HOP) of the wires to `out` (4, HOP)."""
        if not wires:
            return
        if (
            self._stack is None
            or len(wires) != len(self._wires)
            or any(a is not b for a, b in zip(wires, self._wires, strict=True))
        ):
            self._wires, self._stack = wires, Stack(wires)
        stack = self._stack
        age = stack.age(start + _LOOKS)
        time = stack.bent(age)
        strength = stack.strength(age[:, [0, -1]])
        loud = np.flatnonzero(np.abs(strength).max(axis=1) > QUIET)
        begin, middle, end = time[:, 0:-1:2], time[:, 1::2], time[:, 2::2]
        slope = (end - begin) / RUN
        bow = 4.0 * (0.5 * (begin + end) - middle) / (RUN * RUN)
        for first in range(0, loud.size, CHUNK):
            these = loud[first : first + CHUNK]
            of, pitch = stack.of[these], stack.pitch_hz[these, None]
            turns = pitch * begin[of]
            table = np.stack([turns - np.rint(turns), pitch * slope[of], pitch * bow[of]], axis=2)
            wave = self._wave[: these.size * RUNS]
            np.matmul((2 * np.pi * table).astype(np.float32).reshape(-1, 3), _BASIS, out=wave)
            np.sin(wave, out=wave)
            sound = wave.reshape(these.size, HOP)
            gains = (stack.place[:, these] * strength[None, these, 0]).astype(np.float32)
            change = (stack.place[:, these] * strength[None, these, 1]).astype(np.float32) - gains
            out += gains @ sound + (change @ sound) * self._ramp
