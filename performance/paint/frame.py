"""What every painter is handed: the canvas, the camera, the lights and the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import Camera
from performance.paint.canvas import Canvas, Light
from performance.stage.lights import Lights


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture in the making. `t` is the time in the performance, `seed` the performance's."""

    canvas: Canvas
    camera: Camera
    lights: Lights
    t: float
    seed: int


def bgr(colour: Sequence[float] | NDArray[np.float64]) -> Light:
    """A linear RGB colour in the order of the buffers, (3,)."""
    return np.array(colour[::-1], np.float32)


def bgr_rows(*colours: Sequence[float] | NDArray[np.float64]) -> Light:
    """Linear RGB colours in the order of the buffers, (n, 3)."""
    return np.array([colour[::-1] for colour in colours], np.float32)
