"""What the sinks play: an orchestra in step with the show's clock, faded where it starts, stops or leaps.

The sink's thread calls `fill`; the thread that talks with the show calls the rest. They share three references,
each replaced as a whole, so neither waits for the other.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from performance.gestures import Gesture, GestureLog
from performance.live.board import Board, Reading
from performance.output.sinks import RATE, Block

FADE = 384  # frames: 8 ms, short enough for a leap, long enough not to click
CATCH_UP = 0.3  # seconds that a late part skips rather than being planned again
UNPACED = 3.0  # times real time, at which a sink cannot be playing
WATCHED = 1.0  # seconds before that is judged


class Music(Protocol):
    """What the player needs of an Orchestra. It answers gestures from `unanswered` seconds on."""

    frame: int

    @property
    def unanswered(self) -> float: ...

    def read(self, frames: int) -> Block: ...


@dataclass(slots=True)
class Part:
    """An orchestra that stands at the frame which is to be heard at `heard_at`, after the show's leap `leap`."""

    music: Music
    gestures: GestureLog
    heard_at: float
    leap: int


class Player:
    """A Source. `board` is told what is heard."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.volume = 1.0
        self.coming: Part | None = None
        self.given: deque[Gesture] = deque()  # what visitors did, to be answered in the next block
        self.silenced = False  # fade out what plays, and play nothing until a part comes
        self.late = False  # a part came too late to be caught up with
        self.underruns = 0
        self._part: Part | None = None
        self._gain, self._risen = 0.0, FADE
        self._blocks, self._frames, self._began, self._load = 0, 0, 0.0, 0.0

    @property
    def unpaced(self) -> bool:
        """Whether the sink takes frames far faster than they could be played."""
        passed = time.perf_counter() - self._began
        return bool(self._began) and self._frames / RATE > UNPACED * max(passed, WATCHED)

    def start_over(self) -> None:
        """Another sink will ask from now on."""
        self._part, self._began, self._frames = None, 0.0, 0

    @property
    def part(self) -> Part | None:
        """What is playing now."""
        return self._part

    def fill(self, out: Block, heard_at: float) -> None:
        """The next frames, (frames, 2) float32, of which the first is heard at `heard_at`."""
        self.board.work(True)
        try:
            self._fill(out, heard_at)
        finally:
            self.board.work(False)

    def _fill(self, out: Block, heard_at: float) -> None:
        began = time.perf_counter()
        self._began = self._began or began
        out[:] = 0.0
        enters = self._entrance(len(out), heard_at)
        if self._part is not None:
            self._play(out, leaving=enters is not None or self.silenced)
        if enters is not None:
            self._enter(out, enters)
        self._gain = _ramp(out, self._gain, self.volume)
        passed = time.perf_counter() - began
        self._load += (passed * RATE / len(out) - self._load) * 0.05
        self._publish(len(out), heard_at, float(np.abs(out).max()))

    def pass_over(self, frames: int, heard_at: float) -> None:
        """Time goes on and nobody listens: the piece moves on without being played."""
        self._began = self._began or time.perf_counter()
        if self.coming is not None and self.coming.heard_at <= heard_at:
            self._part, self.coming = self.coming, None
            self.silenced = False
            self._part.music.frame += round((heard_at - self._part.heard_at) * RATE)
        if self.silenced:
            self._part, self.silenced = None, False
        if self._part is not None:
            self._part.music.frame += frames
        self._publish(frames, heard_at, 0.0)

    def _entrance(self, frames: int, heard_at: float) -> int | None:
        """How many frames into this block the coming part enters; None if not in this block."""
        part = self.coming
        if part is None:
            return None
        enters = round((part.heard_at - heard_at) * RATE)
        if enters >= frames:
            return None
        if enters < -CATCH_UP * RATE:
            self.coming, self.late = None, True
            return None
        return enters

    def _play(self, out: Block, leaving: bool) -> None:
        """What has been playing, faded out at the head of the block if it is to go."""
        assert self._part is not None
        while self.given:
            gesture = self.given.popleft()
            self._part.gestures.append(replace(gesture, t=max(gesture.t, self._part.music.unanswered)))
        out += self._faded_in(self._part.music.read(len(out)))
        if leaving:
            fade = min(FADE, len(out))
            out[:fade] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None]
            out[fade:] = 0.0
            self._part, self.silenced = None, False

    def _enter(self, out: Block, enters: int) -> None:
        """The coming part, faded in from its frame on."""
        part, self.coming = self.coming, None
        if part is None:
            return
        if enters < 0:
            part.music.read(-enters)
            enters = 0
        self._risen = 0
        out[enters:] += self._faded_in(part.music.read(len(out) - enters))
        self._part, self.silenced = part, False

    def _faded_in(self, heard: Block) -> Block:
        """The part's next frames, which rise if it has just entered."""
        fade = min(FADE - self._risen, len(heard))
        if fade > 0:
            rise = np.arange(self._risen, self._risen + fade, dtype=np.float32) / FADE
            heard[:fade] *= rise[:, None]
            self._risen += fade
        return heard

    def _publish(self, frames: int, heard_at: float, peak: float) -> None:
        self._blocks += 1
        self._frames += frames
        part = self._part
        t = (part.music.frame - frames) / RATE if part else 0.0
        leap = part.leap if part else 0
        self.board.write(Reading(self._blocks, leap, t, heard_at, self._load, self.underruns, peak))


def _ramp(out: Block, before: float, after: float) -> float:
    """Apply a gain that moves from `before` to `after` over the block."""
    if before != 1.0 or after != 1.0:
        out *= np.linspace(before, after, len(out), dtype=np.float32)[:, None]
    return after
