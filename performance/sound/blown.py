"""What is air and nothing else: breath, one or many, made in the spectrum a frame at a time.

Frames of two hops overlap by half; that of a hop is a function of the hop, so nothing has to be remembered.
"""

from __future__ import annotations

from abc import abstractmethod

import numpy as np

from performance.causes.perbeat import since
from performance.curves import ease
from performance.sound.breathing import Air
from performance.sound.hops import HOP, Hops
from performance.sound.instrument import BUSES, RATE, Desk, Frames, Instrument, Span

ENTRY = 0.8  # seconds in which breath comes when the score first names it


class Blown(Instrument):
    """An instrument of air from some mouths."""

    memory = 0.0

    def __init__(self, desk: Desk, number: int, mouths: int, seed: int) -> None:
        super().__init__(desk, number)
        self.air = Air(seed, mouths)
        self._hops = Hops(self._make)
        self._frames: dict[int, Frames] = {}

    @abstractmethod
    def blown(self, h: int, t: float) -> Frames | None:
        """The frame in whose middle, at t, hop h ends: (buses, 2 HOP), or None where there is no breath."""

    def entered(self, t: float) -> float:
        """0..1: how far it has come since the score first named it."""
        return ease(min(max(t - since(self.desk.timeline, self.path, t), 0.0) / ENTRY, 1.0))

    def reset(self, frame: int) -> None:
        """Nothing to forget: breath is a function of time."""
        self._hops.forget()
        self._frames.clear()

    def render(self, span: Span) -> None:
        """The breath, hop by hop."""
        self._hops.add(span.start, span.frames, span.out)

    def _make(self, h: int) -> Frames | None:
        before, now = self._frame(h - 1), self._frame(h)
        sound: Frames = before[:, HOP:] + now[:, :HOP]
        return sound if sound.any() else None

    def _frame(self, h: int) -> Frames:
        if h not in self._frames:
            if len(self._frames) > 2:
                self._frames.pop(min(self._frames))
            made = self.blown(h, (h + 1) * HOP / RATE)
            self._frames[h] = np.zeros((BUSES, 2 * HOP), np.float32) if made is None else made
        return self._frames[h]
