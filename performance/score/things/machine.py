"""The instrument of the last dream: part violin, part gears, wires, and crystals that pulse from inside."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Machine(Thing):
    """A violin cut open: the wheels of `sound.gears` turn in it, the notes of `sound.wires` shiver on it."""

    size: Number = number(0.40, 0.1, 1.2, "length of its body")
    x: Number = number(0.0, -1.0, 1.0, "right of the middle")
    y: Number = number(0.29, -0.2, 1.0, "how high its middle hangs over the ground")
    z: Number = number(-0.1, -0.5, 4.0, "away from the audience")
    tilt: Number = number(16.0, -90.0, 90.0, "how far it leans to the right, degrees")
    built: Number = number(1.0, 0.0, 1.0, "how much of it has been put together")
    awake: Number = number(0.3, 0.0, 1.0, "light inside it")
    wires: Number = number(0.6, 0.0, 1.0, "how many wires run from it out of the picture")
    far: Number = number(0.4, 0.0, 1.0, "great dim wheels behind it")
    wood: Tint = tint("copper", "the wood")
    brass: Tint = tint("gold", "the wheels")
    crystal: Tint = tint("wonder", "the crystals and the light inside")
