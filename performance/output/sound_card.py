"""Sound through PortAudio, which knows when what it takes will be heard."""

from __future__ import annotations

import importlib
import math
import os
import time
from contextlib import suppress
from typing import Any

from performance.output.cushion import Cushion
from performance.output.sinks import BLOCK, RATE, Block, Source

HASTE = 5  # of the real-time priorities 1 to 99: under the sound server's own


class SoundCard:
    """PortAudio's default output, or the first that plays two channels at 48 kHz. Of blocks that are smaller than
    BLOCK, so many as make one are made ahead."""

    advice = ""

    def __init__(self, block: int = BLOCK) -> None:
        self._flagged, self._urgent = 0, False
        self._block = block
        self._cushion: Cushion | None = None
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

    @property
    def underruns(self) -> int:
        """Blocks that the card did not get in time."""
        return self._flagged + (self._cushion.missed if self._cushion else 0)

    def start(self, source: Source) -> None:
        if self._block < BLOCK:
            self._cushion = Cushion(source, self._block, -(-BLOCK // self._block), ask_for_haste)
        self._give = (self._cushion or source).fill
        self._stream.start()

    def close(self) -> None:
        """Stop. A stream whose server died may hang here: leave the process with os._exit instead."""
        with suppress(Exception):
            self._stream.abort()
        if self._cushion:
            self._cushion.close()

    def _play(self, out: Block, _frames: int, when: Any, status: Any) -> None:
        now = time.perf_counter()
        if not self._urgent:
            self._urgent = True
            ask_for_haste()
        self._flagged += bool(status.output_underflow)
        delay = when.outputBufferDacTime - when.currentTime
        if not 0.0 < delay < 1.0:  # some drivers say nothing, some say nonsense
            self._give(out, now + self._stream.latency)
        else:
            self._give(out, when.outputBufferDacTime + self._lag.of(now, when.currentTime))


def ask_for_haste() -> None:
    """Let this thread go before all others, where the system grants it; sound servers often have done so already."""
    with suppress(OSError, AttributeError):
        if os.sched_getscheduler(0) == os.SCHED_OTHER:
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(HASTE))


class Lag:
    """Our clock less the stream's. A callback may be called late but never early: the least is the truth."""

    DRIFT = 1e-4  # seconds a second that two clocks may part

    def __init__(self) -> None:
        self._least, self._last = math.inf, 0.0

    def of(self, ours: float, theirs: float) -> float:
        allowed = self._least + self.DRIFT * (ours - self._last)
        self._least, self._last = min(ours - theirs, allowed), ours
        return self._least


def _output(sounddevice: Any) -> Any:
    """The default output, else the first there is; OSError when there is none."""
    devices = [device for device in sounddevice.query_devices() if device["max_output_channels"] >= 2]
    chosen = sounddevice.default.device[1]
    for device in sorted(devices, key=lambda device: device["index"] != chosen):
        return device
    raise OSError("PortAudio finds no output with two channels")
