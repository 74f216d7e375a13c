"""What workers make before it is needed: a kernel is compiled, a shape is baked, a beat is painted for nobody."""

from __future__ import annotations

import gc
import signal
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from performance.paint.density import density_of
from performance.score.model import Score
from performance.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Frames:
    """The pictures to be made ready for: their size, and their density (see paint/density.py)."""

    size: tuple[int, int]
    density: float


def frames_of(size: tuple[int, int], quality: str = "live", share: float = 1.0) -> Frames:
    """The pictures that a show paints in a window of this size, at a share of the density of this quality."""
    return Frames(size, share * density_of("live" if quality == "auto" else quality, size))


@dataclass(frozen=True, slots=True)
class Part:
    """Compile the kernel "module.function", or call what bakes a shape of that name."""

    name: str

    def do(self) -> None:
        from performance.compiled import KERNELS
        from performance.paint.compiling import compile_one

        module, _, function = self.name.rpartition(".")
        home = import_module(module)  # declares its kernels: not all files are in the picture
        if self.name in KERNELS:
            compile_one(self.name)
        else:
            getattr(home, function)()


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Paint a beat, at the size it will be seen at: so what it shows is baked, and kept. `note` says it was done."""

    score: Score
    seed: int
    beat: str
    frames: Frames
    note: Path

    @property
    def name(self) -> str:
        return f"{self.beat} ({self.note.name})"

    def do(self) -> None:
        from performance.paint.picture import THROUGHOUT, Picture
        from performance.paint.threads import Threads

        timeline = Timeline(self.score, self.seed)
        picture = Picture(timeline, *self.frames.size, self.frames.density, threads=Threads(1))
        for _ in picture.rehearse((timeline.beat(self.beat),), THROUGHOUT):
            pass
        self.note.parent.mkdir(parents=True, exist_ok=True)
        self.note.touch()


Job = Part | Rehearsal


def work(pipe: Connection) -> None:
    """The life of a worker: for each job that comes it answers with what went wrong, "" if nothing did."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import_module("performance.paint.picture")
    gc.freeze()  # the compiler makes so much that looking through all this again and again is felt
    with suppress(EOFError, OSError):
        while True:
            job: Job = pipe.recv()
            pipe.send(_attempt(job))


def _attempt(job: Job) -> str:
    try:
        job.do()
    except Exception as fault:  # said by whoever needs it; the others are made all the same
        return f"{job.name} cannot be made ready ({type(fault).__name__}: {fault})"
    return ""
