"""Motes: each was a place on somebody's outline. They leave it slowly, ride one current, remember whose they were.

Everything is a closed form of the time and the cue: a mote is where it is because of the hour, not of the frame
before. Places are (u, v) with a scale, 1 at the performer, greater nearer to us, as for the audience.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE, HORIZON
from performance.stage.calls import Answer, Calls, answer
from performance.stage.leaving import Leaving, leaving
from performance.stage.lights import Beam
from performance.stage.sunbeam import Sunbeam
from performance.stage.swarm import TAU, Temper, blinking, choir, current, ease, temper

if TYPE_CHECKING:
    from performance.timeline import Cue

Single = NDArray[np.float32]

TRAVEL = 0.42  # of the whole dissolve: how long a mote takes from its seat to its place in the air
FLASH = 0.010  # of the whole dissolve: how long it glows up as it lets go
DUST = 700
SHARPEST = 0.00105  # radius of a mote in focus, picture heights
WHITE_HOT = 0.28  # how much white the brightest have
SUNLIT = 1.1  # how much brighter they are in the sunbeam


@dataclass(frozen=True, slots=True)
class Motes:
    """(n,) float32 places, scale, radius in picture heights, and (n, 3) light, linear RGB."""

    u: Single
    v: Single
    scale: Single
    radius: Single
    light: Single

    def __len__(self) -> int:
        return len(self.u)


def motes_at(
    cue: Cue,
    t: float,
    seed: int,
    dissolve: float = 1.0,
    calls: Calls | None = None,
    sun: Sunbeam | None = None,
    beam: Beam | None = None,
) -> Motes | None:
    """Every mote at `t`. `dissolve` is the audience's: motes of those who are still there are not yet free."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    count = int(cue.number("count"))
    free = leaving(seed, count).freed(dissolve if cue.number("rise") <= 0.0 else 1.0)
    parts = []
    if len(free):
        parts.append(
            _people(cue, t, free, temper(seed, count).first(len(free)), dissolve, calls or Calls.none(), sun)
        )
    if cue.number("dust") > 0.0 and beam is not None and beam.level > 0.0:
        parts.append(_dust(t, seed, beam, cue.number("dust")))
    if not parts:
        return None
    whole = Motes(*(np.concatenate([getattr(p, name) for p in parts]) for name in Motes.__slots__))
    whole.light[...] *= np.float32(level)
    return whole


def _people(
    cue: Cue, t: float, free: Leaving, m: Temper, dissolve: float, calls: Calls, sun: Sunbeam | None
) -> Motes:
    """The motes that were people."""
    since = np.float32(dissolve) - free.hour
    lifted = ease(np.float32(1.7 * cue.number("rise")) - 0.7 * m.late)
    climb = np.maximum(ease(since * np.float32(1 / TRAVEL)), lifted)
    swarm = cue.number("swarm")
    loose = np.maximum(climb, np.clip(2.5 * since, 0, 0.25))
    u, v, scale = _places(free, m, climb, loose, t, swarm)
    light = m.bright * blinking(m, t, cue.number("blink"), u, swarm) * (0.75 + 0.25 * climb)
    if dissolve < 1.0 or since[-1] < 0.3:
        ago = since * np.float32(1 / FLASH)
        light += (1 - lifted) * (np.exp(-ago * ago) + 0.5 * np.exp(-20 * np.maximum(since, 0)))
        light *= (since > 0) | (lifted > 0)
    fall = cue.number("fall")
    if fall > 0.0:
        gone = np.clip(np.float32(1.5 * fall) - 0.5 * m.late, 0, 1)
        light, v = light * (1 - gone) * np.sqrt(1 - gone), v + 0.5 * gone * gone
    if sun is not None:
        light *= 1 + SUNLIT * sun.glow(u, v)
    told = answer(u, v, calls, t, cue.number("answer"))
    colour = _colour(cue, climb, m, told)
    radius = _radius(scale, m, climb)
    if told is not None:
        u, v, light = u + told.du, v + told.dv, light * (1 + told.bright)
    white = np.minimum(light, 3) * np.float32(WHITE_HOT / 3)
    if told is not None:
        white = white * (1 - told.told)
    return Motes(u, v, scale, radius, light[:, None] * (colour + white[:, None]))


def _places(
    free: Leaving, m: Temper, climb: Single, loose: Single, t: float, swarm: float
) -> tuple[Single, Single, Single]:
    """Between the seat and the place in the air, where people stay loosely together; or in the choir.

    `climb` is how far up, `loose` how freely each hovers.
    """
    high = free.home_v + (free.air_v - free.home_v) * climb
    across = free.home_u + (free.air_u - free.home_u) * climb
    scale = free.home_scale + (free.air_scale - free.home_scale) * climb
    bob = np.sin(np.float32(t) * m.bob_rate + m.bob_phase)
    dart = np.sin(np.float32(t) * m.dart_rate + m.dart_phase + 2.2 * bob)
    du, dv = current(across, high, t)
    hover = loose * m.hover
    u, v = across + climb * du + hover * dart, high + climb * dv + hover * bob
    if swarm > 0.0:
        gather = ease(np.float32(1.6 * swarm) - 0.6 * m.late)
        cu, cv, cs = choir(m, t)
        u, v, scale = u + (cu - u) * gather, v + (cv - v) * gather, scale + (cs - scale) * gather
    return u, v, scale


def _colour(cue: Cue, climb: Single, m: Temper, told: Answer | None) -> Single:
    """Warm when it lets go, cooler later, and the colour of what it has been told."""
    warm = np.array(cue.colour("colour"), np.float32) * 1.25 + np.float32(0.06)
    cool = np.array(cue.colour("cool"), np.float32) * 1.05 + np.float32(0.06)
    colour = warm + (np.clip(climb * 1.1 - 0.25, 0, 1) * m.cool)[:, None] * (cool - warm)
    if told is not None:
        colour += told.told[:, None] * (told.colour - colour)
    return np.asarray(colour, np.float32)


def _radius(scale: Single, m: Temper, climb: Single) -> Single:
    """Sharp where the performer is, soft discs near the eye, and sharp while still on somebody's outline."""
    near = np.maximum(scale - 1.2, 0)
    off = near * np.sqrt(near) * 0.0095 + np.maximum(1 - scale, 0) * 0.0012
    return np.asarray(SHARPEST * m.small + off * climb * climb, np.float32)


def _dust(t: float, seed: int, beam: Beam, amount: float) -> Motes:
    """Specks that were never anybody: seen where the beam finds them, when they turn their face to it."""
    m = temper(seed + 7, DUST)
    along = m.late - np.float32(t) * (0.004 + 0.03 * (m.blink_rate - 0.19))
    along = along - np.floor(along)
    aside = 2.4 * (m.blink_phase - 0.5) + 0.25 * np.sin(np.float32(t) * 0.3 * m.bob_rate + m.bob_phase)
    scale = 0.8 + 1.3 * m.cool * m.cool
    u = beam.from_x + (beam.x - beam.from_x) * along + aside * (0.02 + beam.width * along)
    top, foot = HORIZON + EYE - beam.from_y, HORIZON + EYE
    v = top + (foot - top) * along + 0.02 * np.sin(np.float32(t) * 0.3 + m.dart_phase)
    turn = np.maximum(np.sin(np.float32(t) * (m.dart_rate - 0.5) + TAU * m.cool), 0)
    turn = turn * turn * turn
    light = np.float32(amount * beam.level) * np.exp(-1.6 * aside * aside) * (0.05 + 0.6 * turn * turn)
    light = light * np.sqrt(np.sin(np.float32(np.pi) * along)) * (0.2 + 0.6 * m.bright)
    near = np.maximum(scale - 1.3, 0)
    radius = SHARPEST * 0.8 * m.small + 0.006 * near * np.sqrt(near)
    parts = (u, v, scale, radius, light[:, None] * np.array(beam.colour, np.float32))
    return Motes(*(np.asarray(part, np.float32) for part in parts))
