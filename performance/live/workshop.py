"""Where kernels are compiled and shapes are baked: worker processes that make first what is needed first.

A beat is ready when its kernels are compiled and it was rehearsed, at the size it will be seen at. Both stay in the
user's cache folder with a note that says so: on later starts there is nothing to do, and no process is started.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import RLock
from typing import Any

from performance.caches import cache_home, mark_of, tidy
from performance.cores import LOWEST, anywhere, count, lower
from performance.live.jobs import Frames, Job, Part, Rehearsal, work
from performance.paint.compiling import missing
from performance.paint.needs import bakes_of, kernels_of, length, waits_for
from performance.timeline import BeatSpan, Timeline

WORKERS = 4  # at most; more would not end sooner for the memory they take
MOST_TRIES = 2  # of one job: what kills a worker twice is left to whoever needs it
REHEARSED = 3000  # what a rehearsal takes, measured as kernels are, by their length
HOUSE = Path(__file__).parent.parent
SOURCES = mark_of(
    *sorted(path for room in ("paint", "stage", "causes") for path in (HOUSE / room).glob("*.py"))
)


@dataclass(slots=True)
class Worker:
    """A process, and the job it is busy with."""

    process: Any
    pipe: Connection
    job: Job | None = None


@dataclass(slots=True)
class Needed:
    """What one beat waits for."""

    parts: set[str]  # kernels, and functions that bake
    rehearsal: Rehearsal | None = None

    @property
    def ready(self) -> bool:
        return not self.parts and self.rehearsal is None

    def take(self, job: Job) -> None:
        """This need not be waited for any more."""
        self.parts.discard(job.name)
        if self.rehearsal is not None and self.rehearsal.name == job.name:
            self.rehearsal = None

    def next(self, busy: set[str]) -> Job | None:
        """What nobody makes yet: kernels first that take long, then the rehearsal, which uses them."""
        if waiting := [name for name in self.parts - busy if waits_for(name) not in self.parts]:
            return Part(max(waiting, key=length))
        if self.parts or self.rehearsal is None or self.rehearsal.name in busy:
            return None
        return self.rehearsal


class Workshop:
    """Makes beats ready, in the order in which `want` has named them. Use it with `with`; while a show plays another
    thread than the show's may look after it. `played`: they were played already at another size, so that nothing is
    to be made but what depends on that (to look for the rest takes 60 ms)."""

    def __init__(self, frames: Frames, workers: int | None = None, played: bool = False) -> None:
        self.frames = frames
        self.failures: list[str] = []  # what could not be made, and why
        self._most = workers or max(1, min(WORKERS, count()))
        self._workers: list[Worker] = []
        self._needs: dict[Path, Needed] = {}  # by the beat's note, in the order they are to be met
        self._made: set[str] = set()  # and compiled: what was made here
        self._deaths: dict[str, int] = {}
        self._niceness = 0
        self._played = played
        self._one_at_a_time = RLock()

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- what is to be made ---------------------------------------------------------------------------------------
    def want(self, timeline: Timeline, beats: Iterable[BeatSpan], also: Iterable[str] = ()) -> list[Path]:
        """These beats next, in this order, before what was wanted earlier; `also` are kernels for all of them.

        Returns what waits for them, one entry a beat, to be asked about with `left`.
        """
        with self._one_at_a_time:
            needs: dict[Path, Needed] = {}
            if lacking := missing(also):
                needs[Path()] = Needed(set(lacking))
            for beat in beats:
                note = self._note(timeline, beat)
                if (need := self._needs.get(note)) is not None:
                    needs[note] = need
                elif not note.exists():
                    needs[note] = self._needed(timeline, beat, note)
            wanted = [*needs]
            self._needs = {**needs, **{note: need for note, need in self._needs.items() if note not in needs}}
            self._hand_out()
            return wanted

    def _needed(self, timeline: Timeline, beat: BeatSpan, note: Path) -> Needed:
        """What a beat waits for that was never rehearsed."""
        rehearsal = Rehearsal(timeline.score, timeline.seed, beat.id, self.frames, note)
        if self._played:
            return Needed(set(), rehearsal)
        parts = missing(kernels_of(timeline, beat.start, beat.end))
        parts += [name for name in bakes_of(timeline, beat.start, beat.end) if name not in self._made]
        return Needed(set(parts), rehearsal)

    def is_ready(self, timeline: Timeline, beat: BeatSpan) -> bool:
        """Whether nothing that this beat shows waits to be made."""
        return self._note(timeline, beat) not in self._needs

    @property
    def beats(self) -> int:
        """How many wait."""
        return len(self._needs)

    def left(self, wanted: Iterable[Path]) -> int:
        """How much is still to be made of what `want` returned: more for what takes longer."""
        with self._one_at_a_time:
            needs = [self._needs[note] for note in wanted if note in self._needs]
            parts = set[str]().union(*(need.parts for need in needs))
            return sum(map(length, parts)) + REHEARSED * sum(need.rehearsal is not None for need in needs)

    # --- how it is made -------------------------------------------------------------------------------------------
    def look(self) -> None:
        """Hear what is done and hand out what is next. Call it many times a second; it never waits."""
        with self._one_at_a_time:
            for worker in [*self._workers]:
                with suppress(EOFError, OSError):
                    while worker.job is not None and worker.pipe.poll():
                        self._done(worker.job, worker.pipe.recv())
                        worker.job = None
                if worker.process.exitcode is not None:
                    self._lost(worker)
            self._hand_out()

    def wait(self, seconds: float = 0.03) -> None:
        """Look after a moment in which workers work."""
        time.sleep(seconds)
        self.look()

    def gently(self, niceness: int = LOWEST) -> None:
        """From now on the show plays: workers take only the time that it leaves, or hardly more."""
        self._niceness = niceness
        for worker in self._workers:
            lower(worker.process.pid, niceness)

    def close(self) -> None:
        """End the workers; a job half done is begun anew another time."""
        with self._one_at_a_time:
            self._most = 0
            while self._workers:
                worker = self._workers.pop()
                worker.process.kill()
                worker.pipe.close()
                worker.process.join()

    def _hand_out(self) -> None:
        """A job for everyone who has none, and help where there is more to do."""
        for worker in [*self._workers]:
            if worker.job is None:
                self._give(worker, self._next())
        while len(self._workers) < self._most and (job := self._next()) is not None:
            self._give(self._hire(), job)

    def _hire(self) -> Worker:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=work, args=(theirs,), daemon=True)
        with anywhere():
            process.start()
        theirs.close()
        if self._niceness:
            lower(process.pid, self._niceness)
        self._workers.append(Worker(process, ours))
        return self._workers[-1]

    def _give(self, worker: Worker, job: Job | None) -> None:
        if job is not None:
            worker.job = job
            with suppress(OSError):  # it has just died: that is seen at the next look
                worker.pipe.send(job)
        elif not self.beats:
            self._workers.remove(worker)
            worker.pipe.close()  # it ends when it finds nobody there

    def _next(self) -> Job | None:
        """What is needed soonest of what nobody makes yet."""
        busy = {worker.job.name for worker in self._workers if worker.job is not None}
        return next((job for need in self._needs.values() if (job := need.next(busy)) is not None), None)

    def _done(self, job: Job, fault: str) -> None:
        """A job is done, or cannot be."""
        if fault:
            self.failures.append(fault)
        self._made.add(job.name)
        for need in self._needs.values():
            need.take(job)
        self._needs = {note: need for note, need in self._needs.items() if not need.ready}
        if not self._needs:
            tidy()

    def _lost(self, worker: Worker) -> None:
        """A worker has died; its job is tried once more."""
        self._workers.remove(worker)
        worker.pipe.close()
        if worker.job is not None:
            name = worker.job.name
            self._deaths[name] = self._deaths.get(name, 0) + 1
            if self._deaths[name] >= MOST_TRIES:
                self._done(worker.job, f"{name} cannot be made ready (it ends whoever tries)")

    def _note(self, timeline: Timeline, beat: BeatSpan) -> Path:
        """The file that says a beat was rehearsed. Nothing that is baked depends on the seed."""
        before = timeline.beats[: beat.index + 1]
        things = sorted({path for one in before for path in one.beat.settings if path.startswith("stage.")})
        return (
            cache_home() / "baked" / "rehearsed" / mark_of(also=repr((SOURCES, beat.id, things, self.frames)))
        )
