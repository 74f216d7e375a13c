"""What is compiled on this machine, kernel by kernel, so that nobody waits for what is there.

numba keeps compiled code for a file as it lies, under its path, and looks whether the file still says the same. So do
the notes that say which kernels it has.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from performance.caches import mark_of
from performance.compiled import KERNELS, VERSION


def missing(names: Iterable[str]) -> list[str]:
    """Those of these kernels that are not compiled for this interpreter and these sources."""
    return [name for name in names if not _note(name).exists()]


def compile_one(name: str) -> None:
    """Compile the kernel "module.function", in a process that has nothing else to do."""
    gc.disable()  # the compiler makes so much, nearly all of it in use, that looking for refuse meanwhile is felt
    try:
        KERNELS[name].ready()
    finally:
        gc.enable()
    note = _note(name)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.touch()


def _note(name: str) -> Path:
    """The file that exists when a kernel is compiled."""
    mark = _mark(str(KERNELS[name].dispatcher.py_func.__code__.co_filename))
    return Path(os.environ["NUMBA_CACHE_DIR"]) / "compiled" / f"{name}-{mark}"


@cache
def _mark(source: str) -> str:
    return mark_of(source, also=f"{source} {VERSION}")
