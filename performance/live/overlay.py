"""Small words over the picture: what plays, how well it goes, which keys there are, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pygame

from performance.output.window import Window

INK, DIM, ALARM = (226, 222, 210), (150, 148, 140), (255, 150, 110)
SHADE = (8, 9, 14, 190)
ROWS = 34  # lines of type in a picture's height
Line = tuple[str, tuple[int, int, int]]


class Overlay:
    """Draws lines at the window's upper left. Setting type is dear, so a line is set once."""

    def __init__(self, font: Path) -> None:
        self._font, self._size = font, 0
        self._set: dict[Line, pygame.Surface] = {}
        self._type: pygame.font.Font | None = None

    def draw(self, window: Window, lines: list[Line]) -> None:
        """Over the surface as it is painted. The painter's view of its bytes must be gone."""
        if not lines:
            return
        self._fit(window.size[1])
        rows = [self._row(line) for line in lines]
        pad = self._size
        width = max(row.get_width() for row in rows) + 2 * pad
        step = int(self._size * 1.25)
        shade = pygame.Surface((width, step * len(rows) + pad), pygame.SRCALPHA)
        shade.fill(SHADE)
        window.surface.blit(shade, (pad, pad))
        for number, row in enumerate(rows):
            window.surface.blit(row, (2 * pad, pad + pad // 2 + number * step))

    def _fit(self, height: int) -> None:
        size = max(11, height // ROWS)
        if size != self._size or len(self._set) > 400:
            self._size, self._type = size, _font(self._font, size)
            self._set.clear()

    def _row(self, line: Line) -> pygame.Surface:
        if line not in self._set:
            assert self._type is not None
            self._set[line] = self._type.render(line[0], True, line[1])
        return self._set[line]


def _font(path: Path, size: int) -> pygame.font.Font:
    """The house's face; SDL's own where it is missing."""
    pygame.font.init()
    return pygame.font.Font(str(path) if path.exists() else None, size)
