"""The sound's own process: it owns the orchestra and the device, so that no picture can make it wait.

It is started by `spawn`, listens at a pipe, writes what is heard to the board, and ends when the pipe does. It
leaves with os._exit, because closing a stream whose server died may hang.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from performance.cores import LAST, sit
from performance.gestures import GestureLog
from performance.live.board import Board
from performance.live.messages import (
    Command,
    Edited,
    Gestured,
    Go,
    Leave,
    News,
    Opened,
    Piece,
    Seated,
    Stop,
    Trouble,
    Volume,
)
from performance.live.player import Part, Player
from performance.live.settled import settle
from performance.output.sinks import BLOCK, Sink
from performance.output.speakers import SINKS, first_that_opens
from performance.sound.levels import gain_at_once
from performance.sound.orchestra import Orchestra
from performance.timeline import Timeline

SWITCH = 5e-5  # seconds a thread may hold the interpreter while the sound's waits: building must not starve playing
LOOK = 0.02  # seconds between looks at the pipe and the sink
MARGIN = 0.06  # seconds allowed for bringing an orchestra to its place, before it was ever measured
RELEASED = 250  # looks, 2 ms apart, until a sink that takes no more blocks is no longer waited for


class Conductor:
    """Brings an orchestra to where the show is, whenever the show leaps."""

    def __init__(self, board: Board, tell: Callable[[News], None], quantum: int = BLOCK) -> None:
        self.player = Player(board)
        self._tell, self._quantum = tell, quantum
        self._timeline: Timeline | None = None
        self._music: Orchestra | None = None
        self._go: Go | None = None
        self._left: list[
            Orchestra
        ] = []  # they go where nobody waits for a block: to free one takes milliseconds
        self._margin = MARGIN

    def hear(self, command: Command) -> None:
        """Do what the show asks."""
        match command:
            case Piece(score, seed, gestures):
                self._go, self.player.coming, self.player.silenced = None, None, True
                self._seat(Timeline(score, seed, GestureLog(gestures)))
                settle()
                self._tell(Seated())
            case Edited(score) if self._timeline is not None:
                self._seat(Timeline(score, self._timeline.seed, self._timeline.gestures))
                self.arrive()  # what plays goes on until the new version stands where it is
            case Go():
                self._go = command
                if self._timeline is not None:
                    self._timeline.gestures.forget(command.t)
                self.player.silenced = True
                self.arrive()
            case Stop():
                self._go, self.player.coming, self.player.silenced = None, None, True
            case Volume(factor):
                self.player.volume = factor
            case Gestured(gesture):
                self.player.given.append(gesture)
            case _:
                pass

    def arrive(self) -> None:
        """Bring the orchestra to the place where the show will be when it has got there."""
        if self._go is None or self._timeline is None or self._music is None:
            return
        self._release(self._music)
        began = time.perf_counter()
        heard_at = max(self._go.at, began + self._margin)
        self._music.seek(self._go.t + heard_at - self._go.at)
        self._margin = max(MARGIN, 1.5 * (time.perf_counter() - began) + 0.03)
        self.player.coming = Part(self._music, self._timeline.gestures, heard_at, self._go.leap)

    def look(self) -> None:
        """What must be seen to now and then."""
        if self.player.late:
            self.player.late = False
            self._margin *= 1.5
            self.arrive()
        if self._left:
            needed = [part.music for part in (self.player.part, self.player.coming) if part is not None]
            self._left = [music for music in self._left if music in needed]

    def _seat(self, timeline: Timeline) -> None:
        """A new orchestra, for a new piece or a new version of it."""
        music = Orchestra(timeline, self._quantum, failed=self._failed)
        music.master.gain = gain_at_once(timeline)
        if self._music is not None:
            self._left.append(self._music)
        self._timeline, self._music = timeline, music

    def _release(self, music: Orchestra) -> None:
        """Wait until the sink's thread has let go of it: that fades it out first."""
        player = self.player
        player.coming = None
        for _ in range(RELEASED):
            if player.part is None or player.part.music is not music:
                return
            player.silenced = True
            time.sleep(0.002)

    def _failed(self, name: str, error: Exception) -> None:
        self._tell(
            Trouble(f"the instrument {name} is left out from now on ({type(error).__name__}: {error})")
        )


@dataclass(slots=True)
class Life:
    """A conductor and the pipe it hears by; `waiting` is a command that was read and not yet done."""

    conductor: Conductor
    pipe: Connection
    waiting: Command | None = None
    waits: bool = False  # for a command, before it opens its device


def prepared(pipe: Connection, board: Board, block: int = BLOCK, waits: bool = False) -> Life:
    """What takes long before anything can be heard: the orchestra, of `block` frames at once, takes its seats."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.setswitchinterval(SWITCH)
    _hush()
    life = Life(Conductor(board, pipe.send, block), pipe, waits=waits)
    patience = None if waits else 0.0  # the piece is on its way
    with suppress(EOFError, OSError):
        while pipe.poll(patience):
            patience = 0.0
            life.waiting = pipe.recv()
            if not isinstance(life.waiting, (Piece, Volume)):
                break
            life.conductor.hear(life.waiting)
            life.waiting = None
    return life


def perform(life: Life, sinks: tuple[Callable[[], Sink], ...] = SINKS) -> None:
    """Open the device and play until the show ends."""
    sit(LAST)  # and with this thread all that it begins: the device's, too
    with suppress(OSError, AttributeError):
        os.nice(-10)  # granted to few; others are served well enough
    try:
        if life.waits and life.waiting is None:
            life.waiting = life.pipe.recv()
        _play(life, sinks)
    except (EOFError, BrokenPipeError, ConnectionError):
        pass  # the show has ended
    finally:
        os._exit(0)


def _play(life: Life, sinks: tuple[Callable[[], Sink], ...]) -> None:
    conductor, pipe = life.conductor, life.pipe
    sink, rest = _open(conductor, sinks, pipe)
    while True:
        if life.waiting is not None or pipe.poll(LOOK):
            command, life.waiting = life.waiting or pipe.recv(), None
            if isinstance(command, Leave):
                sink.close()
                return
            conductor.hear(command)
        conductor.look()
        conductor.player.underruns = sink.underruns
        if conductor.player.unpaced:
            sink.close()
            pipe.send(Trouble(f"{sink.name} takes sound faster than it can be played and is not used"))
            conductor.player.start_over()
            sink, rest = _open(conductor, rest, pipe)
            conductor.arrive()


def _open(
    conductor: Conductor, sinks: tuple[Callable[[], Sink], ...], pipe: Connection
) -> tuple[Sink, tuple[Callable[[], Sink], ...]]:
    sink, rest, why = first_that_opens(sinks)
    sink.start(conductor.player)
    pipe.send(Opened(sink.name, sink.advice, why))
    return sink, rest


def _hush() -> None:
    """Sound servers' libraries write to the terminal what nobody can use; our own words go through the pipe."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
