"""The pen that paints: a page as pixels. Edges are drawn three times as fine and reduced, so they are smooth."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pygame
from numpy.typing import NDArray

from performance.house import asset
from performance.sheet.marks import Area, Bytes, Line, Mark, Page, Picture, Point, Rgb, Type, bounds

FINE = 3
FONT = "fonts/EBGaramond12-Italic.otf"


def painted(page: Page, scale: float) -> Bytes:
    """The page at `scale` pixels a unit, (h, w, 3) red, green, blue."""
    pygame.font.init()
    sheet = pygame.Surface((round(page.width * scale), round(page.height * scale)), 0, 32)
    sheet.fill(page.paper)
    for mark in page.marks:
        _put(sheet, mark, scale)
    return np.ascontiguousarray(pygame.surfarray.array3d(sheet).swapaxes(0, 1))


def _put(sheet: pygame.Surface, mark: Mark, scale: float) -> None:
    match mark:
        case Picture():
            _picture(sheet, mark, scale)
        case Type():
            _type(sheet, mark, scale)
        case Area():
            _shape(sheet, mark.points, 0.0, mark, scale)
        case Line():
            _shape(sheet, mark.points, mark.width, mark, scale)


def _picture(sheet: pygame.Surface, mark: Picture, scale: float) -> None:
    height, width = mark.pixels.shape[:2]
    source = pygame.image.frombuffer(mark.pixels.tobytes(), (width, height), "RGB")
    left, top = round(mark.x * scale), round(mark.y * scale)
    size = round((mark.x + mark.width) * scale) - left, round((mark.y + mark.height) * scale) - top
    if size != source.get_size():
        source = pygame.transform.smoothscale(source, size)
    sheet.blit(source, (left, top))


@lru_cache(maxsize=32)
def _face(size: int) -> pygame.font.Font:
    return pygame.font.Font(str(asset(FONT)), size)


def _type(sheet: pygame.Surface, mark: Type, scale: float) -> None:
    face = _face(max(4, round(mark.size * scale)))
    letters = face.render(mark.text, True, mark.colour)
    back = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor] * letters.get_width()
    sheet.blit(letters, (round(mark.x * scale - back), round(mark.y * scale) - face.get_ascent()))


def _shape(
    sheet: pygame.Surface, points: tuple[Point, ...], width: float, mark: Area | Line, scale: float
) -> None:
    """Fill a polygon (width 0) or follow it, drawn large, reduced, then coloured and laid over the sheet."""
    left, top, right, bottom = bounds(points)
    pad = width / 2 + 1.0 / scale
    x0, y0 = math.floor((left - pad) * scale), math.floor((top - pad) * scale)
    size = math.ceil((right + pad) * scale) - x0, math.ceil((bottom + pad) * scale) - y0
    fine = FINE * scale
    at = [(x * fine - x0 * FINE, y * fine - y0 * FINE) for x, y in points]
    large = pygame.Surface((size[0] * FINE, size[1] * FINE), 0, 32)
    _draw(large, at, width * fine)
    cover = pygame.surfarray.array_red(pygame.transform.smoothscale(large, size))
    layer = pygame.Surface(size, pygame.SRCALPHA, 32)
    shares = (np.arange(size[0]) + x0 - left * scale) / max((right - left) * scale, 1.0)
    pygame.surfarray.pixels3d(layer)[:] = _blend(mark.colours, shares)[:, None, :]
    pygame.surfarray.pixels_alpha(layer)[:] = (cover * mark.opacity).astype(np.uint8)
    sheet.blit(layer, (x0, y0))


def _draw(large: pygame.Surface, at: list[Point], width: float) -> None:
    if not width:
        pygame.draw.polygon(large, "white", at)
        return
    thick = max(FINE - 1, round(width))
    for a, b in pairwise(at):
        pygame.draw.line(large, "white", a, b, thick)
    if thick > FINE:
        for point in at[1:-1]:
            pygame.draw.circle(large, "white", point, thick / 2)


def _blend(colours: tuple[Rgb, ...], shares: NDArray[np.floating]) -> Bytes:
    """(n, 3): the colours, evenly spaced over 0..1, at the shares."""
    stops = np.linspace(0.0, 1.0, len(colours)) if len(colours) > 1 else np.zeros(1)
    table = np.array(colours, np.float64)
    return (
        np.stack([np.interp(shares, stops, table[:, k]) for k in range(3)], axis=1).round().astype(np.uint8)
    )
