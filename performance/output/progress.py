"""How far along something long is: a bar in a terminal, a line now and then where there is none."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TextIO

REDRAWN = 0.1  # seconds between two drawings of the bar
WRITTEN = 10.0  # seconds between two lines where nobody watches
WIDE = 28


class Progress:
    """`what` is being done; `unit` of it are `total`, which take `second` each where speed means anything."""

    def __init__(self, what: str, total: int, second: float = 0.0, to: TextIO | None = None) -> None:
        self.what, self.total, self.second = what, max(1, total), second
        self._to = to or sys.stderr
        self._watched = self._to.isatty()
        self._began, self._first = time.monotonic(), 0
        self._next = self._began + (0.0 if self._watched else WRITTEN)

    def at(self, done: int, now_at: str = "") -> None:
        """`done` of it are done; `now_at` says what comes next in a word."""
        now = time.monotonic()
        pace = self._pace(done, now)
        if now < self._next or done > self.total:
            return
        self._next = now + (REDRAWN if self._watched else WRITTEN)
        line = f"{self.what} {self._bar(done)}{done / self.total:4.0%}{pace}  {now_at}"
        if self._watched:
            room = shutil.get_terminal_size().columns - 1
            self._to.write("\r" + line[:room].ljust(room))
        else:
            self._to.write(line.rstrip() + "\n")
        self._to.flush()

    def done(self, line: str = "") -> None:
        """Finished: the bar goes, and `line` is the result, on standard output."""
        if self._watched:
            self._to.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
        self._to.flush()
        if line:
            print(line, flush=True)

    def _bar(self, done: int) -> str:
        if not self._watched:
            return ""
        filled = WIDE * done // self.total
        return (
            "\N{BOX DRAWINGS HEAVY HORIZONTAL}" * filled
            + "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * (WIDE - filled)
            + " "
        )

    def _pace(self, done: int, now: float) -> str:
        """Time left and speed, reckoned from the end of the first step: what that takes says nothing about the rest."""
        if done and not self._first:
            self._first, self._began = done, now
        steps, passed = done - self._first, now - self._began
        if steps < 1 or passed < 1.0:
            return ""
        speed = f"  {steps * self.second / passed:.2f} times real time" if self.second else ""
        return f"  {duration(passed / steps * (self.total - done))} left{speed}"


def duration(seconds: float) -> str:
    """ "42 s", "3 min 07 s", "1 h 02 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole // 60 % 60:02d} min"
