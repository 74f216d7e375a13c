"""Sounds that are made hop by hop on the absolute frame grid: whoever cuts the blocks, hop h is the same.

A source gives `make(h)`, the frames [h * size, (h + 1) * size) as (buses, size), a pure function of h (and of
the time that the score knows). Here hops are joined and cut into spans; the last one is kept, so that two spans
that share a hop do not make it twice.
"""

from __future__ import annotations

from collections.abc import Callable

from performance.sound.instrument import Frames
from performance.sound.own import own

HOP = 256  # frames of 5.3 ms: the ear's grain, and what every quantum is a multiple of


class Hops:
    """Joins the hops of one source."""

    def __init__(self, make: Callable[[int], Frames | None], size: int = HOP) -> None:
        self._make, self.size = own(make), size
        self._kept: tuple[int, Frames | None] = (-1, None)

    def forget(self) -> None:
        """Drop the kept hop: what it was made from has changed."""
        self._kept = (-1, None)

    def add(self, start: int, frames: int, out: Frames) -> None:
        """Add frames [start, start + frames) of the source to `out`; a hop of None is silence."""
        at = start
        while at < start + frames:
            h, skip = divmod(at, self.size)
            take = min(self.size - skip, start + frames - at)
            sound = self._hop(h)
            if sound is not None:
                out[:, at - start : at - start + take] += sound[:, skip : skip + take]
            at += take

    def _hop(self, h: int) -> Frames | None:
        if self._kept[0] != h:
            self._kept = (h, self._make(h))
        return self._kept[1]
