"""What a frame costs in every beat, with everything beside it that an evening has.

Frames are whole ones, as the show makes them, at the density it plays with: simulate, paint, flip to a surface off the
screen. They come sixty times a second, while the sound of the same moments is made in its own process and heard by
nobody: so both have the machine that they have in the evening, and no more of it.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pygame
from numpy.typing import NDArray

from performance.bench.figures import Figures, Told, rounded, share
from performance.cores import FIRST, seated
from performance.live.clock import Clock
from performance.live.jobs import Frames
from performance.live.opening import prepare_film
from performance.live.pace import Pace
from performance.live.programme import opened
from performance.live.sound import Sound
from performance.output.speakers import Unheard
from performance.paint.density import live
from performance.paint.picture import Picture
from performance.paint.threads import Threads
from performance.timeline import Timeline

FPS = 60.0
RUNS, RUN = 3, 40  # per beat: stretches of it, frames of one stretch
WARM = 6  # frames before each stretch that do not count
PATIENCE = 30.0  # seconds for the sound to be where the stretch begins
ARRIVED = 0.6  # seconds after which bringing it there costs nothing any more


def frames(scores: Iterable[Path], size: tuple[int, int], told: Told, mute: bool = False) -> Figures:
    """Milliseconds of a whole frame, median and p99, per score and beat; `mute`: with no sound beside it."""
    sound = "none" if mute else "playing"
    figures: Figures = {"size": f"{size[0]}x{size[1]}", "unit": "ms", "sound": sound, "scores": {}}
    with seated(FIRST), nullcontext() if mute else Beside() as beside:
        for path in scores:
            timeline = Timeline(opened(path))
            prepare_film([(timeline, timeline.beats)], Frames(size, live(size)))
            beats: Figures = {}
            for name, costs in _costs(timeline, size, beside):
                median, p99 = statistics.median(costs), share(costs, 0.99)
                beats[name] = {"median": rounded(median), "p99": rounded(p99)}
                told(f"{path.stem:<16} {name:<18} median {median:6.2f} ms   p99 {p99:6.2f} ms")
            figures["scores"][path.stem] = beats
    return figures


class Beside:
    """The sound that plays beside what is measured. Use it with `with`."""

    def __init__(self) -> None:
        self._sound = Sound(Clock(), (Unheard,))

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, *_: object) -> None:
        self._sound.close()

    @property
    def pid(self) -> int | None:
        """The sound's process."""
        return self._sound.pid

    @property
    def busy(self) -> NDArray[np.float64]:
        """(1,): not zero while it needs its core."""
        return self._sound.busy

    def play(self, timeline: Timeline) -> None:
        self._sound.play(timeline)

    def leap(self, t: float) -> None:
        """Returns when the sound plays on from `t`."""
        sound = self._sound
        sound.leap(t)
        given_up = time.perf_counter() + PATIENCE
        while sound.heard.leap != sound.clock.leaps and time.perf_counter() < given_up:
            time.sleep(0.01)
            sound.look()
        time.sleep(ARRIVED)


def _costs(
    timeline: Timeline, size: tuple[int, int], beside: Beside | None
) -> Iterator[tuple[str, list[float]]]:
    """The milliseconds of some stretches of every beat."""
    if beside:
        beside.play(timeline)
    threads = Threads(busy=beside.busy if beside else None)
    picture = Picture(timeline, *size, density=live(size), threads=threads)
    back, front = (pygame.Surface(size, 0, 32, (0xFF0000, 0xFF00, 0xFF, 0)) for _ in range(2))
    for _ in picture.rehearse(timeline.beats):
        pass
    gc.collect()
    gc.freeze()
    for beat in timeline.beats:
        costs: list[float] = []
        for run in range(RUNS):
            start = max(0.0, beat.start + beat.length * (run + 0.5) / RUNS - RUN / FPS / 2 - WARM / FPS)
            if beside:
                beside.leap(start)
            pace = Pace(FPS)
            for n in range(WARM + RUN):
                pace.begin()
                began = time.perf_counter()
                frame(picture, start + n / FPS, back, front)
                if n >= WARM:
                    costs.append((time.perf_counter() - began) * 1000.0)
                pace.wait()
        yield beat.id, costs


def frame(picture: Picture, t: float, back: pygame.Surface, front: pygame.Surface) -> None:
    """Simulate, paint, flip to a surface off the screen."""
    pixels = np.asarray(back.get_view("2")).T.view(np.uint8).reshape(back.get_height(), back.get_width(), 4)
    picture.paint(t, pixels)
    del pixels
    front.blit(back, (0, 0))
