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
from performance.stage.calls import Calls, answer
from performance.stage.leaving import leaving
from performance.stage.lights import Beam
from performance.stage.sunbeam import Sunbeam
from performance.stage.swarm import SHARPEST, TAU, fly, shine, temper

if TYPE_CHECKING:
    from performance.timeline import Cue

Single = NDArray[np.float32]

DUST = 700
NOBODY = np.zeros((7, 0), np.float32)  # calls
SUNLIT = 1.1  # how much brighter they are in the sunbeam


@dataclass(frozen=True, slots=True, eq=False)
class Motes:
    """(n,) float32 places, scale, radius in picture heights, and (n, 3) light, linear RGB. Equal only to themselves."""

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
    if free:
        parts.append(_people(cue, t, seed, free, dissolve, calls or Calls.none(), sun))
    if cue.number("dust") > 0.0 and beam is not None and beam.level > 0.0:
        parts.append(_dust(t, seed, beam, cue.number("dust")))
    if not parts:
        return None
    whole = parts[0]
    if len(parts) > 1:
        whole = Motes(*(np.concatenate([getattr(p, name) for p in parts]) for name in Motes.__slots__))
    whole.light[...] *= np.float32(level)
    return whole


def _people(
    cue: Cue, t: float, seed: int, free: int, dissolve: float, calls: Calls, sun: Sunbeam | None
) -> Motes:
    """The first `free` of the motes that were people."""
    count = int(cue.number("count"))
    way, own = leaving(seed, count), temper(seed, count)
    rise, swarm = cue.number("rise"), cue.number("swarm")
    flown = np.empty((5, free), np.float32)
    fly(own.rows, way.rows, t, dissolve, rise, swarm, cue.number("blink"), flown)
    u, v, scale, light, _ = flown
    fall = cue.number("fall")
    if fall > 0.0:
        gone = np.clip(np.float32(1.5 * fall) - 0.5 * own.late[:free], 0, 1)
        light *= (1 - gone) * np.sqrt(1 - gone)
        v += 0.5 * gone * gone
    if sun is not None:
        light *= 1 + SUNLIT * sun.glow(u, v)
    told = answer(u, v, calls, t, cue.number("answer"))
    warm = [1.25 * part + 0.06 for part in cue.colour("colour")]
    cool = [1.05 * part + 0.06 for part in cue.colour("cool")]
    radius, bright = np.empty(free, np.float32), np.empty((free, 3), np.float32)
    heard = NOBODY if told is None else told.rows
    shine(own.rows, flown, heard, np.array([warm, cool], np.float32), radius, bright)
    return Motes(u, v, scale, radius, bright)


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
    light = light * np.sqrt(np.maximum(np.sin(np.float32(np.pi) * along), 0)) * (0.2 + 0.6 * m.bright)
    near = np.maximum(scale - 1.3, 0)
    radius = SHARPEST * 0.8 * m.small + 0.006 * near * np.sqrt(near)
    parts = (u, v, scale, radius, light[:, None] * np.array(beam.colour, np.float32))
    return Motes(*(np.asarray(part, np.float32) for part in parts))
