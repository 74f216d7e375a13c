"""What a way to be heard is, and what it asks for.

A sink asks a `Source` for frames: `fill(out, heard_at)` writes (frames, 2) float32, `heard_at` being when the first
of them will leave the speaker, on the clock of `time.perf_counter`. All sinks are paced by what they play on; one
that turns out not to be is found by the source, which counts.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
BLOCK = 512
Block = NDArray[np.float32]


class Source(Protocol):
    """Where the frames come from. One thread calls."""

    def fill(self, out: Block, heard_at: float) -> None: ...

    def pass_over(self, frames: int, heard_at: float) -> None:
        """These frames are heard by nobody."""


class Sink(Protocol):
    """A way to be heard. `advice` says how a better one is had, "" for the best."""

    name: str
    advice: str

    @property
    def underruns(self) -> int: ...

    def start(self, source: Source) -> None: ...

    def close(self) -> None: ...
