"""The crew: who works in the wings while you wait, and who watches from there."""

from __future__ import annotations

from performance.score.fields import Moment, Number, moment, number, step
from performance.score.model import Thing


class Crew(Thing):
    """A stage manager with clipboard and headset, assistants who hurry past with cases, and the one you replace."""

    manager: Number = number(0.0, 0.0, 1.0, "the stage manager is there")
    x: Number = number(
        0.0, -3.0, 3.0, "where she stands, right of the middle; she walks there during the fade"
    )
    z: Number = number(0.1, -0.5, 4.0, "the same, away from the audience")
    facing: Number = number(0.0, -180.0, 180.0, "degrees she is turned from the audience, to picture right")
    assistants: Number = step(0.0, 0.0, 6.0, "how many hurry past")
    near: Number = step(0.0, 0.0, 6.0, "how many of those pass before the curtain, close to you")
    hurry: Number = number(0.6, 0.0, 1.0, "how fast they go")
    watcher: Number = number(0.0, 0.0, 1.0, "she whom you replace stands in the wings")
    watch_x: Number = number(-0.62, -2.0, 2.0, "where she stands, right of the middle")
    watch_z: Number = number(0.35, -0.5, 4.0, "the same, away from the audience")
    smile: Number = number(0.3, 0.0, 1.0, "light on her face, which is all one sees of a smile from here")
    nod: Moment = moment("when she nods; unset: never")
