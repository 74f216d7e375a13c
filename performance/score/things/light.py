"""The light of the house: the cool counter-light, what little falls everywhere, and how the eye takes it."""

from __future__ import annotations

from typing import ClassVar

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Light(Thing):
    """Everything that is not the spotlight. It is always there."""

    always: ClassVar[bool] = True

    counter: Number = number(0.5, 0.0, 3.0, "counter-light from behind, on the other side of the spotlight")
    counter_colour: Tint = tint("cobalt", "its gel")
    ambient: Number = number(0.2, 0.0, 2.0, "light from everywhere, so that dark things have a body")
    ambient_colour: Tint = tint("indigo", "its colour")
    exposure: Number = number(1.0, 0.0, 4.0, "how wide the eye is open")
    bloom: Number = number(1.0, 0.0, 3.0, "how far bright light spreads")
