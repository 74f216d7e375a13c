"""Surtitles: one quiet line of a text serif, generously tracked, that fades in and out and covers nothing."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pygame
from numpy.typing import NDArray

from performance.paint.canvas import Bytes, Light, View
from performance.paint.kernels import f4, int32, kernel

FONT = "fonts/EBGaramond12-Italic.otf"
SIZE = 0.030  # of the picture height: readable from the back row, quiet
TRACKING = 0.055  # em between letters
OVERSAMPLE = 4  # letters are set large and reduced, so that they stand between pixels
PLACE, ABOVE = 0.925, 0.075  # v of the line's middle, under the stage or above it
WARM = (0.86, 0.93, 0.97)  # B, G, R of the line, display values
LEVEL = 0.86
SHADOW = 0.55  # darkening behind the letters


@kernel("void(i8, i8, u1[:,:,::1], f4[:,::1], f4[:,::1], i8, i8, f4)")
def lay_type(
    y0: int, y1: int, pixels: Bytes, ink: Light, shade: Light, left: int, top: int, level: float
) -> None:
    """Darken rows [y0, y1) by the shadow and lay the letters over them; `ink` begins at (left, top)."""
    first, last = max(left, 0), min(left + ink.shape[1], pixels.shape[1])
    for y in range(y0, y1):
        for x in range(first, last):
            if shade[y - top, x - left] <= f4(0) and ink[y - top, x - left] <= f4(0):
                continue
            dark = f4(1) - shade[y - top, x - left] * f4(SHADOW) * level
            cover = ink[y - top, x - left] * f4(LEVEL) * level
            for k in range(3):
                under = f4(pixels[y, x, k]) * dark
                pixels[y, x, k] = np.uint8(int32(under + (f4(255) * f4(WARM[k]) - under) * cover + f4(0.5)))


class Surtitles:
    """Sets lines of type. `font` is the file of the face."""

    def __init__(self, font: Path) -> None:
        self.font = font
        self.masks: dict[tuple[str, int, int], tuple[NDArray[np.float32], NDArray[np.float32]]] = {}

    def paint(self, pixels: Bytes, view: View, line: str, level: float, above: bool = False) -> None:
        """Lay the line over BGRX pixels; `level` 0..1 is how far it has faded in. `above` the stage, or under it."""
        if not line or level <= 0.0:
            return
        ink, shade = self._set(line, view)
        left = (view.width - ink.shape[1]) // 2
        middle = int(view.y(ABOVE if above else PLACE))
        top = min(middle - ink.shape[0] // 2, view.height - ink.shape[0])
        lay_type(max(top, 0), min(top + ink.shape[0], view.height), pixels, ink, shade, left, top, f4(level))

    def _set(self, line: str, view: View) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Coverage of the letters and of their soft shadow, (h, w) float32 0..1, cached for a line and size."""
        key = (line, view.width, view.height)
        if key not in self.masks:
            size = max(9.0, SIZE * view.unit)
            ink = set_type(self.font, line, size)
            widest = int(view.width * 0.92)
            if ink.shape[1] > widest:
                ink = set_type(self.font, line, size * widest / ink.shape[1])
            pad = int(size)
            ink = np.pad(ink, 2 * pad)
            self.masks = {key: (ink, _soften(ink, max(2, int(size * 0.45))))}
        return self.masks[key]


@lru_cache(maxsize=4)
def _face(path: Path, pixels: int) -> pygame.font.Font:
    pygame.font.init()
    return pygame.font.Font(str(path), pixels)


def set_type(path: Path, line: str, size: float) -> NDArray[np.float32]:
    """Coverage (h, w) of a line: glyph by glyph at OVERSAMPLE times the size, then reduced by its mean."""
    face = _face(path, max(8, round(size * OVERSAMPLE)))
    gap = TRACKING * size * OVERSAMPLE
    pens, pen = [], 0.0
    for index, letter in enumerate(line):
        pens.append(pen)
        pair = line[index : index + 2]
        advance = face.size(pair)[0] - face.size(pair[1:])[0] if len(pair) == 2 else face.size(letter)[0]
        pen += advance + gap
    reach = int(size * OVERSAMPLE)  # italics lean over their advance
    width = -(-int(pen + 2 * reach) // OVERSAMPLE) * OVERSAMPLE
    height = -(-face.get_linesize() // OVERSAMPLE) * OVERSAMPLE
    sheet = np.zeros((height, width), np.float32)
    for letter, x in zip(line, pens, strict=True):
        if letter == " ":
            continue
        glyph = pygame.surfarray.array_alpha(face.render(letter, True, (255, 255, 255))).T
        left = int(x) + reach
        part = sheet[: glyph.shape[0], left : left + glyph.shape[1]]
        np.maximum(part, glyph[: part.shape[0], : part.shape[1]] / 255.0, out=part)
    small = sheet.reshape(height // OVERSAMPLE, OVERSAMPLE, width // OVERSAMPLE, OVERSAMPLE)
    return np.asarray(small.mean(axis=(1, 3)), np.float32)


def _soften(mask: NDArray[np.float32], radius: int) -> NDArray[np.float32]:
    """The mask blurred by two box means along each axis."""
    out = mask.astype(np.float64)
    for axis in (0, 1, 0, 1):
        size = out.shape[axis]
        padded = np.pad(out, [(radius + 1, radius) if k == axis else (0, 0) for k in (0, 1)])
        total = np.cumsum(padded, axis=axis)
        high, low = np.arange(size) + 2 * radius + 1, np.arange(size)
        out = (np.take(total, high, axis) - np.take(total, low, axis)) / (2 * radius + 1)
    return np.asarray(out * 1.6, np.float32).clip(0.0, 1.0)
