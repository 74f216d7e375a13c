"""People of mist: each a handful of soft puffs that keep the shape of a body, or leave it for an orbit."""

from __future__ import annotations

import math
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
STRAND = 0.030  # units from a puff of smoke to the next
TILT = 0.24  # how much higher an orbit is behind than in front, of its radius
STAGGER = 2.0  # so many times as long as one of them takes to go is between the first and the last
# A body of height 1 as puffs: right of the middle, up, radius, light. They overlap by far, so that no one of them is
# seen; sleeves hang down into a robe, and what that trails is thinner and thinner.
BODY = np.array(
    [
        (0.0, 0.944, 0.044, 1.0), (0.0, 0.906, 0.039, 1.0), (0.0, 0.862, 0.028, 0.9),
        (-0.034, 0.822, 0.036, 0.9), (0.034, 0.822, 0.036, 0.9), (-0.078, 0.800, 0.037, 0.9),
        (0.078, 0.800, 0.037, 0.9), (-0.101, 0.752, 0.038, 0.8), (0.101, 0.752, 0.038, 0.8),
        (0.0, 0.745, 0.074, 0.9), (-0.108, 0.694, 0.037, 0.72), (0.108, 0.694, 0.037, 0.72),
        (0.0, 0.665, 0.070, 0.86), (-0.110, 0.634, 0.037, 0.62), (0.110, 0.634, 0.037, 0.62),
        (0.0, 0.585, 0.070, 0.82), (-0.108, 0.572, 0.040, 0.50), (0.108, 0.572, 0.040, 0.50),
        (0.0, 0.500, 0.084, 0.74), (-0.078, 0.500, 0.054, 0.40), (0.078, 0.500, 0.054, 0.40),
        (0.0, 0.400, 0.104, 0.60), (-0.02, 0.295, 0.110, 0.44), (0.025, 0.190, 0.112, 0.30),
        (-0.01, 0.080, 0.118, 0.17),
    ]
)  # fmt: skip
LUNGS = np.exp(-(((BODY[:, 1] - 0.67) / 0.12) ** 2))  # which of them swell with a breath
EYE_UP, EYE_APART = 0.922, 0.017
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
    waver: Single


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
    right, up, wide, _ = BODY.T
    tall, k = height[:, None], np.arange(len(BODY))
    out = (0.55 + 1.5 * even("out"))[:, None]
    made = (
        u * (1.0 + z), z, height, phase, even("goes"), tall * right * (0.88 + 0.3 * even("build"))[:, None], tall * up,
        tall * wide, np.repeat(z[:, None], len(BODY), 1), phase[:, None] + 7.0 * (1.0 - up) + 4.0 * right,
        np.repeat(np.exp(-np.maximum(z - NEAREST, 0.0) / 2.2)[:, None], len(BODY), 1),
        2 * np.pi * even("turn")[:, None] - STRAND / (0.25 + out) * k, 0.45 / out**0.6, out,
        0.24 + 0.30 * even("high")[:, None], 0.4 * k + phase[:, None],
    )  # fmt: skip
    return _People(*(np.ascontiguousarray(part, np.float32) for part in made))


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
    smoke = np.zeros(len(people.x), np.float32)
    if dissolve > 0.0:
        smoke = np.clip(dissolve * (1.0 + STAGGER) - people.goes * STAGGER, 0.0, 1.0).astype(np.float32)
        smoke = smoke * smoke * (3.0 - 2.0 * smoke)
        _circle(puffs, people, t, gone(timeline, "stage.mist", "orbit", t), centre, smoke[:, None])
    colour = cue.colour("colour")
    eyes = _eyes(people, puffs[:, 0], level * cue.number("eyes") * (1.0 - smoke) ** 3, t, colour)
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


def _circle(
    puffs: Single, people: _People, t: float, way: float, centre: tuple[float, float], smoke: Single
) -> None:
    """Draw puffs (n, puffs, 6) as far as they are smoke (n, 1) to where they go then: strands round the middle, each
    person one of them."""
    angle = people.turn + people.slow * np.float32(way)
    out = people.far_out * (1.0 + 0.06 * np.sin(np.float32(0.6 * t % TURN) + people.waver))
    strand = np.empty((*angle.shape, 3), np.float32)
    strand[..., 0] = centre[0] + out * np.cos(angle)
    strand[..., 1] = people.level_of + TILT * out * np.sin(angle + 0.5)
    strand[..., 1] += 0.035 * np.sin(2.0 * angle + people.phase[:, None])
    strand[..., 2] = np.maximum(centre[1] + 0.55 + 0.70 * out * np.sin(angle), -0.2)
    puffs[..., :3] += (strand - puffs[..., :3]) * smoke[..., None]
    puffs[..., 3] += (people.height[:, None] * _TAPER - puffs[..., 3]) * smoke
    puffs[..., 4] += (_THIN - puffs[..., 4]) * smoke


def _eyes(people: _People, head: Single, light: Single, t: float, colour: Colour) -> Motes:
    """Two stars to a face, whose middle is the puff `head` (n, 6); now and then one blinks."""
    scale = 1.0 / (1.0 + head[:, 2])
    open_eyes = np.clip(12.0 * (0.985 - np.sin(np.float32(0.9 * t % TURN) + 7.0 * people.phase)), 0.0, 1.0)
    twinkle = 0.75 + 0.25 * np.sin(np.float32(1.7 * t % TURN) + 5.0 * people.phase)
    apart = EYE_APART * people.height * scale
    down = people.height * np.float32(BODY[0, 1] - EYE_UP)
    middle, v = head[:, 0] * scale, HORIZON + (EYE - (head[:, 1] - down)) * scale
    bright = light * open_eyes * twinkle * (0.5 + 1.5 * scale)
    tint = (0.45 + 0.55 * np.array(colour)).astype(np.float32)
    return Motes(
        np.concatenate([middle - apart, middle + apart]),
        np.concatenate([v, v]),
        np.concatenate([scale, scale]),
        np.tile(0.0011 + 0.0007 * scale, 2),
        np.concatenate([bright, bright])[:, None] * tint,
    )
