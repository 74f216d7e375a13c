"""Blocks that are made ahead, for a card that asks for fewer frames at once than the orchestra works out at once.

An orchestra works in hops: of two blocks of half a hop one has nearly all the work, and the card would give either the
same time. Here a thread makes a hop's worth of blocks ahead, and the card takes what lies ready: that takes a moment,
so what little time there is stays for the machine's own stalls. What lies ready is heard that much later.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

import numpy as np

from performance.output.sinks import RATE, Block, Source


class Cushion:
    """Blocks of `frames` frames from a source, `ahead` of them lying ready or being made; `begin` is called first in
    the thread that makes them."""

    def __init__(self, source: Source, frames: int, ahead: int, begin: Callable[[], None]) -> None:
        self.missed = 0  # blocks that were not there in time
        self._source, self._begin = source, begin
        self._ready: SimpleQueue[Block] = SimpleQueue()
        self._wanted: SimpleQueue[tuple[Block, float] | None] = SimpleQueue()
        self._later = ahead * frames / RATE
        for _ in range(ahead):
            self._ready.put(np.zeros((frames, 2), np.float32))
        threading.Thread(target=self._make, name="cushion", daemon=True).start()

    def fill(self, out: Block, heard_at: float) -> None:
        """The block that lies ready, of which the first frame is heard at `heard_at`; silence if there is none."""
        try:
            block = self._ready.get_nowait()
        except Empty:
            self.missed += 1
            out[:] = 0.0
            return
        out[:] = block
        self._wanted.put((block, heard_at + self._later))

    def close(self) -> None:
        """Make no more."""
        self._wanted.put(None)

    def _make(self) -> None:
        self._begin()
        while (wanted := self._wanted.get()) is not None:
            block, heard_at = wanted
            self._source.fill(block, heard_at)
            self._ready.put(block)
