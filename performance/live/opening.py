"""Before the curtain: what must be made once on a machine is made, and window and terminal say how far it is."""

from __future__ import annotations

import numpy as np
import pygame

import performance.output.planes  # noqa: F401  (the recorder's kernel is compiled with the others)
from performance.output.progress import Progress
from performance.output.window import Bytes, Window
from performance.paint.compiling import compiled, prepare

WHAT = "preparing the stage, once on this machine"
GLOW = np.array((120, 190, 235), np.float32)  # of the line of light that grows, B, G, R


def prepare_stage(window: Window | None = None) -> None:
    """Compile the kernels, unless they are there. Closing the window ends it like Ctrl-C."""
    if compiled():
        return
    bar: list[Progress] = []

    def show(done: int, total: int, name: str) -> None:
        if not bar:
            bar.append(Progress(WHAT, total))
        bar[0].at(done, name.removeprefix("performance.paint."))
        if window is not None:
            _draw(window, done / max(1, total))

    prepare(show)
    if bar:
        bar[0].done()


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
