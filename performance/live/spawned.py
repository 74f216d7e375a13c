"""Where the sound process begins. The show imports this for its name alone; the rest is imported in there."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import performance.sound.threads  # noqa: F401  (one thread for BLAS: must come before numpy)


def perform(*arguments: Any) -> None:
    """The life of the sound process."""
    import_module("performance.live.sound_process").perform(*arguments)
