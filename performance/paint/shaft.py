"""The light that the forest stands in: the beam in the middle of the stage, the cool counter-light, the haze."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.paint.frame import Frame

Vector = NDArray[np.float64]
SPREAD = 0.52  # picture heights from the beam's axis over which its light falls off
SLANT = (
    0.34  # picture heights below which the source is, for things beside the beam: light comes down slantwise
)


@dataclass(frozen=True, slots=True)
class Shaft:
    """The beam in the picture, from (top, v 0) to (foot, floor), and linear RGB light: warm key, cool fill, haze."""

    top: float
    foot: float
    floor: float
    key: Vector
    fill: Vector
    veil: tuple[Vector, Vector, Vector]  # of the far, middle and near plane

    def at(self, u: Vector, v: Vector) -> tuple[Vector, Vector, Vector]:
        """How near the beam is (0..1), and the unit direction towards it, as (u, v) go."""
        down = np.clip(v / max(self.floor, 0.1), 0.0, 1.2)
        across = self.top + (self.foot - self.top) * down - u
        near = (1.0 - 0.45 * down * down) / (1.0 + (across / SPREAD) ** 2) ** 2
        length = np.sqrt(across * across + SLANT * SLANT)
        return np.asarray(near), across / length, -SLANT / length


def shaft_of(frame: Frame) -> Shaft:
    """The shaft of light of a frame."""
    beam, lights = frame.lights.beam, frame.lights
    foot, floor, _ = frame.camera.project(beam.x, 0.0, beam.z)
    top = beam.from_x + 0.15 * (float(foot) - beam.from_x)
    key, counter, ambient = (np.array(c, np.float64) for c in (lights.key, lights.counter, lights.ambient))
    key = (
        0.45 * key + 0.55 * key.mean()
    )  # many petals have passed the light on: it is no longer the lamp's own
    fill = 0.42 * key + 1.1 * counter + 3.0 * ambient + 0.02
    haze = 0.010 * counter + 0.06 * ambient + 0.002 * key
    return Shaft(top, float(foot), float(floor), key, fill, (haze, 0.10 * haze, 0.0 * haze))
