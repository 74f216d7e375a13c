"""The ghost performer: walks, gestures and touches when nobody is there, so that an empty room sees the whole piece."""

from __future__ import annotations

from performance.score.fields import Moment, Number, moment, number
from performance.score.model import Thing


class Ghost(Thing):
    """Who performs when nobody is there. Its level is how large its gestures are."""

    x: Number = number(0.0, -1.5, 1.5, "where it goes, right of centre; it walks there during the fade")
    z: Number = number(0.0, -0.45, 3.0, "where it goes, away from the audience")
    wander: Number = number(0.0, 0.0, 1.0, "how far it strays from there, slowly")
    sweeps: Number = number(0.0, 0.0, 40.0, "strokes through the air, a minute")
    touches: Number = number(0.0, 0.0, 60.0, "mirrors or petals touched, a minute")
    hands: Number = number(0.0, 0.0, 1.0, "how high the hands are held: 0 down, 1 above the head")
    strike: Moment = moment("when it strikes, once: the step at which the ice breaks")
