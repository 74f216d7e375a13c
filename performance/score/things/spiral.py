"""The living instrument: a spiral of crystal and woven light."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Spiral(Thing):
    """Braided strands wind upwards and outwards, with crystals growing from them; it shivers when it sounds."""

    size: Number = number(0.34, 0.05, 1.5, "how tall it is")
    held: Number = number(1.0, 0.0, 1.0, "1 between the performer's hands, 0 where x, y and z say")
    x: Number = number(0.0, -1.5, 1.5, "right of the middle, when not held")
    y: Number = number(0.1, -0.2, 1.0, "of its foot over the ground, when not held")
    z: Number = number(0.0, -0.5, 4.0, "away from the audience, when not held")
    grow: Number = number(1.0, 0.0, 1.0, "how much of it there is yet, from the foot up")
    turn: Number = number(0.3, -2.0, 2.0, "how fast it turns, radians a second")
    thrum: Number = number(0.2, 0.0, 1.0, "how far its strands swing")
    crystal: Number = number(1.0, 0.0, 1.0, "how much crystal has grown on it")
    colour: Tint = tint("wonder", "the strands at the foot and half the crystals")
    second: Tint = tint("gold", "the strands at the top and the other crystals")
