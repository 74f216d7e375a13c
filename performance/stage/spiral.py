"""A horn of braided light with crystals on its back, drawn as lines, panes and glints."""

from __future__ import annotations

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
    return Drawing(lines, panes, Glows(spine, 0.16 * size * (0.4 + s), mixed * shine), glints)


def _spine(s: Array, angle: float) -> Array:
    """The middle of the braid at shares `s` of the way up: (..., 3) for a horn of height 1."""
    turned = 2 * np.pi * TURNS * s**0.85 + angle
    out = 0.03 + 0.34 * s**1.35
    return np.stack([out * np.cos(turned), s, out * np.sin(turned)], -1)


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
) -> tuple[Lines, ...]:
    """The braid, and where it swings, each swing's turning points more faintly."""
    s = np.linspace(0.0, 1.0, POINTS) * grow
    spine = _spine(s, angle)
    phase = 2 * np.pi * np.arange(STRANDS)[:, None] / STRANDS + 2 * np.pi * TURNS * BRAIDED * s + 0.5 * t
    wide = 0.014 + 0.042 * s
    around = 2 * np.pi * TURNS * s**0.85 + angle
    outward = np.stack([np.cos(around), np.zeros_like(around), np.sin(around)], -1)
    place = spine + (wide * np.cos(phase))[..., None] * outward
    place[..., 1] += wide * np.sin(phase) * 0.9
    tip = np.clip((grow - s) * 14.0, 0.0, 1.0) * np.clip(s * 10.0, 0.15, 1.0)
    near = 0.62 - 0.38 * spine[:, 2] / 0.37  # the far side of the horn is dimmer
    pulse = 0.75 + 0.25 * np.sin(9.0 * s - 2.3 * t + np.arange(STRANDS)[:, None])
    light = (level * 0.17 * tip * near) * pulse
    mixed = low + (high - low) * (s[:, None] * 1.15).clip(0.0, 1.0)
    colour = light[..., None] * (0.35 + 0.65 * mixed)
    width = np.full(STRANDS, 0.0013 * (0.5 + size))
    if thrum < 0.02:
        return (Lines(place * size + foot, colour, width),)
    swing = thrum * 0.030 * np.sin(np.pi * 5.0 * s) * (0.25 + 0.75 * s)
    beating = 0.8 + 0.2 * np.sin(2.1 * t)
    made = []
    for n, at in enumerate(PHASES):
        moved = place + (at * beating * swing)[:, None] * outward
        made.append(Lines(moved * size + foot, colour * (0.62 if n != 1 else 0.42), width))
    return tuple(made)


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
    outward = np.stack([np.cos(around), np.zeros_like(around), np.sin(around)], -1)
    along = np.stack([-np.sin(around), np.zeros_like(around), np.cos(around)], -1)
    up = np.array([0.0, 1.0, 0.0])
    axis = (
        0.62 * outward + (0.75 + 0.2 * np.sin(0.7 * t + 9 * hue))[:, None] * up + lean[:, None] * along * 0.9
    )
    axis /= np.linalg.norm(axis, axis=1)[:, None]
    length = (0.075 + 0.19 * s) * long * here
    across = np.cross(axis, np.array([0.0, 0.0, 1.0]))
    across /= np.linalg.norm(across, axis=1)[:, None] + 1e-9
    half = (0.016 + 0.022 * s)[:, None] * girth[:, None] * across * here[:, None]
    tip = root + axis * length[:, None]
    waist = root + axis * (0.64 * length)[:, None]
    turned = np.sin(1.7 * around + 4.0 * hue)[:, None] * 0.5
    left, middle, right = waist - half, waist + half * turned, waist + half
    faces = np.stack(
        [
            np.stack([root, left, middle], 1), np.stack([root, middle, right], 1),
            np.stack([left, tip, middle], 1), np.stack([middle, tip, right], 1),
        ],
        1,
    )  # fmt: skip
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
