"""The light that falls on things: one warm key from the spotlight's side, one cool counter-light, the floor's bounce.

Directions point from the thing towards the light, in the world of `causes.place` (x right, y up, z away from
the audience). Both lights stand behind the figure, as on a stage: rims glow and fronts stay dark.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from performance.timeline import Cue

KEY_GAIN = 2.1  # how strongly the beam lights what stands in it, of the beam's own level
AMBIENT = 0.05  # of a white card, at ambient 1
COUNTER = 0.9
BOUNCE = 0.09  # of the beam's light that the boards throw back up

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Beam:
    """The follow-spot: from a place in the flies to a pool on the boards."""

    level: float = 0.0
    colour: Colour = (1.0, 0.84, 0.62)  # linear RGB
    x: float = 0.0  # the pool's middle on the boards
    z: float = 0.0
    width: float = 0.16  # radius of the pool, in units
    from_x: float = -0.35  # the lamp, as a place in the picture at the pool's depth
    from_y: float = 1.0
    haze: float = 1.0
    edge: float = 0.5  # 0 a knife, 1 a veil
    before: float = 0.0  # how much of its lit air stands before house, set and boards


@dataclass(frozen=True, slots=True)
class Lights:
    """What every lit thing is lit by. Levels are in the colours (linear RGB, 1 = a white card at full)."""

    beam: Beam = Beam()
    key: Colour = (2.2, 1.6, 1.0)
    key_from: Colour = (-0.45, 0.72, 0.35)
    counter: Colour = (0.12, 0.24, 0.6)
    counter_from: Colour = (0.8, 0.25, 0.5)
    bounce: Colour = (0.08, 0.055, 0.03)  # from the boards below
    ambient: Colour = (0.006, 0.008, 0.014)


def lights_at(cue: Cue, beam: Beam) -> Lights:
    """What falls on things: the beam as key, the counter-light, the bounce of the boards."""
    counter, ambient = cue.colour("counter_colour"), cue.colour("ambient_colour")
    key = tuple(beam.level * KEY_GAIN * c for c in beam.colour)
    reach = math.hypot(beam.from_x - beam.x, beam.from_y) or 1.0
    return Lights(
        beam=beam,
        key=(key[0], key[1], key[2]),
        key_from=((beam.from_x - beam.x) / reach, beam.from_y / reach, 0.55),
        counter=_scaled(counter, COUNTER * cue.number("counter")),
        counter_from=(-0.9 if beam.from_x > beam.x else 0.9, 0.28, 0.5),
        bounce=_scaled(beam.colour, BOUNCE * beam.level),
        ambient=_scaled(ambient, AMBIENT * cue.number("ambient")),
    )


def _scaled(colour: Colour, gain: float) -> Colour:
    return colour[0] * gain, colour[1] * gain, colour[2] * gain
