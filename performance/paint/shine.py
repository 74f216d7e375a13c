"""How much of the follow-spot falls on things in the air."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from performance.stage.lights import Beam, Lights

Array = NDArray[np.float64]


def in_beam(beam: Beam, places: Array) -> Array:
    """0 outside to 1 in the core of the beam, for world places (..., 3); its level left out."""
    x, y, z = places[..., 0], places[..., 1], places[..., 2]
    along = np.clip(y / max(beam.from_y, 1e-3), -0.2, 1.0)
    across = x - (beam.x + (beam.from_x - beam.x) * along)
    radius = beam.width * (1.0 - along) + 0.03
    depth = (z - beam.z) / (2.2 * radius + 0.2)
    return np.asarray(np.exp(-((across / (1.05 * radius)) ** 2) - depth * depth))


def beam_at(beam: Beam, x: float, y: float, z: float) -> float:
    """The same at one place."""
    along = min(max(y / max(beam.from_y, 1e-3), -0.2), 1.0)
    across = x - (beam.x + (beam.from_x - beam.x) * along)
    radius = beam.width * (1.0 - along) + 0.03
    depth = (z - beam.z) / (2.2 * radius + 0.2)
    return math.exp(-((across / (1.05 * radius)) ** 2) - depth * depth)


def key_on(lights: Lights, places: Array) -> Array:
    """Linear RGB light (..., 3) of the spot at places: its colour where the beam is, and its spill everywhere."""
    share = 0.05 + 0.95 * in_beam(lights.beam, places)
    colour = (
        np.asarray(lights.key) * 0.6
        if lights.beam.level <= 0
        else np.asarray(lights.beam.colour) * lights.beam.level
    )
    return np.asarray(share[..., None] * colour)
