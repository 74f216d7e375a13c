"""Compiled code is kept in the folder that is named by what it inlines, never beside the sources."""

from __future__ import annotations

import os
from pathlib import Path

import performance.paint.picture  # noqa: F401  (declares the kernels)
from performance.compiled import KERNELS


def test_compiled_code_is_kept_in_the_cache_folder() -> None:
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    for name, declared in KERNELS.items():
        assert folder in Path(declared.dispatcher.stats.cache_path).parents, name
