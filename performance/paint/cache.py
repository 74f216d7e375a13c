"""Where baked sprites are kept between runs: a folder of the user's cache, named by content."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.caches import cache_home, mark_of, note_use


def kept(
    name: str, key: object, make: Callable[[], dict[str, NDArray[Any]]], made_by: str
) -> dict[str, NDArray[Any]]:
    """Arrays baked once: read from the cache if `key` and `made_by`, the mark of the code that makes them, are those
    they were kept with, else made and kept.

    A cache that cannot be written or read is no fault: the arrays are made again.
    """
    mark = mark_of(also=made_by + repr(key))
    path = cache_home() / "baked" / f"{name}-{mark}.npz"
    try:
        with path.open("rb") as file, np.load(file) as stored:
            arrays = {entry: stored[entry] for entry in stored.files}
        note_use(path)
        return arrays
    except (OSError, ValueError, zipfile.BadZipFile):
        arrays = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.stem}-{os.getpid()}.npz")
        np.savez(draft, **arrays)  # type: ignore[arg-type]  # the stubs take any array for `allow_pickle`
        draft.replace(path)
    except OSError:
        return arrays
    return arrays
