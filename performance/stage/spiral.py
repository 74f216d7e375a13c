"""A horn of braided light with crystals on its back, drawn as lines, panes and glints."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.gone import gone
from performance.chance import chances
from performance.stage.drawing import Drawing, Glints, Glows, Lines, Panes
from performance.timeline import Cue, Timeline

Array = NDArray[np.float64]
Point = tuple[float, float, float]

STRANDS, POINTS = 9, 56
TURNS = 3.1
BRAIDED = 2.35  # turns of the braid to a turn of the horn
CRYSTALS = 46
CORNERS = np.array([(0, 1, 2), (0, 2, 3), (1, 4, 2), (2, 4, 3)])  # of facets: root, left, middle, right, tip
PHASES = (-0.9, 0.0, 0.9)  # of one swing: what vibrates is seen longest at its turning points


def spiral_at(cue: Cue, timeline: Timeline, t: float, hands: Point | None) -> Drawing | None:
    """The spiral a cue asks for, None when there is none. `hands` is the place between the performer's."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    size, grow = cue.number("size"), cue.number("grow")
    own = (cue.number("x"), cue.number("y"), cue.number("z"))
    held = cue.number("held") if hands is not None else 0.0
    foot = np.array([a + (b - a) * held for a, b in zip(own, hands or own, strict=True)])
    angle = gone(timeline, "stage.spiral", "turn", t)
    thrum = cue.number("thrum")
    low, high = np.array(cue.colour("colour")), np.array(cue.colour("second"))
    lines = _strands(foot, size, grow, angle, thrum, t, level, low, high)
    share = cue.number("crystal")
    panes, glints = _crystals(timeline.seed, foot, size, grow * share, angle, t, level, low, high)
    s = np.linspace(0.05, 0.95, 7) * grow
    spine = _spine(s, angle) * size + foot
    shine = level * (0.022 + 0.060 * thrum) * grow
    mixed = low + (high - low) * s[:, None]
    return Drawing((lines,), panes, Glows(spine, 0.16 * size * (0.4 + s), mixed * shine), glints)


def _spine(s: Array, angle: float) -> Array:
    """The middle of the braid at shares `s` of the way up: (..., 3) for a horn of height 1."""
    turned = 2 * np.pi * TURNS * s**0.85 + angle
    out = 0.03 + 0.34 * s**1.35
    return np.stack([out * np.cos(turned), s, out * np.sin(turned)], -1)


SHARES = np.linspace(0.0, 1.0, POINTS)
EACH = np.arange(STRANDS)[:, None]


def _strands(
    foot: Array,
    size: float,
    grow: float,
    angle: float,
    thrum: float,
    t: float,
    level: float,
    low: Array,
    high: Array,
) -> Lines:
    """The braid, and where it swings, each swing's turning points more faintly."""
    s = SHARES * grow
    around = 2 * np.pi * TURNS * s**0.85 + angle
    out = 0.03 + 0.34 * s**1.35
    c, d = np.cos(around), np.sin(around)
    phase = (2 * np.pi / STRANDS) * EACH + (2 * np.pi * TURNS * BRAIDED * s + 0.5 * t)
    wide = 0.014 + 0.042 * s
    outwards = (out + wide * np.cos(phase)) * size
    up = (s + 0.9 * wide * np.sin(phase)) * size + foot[1]
    tip = np.clip((grow - s) * 14.0, 0.0, 1.0) * np.clip(s * 10.0, 0.15, 1.0)
    near = 0.62 - 0.38 * out * d / 0.37  # the far side of the horn is dimmer
    light = (level * (0.17 + (0.16 + 0.16 * s) * thrum) * tip * near) * (
        0.75 + 0.25 * np.sin(9.0 * s - 2.3 * t + EACH)
    )
    mixed = low + (high - low) * np.minimum(s[:, None] * 1.15, 1.0)
    colour = light[..., None] * (0.35 + 0.65 * mixed)
    swings = np.zeros((1, 1)) if thrum < 0.02 else np.array(PHASES)[:, None]
    swing = (
        swings
        * ((0.8 + 0.2 * math.sin(2.1 * t)) * thrum * 0.030 * size)
        * np.sin(5.0 * np.pi * s)
        * (0.25 + 0.75 * s)
    )
    place = np.empty((len(swings), STRANDS, POINTS, 3))
    flung = outwards + swing[:, None]
    place[..., 0], place[..., 1], place[..., 2] = flung * c + foot[0], up, flung * d + foot[2]
    if len(swings) > 1:
        colour = np.array([0.62, 0.42, 0.62])[:, None, None, None] * colour
    width = np.full(len(swings) * STRANDS, 0.0013 * (0.5 + size))
    return Lines(place.reshape(-1, POINTS, 3), colour.reshape(-1, POINTS, 3), width)


@dataclass(frozen=True, slots=True)
class _Grown:
    """What of the crystals does not change, (CRYSTALS,) each: when they come, where on the spine, how long, aslant and
    wide, and the chance of their light."""

    late: Array
    up: Array
    turn: Array
    out: Array
    long: Array
    lean: Array
    wide: Array
    hue: Array


@lru_cache(maxsize=8)
def _grown(seed: int) -> _Grown:
    where = (np.arange(CRYSTALS) + chances(seed, "spiral", "where", count=CRYSTALS)) / CRYSTALS
    s = 0.10 + 0.90 * where**0.8
    long = 0.35 + 0.65 * chances(seed, "spiral", "long", count=CRYSTALS) ** 1.5
    girth = 0.7 + 0.6 * chances(seed, "spiral", "girth", count=CRYSTALS)
    lean = 0.9 * (chances(seed, "spiral", "lean", count=CRYSTALS) - 0.5)
    return _Grown(
        0.96 * s, s, 2 * np.pi * TURNS * s**0.85, 0.03 + 0.34 * s**1.35, (0.075 + 0.19 * s) * long, lean,
        (0.016 + 0.022 * s) * girth, chances(seed, "spiral", "hue", count=CRYSTALS),
    )  # fmt: skip


def _crystals(
    seed: int,
    foot: Array,
    size: float,
    grow: float,
    angle: float,
    t: float,
    level: float,
    low: Array,
    high: Array,
) -> tuple[Panes, Glints]:
    """Pointed crystals, four facets of each, and the glint at some of their tips; the farthest first."""
    g = _grown(seed)
    here = np.clip((grow - g.late) * 9.0, 0.0, 1.0)
    away = np.sin(g.turn + angle) * g.out
    order = np.argsort(-away, kind="stable")
    order = order[here[order] > 0.0]
    n, hue, out, here, lean = len(order), g.hue[order], g.out[order], here[order], g.lean[order]
    around = g.turn[order] + angle
    c, d = np.cos(around), np.sin(around)
    points, axis = np.empty((5, n, 3)), np.empty((n, 3))  # root, left, middle, right, tip
    points[0, :, 0], points[0, :, 1], points[0, :, 2] = out * c, g.up[order], out * d
    axis[:, 0], axis[:, 1] = 0.62 * c - lean * d, 0.75 + 0.2 * np.sin(0.7 * t + 9 * hue)
    axis[:, 2] = 0.62 * d + lean * c
    x, y = axis[:, 0], axis[:, 1]
    flat = x * x + y * y
    half = np.zeros((n, 3))
    broad = g.wide[order] * here / np.sqrt(flat)
    half[:, 0], half[:, 1] = y * broad, -x * broad
    way = axis * (g.long[order] * here / np.sqrt(flat + axis[:, 2] * axis[:, 2]))[:, None]
    turned = 0.5 * np.sin(1.7 * around + 4.0 * hue)
    waist = points[0] + 0.64 * way
    points[1], points[2], points[3] = waist - half, waist + half * turned[:, None], waist + half
    points[4] = points[0] + way
    points *= size
    points += foot
    near = 0.66 - (0.34 / 0.37) * (out * d)
    lit, facing = np.empty((n, 4)), np.stack([0.55 - 0.45 * turned, 0.55 + 0.45 * turned], 1) ** 3.0
    lit[:, :2], lit[:, 2:] = 0.40 * facing, facing
    own = np.where((hue < 0.45)[:, None], low, high) * 0.92 + 0.10
    lit *= (level * 1.9 * near * (0.55 + 0.45 * (0.6 + 0.4 * np.sin(1.3 * t + 20.0 * hue))))[:, None]
    panes = Panes(
        points[CORNERS].transpose(2, 0, 1, 3).reshape(-1, 3, 3),
        (lit[..., None] * own[:, None, :]).reshape(-1, 3),
        np.full(4 * n, 0.50 * level),
        np.full(4 * n, 1.6),
    )
    shining = np.clip(np.sin(0.9 * t + 31.0 * hue) * 4.0 - 3.1, 0.0, 1.0) * near * level
    rays = 0.020 * shining * (0.4 + size)
    return panes, Glints(points[4], np.full(n, 0.0016), rays, (1.6 * shining)[:, None] * (0.5 + 0.5 * own))
