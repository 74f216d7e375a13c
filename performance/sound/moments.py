"""What a section's tones are made from: who sounds at the ends of some hops, how high, how loud, for how long already.

All that sounds in a run of hops lies in one column after another, so that a tone is weighed once for the whole run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from performance.sound.own import own

T = TypeVar("T")
Numbers = NDArray[np.float64]


def farthest(kept: Iterable[int], r: int) -> int:
    """Which of the runs that are kept may go for run r: after a seek back, that is a later one."""
    return max(kept, key=lambda one: abs(one - r))


class Kept(Generic[T]):
    """What was made for the last few runs of hops; a run is told by its number."""

    def __init__(self, make: Callable[[int], T], most: int = 3) -> None:
        self._make, self._most = own(make), most
        self._made: dict[int, T] = {}

    def __call__(self, r: int) -> T:
        """For run r."""
        try:
            return self._made[r]
        except KeyError:
            if len(self._made) >= self._most:
                self._made.pop(farthest(self._made, r))
            made = self._made[r] = self._make(r)
            return made

    def get(self, r: int) -> T | None:
        """For run r, if it is there."""
        return self._made.get(r)

    def __contains__(self, r: int) -> bool:
        return r in self._made

    def forget(self, first: float = -np.inf) -> None:
        """Runs from `first` on are no longer so."""
        self._made = {r: made for r, made in self._made.items() if r < first}

    def amend(self, first: float, change: Callable[[int, T], T]) -> None:
        """Runs from `first` on are other than they were made."""
        self._made = {r: made if r < first else change(r, made) for r, made in self._made.items()}


@dataclass(frozen=True, slots=True)
class Moments:
    """Ends of hops: their times and the score's numbers there, (ends,) each. All else is a row for every player that
    sounds at an end: which end, which player, pitch (Hz), dynamic and strength 0..1, age of note and stroke and when
    the stroke began (seconds), even chance of the note."""

    t: Numbers
    numbers: dict[str, Numbers]
    end: NDArray[np.intp]
    who: NDArray[np.intp]
    hz: Numbers
    loud: Numbers
    envelope: Numbers
    age: Numbers
    stroke_age: Numbers
    begun: Numbers
    mark: Numbers

    def __len__(self) -> int:
        return int(self.who.size)

    def of(self, name: str) -> Numbers:
        """A number of the score, for every row."""
        return np.asarray(self.numbers[name][self.end])

    @property
    def when(self) -> Numbers:
        """The time of every row."""
        return np.asarray(self.t[self.end])

    def most(self, values: Numbers) -> Numbers:
        """The largest of a row's values at each end; 0 where nobody sounds."""
        made = np.zeros(self.t.size)
        np.maximum.at(made, self.end, values)
        return made

    def mean(self, values: Numbers) -> Numbers:
        """The mean of a row's values at each end; 0 where nobody sounds."""
        count = np.bincount(self.end, minlength=self.t.size)
        return np.asarray(np.bincount(self.end, values, self.t.size) / np.maximum(count, 1))

    def part(self, these: NDArray[np.intp] | slice) -> Moments:
        """Some of the rows."""
        return Moments(
            self.t, self.numbers, self.end[these], self.who[these], self.hz[these], self.loud[these],
            self.envelope[these], self.age[these], self.stroke_age[these], self.begun[these], self.mark[these],
        )  # fmt: skip
