"""Who gets ready to take a sound process's place, should it stop.

To start a process takes longer than a frame has: it is done in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Lock, Thread
from typing import Any

from performance.cores import roam


@dataclass(slots=True)
class Hired:
    """A sound process, and the pipe to it."""

    process: Any
    pipe: Connection

    def end(self) -> None:
        """At once."""
        self.process.kill()
        self.process.join(0.5)
        self.pipe.close()


class Standby:
    """`hire` starts a process that gets ready; it is called in a thread."""

    def __init__(self, hire: Callable[[], Hired]) -> None:
        self._hire = hire
        self._player: Hired | None = None
        self._dismissed = False
        self._lock = Lock()
        self._hiring = Thread(target=self._start, name="standby", daemon=True)
        self._hiring.start()

    @property
    def pid(self) -> int | None:
        """The process, for whoever wants to watch it; None while there is none."""
        with self._lock:
            return self._player.process.pid if self._player is not None else None

    def take(self) -> Hired | None:
        """Somebody who can play at once; None if nobody is there yet, or any more. It is not asked twice."""
        with self._lock:
            player, self._player, self._dismissed = self._player, None, True
        if player is not None and player.process.exitcode is not None:
            player.end()
            return None
        return player

    def dismiss(self) -> None:
        """Nobody is needed."""
        if (player := self.take()) is not None:
            player.end()

    def _start(self) -> None:
        roam()
        with suppress(OSError):  # it ended at once: then there is nobody
            player = self._hire()
            with self._lock:
                wanted = not self._dismissed
                if wanted:
                    self._player = player
            if not wanted:
                player.end()
