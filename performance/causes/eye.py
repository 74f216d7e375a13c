"""The eye: where the picture is seen from, and what of the house a visitor means who points into it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from performance.causes.otherwise import lean, turned
from performance.causes.place import Camera
from performance.chance import drift

if TYPE_CHECKING:
    from performance.timeline import Cue, Timeline

SHAKE, SHAKES = 0.020, 7.0  # units that it shakes at shake 1, and how often a second
SEAT, NEAR = 0.46, 0.10  # units that another performance is seen from farther aside, and from nearer
FLOAT = 0.014  # units the camera floats at drift 1


def eye_at(timeline: Timeline, t: float) -> Camera:
    """The camera of a piece at `t`."""
    return camera_at(timeline.cue("stage.camera", t), t, timeline.seed)


def framing_at(timeline: Timeline, t: float) -> Camera:
    """The camera as somebody has set it up, before it floats or shakes."""
    return _framing(timeline.cue("stage.camera", t), timeline.seed)


def camera_at(cue: Cue, t: float, seed: int) -> Camera:
    """The camera of a cue, floating as if it breathed, shaking as if it were afraid."""
    sway, shake = FLOAT * cue.number("drift"), SHAKE * cue.number("shake")
    x, y, d = (float(drift(seed, "camera", k, t=t * 0.09 + 17 * k)) for k in range(3))
    shaken = [float(drift(seed, "shake", k, t=t * SHAKES + 17 * k)) for k in range(3)] if shake else [0.0] * 3
    still = _framing(cue, seed)
    return Camera(
        x=still.x + sway * x * 1.6 + shake * shaken[0],
        y=still.y + sway * 0.35 * y + 0.6 * shake * shaken[1],
        dolly=still.dolly + sway * d,
        zoom=still.zoom,
        roll=still.roll + sway * 0.12 * x + shake * shaken[2],
    )


def _framing(cue: Cue, seed: int) -> Camera:
    elsewhere = cue.number("otherwise")
    aside, near = (SEAT * lean(seed, "seat"), NEAR * lean(seed, "near")) if elsewhere else (0.0, 0.0)
    return Camera(
        x=turned(cue.number("x"), elsewhere, seed) + elsewhere * aside,
        y=cue.number("y"),
        dolly=cue.number("dolly") + elsewhere * near,
        zoom=cue.number("zoom"),
        roll=math.radians(cue.number("roll")),
    )
