"""The room around the sounds, and how one room opens into another.

Each room hears only what is sent while it is there: on a change the sends fade over, and the old room's tail rings
on in it. A room that nobody sends to, and whose tail is done, costs nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from performance.sound.convolve import Convolver
from performance.sound.instrument import CONTROL, RATE, Frames
from performance.sound.rooms import response
from performance.units import gain

if TYPE_CHECKING:
    from performance.timeline import Cue, Timeline

f32 = np.float32
PATH = "sound.room"
Shares = dict[str, float]


def shares_of(cue: Cue) -> Shares:
    """How much of the sends each room hears: equal power while one opens into the other."""
    before, now, mix = cue.blend("kind")
    wet = gain(cue.number("wet_db"))
    if (
        before == now or mix >= 1.0
    ):  # a quarter turn's cosine is not quite 0: the old room would be kept at work
        return {now: wet}
    return {before: wet * math.cos(mix * math.pi / 2), now: wet * math.sin(mix * math.pi / 2)}


class Room:
    """The rooms of a timeline in blocks of `block` frames: convolvers, and a share of the sends for each."""

    def __init__(self, timeline: Timeline, block: int) -> None:
        self._timeline, self._block = timeline, block
        self._echoes: dict[str, Convolver] = {}
        self._sent = np.zeros((2, block), f32)
        self._tick = 0
        self._shares: tuple[Shares, Shares] = ({}, {})
        for beat in timeline.beats:
            self._prepare(timeline.cue(PATH, beat.start).blend("kind")[:2])

    def _prepare(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name not in self._echoes:
                self._echoes[name] = Convolver(response(name), self._block)

    def reset(self) -> None:
        """All rooms silent."""
        for echo in self._echoes.values():
            echo.reset()

    def locate(self, frame: int) -> None:
        """Go on from `frame`, whatever still rings."""
        self._tick = frame // CONTROL
        self.tick_until(frame // CONTROL * CONTROL)

    @property
    def idle(self) -> bool:
        """No tail is left anywhere."""
        return all(echo.idle for echo in self._echoes.values())

    def tick_until(self, end: int) -> None:
        """Read the score at all control instants up to the first at or after `end`."""
        while (self._tick - 1) * CONTROL < end:
            cue = self._timeline.cue(PATH, min(self._tick * CONTROL / RATE, self._timeline.length))
            self._shares = (self._shares[1], shares_of(cue))
            self._prepare(tuple(self._shares[1]))  # a live edit may open a room that nobody had prepared
            self._tick += 1

    def process(self, start: int, sends: Frames, out: Frames) -> None:
        """Add the rooms' answer to `sends` (2, block), which begin at frame `start`, to `out` (2, block)."""
        for name, echo in self._echoes.items():
            old, new = self._shares[0].get(name, 0.0), self._shares[1].get(name, 0.0)
            at = start / CONTROL - (self._tick - 2)
            before, after = old + (new - old) * at, old + (new - old) * (at + self._block / CONTROL)
            if before == after == 0.0 and echo.idle:
                continue
            if before == after:
                np.multiply(sends, f32(before), out=self._sent)
            else:
                np.multiply(sends, np.linspace(before, after, self._block, dtype=f32), out=self._sent)
            echo.process(self._sent, out)
