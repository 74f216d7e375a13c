"""One frame as a picture file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pygame

from performance.output.draft import draft
from performance.output.planes import Bytes
from performance.paint.density import FULL
from performance.paint.picture import Picture
from performance.timeline import Timeline

FORMATS = (".png", ".jpg", ".jpeg")


def still(timeline: Timeline, t: float, size: tuple[int, int], density: float = FULL) -> Bytes:
    """The picture at `t`, (h, w, 3) red, green, blue."""
    pixels: Bytes = np.zeros((size[1], size[0], 4), np.uint8)
    Picture(timeline, *size, density).paint(t, pixels)
    return np.ascontiguousarray(pixels[..., 2::-1])


def save(picture: Bytes, path: Path) -> None:
    """Write (h, w, 3) red, green, blue as PNG or JPEG."""
    height, width = picture.shape[:2]
    with draft(path) as unfinished:
        pygame.image.save(pygame.image.frombuffer(picture.tobytes(), (width, height), "RGB"), str(unfinished))
