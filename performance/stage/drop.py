"""Drops of light: each gathers, lets go, falls faster and faster, and strikes as it is heard."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from performance.causes.lineage import Ring
from performance.stage.crests import crests
from performance.stage.drawing import Drawing, Glints, Glows, Lines
from performance.timeline import Cue

Array = NDArray[np.float64]

GATHERS = 2.2  # seconds that the first drop hangs before it falls
AHEAD = 3.2  # seconds before a drop strikes from which it may be seen
SIZE = 0.05  # radius of the largest drop, units
LEAST = 0.01  # light by which a drop is still seen
SPLASH = 0.7  # seconds that what it throws up is seen
GRAVITY = 1.9  # units a second a second
OUTLINE = 26  # points round a drop
BEADS = 14  # thrown up by one
JET, JET_LATE = 20.0, 0.10  # how fast the water rises back in the middle, in sizes a second; seconds after

TURN = np.linspace(0.0, 2 * np.pi, OUTLINE)
ROUND = np.stack([np.sin(TURN), -np.cos(TURN)])  # across and up, from its lowest point
RIM = (
    0.25
    + 0.9 * np.clip(np.cos(TURN - 2.3), 0.0, 1.0) ** 3
    + 0.35 * np.clip(np.cos(TURN - 5.6), 0.0, 1.0) ** 4
)
TRAIL, TRAIL_LIGHT = np.linspace(0.0, 0.045, 5), np.linspace(1.0, 0.0, 5) ** 1.6


@dataclass(frozen=True, slots=True)
class _Drops:
    """What of each drop matters, (n,): seconds before it strikes (below 0: since), where, how large, how bright, and
    whether it is the first of its line."""

    before: Array
    x: Array
    z: Array
    lineage: Array
    size: Array
    light: Array
    first: NDArray[np.bool_]

    def some(self, which: NDArray[np.bool_]) -> _Drops:
        return _Drops(*(part[which] for part in astuple(self)))


def drop_at(cue: Cue, t: float, rings: list[Ring]) -> Drawing | None:
    """The drops a cue asks for. `rings` are those that strike between WIDENS ago and AHEAD from now."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    colour = np.array(cue.colour("colour"))
    drops = _drops(cue, t, level, rings)
    lines = crests(cue, t, level, rings, colour)
    if drops is None:
        return Drawing(tuple(lines), plane="nearest")
    high = np.where(drops.first, 1.0, 0.75) * cue.number("height")
    fall = np.sqrt(2.0 * high / GRAVITY)
    falls = (drops.before > 0.0) & (drops.before <= fall + GATHERS * drops.first)
    struck = (drops.before <= 0.0) & (drops.before > -SPLASH)
    glows: list[tuple[Array, Array, Array]] = []
    glints = None
    if falls.any():
        drawn, glow, glints = _falling(drops.some(falls), fall[falls], high[falls], colour)
        lines += drawn
        glows.append(glow)
    if struck.any():
        drawn, glow = _splash(drops.some(struck), colour)
        lines += drawn
        glows.append(glow)
    soft = Glows(*(np.concatenate(part) for part in zip(*glows, strict=True))) if glows else None
    return Drawing(tuple(lines), glows=soft, glints=glints, plane="nearest")


def _drops(cue: Cue, t: float, level: float, rings: list[Ring]) -> _Drops | None:
    """Those of the rings' drops that are bright enough to be seen, None when there are none."""
    least = LEAST / max(level * cue.number("echoes"), 1e-6)
    numbers = [
        (one.t, one.x, one.z, one.lineage, one.generation, one.level, one.heft, one.eldest)
        for one in rings
        if one.heft > least and one.t > t - SPLASH
    ]
    if not numbers:
        return None
    when, x, z, lineage, generation, loud, heft, eldest = np.array(numbers, np.float64).T
    first = generation == 0
    grown = np.where(eldest > 0.0, 0.9 * 0.97**generation, 0.45 * 0.85**generation)
    size = SIZE * cue.number("size") * np.where(first, 1.0, grown)
    share = level * np.where(first, 1.0, cue.number("echoes") * heft)
    return _Drops(when - t, x, z, lineage, size, share * (0.35 + 0.65 * np.minimum(loud, 1.0)), first)


def _falling(
    drops: _Drops, fall: Array, high: Array, colour: Array
) -> tuple[list[Lines], tuple[Array, Array, Array], Glints]:
    """Drops on their way: outlines that catch light on one side."""
    hanging, fallen = drops.before - fall, np.maximum(fall - drops.before, 0.0)
    stretch = (1.0 + np.minimum(GRAVITY * 0.35 * fallen, 0.8))[:, None]
    r = drops.size * np.sqrt(np.clip(1.0 - hanging / GATHERS, 0.0, 1.0))
    wide, tall = r[:, None] * ROUND[0] / np.sqrt(stretch), r[:, None] * stretch * ROUND[1]
    above = tall > 0.0
    tall = np.where(above, tall * (1.35 + 0.5 * (hanging > 0.0))[:, None], tall)
    wide = np.where(above, wide * np.clip(1.0 - tall / (3.0 * r[:, None] * stretch + 1e-9), 0.1, 1.0), wide)
    middle = np.stack([drops.x, high - 0.5 * GRAVITY * fallen**2, drops.z], -1)
    off = np.stack([wide, tall, np.zeros_like(wide)], -1)
    lit = (drops.light[:, None] * RIM)[..., None] * colour
    lines = [
        Lines(middle[:, None] + 0.55 * off, 0.22 * lit, 0.22 * r),
        Lines(middle[:, None] + off, lit, 0.16 * r),
    ]
    shine = drops.light[:, None] * colour
    glints = Glints(middle + r[:, None] * (-0.35, 0.45, 0.0), np.full(len(r), 0.0016), 1.6 * r, 1.4 * shine)
    return lines, (middle, 5.0 * r, 0.25 * shine), glints


def _splash(drops: _Drops, colour: Array) -> tuple[list[Lines], tuple[Array, Array, Array]]:
    """A crown of beads, each of its own size, that drag a little light behind them; the water that rises back in the
    middle; and the light on the ground under them."""
    age, size = -drops.before, drops.size[:, None, None]
    draw = np.modf(0.618 * np.arange(BEADS) + 0.37 * drops.lineage[:, None])[0]
    around = 2 * np.pi * (np.arange(BEADS) + 0.8 * draw) / BEADS
    ages = np.maximum(age[:, None] - TRAIL, 0.0)[:, None]
    out = (0.8 + 1.1 * draw)[..., None] * size * 5.0 * ages
    up = size * (14.0 + 15.0 * np.modf(7.3 * draw)[0])[..., None] * ages - (0.8 * GRAVITY) * ages**2
    place = np.empty((*out.shape, 3))
    place[..., 0] = drops.x[:, None, None] + np.cos(around)[..., None] * out
    place[..., 1] = np.maximum(up, 0.0)
    place[..., 2] = drops.z[:, None, None] + np.sin(around)[..., None] * out
    left = drops.light * np.maximum(1.0 - age / SPLASH, 0.0) ** 1.5
    fade = left[:, None, None] * (up > 0.0) * TRAIL_LIGHT
    ground = np.stack([drops.x, np.full(len(age), 0.01), drops.z], -1)
    wide = np.minimum(drops.size / SIZE, 1.0)
    glow = (drops.light * wide * np.exp(-6.0 * age))[:, None] * colour
    beads = Lines(
        place.reshape(-1, len(TRAIL), 3),
        (fade[..., None] * colour).reshape(-1, len(TRAIL), 3),
        (drops.size[:, None] * (0.022 + 0.05 * draw)).ravel(),
    )
    return [beads, _jet(drops, np.maximum(age - JET_LATE, 0.0), left, colour)], (
        ground,
        (0.06 + 0.12 * age) * wide,
        glow,
    )


def _jet(drops: _Drops, age: Array, left: Array, colour: Array) -> Lines:
    """The thread of water that follows a drop back up, brightest at its tip."""
    high = np.maximum(JET * drops.size * age - 0.8 * GRAVITY * age * age, 0.0)
    along = np.linspace(0.0, 1.0, len(TRAIL))
    place = np.stack(
        [
            np.repeat(drops.x[:, None], len(along), 1),
            high[:, None] * along,
            np.repeat(drops.z[:, None], len(along), 1),
        ],
        -1,
    )
    light = (left * (high > 0.0))[:, None] * (0.15 + 0.85 * along**3)
    return Lines(place, light[..., None] * colour, 0.05 * drops.size)
