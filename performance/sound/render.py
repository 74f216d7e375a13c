"""Sound without a device: exact spans of a timeline, whole or in pieces, and as a WAV file."""

from __future__ import annotations

import wave
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from performance.sound.instrument import RATE, Frames
from performance.sound.orchestra import MEMORY, Orchestra

if TYPE_CHECKING:
    from performance.timeline import Timeline

QUANTUM = 512
PIECE = RATE  # frames of one piece


def pieces(
    timeline: Timeline, a: float, b: float, gain: float = 1.0, frames: int = PIECE
) -> Iterator[Frames]:
    """The sound of [a, b) seconds as (frames, 2) float32 pieces, the last one shorter.

    Together exactly round(b * 48000) - round(a * 48000) frames. The rooms hear `MEMORY` seconds before a, so a piece
    begins as it would sound had everything been played from the start.
    """
    orchestra = Orchestra(timeline, QUANTUM)
    orchestra.master.gain = gain
    orchestra.seek(max(0.0, a - MEMORY))
    left, early = round(b * RATE) - round(a * RATE), round(a * RATE) - orchestra.frame
    while early > 0:
        early -= len(orchestra.read(min(early, PIECE)))
    while left > 0:
        piece = orchestra.read(min(left, frames))
        left -= len(piece)
        yield piece


def write_wav(path: Path, sound: Iterable[Frames]) -> int:
    """Write pieces as a 24-bit stereo WAV; returns how many frames."""
    written = 0
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(3)
        file.setframerate(RATE)
        for piece in sound:
            whole = np.clip(np.rint(piece.astype(np.float64) * 8388607.0), -8388608, 8388607).astype("<i4")
            file.writeframes(whole.view(np.uint8).reshape(-1, 4)[:, :3].tobytes())
            written += len(piece)
    return written
