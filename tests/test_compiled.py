"""Compiled code is kept in the folder that is named by what it inlines, never beside the sources."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import performance.paint.picture  # noqa: F401  (declares the kernels)
from performance import caches
from performance.compiled import KERNELS

ROOMS = Path(caches.__file__).parent


def test_compiled_code_is_kept_in_the_cache_folder() -> None:
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    for name, declared in KERNELS.items():
        assert folder in Path(declared.dispatcher.stats.cache_path).parents, name


def test_whatever_is_inlined_elsewhere_names_the_folder() -> None:
    """numba sees a change in a kernel's own file only: who is inlined by another file must be listed."""
    found: set[str] = set()
    for user in ROOMS.rglob("*.py"):
        for node in ast.walk(ast.parse(user.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("performance."):
                source = ROOMS.joinpath(*(node.module or "").split(".")[1:]).with_suffix(".py")
                if source.exists() and inlined(source) & {alias.name for alias in node.names}:
                    found.add(source.relative_to(ROOMS).as_posix())
    assert "paint/kernels.py" in found
    assert found - {"compiled.py"} <= set(caches._INLINED)


def inlined(path: Path) -> set[str]:
    """Functions of a file that kernels copy or call."""
    functions = [
        node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)
    ]
    return {
        one.name
        for one in functions
        if any(isinstance(mark, ast.Name) and mark.id in ("inline", "called") for mark in one.decorator_list)
    }
