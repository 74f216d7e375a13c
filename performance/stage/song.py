"""Four ribbons of many threads, woven out of what the voice did a moment ago."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.song import trace
from performance.chance import chances
from performance.stage.drawing import Drawing, Glows, Lines, Silk
from performance.timeline import Cue, Timeline

Array = NDArray[np.float64]
Point = tuple[float, float, float]

RIBBONS, THREADS, POINTS = 4, 15, 48
TINTS = ("love", "loss", "home", "breath")
PITCH = 0.10  # units that an octave lifts the ribbon
SOFT = 2  # points over which it rounds a step of the melody
SHARE = np.linspace(0.0, 1.0, POINTS) ** 1.25  # of the way along
SIDE = (np.arange(RIBBONS)[:, None] - 1.5) / 1.5
WIDTH = 0.0019  # units of a thread
BELL = np.exp(-0.5 * (np.arange(-2 * SOFT, 2 * SOFT + 1) / SOFT) ** 2)
BELL = BELL / BELL.sum()


def song_at(cue: Cue, timeline: Timeline, t: float, mouth: Point | None) -> Drawing | None:
    """The ribbons a cue asks for, None when there are none or nobody sings. `mouth` is where they begin."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    ages = SHARE * cue.number("lasts")
    sung, octaves = (_soft(part) for part in trace(timeline, t, ages))
    if sung.max(initial=0.0) <= 0.004:
        return None
    start = np.array(mouth or (0.0, 0.36, 0.0))
    spine, normal, fold, sheen = _woven(cue, timeline.seed, t - ages, octaves)
    wide = cue.number("wide") * 0.19 * np.sqrt(SHARE) * (0.35 + 0.65 * sung) * (1.0 - 0.35 * SHARE)
    side = wide[:, None] * normal
    edges = np.stack([spine - side, spine + side]) + start
    light = level * 0.34 * sung * (1.0 - SHARE) ** 1.1 * np.minimum(SHARE * 14.0, 1.0) * sheen / np.sqrt(fold)
    colours = np.array([cue.colour(tint) for tint in TINTS])
    tints = 0.12 + 0.88 * colours
    shone = (0.7 * light)[..., None] * tints[:, None]
    hems = Lines(
        edges.reshape(-1, POINTS, 3),
        np.concatenate([shone, shone]),
        np.full(2 * RIBBONS, WIDTH),
    )
    glow = Glows(start[None], np.array([0.10]), colours.mean(0)[None] * 0.25 * level * float(sung[0]))
    silk = Silk(edges, light, tints, WIDTH, THREADS)
    return Drawing((hems,), glows=glow, silk=silk, plane="before")


@lru_cache(maxsize=4)
def _drawn(seed: int) -> Array:
    """What is chance in each ribbon, (6, RIBBONS, 1)."""
    return chances(seed, "ribbon", count=RIBBONS * 6).reshape(RIBBONS, 6).T[..., None]


def _woven(cue: Cue, seed: int, when: Array, octaves: Array) -> tuple[Array, Array, Array, Array]:
    """Middles of the ribbons from where they begin, and across, (RIBBONS, POINTS, 3); how far each is seen from its
    flat side, and how it shines, (RIBBONS, POINTS). A bend stays with the moment `when` it was sung."""
    a, b, c, d, e, f = _drawn(seed)
    angle = (SIDE + 0.30 * (a - 0.5)) * (1.15 + 0.25 * b)
    reach = cue.number("reach") * (0.75 + 0.5 * c)
    s, k = np.sin(angle), np.cos(angle)
    x = reach * SHARE * s + 0.05 * SHARE * np.sin(1.7 * when + 6.28 * d)
    y = reach * SHARE * (k * 0.28 + cue.number("rise") * 0.45) + PITCH * octaves * SHARE**0.4
    y = y + 0.10 * SHARE * np.sin(1.6 * when + 6.28 * e)
    z = -0.10 + 0.5 * SHARE * (f - 0.6) + 0.06 * np.sin(1.3 * when + 6.28 * b)
    twist = 1.9 * SHARE * (1.0 + b) + 0.8 * np.sin(0.9 * when + 6.28 * c) + 6.28 * a
    up, flat = np.sin(twist), np.cos(twist)
    normal = np.stack([-k * flat, up, flat * 0.6], -1)
    gleam = np.maximum(np.cos(twist + 0.9 * s + 0.7), 0.0)
    return np.stack([x, y, z], -1), normal, 0.35 + 0.65 * np.abs(up), 0.72 + 0.75 * gleam**4


def _soft(sung: Array) -> Array:
    """A line without corners: each moment drawn towards those before and after it."""
    ends = np.full(2 * SOFT, sung[0]), np.full(2 * SOFT, sung[-1])
    return np.convolve(np.concatenate([ends[0], sung, ends[1]]), BELL, "valid")
