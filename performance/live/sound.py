"""The sound process as the show sees it: told what to play, watched, and replaced when it stops."""

from __future__ import annotations

import math
import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import numpy as np
from numpy.typing import NDArray

from performance.cores import anywhere
from performance.gestures import Gesture
from performance.live.board import Board, Reading
from performance.live.clock import Clock
from performance.live.messages import (
    Command,
    Edited,
    Gestured,
    Go,
    Leave,
    Opened,
    Piece,
    Seated,
    Stop,
    Trouble,
    Volume,
)
from performance.live.spawned import perform
from performance.live.standby import Hired, Standby
from performance.output.sinks import BLOCK, Sink
from performance.output.speakers import SINKS
from performance.timeline import Timeline

STALLED = 1.0  # seconds without a block: a server died under the stream, or the process hangs
OPENING = 20.0  # seconds a process may take to open a device
LEAD = 0.15  # seconds that a leap gives the sound to be there from the first moment
SETTLING = 1.0  # seconds after the first leap, while everybody is still finding their place
PATIENCE = 3  # processes in a row that may end before they play
HURRIED, UNNOTICED = 3, 15  # niceness of who gets ready because nobody plays, and in case that nobody should
READY_AFTER = 6.0  # seconds that a piece has been heard before somebody gets ready to take over


class Sound:
    """Start it early: it opens its device while the picture is still getting ready.

    While a piece is heard, a second process gets ready for it and waits: should the first one die, the orchestra
    sits there already, and sound is back as soon as the device is open.
    """

    def __init__(
        self, clock: Clock, sinks: tuple[Callable[[], Sink], ...] = SINKS, block: int = BLOCK
    ) -> None:
        self.clock = clock
        self.opened: Opened | None = None
        self.seated = False  # whether the orchestra sits that plays this piece
        self.lines: list[str] = []  # what the terminal and the overlay should say
        self.factor = 1.0
        self.restarts = 0
        self.underruns = 0  # of processes that are gone
        self.early_underruns = 0  # while settling
        self._first = math.inf  # when the first leap was made
        self._sinks, self._block, self._board = sinks, block, Board()
        self._timeline: Timeline | None = None
        self._failures = 0
        self._spare: Standby | None = None
        self._heard_since = math.inf  # when this piece was first heard
        self._start()

    def _start(self, niceness: int = 0) -> None:
        self._take(self._hire(niceness))

    def _hire(self, niceness: int, waits: bool = False) -> Hired:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        arguments = (theirs, self._board, self._sinks, self._block, niceness, waits)
        process = spawn.Process(target=perform, args=arguments, daemon=True)
        with anywhere():
            process.start()
        theirs.close()
        return Hired(process, ours)

    def _hire_for(self, timeline: Timeline) -> Hired:
        """Somebody who knows this piece, and waits."""
        player = self._hire(UNNOTICED, waits=True)
        player.pipe.send(self._piece(timeline))
        return player

    def _take(self, player: Hired) -> None:
        """This one plays from now on."""
        self._board.clear()
        self.opened, self._blocks, self._seen = None, 0, time.perf_counter()
        self._process, self._pipe = player.process, player.pipe

    @property
    def pid(self) -> int | None:
        """The process, for whoever wants to watch it."""
        pid: int | None = self._process.pid
        return pid

    @property
    def busy(self) -> NDArray[np.float64]:
        """(1,): not zero while it needs its core."""
        return self._board.busy

    @property
    def heard(self) -> Reading:
        """What is heard now, with the load of making it."""
        return self._board.read()

    # --- what the show asks ---------------------------------------------------------------------------------------
    def play(self, timeline: Timeline) -> None:
        """This piece from now on; `leap` says when and where. It will not be heard before everybody is `seated`."""
        self._timeline = timeline
        self.seated = self._failures >= PATIENCE  # there will never be anybody
        self._dismiss()
        self._tell(self._piece(timeline))

    def edited(self) -> None:
        """The timeline was re-read from an edited score."""
        self._dismiss()
        if self._timeline is not None:
            self._tell(Edited(self._timeline.score))

    def leap(self, t: float, lead: float = LEAD) -> None:
        """Show and sound go on from `t` together, `lead` seconds from now."""
        self._first = min(self._first, time.perf_counter())
        self._tell(Go(t, self.clock.leap(t, lead), self.clock.leaps))

    def hold(self) -> None:
        """Show and sound stand still."""
        self.clock.hold()
        self._tell(Stop())

    def volume(self, factor: float) -> None:
        """Factor of amplitude, 0..1."""
        self.factor = factor
        self._tell(Volume(factor))

    def gesture(self, gesture: Gesture) -> None:
        """A visitor did something."""
        self._tell(Gestured(gesture))

    # --- once a frame ---------------------------------------------------------------------------------------------
    def look(self) -> None:
        """Hear news, lean the clock, replace the process if it has stopped."""
        heard = self.heard
        now = time.perf_counter()
        if heard.blocks != self._blocks:
            self._blocks, self._seen, self._failures = heard.blocks, now, 0
        self.clock.follow(heard)
        if now - self._first < SETTLING:
            self.early_underruns = heard.underruns
        with suppress(EOFError, OSError):
            while self._pipe.poll():
                self._hear(self._pipe.recv())
        silent_for = now - self._seen
        if self._failures >= PATIENCE:
            return
        if self._process.exitcode is not None or silent_for > (STALLED if self.opened else OPENING):
            self._replace(heard)
        elif self._spare is None and self.opened and heard.leap == self.clock.leaps:
            self._heard_since = min(self._heard_since, now)
            if now - self._heard_since > READY_AFTER and self._timeline is not None:
                self._spare = Standby(partial(self._hire_for, self._timeline))

    def close(self) -> None:
        """End the process; half a second is enough for a last fade."""
        self._dismiss()
        self._tell(Leave())
        self._process.join(0.5)
        self._process.kill()
        self._process.join(0.5)

    def _hear(self, news: object) -> None:
        match news:
            case Opened(name, advice, _):
                self.opened = news
                self._seen = time.perf_counter()
                self.lines.append(f"sound: {name}" + (f" ({advice})" if advice else ""))
            case Seated():
                self.seated = True
            case Trouble(line):
                self.lines.append(line)

    def _replace(self, heard: Reading) -> None:
        self.underruns += heard.underruns
        self._failures += self.opened is None
        self._process.kill()
        self._pipe.close()
        if self._failures >= PATIENCE:
            self.lines.append("the sound process does not start; the piece goes on silently")
            return
        self.restarts += 1
        self.lines.append("the sound process stopped and is started again")
        spare = self._spare.take() if self._spare else None
        self._spare, self._heard_since = None, math.inf
        if spare is not None:
            self._take(spare)  # it knows the piece
            self._tell(Volume(self.factor))
        else:
            self._start(HURRIED)
            self._tell(Volume(self.factor))
            if self._timeline is not None:
                self._tell(self._piece(self._timeline))
        if self.clock.running:
            now = time.perf_counter()
            self._tell(Go(self.clock.at(now), now, self.clock.leaps))

    def _dismiss(self) -> None:
        """Who got ready for another piece, or for another version of it, is of no use."""
        self._heard_since = math.inf
        if self._spare is not None:
            self._spare.dismiss()
            self._spare = None

    def _piece(self, timeline: Timeline) -> Piece:
        return Piece(timeline.score, timeline.seed, tuple(timeline.gestures.between(0.0, float("inf"))))

    def _tell(self, command: Command) -> None:
        with suppress(OSError):  # a process that has just ended is replaced at the next look
            self._pipe.send(command)
