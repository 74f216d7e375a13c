"""Draws what is nothing but light, and the machine: soft glows in the air, panes, silk, lines and glints in the sharp
picture."""

from __future__ import annotations

import numpy as np

from performance.paint.frame import Frame
from performance.paint.machine import paint_machine
from performance.paint.panes import paint_panes, paint_veils
from performance.paint.puzzle import paint_jigsaw
from performance.paint.song import paint_silk
from performance.paint.sparks import paint_glints, paint_glows
from performance.paint.strokes import Points, lay_lines, line_points
from performance.stage.drawing import Drawing, Lines


def paint_drawing(frame: Frame, drawing: Drawing) -> None:
    """Draw it as the camera sees it; its specks are laid over the finished picture with all others."""
    canvas, project = frame.canvas, frame.camera.project
    if drawing.glows is not None and len(drawing.glows.radius):
        u, v, scale = project(*np.moveaxis(drawing.glows.place, -1, 0))
        radius = drawing.glows.radius * scale
        paint_glows(canvas, canvas.air, u, v, radius, radius, drawing.glows.colour)
    if drawing.veils is not None:
        u, v, _ = project(*np.moveaxis(drawing.veils.place, -1, 0))
        paint_veils(canvas, u, v, drawing.veils.colour, drawing.veils.rim)
    if drawing.machine is not None:
        paint_machine(frame, drawing.machine)
    if drawing.jigsaw is not None:
        paint_jigsaw(frame, drawing.jigsaw)
    if drawing.panes is not None:
        u, v, _ = project(*np.moveaxis(drawing.panes.place, -1, 0))
        paint_panes(canvas, u, v, drawing.panes.colour, drawing.panes.alpha, drawing.panes.rim)
    if drawing.silk is not None:
        paint_silk(frame, drawing.silk)
    if drawing.lines:
        lay_lines(canvas, _points(frame, drawing.lines))
    if drawing.glints is not None:
        u, v, scale = project(*np.moveaxis(drawing.glints.place, -1, 0))
        paint_glints(
            canvas, u, v, drawing.glints.radius * scale, drawing.glints.rays * scale, drawing.glints.colour
        )


def _points(frame: Frame, lines: tuple[Lines, ...]) -> Points:
    """All the lines of a drawing as the points of one call: nearer, a line is wider."""
    count = [one.colour.shape[0] * one.colour.shape[1] for one in lines]
    u, v, scale = frame.camera.project(*np.concatenate([one.place.reshape(-1, 3) for one in lines]).T)
    width = np.concatenate([np.broadcast_to(one.width.T, one.colour.shape[1::-1]).T.ravel() for one in lines])
    colour = np.concatenate([one.colour.reshape(-1, 3) for one in lines])
    points = line_points(frame.canvas, u[None], v[None], (width * scale)[None], colour[None])
    ends = [
        start + np.arange(1, len(one.width) + 1) * one.place.shape[1] - 1
        for start, one in zip(np.cumsum([0, *count]), lines)
    ]
    points[np.concatenate(ends), 6] = 1.0
    return points
