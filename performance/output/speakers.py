"""Ways to be heard, best first: the sound card, SDL's mixer, and a paced silence for a machine without either.

A sink asks a `Source` for frames: `fill(out, heard_at)` writes (frames, 2) float32, `heard_at` being when the first
of them will leave the speaker, on the clock of `time.perf_counter`. All sinks are paced by what they play on; one
that turns out not to be is found by the source, which counts.
"""

from __future__ import annotations

import importlib
import math
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
BLOCK = 512
Block = NDArray[np.float32]


class Source(Protocol):
    """Where the frames come from. One thread calls."""

    def fill(self, out: Block, heard_at: float) -> None: ...

    def pass_over(self, frames: int, heard_at: float) -> None:
        """These frames are heard by nobody."""


class Sink(Protocol):
    """A way to be heard. `advice` says how a better one is had, "" for the best."""

    name: str
    advice: str
    underruns: int

    def start(self, source: Source) -> None: ...

    def close(self) -> None: ...


class SoundCard:
    """PortAudio's default output, or the first that plays two channels at 48 kHz."""

    advice = ""

    def __init__(self, block: int = BLOCK) -> None:
        self.underruns = 0
        self._block = block
        sounddevice = importlib.import_module("sounddevice")  # OSError where PortAudio is missing
        device = _output(sounddevice)
        host = sounddevice.query_hostapis(device["hostapi"])["name"]
        self.name = f"{device['name']} ({host})"
        self._lag = Lag()
        self._stream = sounddevice.OutputStream(
            samplerate=RATE,
            blocksize=block,
            device=device["index"],
            channels=2,
            dtype="float32",
            latency="low",
            callback=self._play,
        )

    def start(self, source: Source) -> None:
        self._source = source
        self._stream.start()

    def close(self) -> None:
        """Stop. A stream whose server died may hang here: leave the process with os._exit instead."""
        with suppress(Exception):
            self._stream.abort()

    def _play(self, out: Block, _frames: int, when: Any, status: Any) -> None:
        now = time.perf_counter()
        self.underruns += bool(status.output_underflow)
        delay = when.outputBufferDacTime - when.currentTime
        if not 0.0 < delay < 1.0:  # some drivers say nothing, some say nonsense
            self._source.fill(out, now + self._stream.latency)
        else:
            self._source.fill(out, when.outputBufferDacTime + self._lag.of(now, when.currentTime))


class Lag:
    """Our clock less the stream's. A callback may be called late but never early: the least is the truth."""

    DRIFT = 1e-4  # seconds a second that two clocks may part

    def __init__(self) -> None:
        self._least, self._last = math.inf, 0.0

    def of(self, ours: float, theirs: float) -> float:
        allowed = self._least + self.DRIFT * (ours - self._last)
        self._least, self._last = min(ours - theirs, allowed), ours
        return self._least


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


class Silence:
    """Nothing is heard, and time goes on at the right speed."""

    name = "silence"
    advice = "no sound device was found: the piece plays silently; plug one in or start a sound server, and play again"

    def __init__(self) -> None:
        self.underruns = 0
        self._over = threading.Event()

    def start(self, source: Source) -> None:
        self._thread = threading.Thread(target=self._wait, args=(source,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._thread.join(1.0)

    def _wait(self, source: Source) -> None:
        given, began = 0, time.perf_counter()
        while not self._over.wait(BLOCK / RATE):
            due = math.floor((time.perf_counter() - began) * RATE)
            source.pass_over(due - given, began + given / RATE)
            given = due


SINKS: tuple[Callable[[], Sink], ...] = (SoundCard, Mixer, Silence)


def _output(sounddevice: Any) -> Any:
    """The default output, else the first there is; OSError when there is none."""
    devices = [device for device in sounddevice.query_devices() if device["max_output_channels"] >= 2]
    chosen = sounddevice.default.device[1]
    for device in sorted(devices, key=lambda device: device["index"] != chosen):
        return device
    raise OSError("PortAudio finds no output with two channels")


def first_that_opens(
    sinks: tuple[Callable[[], Sink], ...],
) -> tuple[Sink, tuple[Callable[[], Sink], ...], str]:
    """The best sink that opens, those after it, and why the better ones did not."""
    reasons: list[str] = []
    for i, make in enumerate(sinks):
        try:
            return make(), sinks[i + 1 :], "; ".join(reasons)
        except Exception as error:  # PortAudio, SDL and their drivers raise what they like
            reasons.append(f"{getattr(make, '__name__', 'sink')}: {error}")
    raise OSError("; ".join(reasons))
