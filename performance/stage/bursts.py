"""What a note does to the air: ripples of a low one, tongues of fire of a middle one, drops of silver of a high one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.gravity import KINDS
from performance.chance import chances
from performance.stage.drawing import Drawing, Glints, Glows, Lines
from performance.timeline import Cue, Event

Array = NDArray[np.float64]

LASTS = 3.2  # seconds until nothing of a burst is left
RINGS, ARC = 7, 34  # ripples of a low note, points of each
TONGUES, JOINTS = 110, 7  # of fire
DROPS = 34  # of silver
LOW_HZ, HIGH_HZ = 230.0, 520.0  # below and above: other kinds, blended by chance near the borders
TAIL = 0.26  # seconds of its own way that a tongue of fire shows


Addresses = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """The bursts of one kind that are seen at once: addresses of their notes, and (n,) or (n, 3) of each its age, where
    it is, how far it reaches, how bright it is. `hub` (3,) is where the sound is, and `pull` how much it draws back."""

    seed: int
    addresses: Addresses
    age: Array
    where: Array
    reach: Array
    strength: Array
    colour: Array
    hub: Array
    pull: float

    def each(self, count: int) -> tuple[Array, Array, Array]:
        """Age, reach and strength of every one of `count` parts of each burst, (n count, 1)."""
        age, reach, strength = np.repeat(np.stack([self.age, self.reach, self.strength]), count, 1)[..., None]
        return age, reach, strength


def bursts_at(cue: Cue, t: float, seed: int, notes: Sequence[Event]) -> Drawing | None:
    """The bursts of the notes that began in the last LASTS seconds."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    lines: list[Lines] = []
    glows: list[Glows] = []
    glints = None
    hub, pull, size = np.array([0.0, cue.number("y"), 0.0]), cue.number("pull"), cue.number("size")
    seen = [note for note in notes if 0.0 <= t - note.onset < LASTS]
    for n, (name, drawn) in enumerate((("low", _ripples), ("middle", _fire), ("high", _silver))):
        some = [note for note in seen if _kind(seed, note) == n]
        if not some:
            continue
        loud = np.array([note.level for note in some])
        burst = _Kind(
            seed, tuple(note.address for note in some), t - np.array([note.onset for note in some]),
            np.array([_where(cue, seed, note) for note in some]), size * (0.7 + 0.6 * loud),
            level * (0.35 + 0.65 * np.minimum(loud * 1.5, 1.0)), np.array(cue.colour(name)), hub, pull,
        )  # fmt: skip
        lines.append(drawn(burst))
        glows.append(_flash(burst))
        if n == 2:
            glints = _glitter(burst, lines[-1].place)
    soft = (np.concatenate([getattr(one, part) for one in glows]) for part in ("place", "radius", "colour"))
    return Drawing(tuple(lines), glows=Glows(*soft) if glows else None, glints=glints, plane="behind")


@lru_cache(maxsize=128)
def _draws(seed: int, kind: str, address: int, count: int) -> Array:
    """What is chance in a note's burst: asked in every frame that shows it."""
    return chances(seed, kind, address, count=count)


def _where(cue: Cue, seed: int, note: Event) -> Array:
    """Where a note bursts: to its side of the sound, higher for higher notes."""
    draw = _draws(seed, "burst", note.address, 3)
    side = (note.pan if note.pan else 2.0 * draw[0] - 1.0) * cue.number("wide")
    high = cue.number("y") + 0.11 * math.log2(max(note.pitch_hz, 20.0) / 330.0) + 0.10 * (draw[1] - 0.5)
    return np.array([side, max(high, 0.05), 0.25 + 0.35 * draw[2]])


def _kind(seed: int, note: Event) -> int:
    if note.part in KINDS:
        return KINDS.index(note.part)
    off = math.exp(0.5 * (_draws(seed, "burst", note.address, 4)[3] - 0.5))
    pitch = note.pitch_hz * off
    return 0 if pitch < LOW_HZ else 1 if pitch < HIGH_HZ else 2


_TURN = np.linspace(0.0, 2 * np.pi, ARC)
_CIRCLE = np.stack([np.cos(_TURN), np.sin(_TURN)])
_LAG = np.linspace(0.0, 1.0, JOINTS) * TAIL
_COOLING = np.linspace(1.0, 0.0, JOINTS) ** 1.2
_STARTS = 0.11 * np.arange(RINGS)
_HEAVY = np.array([0.0, 0.03, 0.07])
_WHITE_HOT = np.array([0.5, 0.55, 0.35])


def _flash(bursts: _Kind) -> Glows:
    """The soft light that each begins with."""
    age = bursts.age
    flash = 0.55 * bursts.strength * np.exp(-2.6 * age) * (1.0 - np.exp(-28.0 * age))
    return Glows(bursts.where, bursts.reach * (0.35 + 0.5 * age), flash[:, None] * bursts.colour)


def _joined(parts: list[tuple[Array, ...]]) -> tuple[Array, ...]:
    return tuple(np.concatenate(part) for part in zip(*parts, strict=True))


@lru_cache(maxsize=16)
def _rippling(seed: int, addresses: Addresses) -> tuple[Array, ...]:
    """Of each ring: its phase, where it is broken (m, ARC), its width, how its sheet leans and is tilted."""
    return _joined([_rings(seed, address) for address in addresses])


def _rings(seed: int, address: int) -> tuple[Array, ...]:
    draw = _draws(seed, "ripple", address, RINGS * 3 + 2)
    phase, which = 6.28 * draw[:RINGS, None], draw[RINGS : 2 * RINGS]
    gap = np.clip(0.62 + 0.75 * np.sin(_TURN * (1 + np.round(2 * which[:, None])) + 2 * phase), 0.0, 1.0)
    lean, tilt = np.full((RINGS, 1), 0.5 * (draw[-2] - 0.5)), np.full((RINGS, 1), 0.25 + 0.30 * draw[-1])
    return phase, gap, 0.0012 + 0.003 * which, lean, tilt


def _ripples(bursts: _Kind) -> Lines:
    """Rings on a slanting sheet of air that is not there; each is broken and wavers."""
    phase, gap, width, lean, tilt = _rippling(bursts.seed, bursts.addresses)
    age, reach, strength = bursts.each(RINGS)
    grown = np.maximum(age - np.tile(_STARTS, len(bursts.age))[:, None], 0.0)
    radius = (1.5 * reach * (1.0 - np.exp(-1.15 * grown))) * (
        1.0 + 0.05 * np.sin(3 * _TURN + (phase + 1.4 * age)) + 0.03 * np.sin(5 * _TURN - 2 * phase)
    )
    x, flat = radius * _CIRCLE[0], radius * _CIRCLE[1]
    place = np.stack([x, tilt * flat + lean * x - 0.02 * age * age, 0.9 * flat], -1)
    place += np.repeat(bursts.where, RINGS, 0)[:, None]
    fade = np.exp(-1.5 * grown) * np.clip(grown * 9.0, 0.0, 1.0) * np.minimum(1.0, (LASTS - age) / 0.8)
    light = (0.9 * strength * fade) * gap
    return Lines(place, light[..., None] * (0.12 + 0.88 * bursts.colour), width)


def _way(bursts: _Kind, count: int, speed: Array, ages: Array) -> Array:
    """Where `count` sparks of each burst are at ages (m, k): thrown out at `speed` (m, 3), slowed by the air, drawn
    back towards the sound."""
    left = 1.0 - bursts.pull * np.minimum(0.34 * ages * ages, 0.92)
    out = speed[:, None, :] * (left * (1.0 - np.exp(-2.4 * ages)) / 2.4)[..., None]
    out += np.repeat(bursts.where - bursts.hub, count, 0)[:, None] * left[..., None] + bursts.hub
    return out


@lru_cache(maxsize=16)
def _burning(seed: int, addresses: Addresses) -> tuple[Array, ...]:
    """Of each tongue: its speed (m, 3) for a reach of 1, when it leaves (m, JOINTS), how fast it burns, phases of its
    curl, its widths (m, JOINTS)."""
    return _joined([_tongues(seed, address) for address in addresses])


def _tongues(seed: int, address: int) -> tuple[Array, ...]:
    draw = _draws(seed, "fire", address, TONGUES * 5).reshape(5, TONGUES)
    around = 2 * np.pi * draw[0]
    speed = np.stack([np.cos(around), 0.25 + 0.95 * draw[1], 0.7 * np.sin(around)], -1)
    late, burns = 0.12 * draw[3][:, None] + _LAG, 1.0 / (0.9 + 1.6 * draw[4][:, None])
    width = (0.0009 + 0.0015 * draw[3] ** 2)[:, None] * (0.28 + 0.72 * _COOLING)
    fast = (1.6 + 3.2 * draw[2] ** 2)[:, None]
    return fast * speed, late, burns, 6.28 * draw[4][:, None], 6.28 * draw[3][:, None], width


def _fire(bursts: _Kind) -> Lines:
    """Tongues that leap up and curl, each a piece of its own way, broad at its head and fine behind."""
    speed, late, burns, aside, upwards, width = _burning(bursts.seed, bursts.addresses)
    age, reach, strength = bursts.each(TONGUES)
    ages = np.maximum(age - late, 0.0)
    place = _way(bursts, TONGUES, reach * speed, ages)
    curl = (0.05 / 0.22 * reach) * ages
    place[..., 0] += curl * np.sin(9.0 * ages + aside)
    place[..., 1] += 0.6 * curl * np.cos(7.0 * ages + upwards)
    burnt = np.maximum(1.0 - ages * burns, 0.0)
    light = (2.6 * strength) * burnt * np.sqrt(burnt) * _COOLING * (ages > 0.0)
    hot = np.maximum(burnt - 0.45, 0.0)
    return Lines(place, light[..., None] * (bursts.colour + hot[..., None] * _WHITE_HOT), width)


@lru_cache(maxsize=16)
def _molten(seed: int, addresses: Addresses) -> tuple[Array, ...]:
    """Of each drop: its speed (m, 3) for a reach of 1, phases of its light and of its glints, its widths (m, 3)."""
    return _joined([_metal(seed, address) for address in addresses])


def _metal(seed: int, address: int) -> tuple[Array, ...]:
    draw = _draws(seed, "silver", address, DROPS * 4).reshape(4, DROPS)
    around = 2 * np.pi * draw[0]
    way = np.stack([np.cos(around), 0.5 + 0.9 * draw[2], 0.7 * np.sin(around)], -1)
    width = (0.0022 + 0.0026 * draw[1])[:, None] * (1.0, 0.8, 0.35)
    return (1.2 + 2.6 * draw[1])[:, None] * way, 6.28 * draw[3][:, None], 6.28 * draw[2], width


def _silver(bursts: _Kind) -> Lines:
    """Drops of metal: heavy, round, drawn out as they fly, each with the room's light in it."""
    speed, phase, _, width = _molten(bursts.seed, bursts.addresses)
    age, reach, strength = bursts.each(DROPS)
    ages = np.maximum(age - _HEAVY, 0.0)
    place = _way(bursts, DROPS, reach * speed, ages)
    place[..., 1] -= 0.22 * ages * ages
    light = strength * _there(age) * (0.55 + 0.45 * np.sin(11.0 * age + phase))
    seen = np.where(place[..., 1] > 0.0, light * (1.3, 0.8, 0.3), 0.0)
    return Lines(place, seen[..., None] * (bursts.colour * 0.9 + 0.1), width)


def _there(age: Array) -> Array:
    """How much of drops so old is there, 0..1."""
    return np.minimum(np.minimum((LASTS - age) / 1.2, 1.0), age * 12.0)


def _glitter(bursts: _Kind, place: Array) -> Glints:
    """Stars on drops of metal at `place` (m, 3, 3), now on this one, now on that."""
    phase = _molten(bursts.seed, bursts.addresses)[2]
    age, _, strength = (part[:, 0] for part in bursts.each(DROPS))
    sharp = strength * _there(age) * np.clip(np.sin(7.0 * age + phase) * 2.0 - 1.0, 0.0, 1.0)
    colour = (1.5 * sharp)[:, None] * (0.5 + 0.5 * bursts.colour)
    return Glints(place[:, 0], np.full(len(place), 0.0016), 0.018 * sharp, colour)
