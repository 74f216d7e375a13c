"""A chaotic attractor drawn in light, by the same numbers that drive the sound of `sound.chaos`."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Attractor(Thing):
    """Two wings that an orbit weaves and never weaves twice, with photons running along it."""

    size: Number = number(0.8, 0.1, 1.4, "how tall it is")
    y: Number = number(0.36, -0.2, 1.0, "how high its middle hangs over the ground")
    z: Number = number(0.35, -0.5, 4.0, "how far behind the pool")
    memory: Number = number(24.0, 1.0, 60.0, "how long the orbit stays in the air, in its own seconds")
    turn: Number = number(0.12, -1.0, 1.0, "how fast it is turned, radians a second")
    photons: Number = number(0.7, 0.0, 1.0, "how many lights run along it")
    cold: Tint = tint("blue", "where it runs slowly")
    hot: Tint = tint("amber", "where it runs fast")
