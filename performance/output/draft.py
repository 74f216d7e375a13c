"""Files appear whole: written under another name beside their place, moved there when they are done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from performance.refusal import Refusal, why


def suited(name: str | Path, endings: tuple[str, ...]) -> Path:
    """The path of a file that may be written: a fitting ending, in a folder that is there and can be written."""
    path = Path(name)
    if path.suffix.lower() not in endings:
        given = f"{path.suffix!r} is not" if path.suffix else "without an ending it is not"
        raise Refusal(f"{path}: {given} a format to write; end the name in {' or '.join(endings)}")
    if path.is_dir():
        raise Refusal(f"{path} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise Refusal(f"{path}: there is no folder {path.parent}")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise Refusal(f"{path} cannot be written: permission denied")
    return path


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """The name to write under. It becomes `path` at the end; on a fault nothing is left behind."""
    unfinished = path.with_name(f".{path.stem}.unfinished{path.suffix}")
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {why(error)}") from error
    finally:
        unfinished.unlink(missing_ok=True)
