"""Where the sound process begins. The show imports this for its name alone; the rest is imported in there.

A process that takes another's place while the show plays gets ready with what time the frames leave: its first thread
lowers itself for that (on Linux, where each thread has a priority of its own), and another, begun before, plays.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

import performance.sound.threads  # noqa: F401  (one thread for BLAS: must come before numpy)

PROCESS = "performance.live.sound_process"
LOW = 3  # niceness while getting ready: frames come first, and sound is back within three seconds


def perform(pipe: Connection, board: Any, sinks: Any, block: int, gently: bool = False) -> None:
    """The life of the sound process, see sound_process.py; `gently` while a show plays."""
    ready = threading.Event()
    prepared: list[Any] = []

    def play() -> None:
        ready.wait()
        if prepared:
            import_module(PROCESS).perform(prepared[0], sinks)

    player = threading.Thread(target=play, name="sound")
    player.start()
    if gently and sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOW)
    try:
        prepared.append(import_module(PROCESS).prepared(pipe, board, block))
    finally:
        ready.set()
    player.join()
