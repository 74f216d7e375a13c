"""What a note does to the air: ripples of a low one, tongues of fire of a middle one, drops of silver of a high one."""

from __future__ import annotations

import math
from collections.abc import Sequence
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


def bursts_at(cue: Cue, t: float, seed: int, notes: Sequence[Event]) -> Drawing | None:
    """The bursts of the notes that began in the last LASTS seconds."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    lines: list[Lines] = []
    glows: list[tuple[Array, float, Array]] = []
    glints: list[tuple[Array, Array, Array]] = []
    for note in notes:
        age = t - note.onset
        if not 0.0 <= age < LASTS:
            continue
        where = _where(cue, seed, note)
        strength = level * (0.35 + 0.65 * min(note.level * 1.5, 1.0))
        kind = _kind(seed, note)
        reach = cue.number("size") * (0.7 + 0.6 * note.level)
        hub = np.array([0.0, cue.number("y"), 0.0])
        colour = np.array(cue.colour(("low", "middle", "high")[kind]))
        if kind == 0:
            lines.append(_ripples(seed, note, where, age, reach, strength, colour))
        elif kind == 1:
            lines.append(_fire(seed, note, where, hub, age, reach, strength, colour, cue.number("pull")))
        else:
            drops, shine = _silver(seed, note, where, hub, age, reach, strength, colour, cue.number("pull"))
            lines.append(drops)
            glints.append(shine)
        flash = strength * math.exp(-age * 2.6) * (1.0 - math.exp(-age * 28.0))
        glows.append((where, reach * (0.35 + 0.5 * age), colour * flash * 0.55))
    return Drawing(
        tuple(lines),
        glows=_glows(glows),
        glints=_glints(glints),
        plane="behind",
    )


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
_STARTS = 0.11 * np.arange(RINGS)[:, None]
_HEAVY = np.array([0.0, 0.02, 0.04])
_WHITE_HOT = np.array([0.5, 0.55, 0.35])


@lru_cache(maxsize=64)
def _rippling(seed: int, address: int) -> tuple[Array, ...]:
    """Of each ring: its phase, where it is broken (RINGS, ARC), its width; how the sheet is tilted and leans."""
    draw = _draws(seed, "ripple", address, RINGS * 3 + 2)
    phase, which = 6.28 * draw[:RINGS, None], draw[RINGS : 2 * RINGS]
    gap = np.clip(0.62 + 0.75 * np.sin(_TURN * (1 + np.round(2 * which[:, None])) + 2 * phase), 0.0, 1.0)
    lean = 0.5 * (draw[-2] - 0.5), 0.25 + 0.30 * draw[-1], 0.9
    return phase, gap, 0.0012 + 0.003 * which, np.array([[1.0, lean[0], 0.0], [0.0, lean[1], lean[2]]])


def _ripples(
    seed: int, note: Event, where: Array, age: float, reach: float, strength: float, colour: Array
) -> Lines:
    """Rings on a slanting sheet of air that is not there; each is broken and wavers."""
    phase, gap, width, sheet = _rippling(seed, note.address)
    grown = np.maximum(age - _STARTS, 0.0)
    radius = reach * 1.5 * (1.0 - np.exp(-1.15 * grown))
    radius = radius * (
        1.0 + 0.05 * np.sin(3 * _TURN + (phase + 1.4 * age)) + 0.03 * np.sin(5 * _TURN - 2 * phase)
    )
    place = np.tensordot(radius * _CIRCLE[:, None], sheet, (0, 0)) + where
    place[..., 1] -= 0.05 * age * age * 0.4
    fade = np.exp(-1.5 * grown) * np.clip(grown * 9.0, 0.0, 1.0) * min(1.0, (LASTS - age) / 0.8)
    light = (strength * 0.9) * fade * gap
    return Lines(place, light[..., None] * (0.12 + 0.88 * colour), width)


def _way(start: Array, speed: Array, hub: Array, age: Array, pull: float) -> Array:
    """Where a spark is after `age` (n, k): thrown out, slowed by the air, drawn back towards the sound."""
    left = 1.0 - pull * np.minimum(0.34 * age * age, 0.92)
    out = speed[:, None, :] * (left * (1.0 - np.exp(-2.4 * age)) / 2.4)[..., None]
    out += (start - hub) * left[..., None] + hub
    return out


@lru_cache(maxsize=64)
def _burning(seed: int, address: int) -> tuple[Array, ...]:
    """Of each tongue: its speed (TONGUES, 3) for a reach of 1, when it leaves, how long it burns, phases of its curl,
    its widths along it (TONGUES, JOINTS)."""
    draw = _draws(seed, "fire", address, TONGUES * 5).reshape(5, TONGUES)
    around = 2 * np.pi * draw[0]
    speed = np.stack([np.cos(around), 0.25 + 0.95 * draw[1], 0.7 * np.sin(around)], -1)
    late, burns = 0.12 * draw[3][:, None] + _LAG, 1.0 / (0.9 + 1.6 * draw[4][:, None])
    width = (0.0012 + 0.0016 * draw[3])[:, None] * (0.35 + 0.65 * _COOLING)
    return (
        (1.6 + 3.2 * draw[2] ** 2)[:, None] * speed,
        late,
        burns,
        6.28 * draw[4][:, None],
        6.28 * draw[3][:, None],
        width,
    )


def _fire(
    seed: int, note: Event, where: Array, hub: Array, age: float, reach: float, strength: float, colour: Array,
    pull: float,
) -> Lines:  # fmt: skip
    """Tongues that leap up and curl, each a piece of its own way, broad at its head and fine behind."""
    speed, late, burns, aside, upwards, width = _burning(seed, note.address)
    ages = np.maximum(age - late, 0.0)
    place = _way(where, reach * speed, hub, ages, pull)
    curl = (0.05 * reach / 0.22) * ages
    place[..., 0] += curl * np.sin(9.0 * ages + aside)
    place[..., 1] += 0.6 * curl * np.cos(7.0 * ages + upwards)
    burnt = np.maximum(1.0 - ages * burns, 0.0)
    light = (strength * 2.6) * burnt * np.sqrt(burnt) * _COOLING * (ages > 0.0)
    hot = np.maximum(burnt - 0.45, 0.0)
    return Lines(place, light[..., None] * (colour + hot[..., None] * _WHITE_HOT), width)


def _silver(
    seed: int, note: Event, where: Array, hub: Array, age: float, reach: float, strength: float, colour: Array,
    pull: float,
) -> tuple[Lines, tuple[Array, Array, Array]]:  # fmt: skip
    """Drops of metal: heavy, round, drawn out as they fly, each with the room's light in it."""
    draw = _draws(seed, "silver", note.address, DROPS * 4).reshape(4, DROPS)
    around = 2 * np.pi * draw[0]
    fast = reach * (1.2 + 2.6 * draw[1])
    speed = fast[:, None] * np.stack([np.cos(around), 0.5 + 0.9 * draw[2], 0.7 * np.sin(around)], -1)
    ages = np.broadcast_to(np.maximum(age - _HEAVY, 0.0), (DROPS, len(_HEAVY)))
    place = _way(where, speed, hub, ages, pull)
    place[..., 1] -= 0.22 * ages * ages
    fade = min((LASTS - age) / 1.2, 1.0) * min(age * 12.0, 1.0)
    light = (strength * fade) * (0.55 + 0.45 * np.sin(11.0 * age + 6.28 * draw[3]))
    seen = np.where(place[..., 1] > 0.0, light[:, None], 0.0)
    width = (0.0030 + 0.0034 * draw[1])[:, None] * (1.0, 0.85, 0.55)
    lines = Lines(place, seen[..., None] * (colour * 0.9 + 0.1), width)
    sharp = (strength * fade) * np.clip(np.sin(7.0 * age + 6.28 * draw[2]) * 2.0 - 1.0, 0.0, 1.0)
    return lines, (place[:, 0], 0.018 * sharp, (1.5 * sharp)[:, None] * (0.5 + 0.5 * colour))


def _glows(found: list[tuple[Array, float, Array]]) -> Glows | None:
    if not found:
        return None
    places, radii, colours = zip(*found, strict=True)
    return Glows(np.array(places), np.array(radii), np.array(colours))


def _glints(found: list[tuple[Array, Array, Array]]) -> Glints | None:
    if not found:
        return None
    places, rays, colours = (np.concatenate(part) for part in zip(*found, strict=True))
    return Glints(places, np.full(len(places), 0.0016), rays, colours)
