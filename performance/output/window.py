"""The window or the whole screen: a surface to paint in, flipped when it is done.

The painter writes straight into the display surface's own bytes (blue, green, red, any) wherever the surface is
laid out so; elsewhere it gets an array of its own, which is copied over.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pygame
from numpy.typing import NDArray

from performance.output.quiet import hushed
from performance.refusal import Refusal

Bytes = NDArray[np.uint8]
Size = tuple[int, int]

SMALL = (1280, 720)  # the window, where no size is asked for and the screen has room
MOST_ROWS = 1080  # a larger screen is painted at this height and scaled by the graphics card
BLUE_GREEN_RED = (0xFF0000, 0xFF00, 0xFF)  # masks of red, green and blue in a pixel of 32 bits
IDLE = 2.0  # seconds after which a pointer at rest is hidden in full screen
TITLE = "Unrehearsed"


def is_there() -> bool:
    """Whether there is a display to play on. Leaves it open."""
    _prepare()
    try:
        with hushed():
            pygame.display.init()
    except pygame.error:
        return False
    asked = os.environ.get("SDL_VIDEODRIVER") or os.environ.get("SDL_VIDEO_DRIVER")
    if pygame.display.get_driver() in ("dummy", "offscreen") and not asked:
        pygame.display.quit()
        return False
    return True


def _prepare() -> None:
    """The right pygame, and what SDL reads from the environment, unless someone has set it."""
    if not getattr(pygame, "IS_CE", False):
        raise Refusal(
            "the older pygame lies over pygame-ce here: pip uninstall pygame pygame-ce, then pip install pygame-ce"
        )
    os.environ.setdefault("SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS", "0")
    if sys.platform == "linux" and not any(Path("/dev/dri").glob("renderD*")):
        # without a graphics card SDL's accelerated flip goes through a software OpenGL: 11 ms against 0.3
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")


class Window:
    """Open it with `with`. `size` None takes what fits; `display` counts from 0."""

    def __init__(self, size: Size | None = None, fullscreen: bool = False, display: int = 0) -> None:
        self.fullscreen, self._asked, self._display = fullscreen, size, display
        self._own: Bytes = np.zeros((0, 0, 4), np.uint8)
        self.surface: pygame.Surface

    def __enter__(self) -> Window:
        screens = pygame.display.get_desktop_sizes()
        if not 0 <= self._display < len(screens):
            raise Refusal(
                f"there is no display {self._display}; there are {', '.join(map(str, range(len(screens))))}"
            )
        self._screen = screens[self._display]
        pygame.display.set_caption(TITLE)
        pygame.display.set_allow_screensaver(False)
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        pygame.display.quit()

    @property
    def size(self) -> Size:
        """Width and height that are painted."""
        return self.surface.get_size()

    def toggle(self) -> None:
        """To full screen and back."""
        self.fullscreen = not self.fullscreen
        self._open()

    def resized(self) -> None:
        """The surface was replaced because somebody pulled at the window."""
        surface = pygame.display.get_surface()
        assert surface is not None
        self.surface = surface

    @contextmanager
    def pixels(self) -> Iterator[Bytes]:
        """(h, w, 4) bytes to paint in; shown by the next `flip`."""
        width, height = self.size
        if self._direct:
            view = self.surface.get_view("2")
            yield np.asarray(view).T.view(np.uint8).reshape(height, width, 4)
            return
        if self._own.shape != (height, width, 4):
            self._own = np.zeros((height, width, 4), np.uint8)
        yield self._own
        self.surface.blit(pygame.image.frombuffer(self._own.data, (width, height), "BGRA").convert(), (0, 0))

    def flip(self) -> None:
        pygame.display.flip()

    def rest(self, seconds: float) -> None:
        """The pointer has not moved for so long: in full screen it is hidden."""
        visible = not (self.fullscreen and seconds > IDLE)
        if visible != pygame.mouse.get_visible():
            pygame.mouse.set_visible(visible)

    def _open(self) -> None:
        flags = pygame.FULLSCREEN | pygame.SCALED if self.fullscreen else pygame.RESIZABLE
        size = self._full_size() if self.fullscreen else self._window_size()
        if self.fullscreen and size == self._screen:
            flags = pygame.FULLSCREEN
        try:
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore"
                )  # that the system chose another size, that there is no graphics card
                self.surface = pygame.display.set_mode(size, flags, display=self._display)
        except pygame.error as error:
            raise Refusal(f"the display cannot show {size[0]}x{size[1]}: {error}") from error
        pygame.mouse.set_visible(not self.fullscreen)

    @property
    def _direct(self) -> bool:
        surface = self.surface
        return (
            surface.get_bitsize() == 32
            and surface.get_masks()[:3] == BLUE_GREEN_RED
            and surface.get_pitch() == 4 * surface.get_width()
        )

    def _window_size(self) -> Size:
        if self._asked:
            return self._asked
        shrink = min(1.0, self._screen[0] * 0.92 / SMALL[0], self._screen[1] * 0.86 / SMALL[1])
        return even(SMALL[0] * shrink), even(SMALL[1] * shrink)

    def _full_size(self) -> Size:
        if self._asked:
            return self._asked
        shrink = min(1.0, MOST_ROWS / self._screen[1])
        return self._screen if shrink == 1.0 else (even(self._screen[0] * shrink), MOST_ROWS)


def even(length: float) -> int:
    """The nearest even number of pixels below."""
    return int(length) // 2 * 2
