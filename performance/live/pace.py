"""Sixty frames a second, evenly, and how well that went."""

from __future__ import annotations

import time
from collections import deque

SPIN = 0.0006  # seconds before the flip at which sleeping is no longer exact enough
LEAN = 0.2  # how quickly the expected cost of a frame follows what frames cost
REMEMBERED = 240  # frames


class Pace:
    """When the next frame is to be seen."""

    def __init__(self, fps: float = 60.0) -> None:
        self.period = 1.0 / fps
        self.due = time.perf_counter()
        self.work: deque[float] = deque(maxlen=REMEMBERED)  # seconds that frames took to make
        self.late = 0  # frames that came after their time
        self._began = self.due
        self._usual = 0.0  # seconds a frame takes just now

    def begin(self) -> float:
        """Start a frame; returns the instant at which it will be seen."""
        self._began = time.perf_counter()
        self.due = max(self.due + self.period, self._began + self._usual)
        return self.due

    def wait(self) -> None:
        """The frame is made: wait until it is due."""
        now = time.perf_counter()
        self.work.append(now - self._began)
        self._usual += (self.work[-1] - self._usual) * LEAN
        self.late += now > self.due
        if self.due - now > SPIN:
            time.sleep(self.due - now - SPIN)
        while time.perf_counter() < self.due:
            pass

    @property
    def median_ms(self) -> float:
        """Of the last frames' making."""
        return sorted(self.work)[len(self.work) // 2] * 1000.0 if self.work else 0.0

    @property
    def slow_ms(self) -> float:
        """What one frame in fifty exceeds."""
        return sorted(self.work)[len(self.work) * 49 // 50] * 1000.0 if self.work else 0.0
