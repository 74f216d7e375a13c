"""What every painter is handed: the canvas, the camera, the lights and the time."""

from __future__ import annotations

from dataclasses import dataclass

from performance.causes.place import Camera
from performance.paint.canvas import Canvas
from performance.stage.lights import Lights


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture in the making. `t` is the time in the performance, `seed` the performance's."""

    canvas: Canvas
    camera: Camera
    lights: Lights
    t: float
    seed: int
