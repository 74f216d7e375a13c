"""The eye: where the picture is seen from and how much light it takes in."""

from __future__ import annotations

import math

from performance.causes.otherwise import lean, turned
from performance.causes.place import Camera
from performance.chance import drift
from performance.stage.lights import Beam, Lights
from performance.timeline import Cue

SHAKE, SHAKES = 0.020, 7.0  # units that it shakes at shake 1, and how often a second
SEAT, NEAR = 0.46, 0.10  # units that another performance is seen from farther aside, and from nearer
FLOAT = 0.014  # units the camera floats at drift 1
KEY_GAIN = 2.1  # how strongly the beam lights what stands in it, of the beam's own level
AMBIENT = 0.05  # of a white card, at ambient 1
COUNTER = 0.9
BOUNCE = 0.09  # of the beam's light that the boards throw back up


def camera_at(cue: Cue, t: float, seed: int) -> Camera:
    """The camera of a cue, floating as if it breathed, shaking as if it were afraid."""
    sway, shake = FLOAT * cue.number("drift"), SHAKE * cue.number("shake")
    x, y, d = (float(drift(seed, "camera", k, t=t * 0.09 + 17 * k)) for k in range(3))
    shaken = [float(drift(seed, "shake", k, t=t * SHAKES + 17 * k)) for k in range(3)] if shake else [0.0] * 3
    elsewhere = cue.number("otherwise")
    aside, near = (SEAT * lean(seed, "seat"), NEAR * lean(seed, "near")) if elsewhere else (0.0, 0.0)
    return Camera(
        x=turned(cue.number("x"), elsewhere, seed) + elsewhere * aside + sway * x * 1.6 + shake * shaken[0],
        y=cue.number("y") + sway * 0.35 * y + 0.6 * shake * shaken[1],
        dolly=cue.number("dolly") + elsewhere * near + sway * d,
        zoom=cue.number("zoom"),
        roll=math.radians(cue.number("roll")) + sway * 0.12 * x + shake * shaken[2],
    )


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


def _scaled(colour: tuple[float, float, float], gain: float) -> tuple[float, float, float]:
    return colour[0] * gain, colour[1] * gain, colour[2] * gain
