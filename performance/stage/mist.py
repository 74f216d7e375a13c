"""People of mist: each a handful of soft puffs that keep the shape of a body, or leave it for an orbit."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.breath import HOLD, IN, OUT
from performance.causes.gone import gone
from performance.causes.place import EYE, HORIZON
from performance.chance import chances
from performance.stage.lights import Colour
from performance.stage.motes import Motes
from performance.timeline import Cue, Timeline

Array = NDArray[np.float64]
Single = NDArray[np.float32]

NEAREST, FARTHEST = 0.3, 9.0  # depth of the first and the last of them
TALL, SHORT = 0.47, 0.35
STRAND, CURL = 0.042, 0.075  # units from a puff of smoke to the next, and that the last of them swings out
TILT = 0.30  # how much higher an orbit is behind than in front, of its radius
UNRAVEL = 1.3  # the same, from somebody's head to the hem
STAGGER = 2.0  # so many times as long as one of them takes to go is between the first and the last
STEAM = 4  # of its puffs, the last ones, rise from crown and shoulders and are gone, over and over
STEAM_RATE, STEAM_HIGH = 0.11, 0.20  # how often each of them a second, and how far in body heights
# A body of height 1 as puffs: right of the middle, up, radius, light. They overlap by far, so that no one of them is
# seen; sleeves hang down into a robe, and what that trails is thinner and thinner.
BODY = np.array(
    [
        (0.0, 0.942, 0.048, 1.2), (0.0, 0.900, 0.043, 1.1), (0.0, 0.858, 0.032, 1.0),
        (-0.034, 0.822, 0.040, 0.9), (0.034, 0.822, 0.040, 0.9), (-0.072, 0.796, 0.040, 0.8),
        (0.072, 0.796, 0.040, 0.8), (-0.088, 0.748, 0.042, 0.5), (0.088, 0.748, 0.042, 0.5),
        (0.0, 0.745, 0.096, 0.8), (-0.090, 0.692, 0.042, 0.36), (0.090, 0.692, 0.042, 0.36),
        (0.0, 0.665, 0.100, 0.75), (-0.090, 0.634, 0.042, 0.30), (0.090, 0.634, 0.042, 0.30),
        (0.0, 0.585, 0.102, 0.68), (-0.088, 0.574, 0.044, 0.28), (0.088, 0.574, 0.044, 0.28),
        (0.0, 0.500, 0.100, 0.52), (-0.070, 0.500, 0.056, 0.30), (0.070, 0.500, 0.056, 0.30),
        (0.0, 0.400, 0.112, 0.42), (-0.02, 0.295, 0.114, 0.30), (0.025, 0.190, 0.116, 0.19),
        (-0.01, 0.080, 0.118, 0.09),
        (0.0, 0.960, 0.026, 0.4), (-0.085, 0.820, 0.028, 0.4), (0.082, 0.815, 0.028, 0.4), (0.015, 0.930, 0.026, 0.4),
    ]
)  # fmt: skip
HEAD, HANDS, ROBE = slice(0, 2), (slice(13, 17, 3), slice(14, 18, 3)), slice(18, 25)  # which of them
LUNGS = np.exp(-(((BODY[:, 1] - 0.67) / 0.12) ** 2))  # which of them swell with a breath
EYE_UP, EYE_APART = 0.930, 0.013
TURN = 2 * math.pi


@dataclass(frozen=True, slots=True)
class Mist:
    """People and their eyes. Colours linear RGB.

    `puffs` (people, puffs, 6) float32, from the farthest to the nearest: x, y, z (units), radius, light, share of the
    near colour.
    """

    level: float
    shift: float
    loose: float  # how much of it is smoke
    colour: Colour
    far: Colour
    puffs: Single
    eyes: Motes
    t: float
    seed: int
    mirrored: bool  # there is silver under them


@dataclass(frozen=True, slots=True)
class _People:
    """Who they are, from the farthest to the nearest, (n,) each: places, height, phase, and when each goes (0..1). And
    of their puffs, (n, puffs): places and radius at rest, phases of their wandering, how near, and the orbits of the
    smoke that they become."""

    x: Single
    z: Single
    height: Single
    phase: Single
    goes: Single
    right: Single  # of the middle, swelling left out
    up: Single
    radius: Single
    deep: Single
    wander: Single
    near: Single
    turn: Single  # where on its orbit
    slow: Single  # (n, 1) how far it goes on it for each radian
    far_out: Single  # (n, 1)
    level_of: Single  # (n, 1)
    curl: Single


@lru_cache(maxsize=8)
def _people(seed: int, count: int) -> _People:
    def even(name: str) -> Array:
        return chances(seed, "mist", name, count=count)[::-1]

    order = ((np.arange(count) + 0.25)[::-1] + 0.5 * even("row")) / count
    z = NEAREST * (FARTHEST / NEAREST) ** (order**0.85)
    # evenly round in picture places, whatever the depth, and never in front of whoever stands in the middle
    golden = (np.arange(count)[::-1] * 0.6180339887 + even("start")[-1]) % 1.0
    u = (golden - 0.5) * (1.9 + 0.5 * even("wide")) + 0.06 * (even("off") - 0.5)
    clear = np.where(z < 0.8, 0.36, np.where(z < 1.8, 0.22, 0.10))
    u = np.where(np.abs(u) < clear, np.sign(u) * (clear + 0.5 * np.abs(u)), u)
    height, phase = SHORT + (TALL - SHORT) * even("tall"), 2 * np.pi * even("phase")
    right, up, wide = _bodies(even, np.sign(u))
    tall, k = height[:, None], np.arange(len(BODY))
    out = (0.60 + 0.95 * even("out"))[:, None]
    made = (
        u * (1.0 + z), z, height, phase, even("goes"), tall * right, tall * up,
        tall * wide, np.repeat(z[:, None], len(BODY), 1), phase[:, None] + 7.0 * (1.0 - BODY[:, 1]) + 2.0 * BODY[:, 0],
        np.repeat(np.exp(-np.maximum(z - NEAREST, 0.0) / 2.2)[:, None], len(BODY), 1),
        2 * np.pi * even("turn")[:, None] - STRAND / (0.25 + out) * k, 0.45 / out**0.6, out,
        0.36 + 0.12 * even("high")[:, None], 0.55 * k + phase[:, None],
    )  # fmt: skip
    return _People(*(np.ascontiguousarray(part, np.float32) for part in made))


def _bodies(even: Callable[[str], Array], side: Array) -> tuple[Array, Array, Array]:
    """Bodies of height 1, no two alike: right of the middle, up and radius of their puffs, (n, puffs) each. They look
    towards the middle: `side` is -1 for those left of it, 1 for those right of it."""
    right, up, wide = (np.repeat(BODY[None, :, part], len(side), 0) for part in range(3))
    right *= (0.80 + 0.36 * even("build"))[:, None]
    wide[:, 2:] *= (0.90 + 0.2 * even("build"))[:, None]
    right[:, HEAD] -= (side * 0.012 * even("tilt"))[:, None]
    wide[:, 1:3] *= (1.0 + 0.7 * even("hair") ** 2)[:, None]  # hair hides the neck
    for hand, which in zip(HANDS, ("left", "right"), strict=True):
        folded = np.clip(3.0 * even(which) - 1.7, 0.0, 1.0)[:, None]  # some hold a hand to the heart
        right[:, hand] *= 1.0 - 0.66 * folded
        up[:, hand] += folded * (0.70 - up[:, hand]) * 0.8
    robe = (0.62 + 0.62 * even("robe"))[:, None]
    right[:, ROBE], wide[:, ROBE] = right[:, ROBE] * robe, wide[:, ROBE] * (0.4 + 0.6 * robe)
    return right, up, wide


def mist_at(cue: Cue, timeline: Timeline, t: float, centre: tuple[float, float]) -> Mist | None:
    """The people a cue asks for, None when there are none. `centre` (x, z) is what their smoke circles."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    people = _people(timeline.seed, int(cue.number("count")))
    shift, dissolve = cue.number("shift"), cue.number("dissolve")
    lungs = cue.number("breath") * _filled(gone(timeline, "stage.mist", "rate", t) / 60.0)
    puffs = np.empty((*people.wander.shape, 6), np.float32)
    _stand(puffs, people, t, shift, cue.number("sway"), lungs)
    smoke = np.zeros(people.wander.shape, np.float32)
    if dissolve > 0.0:
        going = np.clip(dissolve * (1.0 + STAGGER) - people.goes * STAGGER, 0.0, 1.0)[:, None]
        smoke = np.clip(going * (1.0 + UNRAVEL) - UNRAVEL * _LATE, 0.0, 1.0).astype(np.float32)
        smoke = smoke * smoke * (3.0 - 2.0 * smoke)
        _circle(puffs, people, t, gone(timeline, "stage.mist", "orbit", t), centre, smoke)
    colour = cue.colour("colour")
    eyes = _eyes(people, puffs[:, 0], level * cue.number("eyes") * (1.0 - smoke[:, 0]) ** 8, t, colour)
    if dissolve > 0.0:
        puffs = puffs[np.argsort(-puffs[..., 2].mean(1), kind="stable")]
    return Mist(
        level=level,
        shift=shift,
        loose=float(smoke.mean()),
        colour=colour,
        far=cue.colour("far"),
        puffs=puffs,
        eyes=eyes,
        t=t,
        seed=timeline.seed,
        mirrored=timeline.cue("stage.silver", t).number("level") > 0.0,
    )


def _filled(turns: float) -> float:
    """How full lungs are at so many turns of breath: 0 empty, 1 full."""
    x = turns % 1.0
    if x < IN:
        return 0.5 - 0.5 * math.cos(math.pi * x / IN)
    out = min(max((x - IN - HOLD) / OUT, 0.0), 1.0)
    return 0.5 + 0.5 * math.cos(math.pi * out**0.7)


_UP = BODY[:, 1].astype(np.float32)
_LUNGS = LUNGS.astype(np.float32)
_LIGHT = BODY[:, 3].astype(np.float32)
_STEAMS = np.arange(STEAM, dtype=np.float32) / STEAM
_LATE = np.linspace(0.0, 1.0, len(BODY)).astype(np.float32)  # crown first, hem last
_FINE = np.sin(np.linspace(0.3, 2.95, len(BODY)))  # what of a strand of smoke is left towards its ends
_TAPER, _THIN = (0.046 + 0.034 * _FINE).astype(np.float32), (0.02 + 0.24 * _FINE).astype(np.float32)


def _stand(puffs: Single, people: _People, t: float, shift: float, sway: float, lungs: float) -> None:
    """Write the puffs (n, puffs, 6) of people standing where they stand."""
    height = people.height[:, None]
    wandered = np.sin(np.float32(0.53 * t % TURN) + people.wander)
    off = (shift * 0.062 - (shift * 0.05) * _UP) * wandered
    rise = (shift * 0.022) * np.sin(np.float32(0.41 * t % TURN) + np.float32(1.7) * people.wander)
    lean = np.float32(0.02 + 0.20 * sway) * np.sin(np.float32(0.62 * t % TURN) + people.phase)[:, None]
    puffs[..., 0] = (
        people.x[:, None]
        + people.right * (1.0 + (0.10 * lungs) * _LUNGS)
        + height * (off + lean * (_UP * _UP))
    )
    puffs[..., 1] = people.up * (1.0 + 0.018 * lungs) + height * rise
    puffs[..., 2] = people.deep
    swell = np.sin(np.float32(0.7 * t % TURN) + np.float32(0.9) * people.wander)
    puffs[..., 3] = people.radius * (1.0 + (shift * 0.16) * swell) * (1.0 + (0.14 * lungs) * _LUNGS)
    puffs[..., 4] = _LIGHT * (1.0 + 0.5 * lungs)
    puffs[..., 5] = people.near
    _steam(puffs[:, -STEAM:], people, t)


def _steam(puffs: Single, people: _People, t: float) -> None:
    """Let the last puffs rise from where they are, grow wide and thin, and begin again."""
    risen = (np.float32(STEAM_RATE * t % 1.0) + people.phase[:, None] + _STEAMS) % np.float32(1.0)
    height = people.height[:, None]
    puffs[..., 0] += height * 0.05 * risen * np.sin(5.0 * risen + people.phase[:, None])
    puffs[..., 1] += height * STEAM_HIGH * risen
    puffs[..., 3] *= 0.8 + 1.6 * risen
    puffs[..., 4] *= np.sin(np.pi * risen) * (1.0 - risen)


def _circle(
    puffs: Single, people: _People, t: float, way: float, centre: tuple[float, float], smoke: Single
) -> None:
    """Draw puffs (n, puffs, 6) as far as they are smoke (n, puffs) to where they go then: strands round the middle,
    each person one of them, that curl the more the farther they trail."""
    angle = people.turn + people.slow * np.float32(way)
    curl = people.curl - np.float32(0.9 * t % TURN)
    out = people.far_out + CURL * _LATE * np.cos(curl)
    strand = np.empty((*angle.shape, 3), np.float32)
    strand[..., 0] = centre[0] + out * np.cos(angle)
    strand[..., 1] = people.level_of + TILT * out * np.sin(angle + 0.5)
    strand[..., 1] += CURL * _LATE * np.sin(curl)
    strand[..., 2] = np.maximum(centre[1] + 0.55 + 0.70 * out * np.sin(angle), -0.2)
    puffs[..., :3] += (strand - puffs[..., :3]) * smoke[..., None]
    puffs[..., 3] += (people.height[:, None] * _TAPER - puffs[..., 3]) * smoke
    puffs[..., 4] += (_THIN - puffs[..., 4]) * smoke
    puffs[..., 4] *= 1.0 - 3.8 * smoke * (1.0 - smoke)  # those on their way are hardly seen


def _eyes(people: _People, head: Single, light: Single, t: float, colour: Colour) -> Motes:
    """Two stars to a face, whose middle is the puff `head` (n, 6); now and then one blinks."""
    scale = 1.0 / (1.0 + head[:, 2])
    open_eyes = np.clip(12.0 * (0.985 - np.sin(np.float32(0.9 * t % TURN) + 7.0 * people.phase)), 0.0, 1.0)
    turn = np.float32(1.7 * t % TURN) + 5.0 * people.phase
    twinkle = [0.60 + 0.40 * np.sin(turn), 0.60 + 0.40 * np.sin(turn + 2.4)]
    apart = EYE_APART * people.height * scale
    down = people.height * np.float32(BODY[0, 1] - EYE_UP)
    middle, v = head[:, 0] * scale, HORIZON + (EYE - (head[:, 1] - down)) * scale
    bright = light * open_eyes * (0.2 + 0.9 * scale)
    tint = (0.45 + 0.55 * np.array(colour)).astype(np.float32)
    return Motes(
        np.concatenate([middle - apart, middle + apart]),
        np.concatenate([v, v]),
        np.concatenate([scale, scale]),
        np.tile(0.0007 + 0.0006 * scale, 2),
        np.concatenate([bright * one for one in twinkle])[:, None] * tint,
    )
