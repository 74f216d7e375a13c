"""The threads that paint one picture together, band by band.

A frame has some forty kernels, many of them over in a tenth of a millisecond: a thread that the system has to wake
comes late to each of them. So helpers look out for the next kernel for a moment, outside the interpreter's lock, before
they sleep. Nobody ever waits for a helper to come, only for the bands that it has taken: one that comes late finds
nothing to do.

Where the last core is shared with another process (see cores.py), its helper stays away while that is busy; and where
it was kept from its core in the middle of a band, it is lent the one of who waits for it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from threading import Lock, Thread, current_thread
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.compiled import intrinsic, kernel, types
from performance.cores import CORES, CROWDED, FIRST, LAST, PAINTERS, count, roam, sit

SHARE = 0.7  # of what each thread would get of the rows left: the size of the next band
LEAST_ROWS = 8  # in a band
MOST_BANDS = 14  # of the least size that a picture is divided into
LOOKS = 150_000  # looks before a helper sleeps: about a fifth of a millisecond
LATER = 1_500  # looks that a helper lets pass, so that who called it has left the interpreter's lock
BRIEF = 40_000  # looks before who waits for a helper's bands sleeps: its own core may be what the helper waits for
NAP = 0.002  # seconds, at most

Bands = tuple[tuple[int, int], ...]


def _reading(context: Any, cells: Any, at: Any) -> Any:
    """A cell of (n,) int64 as another thread has left it: an ordinary reading would be made once for all looks."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        return builder.load_atomic(builder.gep(array.data, [arguments[1]]), "acquire", 8)

    return types.int64(cells, at), build


_read: Any = intrinsic(_reading)


@kernel("i8(i8[::1], i8, i8, i8, i8[::1], i8)")
def look_out(cells: Any, known: int, looks: int, later: int, told: Any, more: int) -> Any:
    """Add `more` to the cell `told` for others to see; then look until the sum of `cells` is no longer `known`, and
    `later` times more. Gives the sum at the last look.

    All of it is outside the interpreter's lock, so that who sees it finds the lock free: a thread that has to wait
    for the lock sleeps, and is back some twenty microseconds later.
    """
    told[0] += more
    total: Any = known
    while looks > 0:
        total = np.int64(0)
        for i in range(len(cells)):
            total += _read(cells, i)
        looks -= 1
        if total != known and looks > later:
            looks = later
    return total


_look_out: Any = look_out


class _Job:
    """One kernel and its bands. Threads take the next band in turn from one iterator."""

    __slots__ = ("arguments", "faults", "finished", "kernel", "turns")

    def __init__(self, kernel: Callable[..., Any], arguments: tuple[Any, ...], bands: Bands) -> None:
        self.kernel = kernel
        self.arguments = arguments
        self.turns: Iterator[tuple[int, int]] = iter(bands)
        self.finished: list[int] = []
        self.faults: list[BaseException] = []

    def work(self) -> bool:
        """Take bands until there are none; whether there was one."""
        run = self.kernel
        took = False
        for first, end in self.turns:
            try:
                run(first, end, *self.arguments)
            except BaseException as fault:
                self.faults.append(fault)
            finally:
                self.finished.append(first)
            if not took:
                took = True
                run = getattr(
                    run, "unchecked", run
                )  # the arguments stay the same: one look at their types will do
        return took


class _Crew:
    """The helpers, and what they and their caller tell each other. It knows nothing of the Threads it belongs to, so
    that they can be forgotten while helpers sleep."""

    def __init__(self, helpers: int, busy: NDArray[np.float64] | None) -> None:
        self.shared = helpers - 1 if busy is not None else -1  # whose core somebody else needs now and then
        self._busy = busy
        self.job: _Job | None = None
        self.over = False
        self.called = np.zeros(1, np.int64)  # how many jobs there were
        self.done = np.zeros(helpers, np.int64)  # by each helper: how many of them it had a part in
        self.asleep = [False] * helpers
        self.wake = [Lock() for _ in range(helpers)]
        self.waiting = False  # whether who called sleeps until the helpers are done
        self.met = Lock()
        for lock in (*self.wake, self.met):
            lock.acquire()
        self.members = [
            Thread(target=self._serve, args=(i,), name=f"paint-{i + 1}", daemon=True) for i in range(helpers)
        ]
        for member in self.members:
            member.start()

    def away(self, i: int) -> bool:
        """Whether somebody else needs this helper's core now."""
        return i == self.shared and self._busy is not None and bool(self._busy[0])

    def _serve(self, i: int) -> None:
        if self.shared < 0:
            roam()
        else:
            sit(CORES[i + 1])
        known, took = 0, False
        mine = self.done[i : i + 1]
        while not self.over:
            called = _look_out.unchecked(self.called, known, LOOKS, LATER, mine, int(took))
            if called == known:
                self.asleep[i] = True
                self.wake[i].acquire()  # woken, it has the interpreter's lock, and goes straight to the work
                called = int(self.called[0])
            job, known = self.job, called
            took = job is not None and not self.away(i) and job.work()
            del job
            if self.waiting:
                self.waiting = False
                with suppress(RuntimeError):  # two helpers at once
                    self.met.release()

    def meet(self, job: _Job, number: int) -> None:
        """Sleep until so many bands of the job are done, or for a little while. A helper that is kept from its core
        by another process can go on at this one."""
        self.waiting = True
        if len(job.finished) < number:
            self._lend(FIRST)
            self.met.acquire(timeout=NAP)
            self._lend(LAST)
        self.waiting = False

    def _lend(self, core: int) -> None:
        """A seat on this core for the helper that shares its own."""
        if self.shared >= 0 and (helper := self.members[self.shared].native_id):
            sit(core, helper)

    def call(self, job: _Job | None) -> None:
        """Say that there is something to do. A helper that falls asleep just now misses it, and nothing is lost."""
        self.job = job
        for i, asleep in enumerate(self.asleep):
            if asleep and not self.away(i):
                self.asleep[i] = False
                self.wake[i].release()
        self.called[0] += 1  # last of all: from now on helpers come for the interpreter's lock

    def dismiss(self) -> None:
        """Let the helpers go, and wait until they have gone."""
        self.over = True
        self.call(None)
        for lock in self.wake:
            if lock.locked():
                lock.release()
        for member in self.members:
            if member is not current_thread():  # whoever collects what is forgotten may be one of them
                member.join(1.0)


class Threads:
    """Runs a row kernel on bands of rows, this thread and its helpers taking the next free band in turn.

    `busy` (1,) is not zero while another process needs the last core, where there is none for each.
    """

    def __init__(self, threads: int | None = None, busy: NDArray[np.float64] | None = None) -> None:
        self.count = threads or min(PAINTERS, count())
        self.alone = False  # whether who calls does all of it, and leaves the other cores to others
        _look_out.ready()
        shared = CROWDED and self.count == len(CORES)
        self._crew = _Crew(self.count - 1, busy if shared else None)
        self._none = np.zeros(1, np.int64)
        weakref.finalize(self, self._crew.dismiss)

    def bands(self, rows: int, kernel: Callable[..., Any], *arguments: Any, least: int = LEAST_ROWS) -> None:
        """Run kernel(first, end, *arguments) over [0, rows), band by band, `least` rows in each at least; returns
        when all are done.

        One band that fails does not keep the others from being done; the first fault is raised after them.
        """
        if not rows:
            return
        bands = _bands(rows, self.count, least)
        if self.alone or len(bands) == 1 or (self.count == 2 and self._crew.away(0)):
            kernel(0, rows, *arguments)
            return
        getattr(kernel, "ready", _nothing)()
        job = _Job(kernel, arguments, bands)
        self._crew.call(job)
        job.work()
        while len(job.finished) < len(bands):
            self._wait(job, len(bands))
        self._crew.job = None
        job.arguments = ()  # a helper that was kept from its core may still hold the job, but no surface's pixels
        if job.faults:
            raise job.faults[0]

    def _wait(self, job: _Job, number: int) -> None:
        """Until a helper has done what it took, or for a little while."""
        done = self._crew.done
        known = sum(done.tolist())
        if len(job.finished) == number:
            return
        if _look_out.unchecked(done, known, BRIEF, 0, self._none, 0) == known:
            self._crew.meet(job, number)


@lru_cache(maxsize=256)
def _bands(rows: int, threads: int, least: int = LEAST_ROWS) -> Bands:
    """[first, end) of every band: a good share of the rows first, then ever less, so that all threads end together
    (Polychronopoulos and Kuck: "Guided self-scheduling", IEEE Transactions on Computers, 1987)."""
    if threads == 1 or rows < 2 * least:
        return ((0, rows),)
    least = max(least, rows // MOST_BANDS)
    bands: list[tuple[int, int]] = []
    first = 0
    while first < rows:
        end = first + max(least, int((rows - first) * SHARE / threads))
        bands.append((first, rows if rows - end < least else end))
        first = bands[-1][1]
    return tuple(bands)


def _nothing() -> None:
    return None
