"""A page as data: what is put where, for either pen. Lengths are in units of a quarter of a millimetre."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Rgb = tuple[int, int, int]  # display values 0..255
Point = tuple[float, float]  # right of the left edge, down from the top edge
Anchor = Literal["start", "middle", "end"]

PAPER: Rgb = (13, 13, 17)
INK: Rgb = (226, 219, 204)
FAINT: Rgb = (148, 144, 136)
HAIR: Rgb = (58, 57, 61)


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels (h, w, 3) red, green, blue, stretched to a rectangle."""

    x: float
    y: float
    width: float
    height: float
    pixels: Bytes


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon. Several colours lie over its width from left to right, evenly spaced, and blend."""

    points: tuple[Point, ...]
    colours: tuple[Rgb, ...]
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, with colours as an Area has them."""

    points: tuple[Point, ...]
    colours: tuple[Rgb, ...]
    width: float = 1.0
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Type:
    """A line of type; (x, y) is on its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: Rgb = INK
    anchor: Anchor = "start"


Mark = Picture | Area | Line | Type


@dataclass(slots=True)
class Page:
    """A sheet of paper and all that is on it, from the bottom up."""

    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)
    paper: Rgb = PAPER


def box(x: float, y: float, width: float, height: float, colour: Rgb, opacity: float = 1.0) -> Area:
    """A filled rectangle."""
    return Area(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), (colour,), opacity)


def bounds(points: tuple[Point, ...]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what lies among points."""
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)
