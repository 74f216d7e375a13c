"""Where the sound process begins. The show imports this for its name alone; the rest is imported in there.

A process that takes another's place while the show plays gets ready with what time the frames leave: its first thread
lowers itself for that (on Linux, where each thread has a priority of its own), and another, begun before, plays.
"""

from __future__ import annotations

import threading
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

import performance.sound.threads  # noqa: F401  (one thread for BLAS: must come before numpy)
from performance.cores import lower_thread

PROCESS = "performance.live.sound_process"


def perform(
    pipe: Connection, board: Any, sinks: Any, block: int, niceness: int = 0, waits: bool = False
) -> None:
    """The life of the sound process, see sound_process.py. While a show plays it gets ready with some niceness. One
    that `waits` opens its device when it is told anything after its piece."""
    ready = threading.Event()
    prepared: list[Any] = []

    def play() -> None:
        ready.wait()
        if prepared:
            import_module(PROCESS).perform(prepared[0], sinks)

    player = threading.Thread(target=play, name="sound")
    player.start()
    if niceness:
        lower_thread(niceness)
    try:
        prepared.append(import_module(PROCESS).prepared(pipe, board, block, waits))
    finally:
        ready.set()
    player.join()
