"""Draws what is nothing but light: soft glows in the air, panes, lines and glints in the sharp picture."""

from __future__ import annotations

import numpy as np

from performance.paint.frame import Frame
from performance.paint.panes import paint_panes
from performance.paint.sparks import paint_glints, paint_glows
from performance.paint.strokes import lay_lines, line_rows
from performance.stage.drawing import Drawing


def paint_drawing(frame: Frame, drawing: Drawing) -> None:
    """Draw it as the camera sees it; its specks are laid over the finished picture with all others."""
    canvas, project = frame.canvas, frame.camera.project
    if drawing.glows is not None and len(drawing.glows.radius):
        u, v, scale = project(*np.moveaxis(drawing.glows.place, -1, 0))
        radius = drawing.glows.radius * scale
        paint_glows(canvas, canvas.air, u, v, radius, radius, drawing.glows.colour)
    if drawing.panes is not None:
        u, v, _ = project(*np.moveaxis(drawing.panes.place, -1, 0))
        paint_panes(canvas, u, v, drawing.panes.colour, drawing.panes.alpha, drawing.panes.rim)
    found = []
    for lines in drawing.lines:
        if len(lines.width):
            u, v, scale = project(*np.moveaxis(lines.place, -1, 0))
            found.append(line_rows(canvas, u, v, lines.width * scale.mean(1), lines.colour))
    if found:
        lay_lines(canvas, np.concatenate(found))
    if drawing.glints is not None:
        u, v, scale = project(*np.moveaxis(drawing.glints.place, -1, 0))
        paint_glints(
            canvas, u, v, drawing.glints.radius * scale, drawing.glints.rays * scale, drawing.glints.colour
        )
