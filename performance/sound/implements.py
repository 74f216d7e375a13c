"""What stage hands handle, as grains: blocks of wood, things of metal, wheels, the joints of boards, soft shoes."""

from __future__ import annotations

from functools import cache

import numpy as np

from performance.chance import chances
from performance.sound.instrument import Frames
from performance.sound.knocks import knock, rub

WOOD, METAL, WHEELS, JOINTS, FEET = 12, 14, 16, 6, 8  # how many different ones of each
FIRST_WHEEL = WOOD + METAL
FIRST_JOINT = FIRST_WHEEL + WHEELS
FIRST_FOOT = FIRST_JOINT + JOINTS


@cache
def pool() -> list[Frames]:
    """Wood, metal, wheels, joints, feet."""
    return [
        *(_wood(i) for i in range(WOOD)),
        *(_metal(i) for i in range(METAL)),
        *(_wheel(i) for i in range(WHEELS)),
        *(_joint(i) for i in range(JOINTS)),
        *(_foot(i) for i in range(FEET)),
    ]


def _wood(i: int) -> Frames:
    """A block, a crate, a mallet on a peg."""
    draw = chances(51, "wood", i, count=9)
    pitch = 230.0 * 2 ** (2.0 * draw[0]) * np.array([1.0, 1.83, 2.71, 3.9, 5.4]) * (0.96 + 0.08 * draw[1:6])
    t60 = (0.05 + 0.10 * draw[6]) * (pitch[0] / pitch) ** 0.6
    sound = knock(pitch, t60, np.array([0.34, 0.26, 0.18, 0.12, 0.08]) * (0.5 + draw[1:6]), 0.2)
    return _touched(sound, 1700.0 * 2 ** (0.8 * draw[7]), 510 + i)


def _metal(i: int) -> Frames:
    """A wrench, a clamp, a pipe: stiff bars, some of them long."""
    draw = chances(52, "metal", i, count=9)
    pitch = (
        620.0
        * 2 ** (2.1 * draw[0])
        * np.array([1.0, 2.756, 5.404, 1.47, 3.9, 8.93])
        * (0.985 + 0.03 * draw[1:7])
    )
    t60 = (0.15 + 0.9 * draw[7] ** 2) * (pitch.min() / pitch) ** 0.5
    sound = knock(pitch, t60, np.array([0.24, 0.2, 0.14, 0.14, 0.08, 0.05]) * (0.4 + 1.2 * draw[1:7]), 0.7)
    return _touched(sound, 3200.0 * 2 ** (0.8 * draw[8]), 520 + i)


def _touched(sound: Frames, centre_hz: float, seed: int) -> Frames:
    """With the moment of contact itself, which has no pitch."""
    contact = rub(centre_hz, 1.1, 0.012, seed)
    sound[: contact.size] += np.float32(0.45) * contact
    return sound


def _wheel(i: int) -> Frames:
    """A wheel on the grain of the wood, and the case that hums over it."""
    draw = chances(53, "wheel", i, count=6)
    pitch = np.array([88.0, 143.0, 236.0, 410.0, 690.0]) * (0.8 + 0.4 * draw[:5])
    sound = knock(pitch, (0.07, 0.06, 0.05, 0.035, 0.025), (0.22, 0.24, 0.2, 0.12, 0.06), 0.12, 0.003)
    rubbed = rub(900.0 * 2 ** (1.2 * draw[5]), 0.9, 0.05, 530 + i)
    sound[: rubbed.size] += np.float32(0.5) * rubbed
    return sound


def _joint(i: int) -> Frames:
    """Hard wheel, gap between two boards, something loose in a drawer."""
    draw = chances(54, "joint", i, count=8)
    pitch = np.array([112.0, 187.0, 330.0, 560.0, 940.0, 2700.0, 4100.0]) * (0.9 + 0.2 * draw[:7])
    t60 = (0.11, 0.09, 0.06, 0.05, 0.03, 0.05, 0.04)
    return knock(pitch, t60, (0.28, 0.26, 0.2, 0.14, 0.1, 0.05, 0.03), 0.2)


def _foot(i: int) -> Frames:
    """A soft shoe on boards."""
    draw = chances(55, "foot", i // 2, count=6)
    pitch = np.array([84.0, 131.0, 205.0, 345.0, 610.0]) * (0.9 + 0.2 * draw[:5]) * (1 + 0.04 * (i % 2))
    sound = knock(pitch, (0.09, 0.08, 0.06, 0.04, 0.03), (0.34, 0.28, 0.18, 0.1, 0.06), 0.16, 0.002)
    sole = rub(1500.0, 0.9, 0.045, 550 + i)
    sound[: sole.size] += np.float32(0.35) * sole
    return sound
