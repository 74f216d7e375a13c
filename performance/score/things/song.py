"""Song as ribbons of light: they leave the mouth as the line is sung, and carry its rise and fall away."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Song(Thing):
    """The sung line of `sound.voice`, seen."""

    reach: Number = number(0.75, 0.1, 1.6, "how far the ribbons go")
    rise: Number = number(0.5, -0.5, 1.5, "how steeply they climb")
    lasts: Number = number(4.0, 0.5, 12.0, "how long a sung moment stays in the air", "s")
    wide: Number = number(0.5, 0.0, 1.0, "how broad they are")
    love: Tint = tint("rose", "the first ribbon")
    loss: Tint = tint("blue", "the second")
    home: Tint = tint("gold", "the third")
    breath: Tint = tint("ice", "the fourth")
