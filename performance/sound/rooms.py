"""The rooms of the piece as stereo responses: backstage, theatre, hall, open air, silver plain, cavern, void.

Early: the first and second reflections of a box (image sources, Allen and Berkley 1979), each a little dull and
smeared; in the open only the floor and a few far edges. Late: noise whose every frequency decays at its own rate,
written frame by frame in the spectrum, swelling in over the room's own build-up. Deterministic; nothing is recorded.

Both ears hear one tail, turned against each other in phase: two tails of their own would answer a steady tone up to
sixteen decibels louder on one side. How far they are turned is how wide the room is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from performance.chance import bells, chances
from performance.sound.instrument import RATE, Frames

SOUND_SPEED = 343.0  # metres a second
GRAIN = 1024  # frames of a spectral frame of the tail
LOWEST_HZ = 32.0
KNOT_HZ = 110.0  # over which the ears' phases are free of what they were
IMAGE_WIDTH = 0.35  # how far to the side a wall's reflection is heard
SEED = 7919  # rooms are the same in every performance

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Walls:
    """A room. t60 at 125 Hz, 1 kHz and 8 kHz; level_db is its energy against the direct sound at the pool."""

    t60: tuple[float, float, float]
    level_db: float
    delay: float  # seconds before the tail
    build: float  # seconds until the tail is at its height
    box: tuple[float, float, float] | None = None  # width, depth, height in metres
    reflect: float = 0.75  # what one wall gives back
    echoes: tuple[tuple[float, float, float], ...] = ()  # far edges: seconds, gain, pan
    early: float = 0.5  # share of the energy that is early
    lift: float = 0.0  # dB per octave of the tail's colour
    width: float = 1.0  # 0 in the middle, about 1.3 as much beside as before the ears


ROOMS: dict[str, Walls] = {
    "backstage": Walls((0.75, 0.55, 0.3), -9.0, 0.006, 0.004, (7.0, 9.0, 4.5), 0.7, early=0.6, lift=-2.2, width=0.9),
    "theatre": Walls((2.1, 1.7, 0.8), -6.5, 0.016, 0.015, (17.0, 25.0, 12.0), 0.8, early=0.4, lift=-2.0, width=1.1),
    "hall": Walls((3.4, 2.9, 1.2), -5.5, 0.026, 0.03, (26.0, 46.0, 19.0), 0.85, early=0.3, lift=-2.0, width=1.35),
    "open": Walls(
        (2.8, 3.6, 1.7), -8.0, 0.045, 0.16, None, echoes=((0.0071, 0.6, 0.0), (0.193, 0.2, -0.8), (0.271, 0.16, 0.85)),
        early=0.22, lift=-1.6, width=1.35,
    ),
    "silver": Walls(
        (3.0, 5.5, 3.4), -6.0, 0.02, 0.07, None, echoes=((0.0052, 0.7, 0.1), (0.031, 0.3, -0.6), (0.047, 0.3, 0.6)),
        early=0.25, lift=-0.4, width=1.45,
    ),
    "cavern": Walls(
        (8.0, 6.0, 1.8), -4.0, 0.05, 0.09, None,
        echoes=((0.094, 0.5, -0.7), (0.151, 0.42, 0.6), (0.236, 0.36, -0.3), (0.352, 0.3, 0.75), (0.51, 0.22, -0.6)),
        early=0.35, lift=-2.4, width=1.3,
    ),
    "void": Walls((5.0, 9.0, 4.2), -6.0, 0.06, 0.4, None, early=0.0, lift=-1.5, width=1.35),
}  # fmt: skip
LONGEST = 7.0  # seconds: what a 9 s decay leaves then is 47 dB down, and is faded out


@cache
def response(name: str) -> Frames:
    """The response of a room, (2, frames) float32, first frame = no delay; KeyError for a room that is none."""
    walls = ROOMS[name]
    length = min(max(walls.t60) * 1.15 + walls.delay + walls.build, LONGEST)
    late = _tail(name, walls, round(length * RATE))
    early = _early(name, walls, late.shape[1])
    energy = 10 ** (walls.level_db / 10)
    share = walls.early if np.any(early) else 0.0
    whole = _rumbleless(_scaled(late, (1 - share) * energy) + _scaled(early, share * energy))
    fade = min(whole.shape[1] // 4, RATE)
    whole[:, -fade:] *= np.cos(np.linspace(0, np.pi / 2, fade)) ** 2
    return np.asarray(whole, np.float32)


def _rumbleless(part: Array) -> Array:
    """Without what is below hearing: reflections all add up at zero hertz."""
    size = 1 << (part.shape[1] - 1).bit_length()
    pitch = np.fft.rfftfreq(size, 1 / RATE)
    filtered = np.fft.irfft(np.fft.rfft(part, size) * (pitch**2 / (pitch**2 + LOWEST_HZ**2)), size)
    return np.asarray(filtered[:, : part.shape[1]])


def _scaled(part: Array, energy: float) -> Array:
    """The part with so much energy per channel."""
    return np.asarray(part * np.sqrt(energy / max(float((part**2).sum()) / 2, 1e-20)))


def _tail(name: str, walls: Walls, length: int) -> Array:
    """Decaying noise: random spectra, each bin falling at its own rate, overlapped by half; (2, length)."""
    hop, count = GRAIN // 2, length // (GRAIN // 2) + 2
    bins = hop + 1
    pitch = np.maximum(np.arange(bins) * RATE / GRAIN, 30.0)
    octave = np.log2(pitch / 125.0)
    t60 = np.exp(np.interp(octave, (0.0, 3.0, 6.0), np.log(walls.t60)))
    time = np.maximum(np.arange(count) * hop / RATE - walls.delay, 0.0)
    colour = 10 ** (walls.lift * (octave - 3.0) / 20) * np.minimum(1.0, pitch / 90.0) ** 2
    colour *= 1 / np.sqrt(1 + (pitch / 14000.0) ** 4)
    total = count * bins
    noise = bells(SEED, name, "real", count=total) + 1j * bells(SEED, name, "imaginary", count=total)
    fall = np.exp(-6.9078 * time[:, None] / t60) * colour
    window = np.sin(np.pi * (np.arange(GRAIN) + 0.5) / GRAIN)
    grains = np.fft.irfft(noise.reshape(count, bins) * fall, GRAIN, axis=1) * window
    out = np.zeros((count + 1) * hop)
    out[: count * hop] += grains[:, :hop].ravel()
    out[hop:] += grains[:, hop:].ravel()
    at = np.arange(out.size) / RATE - walls.delay
    swell = np.where(at > 0, 1 - np.exp(-np.maximum(at, 0) / max(walls.build, 1e-3)), 0.0)
    return _turned(name, np.tile((out * swell)[:length], (2, 1)), walls.width)


def _turned(name: str, part: Array, width: float) -> Array:
    """What both ears hear, (2, frames), its phases turned against each other by a line that wanders with frequency.

    A phase that runs through half a turn in KNOT_HZ comes 1 / (2 KNOT_HZ) early or late: both ears wait for that.
    """
    size = 1 << (part.shape[1] + RATE // 10).bit_length()
    pitch = np.fft.rfftfreq(size, 1 / RATE)
    knots = np.arange(0.0, RATE / 2 + 2 * KNOT_HZ, KNOT_HZ)
    turn = np.interp(pitch, knots, (chances(SEED, name, "turn", count=knots.size) - 0.5) * width / 2)
    late = pitch / (4 * KNOT_HZ)
    ways = np.exp(2j * np.pi * (np.array([[1.0], [-1.0]]) * turn - late))
    return np.asarray(np.fft.irfft(np.fft.rfft(part, size) * ways, size)[:, : part.shape[1]])


def _early(name: str, walls: Walls, length: int) -> Array:
    """Discrete reflections, (2, length)."""
    if walls.box is not None:
        seconds, gains, pans = _images(walls.box, walls.reflect)
    else:
        table = np.array(walls.echoes).reshape(-1, 3)
        seconds, gains, pans = table[:, 0], table[:, 1], table[:, 2]
    out = np.zeros((2, length))
    smear = chances(SEED, name, "smear", count=8 * len(seconds)).reshape(-1, 8) - 0.5
    for i, (when, size, side) in enumerate(zip(seconds, gains, pans, strict=True)):
        angle = (np.clip(IMAGE_WIDTH * side, -1, 1) + 1) * np.pi / 4
        ears = np.array([[np.cos(angle)], [np.sin(angle)]])
        spread = 6 + int(240 * when)  # later reflections met more edges
        for j in range(8):
            at = round(when * RATE) + round(spread * j / 8 * (1 + smear[i, j]))
            if 1 <= at < length - 1:
                strength = size * 0.75**j * (1 if j == 0 else smear[i, j] * 2)
                out[:, at - 1 : at + 2] += ears * strength * np.array([0.25, 0.5, 0.25])
    return _turned(name, out, walls.width) if np.any(out) else out


def _images(box: tuple[float, float, float], reflect: float) -> tuple[Array, Array, Array]:
    """First and second reflections of a box: seconds after the direct sound, gains, pans."""
    size = np.array(box)
    source, ear = size * (0.5, 0.22, 0.12), size * (0.5, 0.62, 0.3)
    direct = float(np.linalg.norm(source - ear))
    rows = []
    for cell in product((-2, -1, 0, 1, 2), repeat=3):
        order = sum(abs(n) for n in cell)
        if 1 <= order <= 2:
            image = [n * s + (p if n % 2 == 0 else s - p) for n, s, p in zip(cell, size, source, strict=True)]
            way = np.array(image) - ear
            distance = float(np.linalg.norm(way))
            rows.append(
                (
                    (distance - direct) / SOUND_SPEED,
                    reflect**order * direct / distance,
                    way[0] / distance * 1.2,
                )
            )
    table = np.array(sorted(rows))
    return table[:, 0] + 0.0015, table[:, 1], table[:, 2]
