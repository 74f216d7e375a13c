"""The instrument of ice: frosted, lit from inside, breathing cold; it breaks at its moment."""

from __future__ import annotations

from performance.score.fields import Moment, Number, moment, number
from performance.score.model import Thing


class Ice(Thing):
    """A violin of ice and its bow, in the performer's hands or hanging alone."""

    x: Number = number(0.0, -1.5, 1.5, "where it hangs, right of centre; where it breaks")
    y: Number = number(0.46, 0.0, 1.5, "height of its middle over the boards")
    z: Number = number(0.05, -0.5, 4.0, "how far behind the pool")
    size: Number = number(0.56, 0.1, 1.4, "from its lowest to its highest point, picture heights")
    tilt: Number = number(-0.28, -1.6, 1.6, "how far its head leans to the right, radians")
    hold: Number = number(0.0, 0.0, 1.0, "0 it hangs alone, 1 it is in the performer's hands")
    glow: Number = number(0.7, 0.0, 1.5, "the cold light inside it")
    frost: Number = number(0.6, 0.0, 1.0, "how white it is with frost")
    vapour: Number = number(0.6, 0.0, 1.0, "the cold air that rolls off it")
    bow: Number = number(1.0, 0.0, 1.0, "how much of the bow is there")
    stroke: Number = number(0.0, -1.0, 1.0, "where the bow is drawn: -1 at its tip, 1 at its frog")
    breaks: Moment = moment("when it breaks")
    hush: Number = number(1.6, 0.0, 8.0, "how long time all but stands still while the shards fly", "s")
    drop: Number = number(
        0.55, 0.0, 3.0, "how long it falls before it breaks; 0 it breaks where it hangs", "s"
    )
