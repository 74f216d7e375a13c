"""What the score asks of a section: its numbers at the starts of hops, each read once, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.sound.bowing import HOP_TIME
from performance.sound.own import own

if TYPE_CHECKING:
    from performance.timeline import Cue, Timeline

HOPS = 4000  # whose numbers are kept
TABLES = 40  # spans of hops whose numbers are kept
REREAD = 0.5  # seconds after which it is asked anew which numbers still move
# a beat's start, the time when they were read, all numbers, names of those that move then
_UNREAD: tuple[float, float, dict[str, float], tuple[str, ...]] = (-1.0, 0.0, {}, ())
Numbers = NDArray[np.float64]


class Reading:
    """The numbers under a path. `read(cue)` gives them all at one time; of them `names` are the score's own, and may
    come to rest as soon as none of the `words` can change."""

    def __init__(
        self,
        timeline: Timeline,
        path: str,
        read: Callable[[Cue], dict[str, float]],
        names: tuple[str, ...],
        words: tuple[str, ...],
    ) -> None:
        self._timeline, self._path, self._read = timeline, path, own(read)
        self._names, self._words = names, words
        self._known: dict[int, dict[str, float]] = {}
        self._lately = _UNREAD
        self._tables: dict[tuple[int, int], dict[str, Numbers]] = {}
        self._sampled: dict[str, dict[int, float]] = {}

    def forget(self) -> None:
        """The score has changed."""
        self._known.clear()
        self._lately = _UNREAD
        self._tables.clear()
        self._sampled.clear()

    def at(self, h: int) -> dict[str, float]:
        """The score's numbers at the start of hop h."""
        if h not in self._known:
            if len(self._known) > HOPS:
                self._known.clear()
            self._known[h] = self._numbers_at(self._cue(h * HOP_TIME))
        return self._known[h]

    def table(self, when: Numbers) -> dict[str, Numbers]:
        """The score's numbers at the starts of some hops one after another."""
        first = round(float(when[0]) / HOP_TIME)
        if (first, when.size) not in self._tables:
            if len(self._tables) > TABLES:
                self._tables.clear()
            known = [self.at(h) for h in range(first, first + when.size)]
            columns = np.array([list(numbers.values()) for numbers in known]).T
            self._tables[first, when.size] = dict(zip(known[0], columns, strict=True))
        return self._tables[first, when.size]

    def sampled(self, name: str, times: Numbers) -> Numbers:
        """A number of the score at any times, read twice a second."""
        known = self._sampled.setdefault(name, {})
        cells = np.floor(times * 2).astype(int).tolist()
        for cell in set(cells) - known.keys():
            known[cell] = self._cue(max(cell / 2, 0.0)).number(name)
        return np.array([known[cell] for cell in cells])

    def _cue(self, t: float) -> Cue:
        return self._timeline.cue(self._path, min(t, self._timeline.length))

    def _numbers_at(self, cue: Cue) -> dict[str, float]:
        """What is asked at one time: of what has come to rest in this beat, nothing is read again."""
        start, since, numbers, moving = self._lately
        if start == cue.start and since <= cue.t < since + REREAD:
            return numbers | {name: cue.number(name) for name in moving}
        numbers = self._read(cue)
        if all(cue.rests(word) for word in self._words):
            moving = tuple(name for name in self._names if not cue.rests(name))
            self._lately = cue.start, cue.t, numbers, moving
        return numbers
