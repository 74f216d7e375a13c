"""One drop of light that falls into the dark, and the drops that it breeds; its rings are those of `stage.silver`."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Drop(Thing):
    """The drop of `sound.drop`, as it gathers, falls and strikes, and every echo of it, smaller and smaller."""

    size: Number = number(0.5, 0.1, 1.0, "of the first drop")
    height: Number = number(0.5, 0.1, 1.2, "where it gathers, over the ground")
    echoes: Number = number(0.7, 0.0, 1.0, "how much of the brood is seen")
    colour: Tint = tint("ice", "its light")
