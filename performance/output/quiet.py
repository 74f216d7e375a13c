"""Libraries of sound and display servers write to the terminal what nobody can use: hush them while they look round."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hushed() -> Iterator[None]:
    """Nothing reaches standard error meanwhile, not even from C."""
    sys.stderr.flush()
    loud, quiet = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    try:
        yield
    finally:
        os.dup2(loud, 2)
        os.close(loud)
        os.close(quiet)
