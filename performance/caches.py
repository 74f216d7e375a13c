"""Where what can be made again is kept between runs: a folder of the user's cache, named by content.

Importing this names the folder of compiled code: it must come before numba.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LIMIT = 300_000_000  # bytes; what was used longest ago is dropped beyond
COMPILED, BAKED, REHEARSED, FIGURES = (
    "compiled code",
    "baked shapes",
    "notes of rehearsals",
    "measured figures",
)
KIND = {"kernels": COMPILED, "baked": BAKED, "rehearsed": REHEARSED}  # by folder
UNNOTED = 3600.0  # seconds: that something is used is written down no more often


def cache_home() -> Path:
    """The folder for everything that can be made again, after the XDG base directory specification."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "unrehearsed"


def mark_of(*sources: str | Path | None, also: str = "") -> str:
    """A mark of what these files say now, and of `also`.

    Ask while the modules are imported (`MADE_BY = mark_of(__file__, bust.__file__)`): a piece that has played for
    days runs the code it began with, whatever its files say by now.
    """
    mark = hashlib.blake2b(digest_size=6)
    for source in sources:
        if source is not None and Path(source).exists():
            mark.update(Path(source).read_bytes())
    mark.update(also.encode())
    return mark.hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing in the folder that can be made again by itself: when it was used last, as time.time counts."""

    kind: str
    path: Path
    size: int
    used: float


def everything() -> list[Kept]:
    """What is kept, by kind. All code that was compiled from the same inlined files is one thing."""
    found = []
    for path in sorted(cache_home().glob("*")):
        kind = KIND.get(path.name, FIGURES)
        for one in sorted(path.glob("*")) if path.is_dir() else [path]:
            found.append(_kept(KIND.get(one.name, kind), one))
    return found


def _kept(kind: str, path: Path) -> Kept:
    size, used = 0, 0.0
    for file in path.rglob("*") if path.is_dir() else [path]:
        with suppress(OSError):  # gone meanwhile
            lies = file.stat()
            size, used = size + lies.st_size * file.is_file(), max(used, lies.st_mtime)
    return Kept(kind, path, size, used)


def tidy(limit: int = LIMIT) -> list[Kept]:
    """Drop what was used longest ago, until the rest is within the limit; what is in use stays. Returns what went."""
    found = sorted(everything(), key=lambda kept: kept.used)
    over, gone = sum(kept.size for kept in found) - limit, []
    for kept in found:
        if over > 0 and kept.kind in (COMPILED, BAKED) and kept.path != KERNEL_FOLDER:
            drop(kept)
            gone.append(kept)
            over -= kept.size
    if any(kept.kind == BAKED for kept in gone):  # who was rehearsed may lack a shape now
        shutil.rmtree(cache_home() / "baked" / "rehearsed", ignore_errors=True)
    return gone


def drop(kept: Kept) -> None:
    """Delete it; what cannot be deleted stays."""
    with suppress(OSError):
        if kept.path.is_dir():
            shutil.rmtree(kept.path)
        else:
            kept.path.unlink()


def note_use(path: Path) -> None:
    """Say that a file is in use, so that it is not the next to be dropped."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > UNNOTED:
            os.utime(path)


_HOUSE = Path(__file__).parent
_INLINED = (  # what others inline from
    "compiled.py", "parts.py", "paint/fetch.py", "paint/figure_layers.py", "paint/kernels.py", "paint/sides.py",
    "stage/limbs.py", "stage/skeleton.py", "stage/vectors.py",
)  # fmt: skip
KERNEL_FOLDER = cache_home() / "kernels" / mark_of(*map(_HOUSE.joinpath, _INLINED), also=sys.version)
os.environ.setdefault("NUMBA_CACHE_DIR", str(KERNEL_FOLDER))
