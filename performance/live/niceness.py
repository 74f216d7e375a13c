"""Who gives way to whom: what can wait takes only the time that the show leaves."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

LOWEST, LOW = 19, 5  # niceness: of what can wait, and of what the show may have to wait for


def lower(pid: int | None, niceness: int = LOWEST) -> None:
    """Let a process take only what others leave."""
    with suppress(OSError, AttributeError):  # Windows has no such thing; or it has just ended
        os.setpriority(os.PRIO_PROCESS, pid or 0, niceness)


def lower_thread(niceness: int = LOWEST) -> None:
    """Let the thread that asks take only what others leave: on Linux, where each has a priority of its own."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)
