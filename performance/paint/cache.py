"""Where compiled kernels and baked sprites are kept between runs: a folder of the user's cache, named by content."""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def cache_home() -> Path:
    """The folder for everything that can be made again, after the XDG base directory specification."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "unrehearsed"


def _kernel_folder() -> Path:
    source = Path(__file__).with_name("kernels.py").read_bytes()
    mark = hashlib.blake2b(source, digest_size=6)
    mark.update(sys.version.encode())
    return cache_home() / "kernels" / mark.hexdigest()


os.environ.setdefault("NUMBA_CACHE_DIR", str(_kernel_folder()))


def kept(name: str, key: object, make: Callable[[], dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    """Arrays baked once: read from the cache if `make`'s source file and `key` are the same, else made and kept.

    A cache that cannot be written or read is no fault: the arrays are made again.
    """
    function = make.func if isinstance(make, partial) else make
    source = Path(function.__code__.co_filename)
    mark = hashlib.blake2b(source.read_bytes() if source.exists() else b"", digest_size=8)
    mark.update(repr(key).encode())
    path = cache_home() / "baked" / f"{name}-{mark.hexdigest()}.npz"
    try:
        with np.load(path) as stored:
            return {entry: stored[entry] for entry in stored.files}
    except (OSError, ValueError, zipfile.BadZipFile):
        arrays = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.stem}-{os.getpid()}.npz")
        np.savez(draft, **arrays)  # type: ignore[arg-type]
        draft.replace(path)
    except OSError:
        return arrays
    return arrays
