"""A performance as a video, offline: frame n is time n / fps, and its sound is cut at the same instants.

Frames lie on the grid of the whole piece: a film that begins at a beat has the very frames that a film of the whole has
there. A film may join passages of several pieces, each faded in and out of the dark.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from performance.curves import ease
from performance.output.draft import draft
from performance.output.planes import Bytes
from performance.output.recorder import RATE, Recorder
from performance.output.sinks import Block
from performance.paint.density import FULL
from performance.paint.picture import Picture
from performance.sound.levels import gain_of
from performance.sound.render import pieces
from performance.timeline import Timeline

NEARLY = Fraction(1, 1000)  # of a frame: times are floats and may lie a hair beyond one
Told = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Passage:
    """The part [a, b) of a piece, in seconds; `fade` seconds of dark and silence at either end."""

    timeline: Timeline
    a: float
    b: float
    fade: float = 0.0

    def frames(self, fps: Fraction) -> range:
        """Numbers of the frames in it, counted from the beginning of the piece."""
        first, last = (math.ceil(Fraction(t) * fps - NEARLY) for t in (self.a, self.b))
        return range(first, last)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: seconds of film, and whether it was stopped before its end."""

    seconds: float
    stopped: bool


def film(
    path: Path,
    passages: Iterable[Passage],
    size: tuple[int, int],
    fps: Fraction,
    told: Told | None = None,
    density: float = FULL,
) -> Made:
    """Write the video. `told(frames done, beat)` hears of every frame. Ctrl-C ends it early, and it plays."""
    done, stopped = 0, False
    with draft(path) as unfinished:
        try:
            with Recorder(unfinished, *size, fps) as recorder:
                pixels: Bytes = np.zeros((size[1], size[0], 4), np.uint8)
                for passage in passages:
                    for beat in _play(recorder, passage, pixels, fps, density):
                        done += 1
                        if told is not None:
                            told(done, beat)
        except KeyboardInterrupt:
            if not done:
                raise
            stopped = True
    return Made(float(done / fps), stopped)


def _play(
    recorder: Recorder, passage: Passage, pixels: Bytes, fps: Fraction, density: float
) -> Iterator[str]:
    """Picture and sound of one passage, a frame at a time; gives the beat of each."""
    timeline, frames = passage.timeline, passage.frames(fps)
    picture = Picture(timeline, recorder.width, recorder.height, density, threads=recorder.threads)
    sound = cut(timeline, frames, fps)
    for n in frames:
        t = float(n / fps)
        picture.paint(t, pixels)
        level = _level(passage, frames, n, fps)
        if level < 1.0:
            pixels[..., :3] = (pixels[..., :3] * np.float32(level)).astype(np.uint8)
        recorder.picture(pixels)
        recorder.sound(next(sound) * np.float32(level))
        yield timeline.beat_at(t).id


def cut(timeline: Timeline, frames: range, fps: Fraction) -> Iterator[Block]:
    """The sound of each frame, (about RATE / fps, 2): frame n owns the samples from n / fps to (n + 1) / fps."""
    first, last = (round(n * RATE / fps) for n in (frames.start, frames.stop))
    waiting: Block = np.zeros((0, 2), np.float32)
    source = pieces(timeline, first / RATE, last / RATE, gain_of(timeline))
    for n in frames:
        need = round((n + 1) * RATE / fps) - round(n * RATE / fps)
        while len(waiting) < need:
            waiting = np.concatenate([waiting, next(source)])
        yield waiting[:need]
        waiting = waiting[need:]


def _level(passage: Passage, frames: range, n: int, fps: Fraction) -> float:
    """How far the passage is out of the dark at a frame, 0..1."""
    if not passage.fade:
        return 1.0
    from_ends = min(n - frames.start, frames.stop - 1 - n) / float(fps)
    return ease(min(1.0, from_ends / passage.fade))
