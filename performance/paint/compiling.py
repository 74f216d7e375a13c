"""Compiling every kernel once, in worker processes, before the first picture.

Afterwards a mark in the cache folder says that the kernels of just these sources are there, and starting costs
no more than loading them one by one as they are first used.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib import import_module
from pathlib import Path

from performance.caches import mark_of

PICTURE = "performance.paint.picture"  # importing it declares every kernel
HOUSE = Path(__file__).parent.parent
SOURCES = mark_of(*sorted([*HOUSE.glob("paint/*.py"), *HOUSE.glob("output/*.py"), *HOUSE.glob("stage/*.py")]))
Progress = Callable[[int, int, str], None]


def mark() -> Path:
    """The file that exists when the kernels of the present sources are compiled for this interpreter."""
    return Path(os.environ["NUMBA_CACHE_DIR"]) / f"compiled-{SOURCES}"


def compiled() -> bool:
    """Whether nothing is left to compile."""
    return mark().exists()


def prepare(progress: Progress | None = None, workers: int | None = None) -> None:
    """Compile what is missing. `progress(done, total, name)` is called in this thread as kernels get ready."""
    if compiled():
        return
    import_module(PICTURE)
    names = sorted(import_module("performance.paint.kernels").KERNELS)
    count = workers or max(1, min(4, os.cpu_count() or 1))
    if progress:
        progress(0, len(names), "")
    with ProcessPoolExecutor(count, multiprocessing.get_context("spawn")) as pool:
        jobs = {pool.submit(_compile, name): name for name in names}
        for done, job in enumerate(as_completed(jobs), 1):
            job.result()
            if progress:
                progress(done, len(names), jobs[job])
    target = mark()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()


def _compile(name: str) -> None:
    """Compile one kernel in a worker: its code is written to the shared cache folder."""
    import_module(PICTURE)
    import_module(name.rpartition(".")[0])  # a kernel of the recorder's is not in the picture
    import_module("performance.paint.kernels").ready(name)
