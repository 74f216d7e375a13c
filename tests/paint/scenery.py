"""What the tests of the scenery share: a small frame to paint in, and a camera's worth of odd places."""

from __future__ import annotations

import numpy as np

from performance.causes.place import Camera
from performance.paint.canvas import Canvas
from performance.paint.frame import Frame
from performance.paint.threads import Threads
from performance.stage.lights import Beam, Lights

DARK = Lights(beam=Beam(level=0.0), key=(0, 0, 0), counter=(0, 0, 0), bounce=(0, 0, 0), ambient=(0, 0, 0))
LIT = Lights(beam=Beam(level=1.0, width=0.16))


def frame_of(
    width: int = 640,
    height: int = 360,
    lights: Lights = LIT,
    camera: Camera | None = None,
    threads: int = 1,
    t: float = 3.0,
) -> Frame:
    """An empty frame whose light field is half its size."""
    canvas = Canvas(width, height, field_rows=200, threads=Threads(threads))
    return Frame(canvas, camera or Camera(), lights, t, 11)


def sane(frame: Frame) -> bool:
    """Whether all light is finite and none is negative."""
    layers = (frame.canvas.field, frame.canvas.air, frame.canvas.crisp)
    return all(bool(np.isfinite(layer).all() and layer.min() >= -1e-6) for layer in layers)
