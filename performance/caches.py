"""Where what can be made again is kept between runs: a folder of the user's cache, named by content.

Importing this names the folder of compiled code: it must come before numba.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path


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


_HOUSE = Path(__file__).parent
_INLINED = (  # what others inline from
    "compiled.py", "paint/kernels.py", "stage/skeleton.py", "stage/vectors.py", "stage/limbs.py"
)  # fmt: skip
KERNEL_FOLDER = cache_home() / "kernels" / mark_of(*map(_HOUSE.joinpath, _INLINED), also=sys.version)
os.environ.setdefault("NUMBA_CACHE_DIR", str(KERNEL_FOLDER))
