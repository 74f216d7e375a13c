"""Sound through SDL, which lies inside the pygame package: a machine without PortAudio still sounds."""

from __future__ import annotations

import importlib
import os
import threading
import time

import numpy as np

from performance.output.sinks import RATE, Source


class Mixer:
    """SDL's own sound output, fed by a thread: it comes with pygame, so it needs nothing from the system."""

    advice = "sound goes through SDL, later than need be: install PortAudio (Debian, Ubuntu: apt install libportaudio2)"

    def __init__(self, frames: int = 1024) -> None:
        self.underruns = 0
        self._frames, self._over = frames, threading.Event()
        if os.environ.get("SDL_AUDIODRIVER") == "dummy":
            raise OSError("SDL is told to be silent")
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        self._mixer = importlib.import_module("pygame.mixer")
        try:
            self._mixer.init(RATE, 32, 2, frames, allowedchanges=0)
        except Exception as error:
            raise OSError(str(error)) from error
        self.name = f"SDL mixer ({importlib.import_module('pygame').__version__})"

    def start(self, source: Source) -> None:
        self._thread = threading.Thread(target=self._pump, args=(source,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._thread.join(1.0)
        self._mixer.quit()

    def _pump(self, source: Source) -> None:
        """Keep one sound playing and one waiting. What waits is heard after the one that plays and SDL's buffer."""
        channel = self._mixer.Channel(0)
        length = self._frames / RATE
        out = np.zeros((self._frames, 2), np.float32)
        begun, ends = False, time.perf_counter()  # when what was given so far has been taken from us
        while not self._over.is_set():
            if channel.get_queue() is not None:
                time.sleep(length / 8)
                continue
            now = time.perf_counter()
            if not channel.get_busy():
                self.underruns += begun
                ends = now
            ends = min(max(ends, now), now + 2 * length)
            source.fill(out, ends + length)
            channel.queue(self._mixer.Sound(buffer=out.tobytes()))
            ends += length
            begun = True
