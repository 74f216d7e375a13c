"""The pen that writes: a page as SVG, with its pictures and its face of type inside."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from html import escape

import pygame

from performance.house import asset
from performance.sheet.marks import Area, Bytes, Line, Mark, Page, Picture, Point, Rgb, Type, bounds
from performance.sheet.pixels import FONT

UNITS = 4.0  # to a millimetre


def written(page: Page) -> str:
    """The text of the file."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    width, height = page.width / UNITS, page.height / UNITS
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {page.width:g} {page.height:g}">'
    )
    face = base64.b64encode(asset(FONT).read_bytes()).decode()
    yield (
        "<style>@font-face{font-family:house;src:url(data:font/otf;base64," + face + ")}"
        "text{font-family:house,'EB Garamond',Garamond,Georgia,serif;font-style:italic;white-space:pre}</style>"
    )
    yield f'<rect width="{page.width:g}" height="{page.height:g}" fill="{_hex(page.paper)}"/>'
    for number, mark in enumerate(page.marks):
        yield from _mark(mark, f"g{number}")
    yield "</svg>"


def _mark(mark: Mark, name: str) -> Iterator[str]:
    match mark:
        case Picture():
            place = f'x="{mark.x:.2f}" y="{mark.y:.2f}" width="{mark.width:.2f}" height="{mark.height:.2f}"'
            yield f'<image {place} preserveAspectRatio="none" href="{_embedded(mark.pixels)}"/>'
        case Type():
            where = (
                f'x="{mark.x:.2f}" y="{mark.y:.2f}" font-size="{mark.size:.2f}" text-anchor="{mark.anchor}"'
            )
            yield f'<text {where} fill="{_hex(mark.colour)}">{escape(mark.text)}</text>'
        case Area():
            yield from _gradient(mark, name)
            yield f'<polygon points="{_path(mark.points)}" fill="{_paint(mark, name)}" opacity="{mark.opacity:.2f}"/>'
        case Line():
            yield from _gradient(mark, name)
            style = f'stroke-width="{mark.width:g}" stroke-linejoin="round" opacity="{mark.opacity:.2f}"'
            yield f'<polyline points="{_path(mark.points)}" fill="none" stroke="{_paint(mark, name)}" {style}/>'


def _gradient(mark: Area | Line, name: str) -> Iterator[str]:
    """Its colours from left to right, where it has several."""
    if len(mark.colours) == 1:
        return
    left, _, right, _ = bounds(mark.points)
    last = len(mark.colours) - 1
    stops = "".join(
        f'<stop offset="{i / last:.4f}" stop-color="{_hex(colour)}"/>'
        for i, colour in enumerate(mark.colours)
    )
    across = f'gradientUnits="userSpaceOnUse" x1="{left:.2f}" y1="0" x2="{right:.2f}" y2="0"'
    yield f'<linearGradient id="{name}" {across}>{stops}</linearGradient>'


def _paint(mark: Area | Line, name: str) -> str:
    return _hex(mark.colours[0]) if len(mark.colours) == 1 else f"url(#{name})"


def _path(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.1f},{y:.2f}" for x, y in points)


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _embedded(pixels: Bytes) -> str:
    """A picture as a JPEG in the text."""
    height, width = pixels.shape[:2]
    kept = io.BytesIO()
    pygame.image.save(pygame.image.frombuffer(pixels.tobytes(), (width, height), "RGB"), kept, "still.jpg")
    return "data:image/jpeg;base64," + base64.b64encode(kept.getvalue()).decode()
