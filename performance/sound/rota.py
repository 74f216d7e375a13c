"""Who works out what, and when: in each hop a little of what will be needed soon, most urgent first, never too much.

What comes next is known in advance: the strokes of sections, their pitch and strength, the weights of their partials.
If each section saw to its own in turns, all turns would fall together now and then, and a gesture would come on top.
So all of them say what they lack, and it is done in order of the hop that needs it, as far as the work of a hop goes.
Everything worked out is a function of time: nobody hears when it was done.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

HOP_WORK = 750.0  # microseconds, about, of a slow core: what may be worked out ahead in a hop
DEBT = 1.5  # hops' work that may be owed, after an answer that had to be given at once


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to work out before hop `due` is made. `cost` in microseconds, about; `owner` as in the banks."""

    due: float
    cost: float
    owner: int
    deed: Callable[[], object]


class Dutiful(Protocol):
    """Somebody who has things to work out."""

    def duty(self, h: int) -> Duty | None:
        """What is most urgent after hop h, or nothing."""


class Rota:
    """What all have to do after the hop that has just been made."""

    def __init__(self) -> None:
        self._present: list[tuple[Dutiful, int]] = []
        self._left = HOP_WORK

    def clear(self) -> None:
        """Nobody is here, and nothing is owed."""
        self._present.clear()
        self._left = HOP_WORK

    def join(self, some: list[Dutiful], h: int) -> None:
        """They have made hop h."""
        self._present += [(one, h) for one in some]

    def owe(self, cost: float) -> None:
        """Work that could not wait: there is less time for what can."""
        self._left = max(self._left - cost, -DEBT * HOP_WORK)

    def work(self, guard: Callable[[int, Callable[[], object]], None]) -> None:
        """A hop's work; `guard(owner, deed)` does a deed that may fail."""
        if not self._present:
            return
        self._left = min(self._left + HOP_WORK, HOP_WORK)
        present, self._present = self._present, []
        waiting = [(duty.due, i, duty) for i, (one, h) in enumerate(present) if (duty := one.duty(h))]
        heapq.heapify(waiting)
        while waiting and self._left > 0.5 * waiting[0][2].cost:
            _, i, duty = waiting[0]
            self._left -= duty.cost
            guard(duty.owner, duty.deed)
            one, h = present[i]
            following = one.duty(h)
            if following is None:
                heapq.heappop(waiting)
            else:
                heapq.heapreplace(waiting, (following.due, i, following))
