"""Where a sound stands: pan and distance to the four buses, and what the air takes.

Equal-power panning (Blumlein's law as used on mixing desks). The direct sound falls with distance, the room's share
hardly does: that ratio is how near and far are heard. Distance 1 is the pool of the spotlight, about four metres off.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

NEAREST = 0.35
FALL = 0.9  # exponent of the direct sound, a little gentler than 1/distance: the house is narrow
ROOM_FALL = 0.25
ROOM_WIDTH = 0.6  # what reaches the room is less wide than the source
METRES = 4.0  # of one unit
SOUND_SPEED = 343.0  # metres a second
AIR_HZ = 7000.0  # where one unit beyond the pool costs about 1.3 dB


def sends(pan: ArrayLike, distance: ArrayLike = 1.0, wet: ArrayLike = 1.0) -> NDArray[np.float32]:
    """Gains (4, ...) for dry L, dry R, room L, room R; pan -1..1, distance 1 at the pool, wet scales the room."""
    far = np.maximum(np.asarray(distance, np.float64), NEAREST)
    side = np.minimum(np.maximum(np.asarray(pan, np.float64), -1.0), 1.0)  # half the cost of clip on a few
    near, room = far**-FALL, np.asarray(wet, np.float64) * far**-ROOM_FALL
    angle, room_angle = (side + 1) * (np.pi / 4), (side * ROOM_WIDTH + 1) * (np.pi / 4)
    gains = np.empty((4, *np.broadcast_shapes(angle.shape, near.shape, room.shape)), np.float32)
    gains[0], gains[1] = near * np.cos(angle), near * np.sin(angle)
    gains[2], gains[3] = room * np.cos(room_angle), room * np.sin(room_angle)
    return gains


def air(pitch_hz: ArrayLike, distance: ArrayLike) -> NDArray[np.float64]:
    """What is left of a partial after the way through air and haze: far things are dull."""
    beyond = np.maximum(np.asarray(distance, np.float64) - 1.0, 0.0)
    return np.asarray(np.exp(-0.15 * beyond * (np.asarray(pitch_hz, np.float64) / AIR_HZ) ** 1.4))


def curtain(pitch_hz: ArrayLike, muffled: ArrayLike) -> NDArray[np.float32]:
    """What is left of a partial behind curtain and floor, as far (0..1) as they are between."""
    cloth = np.asarray(muffled, np.float32)
    if not cloth.any():
        return np.ones(1, np.float32)
    edge = 9000.0 * (150.0 / 9000.0) ** cloth
    through = (1 + 0.6 * cloth) / (1 + (np.asarray(pitch_hz, np.float32) / edge) ** 2)
    return np.asarray(np.where(cloth > 0, through, 1.0), np.float32)


def delay(distance: ArrayLike) -> NDArray[np.float64]:
    """Seconds that a sound from there is on its way: the rows of a house do not arrive together."""
    return np.asarray(np.asarray(distance, np.float64) * (METRES / SOUND_SPEED))
