"""How finely a picture is sampled: one number, its density, in samples per pixel along each side.

1 paints every pixel. Below 1 everything is painted on a smaller canvas and enlarged, soft light coarser still, and
only what is small and bright (specks, type) is laid at full size: that is how pace is kept. Above 1 every pixel is
painted, and the soft light behind and in front of things is so many times as fine: for films, which can wait.
"""

from __future__ import annotations

import math

Size = tuple[int, int]

QUALITIES = ("live", "full", "film")
FULL, FILM = 1.0, 2.0
LIVE = 2 / 3  # hard to tell from 1 in motion, and not half the work
LIVE_PIXELS = 1280 * 720  # that 60 frames a second leave time for on two cores of 2024
LEAST_PIXELS = 854 * 480  # a canvas is not smaller than this, unless the picture is
GROWTH = 0.4  # power of its size by which the canvas of a very large picture grows: nobody sits nearer to it
FIELD_ROWS = 270  # of soft light in a picture height, at density 1
COARSE_ROWS = 202  # and below, where the canvas has LIVE_PIXELS or more: a smaller one has as much fewer


def density_of(quality: str, size: Size) -> float:
    """The density of a quality: "live" holds 60 frames a second, "full" has every pixel, "film" what can be had."""
    return {"live": live(size), "full": FULL, "film": FILM}[quality]


def live(size: Size) -> float:
    """The density at which a picture of this size is played."""
    pixels = size[0] * size[1]
    most = LIVE_PIXELS / LIVE**2
    painted = LIVE**2 * pixels if pixels <= most else LIVE_PIXELS * (pixels / most) ** GROWTH
    return min(1.0, math.sqrt(max(painted, LEAST_PIXELS) / pixels))


def canvas_size(size: Size, density: float) -> Size:
    """Width and height of the canvas of a picture."""
    width, height = (max(2, round(length * min(density, FULL))) for length in size)
    return width, height


def field_rows(density: float, size: Size) -> float:
    """How many rows of soft light there are in a picture height: fewer, where it is thinned below what is live, and
    on a small canvas, so that they are as many pixels apart as in a larger picture."""
    if density >= FULL:
        return FIELD_ROWS * density
    played = live(size)
    small = played * math.sqrt(size[0] * size[1] / LIVE_PIXELS) if played < FULL else FULL
    return COARSE_ROWS * min(1.0, small) * min(1.0, density / played)
