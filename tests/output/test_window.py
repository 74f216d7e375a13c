"""The window gives its own bytes to paint in, at any size, and gives them back before it flips."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from performance.output import window
from performance.output.window import Size, Window
from performance.refusal import Refusal


@pytest.fixture(autouse=True)
def display() -> Iterator[None]:
    assert window.is_there()
    yield
    pygame.display.quit()


@pytest.mark.parametrize("size", [(320, 180), (1280, 720), (641, 359), (400, 900)])
def test_what_is_painted_is_what_is_shown(size: Size) -> None:
    with Window(size) as one:
        assert one.size == size
        with one.pixels() as pixels:
            assert pixels.shape == (size[1], size[0], 4)
            assert pixels.flags.c_contiguous
            pixels[...] = 0
            pixels[3, 5] = (10, 20, 30, 0)
            del pixels
        one.flip()
        assert tuple(one.surface.get_at((5, 3)))[:3] == (30, 20, 10)
        assert not one.surface.get_locked()


def test_another_layout_of_pixels_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Window, "_direct", property(lambda _: False))
    with Window((320, 180)) as one:
        with one.pixels() as pixels:
            pixels[...] = 0
            pixels[3, 5] = (10, 20, 30, 0)
        assert tuple(one.surface.get_at((5, 3)))[:3] == (30, 20, 10)


def test_full_screen_and_back_keeps_a_surface_to_paint_in() -> None:
    with Window((640, 360)) as one:
        for _ in range(3):
            one.toggle()
            with one.pixels() as pixels:
                assert pixels.shape[:2] == one.size[::-1]
                del pixels
            one.flip()


def test_a_display_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="there is no display 9"), Window(display=9):
        pass


def test_the_screen_saver_stays_off_and_a_resting_pointer_hides() -> None:
    with Window(fullscreen=True) as one:
        assert not pygame.display.get_allow_screensaver()
        one.rest(0.1)
        assert pygame.mouse.get_visible()
        one.rest(60.0)
        assert not pygame.mouse.get_visible()
