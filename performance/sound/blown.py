"""What is air and nothing else: breath, one or many, made in the spectrum, some frames at a time."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
from numpy.typing import NDArray

from performance.causes.perbeat import since
from performance.curves import ease
from performance.sound.breathing import Air, Draught
from performance.sound.instrument import Desk, Frames, Instrument, Span

ENTRY = 0.8  # seconds in which breath comes when the score first names it


class Blown(Instrument):
    """An instrument of air from some mouths."""

    memory = 0.0

    def __init__(self, desk: Desk, number: int, mouths: int, seed: int) -> None:
        super().__init__(desk, number)
        self._draught = Draught(Air(seed, mouths), self.blow)

    @abstractmethod
    def blow(self, times: NDArray[np.float64]) -> tuple[Frames, Frames] | None:
        """Colours and gains of the frames in whose middles are the times, or None where there is no breath."""

    def entered(self, t: float) -> float:
        """0..1: how far it has come since the score first named it."""
        return ease(min(max(t - since(self.desk.timeline, self.path, t), 0.0) / ENTRY, 1.0))

    def reset(self, frame: int) -> None:
        """Nothing to forget: breath is a function of time."""
        self._draught.forget()

    def render(self, span: Span) -> None:
        """The breath."""
        self._draught.add(span.start, span.frames, span.out)
