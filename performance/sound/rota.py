"""Who works out what, and when: in each hop a little of what will be needed soon, most urgent first, never too much.

What comes next is known in advance: the strokes of sections, their pitch and strength, the weights of their partials.
If each section saw to its own in turns, all turns would fall together now and then, and a gesture would come on top.
So all of them say what they lack, and it is done in order of the hop that needs it, as far as the work of a hop goes.
Everything worked out is a function of time: nobody hears when it was done.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

HOP_WORK = 900.0  # microseconds, about, of a slow core: what may be worked out ahead in a hop
LATE_WORK = 250.0  # more of it, where the next hop needs something
DEBT, MOST = 300.0, 600.0  # of a hop's work, at most, has been done in the hop before, and altogether


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to work out before hop `due` is made; `cost` in microseconds, about."""

    due: float
    cost: float
    deed: Callable[[], object]


Guard = Callable[[int, Callable[[], object]], None]


class Dutiful(Protocol):
    """Somebody who has things to work out."""

    def duty(self, h: int) -> Duty | None:
        """What is most urgent after hop h, or nothing."""


class Rota:
    """What all have to do after the hop that has just been made."""

    def __init__(self) -> None:
        self._present: dict[Dutiful, tuple[int, int]] = {}
        self._owed = 0.0

    def clear(self) -> None:
        """Nobody is here, and nothing is owed."""
        self._present.clear()
        self._owed = 0.0

    def join(self, owner: int, some: Sequence[Dutiful], h: int) -> None:
        """Those of an instrument (`owner` as in the banks) have made hop h."""
        self._present.update((one, (owner, h)) for one in some)  # once each, however many hops they have made

    def owe(self, cost: float) -> None:
        """Work that could not wait: there is less time for what can."""
        self._owed = min(self._owed + cost, MOST)

    def work(self, guard: Guard) -> None:
        """A hop's work; `guard(owner, deed)` does a deed that may fail."""
        if not self._present:
            return
        left = HOP_WORK - self._owed
        present = [(owner, one, h) for one, (owner, h) in self._present.items()]
        self._present.clear()
        waiting = [(duty.due, i, duty) for i, one in enumerate(present) if (duty := _asked(guard, *one))]
        heapq.heapify(waiting)
        while waiting:
            _, i, duty = waiting[0]
            owner, _, h = present[i]
            if left + LATE_WORK * (duty.due <= h + 1) < 0.5 * duty.cost:
                break
            left -= duty.cost
            guard(owner, duty.deed)
            following = _asked(guard, *present[i])
            if following is None:
                heapq.heappop(waiting)
            else:
                heapq.heapreplace(waiting, (following.due, i, following))
        self._owed = min(max(-left, 0.0), DEBT)


def _asked(guard: Guard, owner: int, one: Dutiful, h: int) -> Duty | None:
    """What somebody has to do: whoever fails to say has nothing."""
    said: list[Duty | None] = [None]
    guard(owner, lambda: said.append(one.duty(h)))
    return said[-1]
