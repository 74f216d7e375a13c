"""Who works on which core, and who gives way to whom.

On few cores the threads that paint and the sound have to share one. Left to the system, the show then waits for a third
of a frame behind others on one core while the other has nothing to do: 23 ms a frame instead of 15 beside the
densest sound, on two cores. So where there is no core for each, everybody has a seat: who calls for the picture's
helpers has the first core, the sound the last one, and the helpers those that are left and the sound's, while it
does not need it. Only Linux lets a program say so; elsewhere the system goes on sharing as it thinks best.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

PAINTERS = 4  # threads that paint one picture; more only wait for memory
LOWEST, LOW = 19, 5  # niceness: of what can wait, and of what the show may have to wait for


def _allowed() -> tuple[int, ...]:
    """The cores that the thread which asks may have; () where the system does not say."""
    return tuple(sorted(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else ()


CORES = _allowed()  # before anybody took a seat
CROWDED = 1 < len(CORES) <= PAINTERS  # there is no core for each painter and one for the sound
FIRST, LAST = (CORES[0], CORES[-1]) if CORES else (0, 0)


def count() -> int:
    """The cores that there are for us."""
    return len(CORES) or os.cpu_count() or 2


def sit(core: int, thread: int = 0) -> None:
    """Where it is crowded: let a thread (by its native number; 0 for who asks) work on this core alone."""
    if CROWDED:
        _place((core,), thread)


def roam() -> None:
    """Let the thread that asks work on every core, wherever who began it sits."""
    _place(CORES)


@contextmanager
def seated(core: int) -> Iterator[None]:
    """Where it is crowded, who asks sits on this core meanwhile."""
    before = _allowed()
    sit(core)
    try:
        yield
    finally:
        _place(before)


@contextmanager
def anywhere() -> Iterator[None]:
    """Whatever is started meanwhile may work on every core, as may who asks. It would sit where its parent sits."""
    before = _allowed()
    _place(CORES)
    try:
        yield
    finally:
        _place(before)


def lower(pid: int | None, niceness: int = LOWEST) -> None:
    """Let a process take only what others leave."""
    with suppress(OSError, AttributeError):  # Windows has no such thing; or it has just ended
        os.setpriority(os.PRIO_PROCESS, pid or 0, niceness)


def lower_thread(niceness: int = LOWEST) -> None:
    """Let the thread that asks take only what others leave: on Linux, where each has a priority of its own."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)


def _place(cores: Iterable[int], thread: int = 0) -> None:
    with suppress(OSError, AttributeError, ValueError):  # none; or the thread has just ended
        os.sched_setaffinity(thread, cores)
