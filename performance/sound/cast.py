"""Sounds made when they are first asked for, and let fall wherever they are asked for again.

A bubble on a pitch, a swell in a crystal: few are different, many are heard. Each is kept under its key.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np

from performance.sound.grains import NOTHING, Grains, Shower
from performance.sound.instrument import RATE, Frames, Span

FORGET = 4 * RATE  # frames after which what has fallen is forgotten


class Cast:
    """Sounds of at most `longest` seconds."""

    def __init__(self, longest: float) -> None:
        self._longest = round(longest * RATE)
        self._sounds: list[Frames] = [np.zeros(self._longest, np.float32)]
        self._which: dict[Hashable, int] = {}
        self._fallen = NOTHING
        self._waiting: list[tuple[int, int, Frames]] = []
        self._grains = Grains(self._sounds, self._between)

    def clear(self) -> None:
        """Silence; the sounds are kept."""
        self._fallen, self._waiting = NOTHING, []
        self._grains.forget()

    def make(self, key: Hashable, make: Callable[[], Frames]) -> int:
        """Which sound a key has; it is made if there is none yet."""
        if key not in self._which:
            self._which[key] = len(self._sounds)
            self._sounds.append(make()[: self._longest])
        return self._which[key]

    def fall(self, frame: int, key: Hashable, make: Callable[[], Frames], gains: Frames) -> None:
        """Let the sound of a key fall at a frame with bus gains (4,)."""
        self._waiting.append((frame, self.make(key, make), gains))

    def _between(self, a: int, b: int) -> Shower:
        if self._waiting:
            frames, which, gains = zip(*self._waiting, strict=True)
            new = Shower.of(np.array(frames), np.array(which), np.stack(gains, axis=1))
            kept = self._fallen.between(min(a, int(new.frame[0])) - FORGET, np.iinfo(np.int64).max)
            self._fallen, self._waiting = Shower.together([kept, new]), []
        return self._fallen.between(a, b)

    def add(self, span: Span) -> None:
        """What falls in the span, and what still sounds."""
        if self._waiting or self._fallen.frame.size:
            self._grains.add(span.start, span.frames, span.out)
