"""Everyone in the house, seen from the stage: what each of them does at one moment."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes import clapping, unison
from performance.causes.eye import eye_at
from performance.causes.perbeat import audible
from performance.causes.smooth import smooth
from performance.gestures import Touch
from performance.stage.curtain import Curtain, curtain_at
from performance.stage.drape import FRINGE, drape_at
from performance.stage.hands import Hands, hands_at
from performance.stage.lights import Colour
from performance.stage.motes import Motes
from performance.stage.seating import ROWS, HouseSeats, house_seats, seen_from
from performance.timeline import Cue, Timeline

Array = NDArray[np.float64]
Single = NDArray[np.float32]
LEAN = 0.40  # heads that somebody leans over to a neighbour
SWAY, SWAY_TOO, LEANING, NODDING, BLINKING, BREATHING, SWINGING = range(7)  # small movements
TALLER = 1.30  # heads that standing up makes
TOUCH_SEEN, TOUCH_WIDE = 2.5, 0.07  # seconds and picture heights in which a touch is seen on faces
CLAP_SHINES = 0.13  # seconds that a clap is seen
RISEN = 0.3  # units: a curtain so high leaves them bare
DOWN = 1.2 * FRINGE  # units that a curtain which hides them all may hang over the boards
COMES = 0.7  # share of a house's coming that each of them takes


@dataclass(frozen=True, slots=True)
class House:
    """Everyone at one moment. Movement in heads of the person; colours linear RGB."""

    seats: HouseSeats
    level: float
    here: Array  # (n,) how far everyone has come, 0..1
    sway: Array
    nod: Array
    breath: Array
    stood: Array  # (n,) 0 sitting, 1 standing
    hands: Hands
    faces: NDArray[np.floating[Any]]  # (n,) light on each face
    eyes: float
    blink: Array  # (n,) 0 shut, 1 open
    clapped: Array  # (n,) 0..1 light of a clap just made
    lamps: float
    rise: float
    veil: float  # 0 bare, 1 behind the house curtain
    veiled: bool  # whether it hangs before all of them
    curtain: Curtain | None  # velvet that they are seen through a gap of
    light: Colour
    edge: Colour
    eye: Colour


def house_at(cue: Cue, timeline: Timeline, t: float, touches: Sequence[Touch] = ()) -> House | None:
    """The house of one performance at `t`, None when it is not seen. `touches` are those of the last TOUCH_SEEN
    seconds: faces near them light up."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    seats = house_seats(timeline.seed)
    moves = np.sin(seats.waves[0] * np.float32(t) + seats.waves[1])
    stir, pulse, breath = cue.number("stir"), cue.number("pulse"), cue.number("breath")
    stood = _stood(cue.number("stand"), seats)
    faces = cue.number("faces") * seats.bright
    for touch in touches:
        u, v = seen_from(eye_at(timeline, touch.t), seats.u, seats.v - cue.number("rise"), seats.scale)
        near = np.hypot(u - touch.u, v - touch.v) / TOUCH_WIDE
        faces = faces + touch.strength * np.exp(-near * near) * math.exp(-(t - touch.t) * 2.4)
    clapped, (veil, veiled) = _clapped(timeline, t, len(seats.u)), _veil(timeline, t)
    lean = (LEAN * min(stir, 1.0)) * np.maximum(moves[LEANING] - 0.6, 0.0)
    sway = (0.034 * stir) * (moves[SWAY] + 0.5 * moves[SWAY_TOO]) + np.where(seats.left, -lean, lean)
    bowed = np.square(np.maximum(moves[NODDING], 0.0))
    high = np.square(bowed)
    breathing, blink = 0.016 * moves[BREATHING], np.clip(14.0 * (0.988 - moves[BLINKING]), 0.0, 1.0)
    if pulse > 0.0:
        beat = _beating(timeline, t, seats)
        faces, blink = (
            faces * (1.0 - pulse * 0.75 + pulse * 1.1 * beat),
            blink * (1.0 - 0.6 * pulse + pulse * beat),
        )
    if breath > 0.0:
        lungs = 0.5 - 0.5 * np.cos(2 * np.pi * _turns(timeline, "sound.breaths", t, seats, 0.22))
        breathing, faces = breathing + 0.11 * breath * lungs, faces * (1.0 + 0.35 * breath * (lungs - 0.5))
    return House(
        seats=seats,
        level=level,
        here=_come(level, seats),
        sway=sway + stood * 0.10 * moves[SWINGING],
        nod=(0.05 * stir) * bowed * high * np.square(high),
        breath=breathing,
        stood=stood,
        hands=hands_at(cue, t, seats, stood, clapped),
        faces=faces,
        eyes=cue.number("eyes") * level,
        blink=blink,
        clapped=clapped * cue.number("clap"),
        lamps=cue.number("lamps") * level,
        rise=cue.number("rise"),
        veil=veil,
        veiled=veiled,
        curtain=curtain_at(timeline.cue("stage.curtain", t), t, timeline.seed),
        light=cue.colour("light"),
        edge=cue.colour("edge"),
        eye=cue.colour("eye"),
    )


def _stood(stand: float, seats: HouseSeats) -> Array:
    """How far everyone has stood up."""
    if stand <= 0.0:
        return np.zeros(len(seats.u))
    stood = np.clip((stand * 1.25 - seats.rank) / 0.25, 0.0, 1.0)
    return np.asarray(stood * stood * (3.0 - 2.0 * stood))


def _beating(timeline: Timeline, t: float, seats: HouseSeats) -> Array:
    """Everyone's heart: two beats, and a rest."""
    since = (_turns(timeline, "sound.hearts", t, seats, 1.1) % 1.0).astype(np.float32)
    late = np.exp(-np.maximum(since - 0.28, 0.0) * 9.0) * (since > 0.28)
    return np.asarray(np.exp(-since * 6.0) + 0.6 * late)


def _come(level: float, seats: HouseSeats) -> Array:
    """How far everyone is there: who sits near the light is seen first, and nobody all at once."""
    if level >= 1.0:
        return np.ones(len(seats.u))
    late = (1.0 - COMES) * (0.6 * (1.0 - seats.row / (ROWS - 1.0)) + 0.4 * seats.rank)
    return smooth((level - late) / COMES)


def _veil(timeline: Timeline, t: float) -> tuple[float, bool]:
    """How far the house curtain is down, and whether it hides all of them but for what shines through."""
    drape = drape_at(timeline.cue("stage.drape", t), t, timeline.seed)
    if drape is None:
        return 0.0, False
    down = min(max(1.0 - (drape.hem - FRINGE) / RISEN, 0.0), 1.0)
    return drape.level * down, drape.level >= 0.5 and drape.hem < DOWN


def _turns(timeline: Timeline, path: str, t: float, seats: HouseSeats, own_rate: float) -> Array:
    """Turns of everyone's breath or heart: those that are heard, else each at their own pace."""
    n = len(seats.u)
    if audible(timeline, path, timeline.beat_at(t)):
        heard = unison.turns(timeline, path, t)
        if len(heard):
            return np.asarray(heard[np.arange(n) % len(heard)])
    return t * own_rate * (0.85 + 0.3 * seats.phases[:, 0]) + seats.phases[:, 1]


def _clapped(timeline: Timeline, t: float, n: int) -> Array:
    """The light of everyone's hands: bright as they meet, gone a moment later."""
    light = np.zeros(n)
    span = timeline.beat_at(t)
    if not audible(timeline, clapping.PATH, span):
        return light
    made = clapping.claps(timeline, span)
    first, last = np.searchsorted(made.time, (t - CLAP_SHINES, t + 1e-9))
    ages = (t - made.time[first:last]) / CLAP_SHINES
    who = (made.who[first:last] * 7919) % n  # the heard house and the seen one need not be as large
    np.maximum.at(light, who, (1.0 - ages) ** 1.5)
    return light


def specks_at(u: Array, v: Array, radius: Array, light: Array, colour: Colour) -> Motes:
    """Specks of light at picture places, before whatever is there."""
    single = np.float32
    shone = (light[:, None] * np.array(colour)).astype(single)
    return Motes(u.astype(single), v.astype(single), np.ones(len(u), single), radius.astype(single), shone)
