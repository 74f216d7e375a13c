"""The tilting stage as a drone of glass."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, number
from performance.score.model import Held


class Tilt(Held):
    """A low glass drone that sags as the stage tips; its higher partials come after, so that one hears the slope."""

    example: ClassVar[Example] = Example(
        'sag = "0 -> 1", shine = 0.8', dense='chord = "D2 A2 D3", sag = "0 -> 1", strain = 1, shine = 1'
    )

    sag: Number = number(0.0, 0.0, 1.0, "how far the stage has tipped: at 1 the drone has sunk by `depth`")
    depth: Number = number(7.0, 0.0, 24.0, "semitones that it sinks by")
    strain: Number = number(0.5, 0.0, 1.0, "how much the glass beats and groans as it sinks")
    shine: Number = number(0.4, 0.0, 1.0, "how much of its upper partials is heard")
