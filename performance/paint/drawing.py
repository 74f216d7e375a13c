"""Draws what is nothing but light: soft glows in the air, panes, lines and glints in the sharp picture."""

from __future__ import annotations

import numpy as np

from performance.paint.frame import Frame
from performance.paint.panes import paint_panes
from performance.paint.sparks import paint_glints, paint_glows
from performance.paint.strokes import lay_lines, line_rows
from performance.stage.drawing import Drawing, Lines


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
    alike: dict[int, list[Lines]] = {}
    for lines in drawing.lines:
        if len(lines.width):
            alike.setdefault(lines.place.shape[1], []).append(lines)
    found = []
    for several in alike.values():  # all of so many points at once
        x, y, z = np.concatenate([lines.place.reshape(-1, 3) for lines in several]).T
        u, v, scale = (part.reshape(-1, several[0].place.shape[1]) for part in project(x, y, z))
        width = np.concatenate([lines.width for lines in several]) * scale.mean(1)
        found.append(line_rows(canvas, u, v, width, np.concatenate([lines.colour for lines in several])))
    if found:
        lay_lines(canvas, np.concatenate(found))
    if drawing.glints is not None:
        u, v, scale = project(*np.moveaxis(drawing.glints.place, -1, 0))
        paint_glints(
            canvas, u, v, drawing.glints.radius * scale, drawing.glints.rays * scale, drawing.glints.colour
        )
