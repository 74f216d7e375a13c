"""What the show has to say: to the terminal at once, over the picture for a while."""

from __future__ import annotations

import sys
import time

from performance.live.overlay import ALARM, INK, Line

SAID = 8.0  # seconds that news stays over the picture
MOST_FAULTS = 5  # of a score that are shown over the picture; the terminal has them all


class Notices:
    """News, and what is wrong with the score as it was saved last."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._news: list[tuple[float, str]] = []

    def say(self, line: str) -> None:
        """Something happened."""
        print(line, file=sys.stderr, flush=True)
        self._news.append((time.perf_counter(), line))

    def wrong(self, faults: list[str]) -> None:
        """The score was saved with these faults; none is fine."""
        self.faults = faults
        for fault in faults:
            print(fault, file=sys.stderr, flush=True)

    def news(self) -> list[Line]:
        """What happened lately."""
        now = time.perf_counter()
        self._news = [one for one in self._news if now - one[0] < SAID]
        return [(line, INK) for _, line in self._news]

    def alarms(self) -> list[Line]:
        """What is wrong, as long as it is."""
        return [(fault, ALARM) for fault in self.faults[:MOST_FAULTS]]


def clock_face(t: float) -> str:
    """Minutes and seconds, "3:07"."""
    return f"{int(t) // 60}:{int(t) % 60:02d}"
