"""From pixels back to places on the boards: the numbers a row kernel needs to do that at any camera.

A kernel turns a pixel (x, y) into the level house with
    du = (x + .5 - g[1]) * g[0];  dv = (y + .5 - g[2]) * g[0]        picture heights from the point it tips about
    u = du * g[3] + dv * g[4];    below = dv * g[3] - du * g[4] + g[5]    below: how far under the horizon
and then, for below > 0, meets the boards at
    depth = g[6] / below;   X = u * depth * g[7] + g[8];   Z = depth + g[9]
"""

from __future__ import annotations

import math

import numpy as np

from performance.causes.place import EYE, HORIZON, ROLL_V
from performance.paint.canvas import Light
from performance.paint.frame import Frame


def rows_of(g: Light, columns: int, below: float) -> tuple[float, float]:
    """From which row to which a line of the boards lies that is so far below the horizon, in a buffer so wide."""
    left, right = (0.5 - g[1]) * g[0], (columns - 0.5 - g[1]) * g[0]
    at = [float((below - g[5] + side * g[4]) / (g[3] * g[0]) + g[2] - 0.5) for side in (left, right)]
    return min(at), max(at)


def first_row(g: Light, columns: int, rows: int) -> int:
    """The first row of a buffer with boards in it."""
    return min(max(math.floor(rows_of(g, columns, 0.0)[0]), 0), rows)


def ground(frame: Frame, scale: float = 1.0) -> Light:
    """(10,) float32 for the formulas above; `scale` is full pixels per pixel of the buffer (1: full size)."""
    view, camera = frame.canvas.view, frame.camera
    return np.array(
        [
            scale / view.unit,
            view.width * 0.5 / scale,
            (view.height * 0.5 + (ROLL_V - 0.5) * view.unit) / scale,
            math.cos(camera.roll),
            math.sin(camera.roll),
            ROLL_V - HORIZON,
            (EYE + camera.y) * camera.zoom,
            1.0 / camera.zoom,
            camera.x,
            camera.dolly - 1.0,
        ],
        np.float32,
    )
