"""The life that never stops: a body breathes, sways, swings its arms as it walks, leads the music, lifts a hand.

Pose directions of one body at many moments go in, and come out alive. Compiled: a body is asked for at a few dozen
moments a frame, and each has some hundred small sums.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.compiled import called, kernel
from performance.stage.skeleton import CHANNEL

Array = NDArray[np.float64]

BREATH_EVERY = 4.6  # seconds
WAVES = np.array((0.55, 0.35, 0.22))  # of each small movement
STEP = 0.15  # seconds before and after, between which the pace is taken
LIFTED = np.array((  # where raised hands point: arm, fore, hand, palm of side A
    (0.62, 0.35, 0.62), (0.42, 0.85, 0.55), (0.5, 0.7, 0.5), (-0.2, -0.3, 1.0),
))  # fmt: skip
PARTS = np.array([[CHANNEL[part + s] for part in ("arm", "fore", "hand", "palm")] for s in "AB"])
SPINE, CHEST, HEAD, FACE, HIPS, SHOULDERS = (
    CHANNEL[name] for name in ("spine", "chest", "head", "face", "hips", "shoulders")
)
NOW_X, NOW_Z, HEIGHT, FACING, ALIVE, GESTURE, TEMPO, HEED, CYCLE, FIRST, LATTICE = range(
    11
)  # of a manner in numbers


@lru_cache(maxsize=64)
def habits(seed: int) -> Array:
    """(2, 9, 3) rates (radians a second) and phases of one body's nine small movements, each of three waves."""
    draw = chances(seed, "habits", count=54).reshape(2, 9, 3)
    slow = np.array([0.8, 1.1, 0.95, 1.4, 1.4, 1.7, 1.7, 1.0, 1.0])[:, None]
    rates = slow * (0.6 + np.array([0.0, 0.7, 1.5]) + 0.3 * draw[0])
    return np.array([rates, 2 * math.pi * draw[1]])


@called
def _catch(read: Array, at: float, caught: Array) -> None:
    """Lattice values (n, m) at a place between them, (m,), by cubic interpolation (Catmull and Rom 1974)."""
    at = min(max(at, 1.0), read.shape[0] - 2.001)
    i = int(at)
    last = min(i + 2, read.shape[0] - 1)
    x = at - i
    for k in range(read.shape[1]):
        a, b, c, d = read[i - 1, k], read[i, k], read[i + 1, k], read[last, k]
        caught[k] = b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))


@called
def _stir(own: Array, t: float, signals: Array) -> None:
    """Slow signals (n,) in about [-1, 1] that never come in step."""
    for i in range(len(signals)):
        wave = 0.0
        for k in range(3):
            wave += WAVES[k] * math.sin(own[0, i, k] * t + own[1, i, k])
        signals[i] = wave


@called
def _breathe(d: Array, t: float, signals: Array, amount: float) -> None:
    """Breath, shifting weight, small looks, hands that settle: adds to directions (20, 3)."""
    breath = math.sin(2 * math.pi * t / BREATH_EVERY)
    sway, look, nod = signals[0], signals[1], signals[2]
    d[CHEST, 2] -= 0.016 * breath
    d[HIPS, 1] += 0.035 * amount * sway
    d[SPINE, 0] -= 0.018 * amount * sway
    d[SHOULDERS, 1] -= 0.02 * amount * sway
    d[FACE, 0] += 0.20 * amount * look
    d[FACE, 1] += 0.07 * amount * nod
    d[HEAD, 0] -= 0.035 * amount * look
    for side in range(2):
        arm, fore, hand = PARTS[side, 0], PARTS[side, 1], PARTS[side, 2]
        settle, wrist = signals[3 + side], signals[5 + side]
        d[arm, 0] += (1 - 2 * side) * 0.014 * (breath + settle)
        d[fore, 2] += 0.035 * amount * settle
        d[hand, 2] += 0.06 * amount * wrist


@called
def _lead(d: Array, t: float, signals: Array, amount: float, tempo: float) -> None:
    """Arms that shape the air, as if they led the music, `tempo` strokes a second."""
    for side in range(2):
        arm, fore, hand = PARTS[side, 0], PARTS[side, 1], PARTS[side, 2]
        g = 1.0 - 2.0 * side
        phase = 2 * math.pi * (tempo * t + 0.37 * side) + signals[side]
        wide = amount * (0.75 + 0.25 * signals[7 + side])
        late = phase - 0.7
        d[arm, 0] += wide * g * 0.34 * math.cos(phase * 0.5)
        d[arm, 1] += wide * (0.50 + 0.34 * math.sin(phase))
        d[arm, 2] += wide * 0.42
        d[fore, 0] += wide * g * 0.30 * math.cos(late * 0.5)
        d[fore, 1] += wide * (0.55 + 0.55 * math.sin(late))
        d[fore, 2] += wide * 0.50
        d[hand, 0] += wide * g * 0.25
        d[hand, 1] += wide * (0.30 + 0.75 * math.sin(phase - 1.3))
        d[hand, 2] += wide * 0.4


@called
def _swing(d: Array, turn: float, pace: float) -> None:
    """Arms against the legs, and a lean into the walk."""
    amount = min(pace, 0.8) * 0.55
    phase = math.cos(2 * math.pi * turn)
    for side in range(2):
        arm, fore = PARTS[side, 0], PARTS[side, 1]
        g = 2.0 * side - 1.0
        d[arm, 2] += amount * g * phase
        d[fore, 2] += amount * (g * phase * 0.8 + 0.35)
    d[SPINE, 2] += 0.10 * amount
    d[SHOULDERS, 2] += 0.35 * amount * phase
    d[HIPS, 2] -= 0.25 * amount * phase


@called
def _lift(d: Array, left: float, right: float, yaw: float) -> None:
    """Bring hands up, picture left and right 0..1, as a stroke or a touch needs them."""
    if math.cos(yaw) < 0.0:
        left, right = right, left
    for side in range(2):
        up, g = (right, 1.0) if side == 0 else (left, -1.0)
        for part in range(4):
            i = PARTS[side, part]
            d[i, 0] += up * (LIFTED[part, 0] * g - d[i, 0])
            d[i, 1] += up * (LIFTED[part, 1] - d[i, 1])
            d[i, 2] += up * (LIFTED[part, 2] - d[i, 2])


@kernel("void(f8[:,:,::1], f8[:,::1], f8[::1], f8[:,::1], f8[::1], f8[:,:,:,::1], f8[:,::1])")
def enliven(d: Array, said: Array, t: Array, read: Array, manner: Array, own: Array, out: Array) -> None:
    """Directions (k, 20, 3) of poses come alive at times (k,), at length 1.

    `said` (k, 6): first the yaw of the poses, last the turns made. `read` (n, 4): places x, z and hands raised left,
    right on a lattice. `manner` (11,): place now, height, how it is danced, seconds of two steps, and when the
    lattice begins and its step. `own` (2, 2, 9, 3) are the habits of the body and of its gestures. `out` (k, 3):
    yaw, and the place in figure heights from the place now.
    """
    first, step, height = manner[FIRST], manner[LATTICE], manner[HEIGHT]
    caught, signals = np.empty((3, 4)), np.empty(9)
    for m in range(len(t)):
        for k in range(3):
            _catch(read, (t[m] + (k - 1) * STEP - first) / step, caught[k])
        x = (caught[2, 0] - caught[0, 0]) / (2.0 * STEP * height)
        z = -(caught[2, 1] - caught[0, 1]) / (2.0 * STEP * height)
        pace = math.sqrt(x * x + z * z)
        going = pace * pace / (pace * pace + 0.02) * manner[HEED]
        heading = math.atan2(x, z + 0.6 * pace + 1e-6)  # half turned to the house even when walking
        yaw = manner[FACING] + said[m, 0] * (1.0 - 0.7 * going) + 2 * math.pi * said[m, -1] + heading * going
        out[m, 0] = yaw
        out[m, 1] = (caught[1, 0] - manner[NOW_X]) / height
        out[m, 2] = -(caught[1, 1] - manner[NOW_Z]) / height
        _stir(own[0], t[m], signals)
        _breathe(d[m], t[m], signals, manner[ALIVE])
        if manner[GESTURE] > 0.0:
            _stir(own[1], t[m], signals)
            _lead(d[m], t[m], signals, manner[GESTURE], manner[TEMPO])
        _swing(d[m], t[m] / manner[CYCLE], pace * manner[HEED])
        _lift(d[m], caught[1, 2], caught[1, 3], yaw)
        for i in range(d.shape[1]):
            length = math.sqrt(max(d[m, i, 0] ** 2 + d[m, i, 1] ** 2 + d[m, i, 2] ** 2, 1e-18))
            for k in range(3):
                d[m, i, k] /= length
