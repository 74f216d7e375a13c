"""One wire: what its partials are, how they die, and how its pitch moves, all closed forms of its age.

Partials of a stiff string at k sqrt(1 + B k^2) (Fletcher 1964), plucked at a place that silences every 1/place-th of
them, each in two directions of swing that stand a little apart and die at different speeds. A hard pluck stretches the
wire, which relaxes; a wire that slips slides down ever slower. All partials share one bent time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.chance import chances
from performance.sound.instrument import RATE, Frames
from performance.sound.place import air

PARTIALS = 30
SECOND = 6  # partials that are heard to swing in two directions
TOP_HZ = 16_000.0
STIFFNESS = (2e-5, 2.2e-3)  # B
STRETCH = 0.011  # of the pitch, at full tension and a hard pluck
RELAXES = 0.12
APART = 0.0006
NEVER = 1e9
STOPS = 60.0  # nepers a second under a hand
LONGEST = 11.0  # seconds to -60 dB
RISE = 0.002
BOWED_RISE, BOWED_FALL = 0.16, 0.35
HOLD = 0.18  # seconds a pitch holds before it slides
WOBBLE, WOBBLE_HZ = 0.0017, 4.6
BOX_HZ, BOX_Q, BOX_GAIN = np.array([172.0, 415.0, 930.0, 2150.0]), np.array([7.0, 6.0, 5.0, 2.5]), 1.6

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a wire is played. `slide` in octaves a second; the rest as the score names them."""

    level: float
    length: float
    bow: float
    ring: float
    bright: float
    place: float
    stiff: float
    tension: float
    slide: float
    sand: float


@dataclass(frozen=True, slots=True, eq=False)
class Wire:
    """One wire from its frame on: (P,) pitch, plucked and bowed strengths, speeds of dying; `place` is (4,)."""

    frame: int
    place: Frames
    pitch_hz: Numbers
    plucked: Numbers
    bowed: Numbers
    dying: Numbers  # nepers a second
    stretch: float
    slide: float  # nepers of pitch a second
    holds: float
    sand: float
    length: float
    wobble: float
    over: float  # seconds after which nothing is heard
    stopped: float = NEVER  # the age at which a hand stops it


class Stack:
    """Several wires as columns: W of them with P partials in all; `of` says whose each partial is."""

    def __init__(self, wires: list[Wire]) -> None:
        self.of = np.repeat(np.arange(len(wires)), [one.pitch_hz.size for one in wires])
        self.pitch_hz, self.plucked, self.bowed, self.dying = (
            np.concatenate([getattr(one, name) for one in wires])
            for name in ("pitch_hz", "plucked", "bowed", "dying")
        )
        self.place = np.stack([one.place for one in wires], axis=1)[:, self.of]  # (4, P)
        self.frame = np.array([one.frame for one in wires])
        self.stretch, self.slide, self.holds, self.sand, self.length, self.wobble, self.stopped = (
            np.array([getattr(one, name) for one in wires])[:, None]
            for name in ("stretch", "slide", "holds", "sand", "length", "wobble", "stopped")
        )
        partial = np.concatenate([np.arange(one.pitch_hz.size) % PARTIALS for one in wires])
        self._rise = (BOWED_RISE * (1 + 0.05 * partial))[:, None]

    def age(self, frames: NDArray[np.int64]) -> Numbers:
        """(W, n) seconds since each began, at absolute frames (n,)."""
        return np.asarray((frames - self.frame[:, None]) / RATE)

    def bent(self, age: Numbers) -> Numbers:
        """(W, n): seconds that the phase of each has run."""
        slid = np.maximum(age - self.holds, 0.0)
        slow = np.maximum(self.slide, 1e-6)
        slid = np.where(self.slide > 1e-6, -np.expm1(-slow * slid) / slow, slid)
        pulled = -self.stretch * RELAXES * np.expm1(-np.maximum(age, 0.0) / RELAXES)
        shaken = self.wobble / (2 * np.pi * WOBBLE_HZ) * (1 - np.cos(2 * np.pi * WOBBLE_HZ * age))
        return np.asarray(np.minimum(age, self.holds) + slid + pulled + shaken)

    def strength(self, age: Numbers) -> Numbers:
        """(P, n) of the partials."""
        of, grown = self.of, np.maximum(age, 0.0)
        crumbling = self.sand * (self.slide > 0) * np.maximum(age - self.holds, 0.0)
        left = np.exp(-2.2 * crumbling - STOPS * np.maximum(age - self.stopped, 0.0))
        sound = self.plucked[:, None] * np.exp(-self.dying[:, None] * grown[of])
        if self.bowed.any():
            gone = np.maximum(age - self.length, 0.0)[of] * (2.5 / BOWED_FALL + 0.6 * self.dying[:, None])
            sound = sound + self.bowed[:, None] * smooth(grown[of] / self._rise) * np.exp(-gone)
        return np.asarray(sound * left[of])


def beginning(wires: list[Wire], start: int, frames: int) -> Frames:
    """The sound (4, frames) of wires about their first moment: the blows themselves, each on its own frame."""
    stack = Stack(wires)
    age = stack.age(np.arange(start, start + frames))
    turns = stack.bent(age)[stack.of] * stack.pitch_hz[:, None]
    wave = np.sin((2 * np.pi * (turns - np.rint(turns))).astype(np.float32))
    ends = np.maximum(stack.age(np.array([start, start + frames])), 0.0)
    strength = stack.strength(ends).astype(np.float32)
    each = np.searchsorted(stack.of, np.arange(len(wires)))  # where the partials of each begin
    first = np.add.reduceat(wave * strength[:, :1], each, axis=0)
    change = np.add.reduceat(wave * (strength[:, 1:] - strength[:, :1]), each, axis=0)
    ramp = np.clip((age - ends[:, :1]) / (ends[:, 1:] - ends[:, :1]), 0.0, 1.0)
    grown = np.sin(0.5 * np.pi * np.clip(age / RISE, 0.0, 1.0)) ** 4
    place = np.stack([one.place for one in wires], axis=1)
    return np.asarray(place @ ((first + change * ramp) * grown).astype(np.float32))


def wire(
    frame: int, pitch_hz: float, place: Frames, how: Manner, distance: float, address: tuple[int, int]
) -> Wire:
    """A wire that is plucked or bowed at a frame."""
    draw = chances(address[0], "wire", address[1], count=8)
    k = np.arange(1, PARTIALS + 1)
    b = STIFFNESS[0] * (STIFFNESS[1] / STIFFNESS[0]) ** how.stiff * (pitch_hz / 220.0) ** 0.5
    pitch = pitch_hz * k * np.sqrt(1 + b * k * k) / np.sqrt(1 + b)
    top = np.clip((TOP_HZ - pitch * (1 + how.tension * STRETCH)) / 2500.0, 0.0, 1.0)
    where = np.clip(how.place * (0.85 + 0.3 * draw[0]), 0.02, 0.5)
    comb = np.sin(np.pi * k * where)
    box = _box(pitch) * top * air(pitch, distance) * how.level
    bright_hz = 700.0 * 14.0 ** (how.bright * (0.7 + 0.4 * how.level))
    plucked = comb * k ** (-1.15 + 0.25 * how.bright) * np.exp(-((pitch / bright_hz) ** 0.8)) * box
    bowed = comb * k**-1.1 * np.exp(-pitch / (1500 + 6500 * how.bright)) * box
    longest = min(3.6 * (110.0 / pitch_hz) ** 0.45 * how.ring, LONGEST)
    t60 = longest / (1 + (pitch / 2400.0) ** 1.3) + 0.02
    other = slice(SECOND)  # only the low ones are heard to swing both ways
    apart = APART * (0.5 + draw[1]) * (1 + 0.4 * np.sin(3.7 * k))
    both = np.concatenate([pitch, (pitch * (1 + apart))[other]])
    share = np.concatenate([np.where(k <= SECOND, 0.62, 1.0), np.full(SECOND, 0.38)])
    dying = 6.9078 / np.concatenate([t60, 1.5 * t60[other]])
    plucked, bowed = (share * np.concatenate([a, a[other]]) for a in (plucked, bowed))
    slide = np.log(2.0) * how.slide * (0.7 + 0.6 * draw[2])
    holds = HOLD * (0.6 + 1.4 * draw[3]) + 0.25 * how.bow * how.length
    after = max(how.length, 0.0) + 1.5 if how.bow else 0.0
    return Wire(
        frame,
        place,
        both,
        plucked * (1 - how.bow),
        bowed * how.bow * 0.8,
        dying,
        STRETCH * how.tension * how.level * (0.6 + 0.8 * draw[4]),
        slide,
        holds,
        how.sand,
        how.length,
        WOBBLE * how.bow,
        max(1.6 * longest, after),
    )


def damped(one: Wire, frame: int) -> Wire:
    """A wire that a hand stops at a frame."""
    return replace(one, stopped=(frame - one.frame) / RATE, over=(frame - one.frame) / RATE + 0.25)


def _box(pitch_hz: Numbers) -> Numbers:
    """What the box under the wires makes of a partial."""
    x = pitch_hz[:, None] / BOX_HZ
    tuned = 1 / np.sqrt((1 - x**2) ** 2 + (x / BOX_Q) ** 2)
    return np.asarray(
        0.5 + BOX_GAIN * (np.minimum(tuned, BOX_Q) / BOX_Q * (0.5, 0.45, 0.4, 0.45)).sum(axis=1)
    )
