"""Draws what is nothing but light, and the machine: soft glows in the air, panes, silk, lines and glints in the sharp
picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from performance.paint.frame import Frame
from performance.paint.machine import paint_machine
from performance.paint.panes import paint_panes, paint_veils
from performance.paint.puzzle import paint_jigsaw
from performance.paint.song import paint_silk
from performance.paint.sparks import paint_glints, paint_glows
from performance.paint.strokes import Points, lay_lines, line_points
from performance.stage.drawing import Drawing, Lines

Array = NDArray[np.float64]
Seen = tuple[Array, Array, Array]


def paint_drawing(frame: Frame, drawing: Drawing) -> None:
    """Draw it as the camera sees it; its specks are laid over the finished picture with all others."""
    canvas = frame.canvas
    glows, veils, panes, glints = drawing.glows, drawing.veils, drawing.panes, drawing.glints
    parts = [part.place for part in (glows, veils, panes, glints) if part is not None]
    seen = _seen(frame, [*parts, *(one.place for one in drawing.lines)])
    if glows is not None:
        u, v, scale = next(seen)
        radius = glows.radius * scale
        paint_glows(canvas, canvas.air, u, v, radius, radius, glows.colour)
    if veils is not None:
        u, v, _ = next(seen)
        paint_veils(canvas, u, v, veils.colour, veils.rim)
    if drawing.machine is not None:
        paint_machine(frame, drawing.machine)
    if drawing.jigsaw is not None:
        paint_jigsaw(frame, drawing.jigsaw)
    if panes is not None:
        u, v, _ = next(seen)
        paint_panes(canvas, u, v, panes.colour, panes.alpha, panes.rim)
    if drawing.silk is not None:
        paint_silk(frame, drawing.silk)
    sparks = next(seen) if glints is not None else None
    if drawing.lines:
        lay_lines(canvas, _points(frame, drawing.lines, seen))
    if glints is not None and sparks is not None:
        u, v, scale = sparks
        paint_glints(canvas, u, v, glints.radius * scale, glints.rays * scale, glints.colour)


def _seen(frame: Frame, places: list[Array]) -> Iterator[Seen]:
    """Where each of these places (..., 3) is seen, u, v and scale of the same shape: looked up together, for many cost
    hardly more than few."""
    if not places:
        return
    seen = frame.camera.project(*_joined([place.reshape(-1, 3) for place in places]).T)
    begin = 0
    for place in places:
        shape, end = place.shape[:-1], begin + place.size // 3
        u, v, scale = (part[begin:end].reshape(shape) for part in seen)
        yield u, v, scale
        begin = end


def _joined(parts: list[Array]) -> Array:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _points(frame: Frame, lines: tuple[Lines, ...], seen: Iterator[Seen]) -> Points:
    """All the lines of a drawing as the points of one call: nearer, a line is wider."""
    u, v, scale = (_joined([part.ravel() for part in parts]) for parts in zip(*seen, strict=True))
    width = _joined(
        [np.repeat(one.width.ravel(), one.colour.size // 3 // max(one.width.size, 1)) for one in lines]
    )
    colour = _joined([one.colour.reshape(-1, 3) for one in lines])
    points = line_points(frame.canvas, u[None], v[None], (width * scale)[None], colour[None])
    begin = 0
    for one in lines:
        many, long = one.colour.shape[:2]
        points[begin + long - 1 : begin + many * long : long, 6] = 1.0
        begin += many * long
    return points
