"""Surtitles stay inside the frame, fade with their level and leave the rest of the picture alone."""

from __future__ import annotations

import numpy as np
import pytest

from performance.house import asset
from performance.paint.canvas import View
from performance.paint.picture import FONT
from performance.paint.surtitles import Surtitles

LINE = "Nothing is written on the page, and you begin."


@pytest.mark.parametrize("size", [(320, 180), (1280, 720), (360, 640)])
def test_the_line_lies_low_and_inside(size: tuple[int, int]) -> None:
    width, height = size
    pixels = np.full((height, width, 4), 40, np.uint8)
    Surtitles(asset(FONT)).paint(pixels, View(width, height), LINE, 1.0)
    inked = np.argwhere(pixels[..., 1] > 120)
    assert len(inked) > 40
    assert inked[:, 0].min() > height * 0.6
    assert width * 0.02 < inked[:, 1].min() < inked[:, 1].max() < width * 0.98
    assert (pixels[: height // 2, :, :3] == 40).all()


def test_a_line_above_the_stage_lies_high_and_inside() -> None:
    pixels = np.full((180, 320, 4), 40, np.uint8)
    Surtitles(asset(FONT)).paint(pixels, View(320, 180), LINE, 1.0, above=True)
    inked = np.argwhere(pixels[..., 1] > 120)
    assert len(inked) > 40
    assert 0 < inked[:, 0].min() <= inked[:, 0].max() < 180 * 0.2


def test_the_line_fades() -> None:
    levels = []
    for level in (0.0, 0.3, 1.0):
        pixels = np.full((180, 320, 4), 40, np.uint8)
        Surtitles(asset(FONT)).paint(pixels, View(320, 180), LINE, level)
        levels.append(int(pixels[..., 1].max()))
    assert levels[0] == 40
    assert levels[0] < levels[1] < levels[2]
