"""The camera: the audience's eye. It is always there; small moves give parallax, roll tips the house."""

from __future__ import annotations

from typing import ClassVar

from performance.score.fields import Number, number
from performance.score.model import Thing


class Camera(Thing):
    """Where the picture is seen from."""

    always: ClassVar[bool] = True

    x: Number = number(0.0, -2.0, 2.0, "sideways, in picture heights")
    y: Number = number(0.0, -0.1, 1.0, "up")
    dolly: Number = number(0.0, -4.0, 0.6, "towards the stage; near things grow faster than far ones")
    zoom: Number = number(1.0, 0.5, 4.0, "how much larger everything is")
    roll: Number = number(0.0, -30.0, 30.0, "degrees the house tips over, clockwise")
    otherwise: Number = number(
        0.0, 0.0, 1.0, "how far the seed moves it: to the other side, farther aside, nearer or back"
    )
    drift: Number = number(0.3, 0.0, 1.0, "how much it floats, as if breathing")
    shake: Number = number(0.0, 0.0, 1.0, "how much it shakes, as if it were held by somebody afraid")
