"""A saved score is seen at once: its file is looked at several times a second and read when it has come to rest.

Polling, because a watch on one file goes deaf when an editor saves by renaming. Two looks must agree before the file
is read, so that half a save is never taken for a score.
"""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from performance.cores import roam
from performance.score.model import Score
from performance.score.reader import Fault, merge_file

LOOK = 0.1  # seconds between looks
Mark = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What can be played of the file as it was saved, and what is wrong with it."""

    score: Score
    faults: list[Fault]


class Watch:
    """Looks at one file until it is closed. `score` is what the piece plays now."""

    def __init__(self, path: Path, score: Score) -> None:
        self.path, self.score = path, score
        self._saved: Saved | None = None
        self._mark, self._digest = _mark(path), _digest(path)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
        self._thread.start()

    def fresh(self) -> Saved | None:
        """A save that has not been taken yet."""
        saved, self._saved = self._saved, None
        if saved is not None:
            self.score = saved.score
        return saved

    def close(self) -> None:
        self._over.set()
        self._thread.join(1.0)

    def _look(self) -> None:
        roam()
        seen = self._mark
        while not self._over.wait(LOOK):
            mark = _mark(self.path)
            at_rest, seen = mark == seen, mark
            if mark is None or mark == self._mark or not at_rest:
                continue
            self._mark = mark
            digest = _digest(self.path)
            if digest is not None and digest != self._digest:
                self._digest = digest
                self._saved = Saved(*merge_file(self.score, self.path))


def _mark(path: Path) -> Mark:
    """What changes with every save; None while the file is away."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _digest(path: Path) -> bytes | None:
    try:
        return hashlib.blake2b(path.read_bytes()).digest()
    except OSError:
        return None
