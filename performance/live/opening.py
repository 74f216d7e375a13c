"""Before the curtain: what is made once on a machine is made, as far as the first beat needs it.

Nothing is to be done from the second start on. At the first one workers compile and bake (see workshop.py) while a
line of light grows, in the window and in the terminal; a film waits for all that it shows, a show only for the beat
it begins with.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
import pygame

from performance.live.jobs import Frames
from performance.live.workshop import Workshop
from performance.output.progress import Progress
from performance.output.window import Bytes, Window
from performance.timeline import BeatSpan, Timeline

PREPARING = "preparing the stage, once on this machine"
GLOW = np.array((120, 190, 235), np.float32)  # of the line of light that grows, B, G, R
GLOWS = 0.1  # of the picture's height, to either side of it
LOOK = 0.1  # seconds between two pictures of it: the workers need the time
FOR_FILMS = "performance.output.planes"  # has a kernel that no picture needs
log = logging.getLogger("unrehearsed")

Piece = tuple[Timeline, Sequence[BeatSpan]]


def prepare_film(pieces: Sequence[Piece], frames: Frames) -> None:
    """Make all that these beats need."""
    import_module(FOR_FILMS)
    with Workshop(frames) as workshop:
        wanted = [
            note
            for timeline, beats in reversed(pieces)
            for note in workshop.want(timeline, beats, [f"{FOR_FILMS}.to_planes"])
        ]
        _make(workshop, wanted)


def open_stage(
    timelines: Sequence[Timeline], start: float, frames: Frames, window: Window, complete: bool = False
) -> Workshop:
    """Make what the beat at `start` of the first of these pieces needs; the workshop goes on with the rest.

    `complete` makes all of it first. Closing the window ends it like Ctrl-C.
    """
    workshop = Workshop(frames)
    try:
        wanted = [note for one in reversed(timelines[1:]) for note in workshop.want(one, one.beats)]
        piece = timelines[0]
        first = piece.beat_at(start).index
        soonest = workshop.want(piece, (*piece.beats[first:], *piece.beats[:first]))
        if complete:
            _make(workshop, [*soonest, *wanted], window)
        elif not workshop.is_ready(piece, piece.beats[first]):
            _make(workshop, soonest[:1], window)
    except BaseException:
        workshop.close()
        raise
    workshop.gently()
    return workshop


def _make(workshop: Workshop, wanted: Sequence[Path], window: Window | None = None) -> None:
    """Wait until all this is made, and show how far it is."""
    total = workshop.left(wanted)
    if not total:
        return
    bar = Progress(PREPARING, total)
    while left := workshop.left(wanted):
        bar.at(total - left)
        if window is not None:
            _heed(window)
            draw_line(window, (total - left) / total)
        workshop.wait(LOOK)
    bar.done()
    for failure in workshop.failures:
        log.warning("%s", failure)


def _heed(window: Window) -> None:
    """What somebody does at the window meanwhile."""
    for event in pygame.event.get():
        if event.type == pygame.QUIT or (
            event.type == pygame.KEYDOWN and event.key in (pygame.K_ESCAPE, pygame.K_q)
        ):
            raise KeyboardInterrupt
        if event.type == pygame.VIDEORESIZE:
            window.resized()


def draw_line(window: Window, share: float) -> None:
    """Show how far it is: `share` 0..1."""
    with window.pixels() as pixels:
        line_of_light(pixels, share)
        del pixels
    window.flip()


def line_of_light(pixels: Bytes, share: float) -> None:
    """A thin line in the dark that grows from the middle outwards and glows a little."""
    height, width = pixels.shape[:2]
    pixels[..., :3] = 0
    rows = slice(round(height * (0.5 - GLOWS)), round(height * (0.5 + GLOWS)))
    y = np.abs(np.arange(height, dtype=np.float32)[rows] - height / 2)[:, None] / height
    x = np.abs(np.arange(width, dtype=np.float32) - width / 2)[None, :] / width
    ends = np.clip((0.30 * share - x) * width / 3.0, 0.0, 1.0)
    light = ends * (np.exp(-((y * height / 1.2) ** 2)) + 0.16 * np.exp(-y * 40.0))
    track = (x < 0.30) * np.exp(-((y * height / 0.8) ** 2)) * 0.10
    pixels[rows, :, :3] = np.clip((light + track)[..., None] * GLOW, 0.0, 255.0)
