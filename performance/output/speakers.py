"""Ways to be heard, best first: the sound card, SDL's mixer, and a paced silence for a machine without either."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from performance.output.mixer import Mixer
from performance.output.sinks import BLOCK, RATE, Sink, Source
from performance.output.sound_card import SoundCard


class Silence:
    """Nothing is heard, and time goes on at the right speed."""

    name = "silence"
    advice = "no sound device was found: the piece plays silently; plug one in or start a sound server, and play again"

    def __init__(self) -> None:
        self.underruns = 0
        self._over = threading.Event()

    def start(self, source: Source) -> None:
        self._thread = threading.Thread(target=self._wait, args=(source,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._thread.join(1.0)

    def _wait(self, source: Source) -> None:
        given, began = 0, time.perf_counter()
        while not self._over.wait(BLOCK / RATE):
            due = math.floor((time.perf_counter() - began) * RATE)
            given += self._give(source, due - given, began + given / RATE)

    def _give(self, source: Source, due: int, heard_at: float) -> int:
        """Go on by `due` frames; returns by how many."""
        source.pass_over(due, heard_at)
        return due


class Unheard(Silence):
    """All sound is made, at the right speed, and heard by nobody: for what is measured beside it."""

    name = "unheard"
    advice = ""

    def _give(self, source: Source, due: int, heard_at: float) -> int:
        for block in range(due // BLOCK):
            source.fill(np.empty((BLOCK, 2), np.float32), heard_at + block * BLOCK / RATE)
        return due // BLOCK * BLOCK


SINKS: tuple[Callable[[], Sink], ...] = (SoundCard, Mixer, Silence)


def sinks_of(block: int) -> tuple[Callable[[], Sink], ...]:
    """The same with so many frames asked for at once, where that can be chosen."""
    return SINKS if block == BLOCK else (partial(SoundCard, block), *SINKS[1:])


def first_that_opens(
    sinks: tuple[Callable[[], Sink], ...],
) -> tuple[Sink, tuple[Callable[[], Sink], ...], str]:
    """The best sink that opens, those after it, and why the better ones did not."""
    reasons: list[str] = []
    for i, make in enumerate(sinks):
        try:
            return make(), sinks[i + 1 :], "; ".join(reasons)
        except Exception as error:  # PortAudio, SDL and their drivers raise what they like
            reasons.append(f"{getattr(make, '__name__', 'sink')}: {error}")
    raise OSError("; ".join(reasons))
