"""Sounds made when they are first asked for, and let fall wherever they are asked for again.

A bubble on a pitch, a swell in a crystal: few are different, many are heard. Each is kept under its key. Instruments
that follow a cause and let such sounds fall draw all of them when they first see a score.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from performance.sound.following import Following
from performance.sound.grains import NOTHING, Grains, Shower
from performance.sound.instrument import RATE, Desk, Frames, Span

if TYPE_CHECKING:
    from performance.score.model import Score

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


class Casting(Following):
    """Follows a cause; beside what is struck, sounds of at most `longest` seconds fall that are drawn in advance."""

    longest: ClassVar[float]

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._cast = Cast(self.longest)
        self._score: Score | None = None

    @abstractmethod
    def foresee(self) -> None:
        """Draw every sound that the score will ask for."""

    @abstractmethod
    def drawn(self, pitch_hz: float, lasts: float) -> tuple[Hashable, Callable[[], Frames]]:
        """The key of a sound, and how it is made."""

    def prepare(self) -> None:
        """All that the piece will ask for is drawn, once."""
        self._cast.clear()
        if self._score is not self.desk.timeline.score:
            self._score = self.desk.timeline.score
            self.foresee()

    def draw(self, pitch_hz: float, lasts: float) -> None:
        """Have a sound ready."""
        self._cast.make(*self.drawn(pitch_hz, lasts))

    def fall(self, frame: int, pitch_hz: float, lasts: float, place: Frames) -> None:
        """Let a sound fall."""
        self._cast.fall(frame, *self.drawn(pitch_hz, lasts), place)

    def render(self, span: Span) -> None:
        """What falls; what is struck is in the bank."""
        super().render(span)
        self._cast.add(span)
