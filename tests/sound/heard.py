"""An instrument's own example, listened to: the whole way through the orchestra, dry, below the limiter's reach."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.score.instruments import INSTRUMENTS as MODELS
from performance.score.reader import read_text
from performance.sound.instrument import RATE, Instrument
from performance.sound.orchestra import Orchestra
from performance.timeline import Timeline

Sound = NDArray[np.float32]
LONG, BRIEF = 2.5, 1.2  # seconds that are listened to of an example as it is, and at its densest
DRY = "sound.room = { wet_db = -60 }"
QUIET = 0.0625  # a power of two: taken off again without a trace


def timeline(
    name: str, dense: bool = False, octaves: int = 0, more: str = "", length: float | None = None
) -> Timeline:
    """The example of an instrument, `octaves` higher, cut after `length` seconds, with further beats."""
    text = MODELS[name].example.score(name, length=length, dense=dense, more=f"{DRY}\n{more}")
    return Timeline(
        read_text(re.sub(r"\b([A-Ga-g]#?)(\d)\b", lambda m: f"{m[1]}{int(m[2]) + octaves}", text))
    )


def orchestra(kind: type[Instrument], piece: Timeline, quantum: int = 512) -> Orchestra:
    """That instrument alone; it is heard as it is, no gain, no limit."""
    made = Orchestra(piece, quantum, instruments=(kind,))
    made.master.gain = QUIET
    made.seek(0.0)
    return made


def read(made: Orchestra, seconds: float) -> Sound:
    """The next seconds, (frames, 2)."""
    return made.read(round(seconds * RATE)) / np.float32(QUIET)


@cache
def heard(kind: type[Instrument], dense: bool = False) -> Sound:
    """The first seconds of its example."""
    return read(orchestra(kind, timeline(kind.name, dense)), BRIEF if dense else LONG)


def clicks(sound: Sound, times: float = 3.0, least: float = 1e-4) -> NDArray[np.intp]:
    """Frames whose third difference stands alone: over `times` all of its neighbours within five milliseconds."""
    third = np.abs(np.diff(sound.astype(np.float64), 3, axis=0)).max(axis=1)
    near, far = 8, 240
    padded = np.pad(third, far)
    before = np.lib.stride_tricks.sliding_window_view(padded[: -far - near], far - near).max(axis=1)
    after = np.lib.stride_tricks.sliding_window_view(padded[far + near + 1 :], far - near).max(axis=1)
    around = np.maximum(before[: third.size], after[: third.size])
    alone = third > np.maximum(times * around, least)
    return np.flatnonzero(alone[:-far])  # of what comes last it is not known what follows
