"""Before the curtain: what is made once on a machine is made, and what each beat needs is fetched before it is due.

Three steps, all of them skipped or short from the second start on: kernels are compiled and shapes are baked, both in
worker processes that leave them in the cache folder; then every beat is painted small, so that no frame of the show
waits for something that is used for the first time.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import numpy as np
import pygame

import performance.output.planes  # noqa: F401  (the recorder's kernel is compiled with the others)
from performance.output.progress import Progress
from performance.output.window import Bytes, Window
from performance.paint.canvas import Threads
from performance.paint.compiling import compiled, mark, prepare
from performance.paint.picture import Picture
from performance.score.model import Score
from performance.timeline import BeatSpan, Timeline

COMPILING, BAKING = (
    "preparing the stage, once on this machine",
    "making costumes and props, once for this score",
)
GLOW = np.array((120, 190, 235), np.float32)  # of the line of light that grows, B, G, R
SMALL = (320, 180)  # of the pictures nobody sees
COMPILED_SHARE = 0.5  # of the line of light

Piece = tuple[Timeline, Sequence[BeatSpan]]
Shown = Callable[[float], None]


def prepare_stage(pieces: Sequence[Piece], window: Window | None = None) -> None:
    """Compile what is missing, and bake it for these beats. Closing the window ends it like Ctrl-C."""

    def show(share: float) -> None:
        if window is not None:
            _draw(window, share)

    if not compiled():
        bar: list[Progress] = []

        def told(done: int, total: int, name: str) -> None:
            bar[:] = bar or [Progress(COMPILING, total)]
            bar[0].at(done, name.removeprefix("performance.paint."))
            show(COMPILED_SHARE * done / max(1, total))

        prepare(told)
        for one in bar:
            one.done()
    for timeline, beats in pieces:
        bake(timeline, [beat for beat in beats if not _note(timeline, beat).exists()], show)


def bake(timeline: Timeline, beats: Sequence[BeatSpan], show: Shown) -> None:
    """Let worker processes paint these beats once: what they make is kept in the cache folder."""
    if not beats:
        return
    bar = Progress(BAKING, len(beats))
    bar.at(0)
    show(COMPILED_SHARE)
    workers = max(1, min(4, os.cpu_count() or 1))
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        jobs = {pool.submit(_bake, timeline.score, timeline.seed, beat.id): beat for beat in beats}
        for done, job in enumerate(as_completed(jobs), 1):
            job.result()
            _note(timeline, jobs[job]).touch()
            bar.at(done, jobs[job].id)
            show(COMPILED_SHARE + (1.0 - COMPILED_SHARE) * done / len(jobs))
    bar.done()


def _note(timeline: Timeline, beat: BeatSpan) -> Path:
    """The file that says a beat was baked. What is baked depends on the sources, the seed, and what is on stage."""
    before = timeline.beats[: beat.index + 1]
    things = sorted({path for one in before for path in one.beat.settings if path.startswith("stage.")})
    look = hashlib.blake2b(repr((mark().name, timeline.seed, beat.id, things)).encode(), digest_size=8)
    return mark().with_name(f"baked-{look.hexdigest()}")


def _bake(score: Score, seed: int, beat: str) -> None:
    """In a worker: paint one beat."""
    timeline = Timeline(score, seed)
    for _ in Picture(timeline, *SMALL, threads=Threads(1)).rehearse((timeline.beat(beat),)):
        pass


def _draw(window: Window, share: float) -> None:
    for event in pygame.event.get():
        if event.type == pygame.QUIT or (
            event.type == pygame.KEYDOWN and event.key in (pygame.K_ESCAPE, pygame.K_q)
        ):
            raise KeyboardInterrupt
        if event.type == pygame.VIDEORESIZE:
            window.resized()
    with window.pixels() as pixels:
        line_of_light(pixels, share)
        del pixels
    window.flip()


def line_of_light(pixels: Bytes, share: float) -> None:
    """A thin line in the dark that grows from the middle outwards and glows a little."""
    height, width = pixels.shape[:2]
    y = np.abs(np.arange(height, dtype=np.float32) - height / 2)[:, None] / height
    x = np.abs(np.arange(width, dtype=np.float32) - width / 2)[None, :] / width
    ends = np.clip((0.30 * share - x) * width / 3.0, 0.0, 1.0)
    light = ends * (np.exp(-((y * height / 1.2) ** 2)) + 0.16 * np.exp(-y * 40.0))
    track = (x < 0.30) * np.exp(-((y * height / 0.8) ** 2)) * 0.10
    pixels[..., :3] = np.clip((light + track)[..., None] * GLOW, 0.0, 255.0)
