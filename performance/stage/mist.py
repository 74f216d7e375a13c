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
STAGGER = 0.55  # of the time of dissolving is between the first to go and the last
# A body of height 1 as puffs: right of the middle, up, radius, light. What they trail below is thinner and thinner.
BODY = np.array(
    [
        (0.0, 0.940, 0.050, 1.0), (0.0, 0.900, 0.044, 1.0), (0.0, 0.850, 0.034, 0.9),
        (-0.045, 0.805, 0.044, 0.95), (0.045, 0.805, 0.044, 0.95), (-0.105, 0.782, 0.042, 0.95),
        (0.105, 0.782, 0.042, 0.95), (-0.05, 0.735, 0.066, 0.9), (0.05, 0.735, 0.066, 0.9),
        (-0.135, 0.715, 0.036, 0.85), (0.135, 0.715, 0.036, 0.85), (0.0, 0.665, 0.078, 0.9),
        (-0.148, 0.625, 0.034, 0.8), (0.148, 0.625, 0.034, 0.8), (0.0, 0.585, 0.074, 0.85),
        (-0.150, 0.540, 0.032, 0.7), (0.150, 0.540, 0.032, 0.7), (0.0, 0.505, 0.080, 0.8),
        (-0.03, 0.420, 0.086, 0.7), (0.03, 0.420, 0.086, 0.7), (0.0, 0.330, 0.094, 0.55),
        (-0.025, 0.240, 0.092, 0.42), (0.03, 0.150, 0.096, 0.30), (0.0, 0.060, 0.110, 0.18),
    ]
)  # fmt: skip
LUNGS = np.exp(-(((BODY[:, 1] - 0.67) / 0.12) ** 2))  # which of them swell with a breath
EYE_UP, EYE_APART = 0.922, 0.017


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
    """Who they are, (n,) each: places, height, width, phases, and when each goes (0..1)."""

    x: Array
    z: Array
    height: Array
    wide: Array
    phase: Array
    goes: Array
    turn: Array
    far_out: Array
    level_of: Array


@lru_cache(maxsize=8)
def _people(seed: int, count: int) -> _People:
    def even(name: str) -> Array:
        return chances(seed, "mist", name, count=count)

    order = (np.arange(count) + 0.25 + 0.5 * even("row")) / count
    z = NEAREST * (FARTHEST / NEAREST) ** (order**0.85)
    # evenly round in picture places, whatever the depth, and never in front of whoever stands in the middle
    golden = (np.arange(count) * 0.6180339887 + even("start")[0]) % 1.0
    u = (golden - 0.5) * (1.9 + 0.5 * even("wide")) + 0.06 * (even("off") - 0.5)
    clear = np.where(z < 0.8, 0.36, np.where(z < 1.8, 0.22, 0.10))
    u = np.where(np.abs(u) < clear, np.sign(u) * (clear + 0.5 * np.abs(u)), u)
    return _People(
        x=u * (1.0 + z),
        z=z,
        height=SHORT + (TALL - SHORT) * even("tall"),
        wide=0.88 + 0.3 * even("build"),
        phase=2 * np.pi * even("phase"),
        goes=even("goes"),
        turn=2 * np.pi * even("turn"),
        far_out=0.55 + 1.5 * even("out"),
        level_of=0.10 + 0.95 * even("high"),
    )


def mist_at(cue: Cue, timeline: Timeline, t: float, centre: tuple[float, float]) -> Mist | None:
    """The people a cue asks for, None when there are none. `centre` (x, z) is what their smoke circles."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    people = _people(timeline.seed, int(cue.number("count")))
    smoke = np.clip((cue.number("dissolve") * (1.0 + STAGGER) - people.goes * STAGGER), 0.0, 1.0)
    smoke = smoke * smoke * (3.0 - 2.0 * smoke)
    lungs = cue.number("breath") * _filled(gone(timeline, "stage.mist", "rate", t) / 60.0)
    x, y, z, radius, light = _bodies(people, t, cue.number("shift"), cue.number("sway"), lungs)
    ox, oy, oz = _orbits(people, t, gone(timeline, "stage.mist", "orbit", t), centre)
    share = smoke[:, None]
    x, y, z = x + (ox - x) * share, y + (oy - y) * share, z + (oz - z) * share
    radius = radius * (1.0 + 0.25 * share)
    light = light * (1.0 - 0.55 * share) * (1.0 + 0.5 * lungs)
    near = np.broadcast_to(np.exp(-np.maximum(people.z - NEAREST, 0.0) / 2.2)[:, None], x.shape)
    puffs = np.stack([x, y, z, radius, light, near], -1)[np.argsort(-z.mean(1), kind="stable")]
    return Mist(
        level=level,
        shift=cue.number("shift"),
        loose=float(smoke.mean()),
        colour=cue.colour("colour"),
        far=cue.colour("far"),
        puffs=np.ascontiguousarray(puffs, np.float32),
        eyes=_eyes(
            people,
            x[:, 0],
            y[:, 0],
            z[:, 0],
            level * cue.number("eyes") * (1.0 - smoke),
            t,
            cue.colour("colour"),
        ),
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


def _bodies(
    people: _People, t: float, shift: float, sway: float, lungs: float
) -> tuple[Array, Array, Array, Array, Array]:
    """Places, radii and lights (n, puffs) of people standing where they stand."""
    right, up, wide, light = BODY.T
    k = np.arange(len(BODY))
    wander = people.phase[:, None] + 2.4 * k
    off = shift * (0.012 + 0.05 * (1.0 - up)) * np.sin(0.53 * t + wander)
    rise = shift * 0.022 * np.sin(0.41 * t + 1.7 * wander)
    lean = (0.02 + 0.20 * sway) * np.sin(0.62 * t + people.phase)[:, None] * (up * up)
    height = people.height[:, None]
    breadth = people.wide[:, None] * (1.0 + 0.10 * lungs * LUNGS)
    x = people.x[:, None] + height * (right * breadth + off + lean)
    y = height * (up + rise + 0.018 * lungs * up)
    z = np.broadcast_to(people.z[:, None], x.shape)
    radius = (
        height * wide * (1.0 + shift * 0.16 * np.sin(0.7 * t + 0.9 * wander)) * (1.0 + 0.14 * lungs * LUNGS)
    )
    return x, y, z, radius, np.broadcast_to(light, x.shape)


def _orbits(people: _People, t: float, way: float, centre: tuple[float, float]) -> tuple[Array, Array, Array]:
    """Where the puffs go when they are smoke: strands round the middle, each person one of them."""
    k = np.arange(len(BODY))
    angle = people.turn[:, None] + way * 0.45 / people.far_out[:, None] ** 0.6 - 0.042 * k
    out = people.far_out[:, None] * (1.0 + 0.06 * np.sin(0.6 * t + 0.4 * k + people.phase[:, None]))
    x = centre[0] + out * np.cos(angle)
    z = centre[1] + 0.55 + 0.75 * out * np.sin(angle)
    y = people.level_of[:, None] * 0.62 + 0.07 * np.sin(2.0 * angle + people.phase[:, None]) + 0.04
    return x, y, np.maximum(z, -0.35)


def _eyes(people: _People, x: Array, y: Array, z: Array, light: Array, t: float, colour: Colour) -> Motes:
    """Two stars to a face; now and then one blinks."""
    scale = 1.0 / (1.0 + z)
    open_eyes = np.clip(12.0 * (0.985 - np.sin(0.9 * t + 7.0 * people.phase)), 0.0, 1.0)
    twinkle = 0.75 + 0.25 * np.sin(1.7 * t + 5.0 * people.phase)
    apart = EYE_APART * people.height * np.array([[-1.0], [1.0]])
    down = people.height * (BODY[0, 1] - EYE_UP)
    u = ((x + apart) * scale).ravel()
    v = np.tile(HORIZON + (EYE - (y - down)) * scale, 2)
    bright = np.tile(light * open_eyes * twinkle * (0.5 + 1.5 * scale), 2)
    tint = (0.45 + 0.55 * np.array(colour)).astype(np.float32)
    return Motes(
        u.astype(np.float32),
        v.astype(np.float32),
        np.tile(scale, 2).astype(np.float32),
        np.tile(0.0017 + 0.0012 * scale, 2).astype(np.float32),
        (bright[:, None] * tint).astype(np.float32),
    )
