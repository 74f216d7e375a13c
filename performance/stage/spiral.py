"""A horn of braided light with crystals on its back, drawn as lines, panes and glints."""

from __future__ import annotations

import math
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
    shine = level * (0.022 + 0.035 * thrum) * grow
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
    light = (level * 0.17 * tip * near) * (0.75 + 0.25 * np.sin(9.0 * s - 2.3 * t + EACH))
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


@lru_cache(maxsize=8)
def _grown(seed: int) -> tuple[Array, ...]:
    """What of the crystals is chance: where on the spine, length, lean, girth, hue."""
    where = (np.arange(CRYSTALS) + chances(seed, "spiral", "where", count=CRYSTALS)) / CRYSTALS
    return (
        0.10 + 0.90 * where**0.8,
        0.35 + 0.65 * chances(seed, "spiral", "long", count=CRYSTALS) ** 1.5,
        chances(seed, "spiral", "lean", count=CRYSTALS) - 0.5,
        0.7 + 0.6 * chances(seed, "spiral", "girth", count=CRYSTALS),
        chances(seed, "spiral", "hue", count=CRYSTALS),
    )


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
    """Pointed crystals, four facets of each, and the glint at some of their tips."""
    s, long, lean, girth, hue = _grown(seed)
    here = np.clip((grow - s * 0.96) * 9.0, 0.0, 1.0)
    keep = here > 0.0
    s, long, lean, girth, hue, here = (a[keep] for a in (s, long, lean, girth, hue, here))
    root = _spine(s, angle)
    around = 2 * np.pi * TURNS * s**0.85 + angle
    c, d = np.cos(around), np.sin(around)
    axis = np.stack(
        [0.62 * c - 0.9 * lean * d, 0.75 + 0.2 * np.sin(0.7 * t + 9 * hue), 0.62 * d + 0.9 * lean * c], -1
    )
    axis /= np.sqrt((axis * axis).sum(1))[:, None]
    length = (0.075 + 0.19 * s) * long * here
    across = np.stack([axis[:, 1], -axis[:, 0], 0.0 * s], -1) / np.hypot(axis[:, 0], axis[:, 1])[:, None]
    half = (0.016 + 0.022 * s)[:, None] * girth[:, None] * across * here[:, None]
    tip = root + axis * length[:, None]
    waist = root + axis * (0.64 * length)[:, None]
    turned = np.sin(1.7 * around + 4.0 * hue)[:, None] * 0.5
    left, middle, right = waist - half, waist + half * turned, waist + half
    faces = np.stack([root, left, middle, right, tip])[CORNERS].transpose(2, 0, 1, 3)
    facing = np.stack([0.55 - 0.45 * turned[:, 0], 0.55 + 0.45 * turned[:, 0]], 1)
    lit = np.concatenate([0.55 * facing**2.2, facing**2.2], 1)
    flash = 0.6 + 0.4 * np.sin(1.3 * t + 20.0 * hue)
    near = 0.66 - 0.34 * root[:, 2] / 0.37
    own = np.where((hue < 0.45)[:, None], low, high) * 0.75 + 0.20
    colour = (level * 0.95 * lit * (near * (0.55 + 0.45 * flash))[:, None])[..., None] * own[:, None, :]
    order = np.argsort(-root[:, 2], kind="stable")
    panes = Panes(
        (faces * size + foot)[order].reshape(-1, 3, 3),
        colour[order].reshape(-1, 3),
        np.full(4 * len(order), 0.42 * level),
        np.full(4 * len(order), 1.6),
    )
    shining = np.clip(np.sin(0.9 * t + 31.0 * hue) * 4.0 - 3.1, 0.0, 1.0) * near * level
    glints = Glints(
        tip * size + foot,
        np.full(len(tip), 0.0016),
        0.020 * shining * (0.4 + size),
        (1.6 * shining)[:, None] * (0.5 + 0.5 * own),
    )
    return panes, glints
