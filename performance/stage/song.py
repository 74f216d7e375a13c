"""Four ribbons of many threads, woven out of what the voice did a moment ago."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.song import trace
from performance.chance import chances
from performance.stage.drawing import Drawing, Glows, Lines
from performance.timeline import Cue, Timeline

Array = NDArray[np.float64]
Point = tuple[float, float, float]

RIBBONS, THREADS, POINTS = 4, 15, 48
TINTS = ("love", "loss", "home", "breath")
PITCH = 0.10  # units that an octave lifts the ribbon
SOFT = 2  # points over which it rounds a step of the melody


def song_at(cue: Cue, timeline: Timeline, t: float, mouth: Point | None) -> Drawing | None:
    """The ribbons a cue asks for, None when there are none or nobody sings. `mouth` is where they begin."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    share = np.linspace(0.0, 1.0, POINTS) ** 1.25
    ages = share * cue.number("lasts")
    sung, octaves = (_soft(part) for part in trace(timeline, t, ages))
    if sung.max(initial=0.0) <= 0.004:
        return None
    start = np.array(mouth or (0.0, 0.36, 0.0))
    draw = chances(timeline.seed, "ribbon", count=RIBBONS * 6).reshape(RIBBONS, 6)
    drifted = t - ages  # a bend stays with the moment at which it was sung
    lines, heads = [], []
    for n in range(RIBBONS):
        a, b, c, d, e, f = draw[n]
        side = (n - 1.5) / 1.5 + 0.30 * (a - 0.5)
        angle = side * (1.15 + 0.25 * b)
        reach = cue.number("reach") * (0.75 + 0.5 * c)
        x = reach * share * np.sin(angle) + 0.05 * share * np.sin(1.7 * drifted + 6.28 * d)
        y = reach * share * (np.cos(angle) * 0.28 + cue.number("rise") * 0.45) + PITCH * octaves * share**0.4
        y = y + 0.10 * share * np.sin(1.6 * drifted + 6.28 * e)
        z = -0.10 + 0.5 * share * (f - 0.6) + 0.06 * np.sin(1.3 * drifted + 6.28 * b)
        spine = start + np.stack([x, y, z], -1)
        twist = 1.9 * share * (1.0 + b) + 0.8 * np.sin(0.9 * drifted + 6.28 * c) + 6.28 * a
        wide = cue.number("wide") * 0.19 * np.sqrt(share) * (0.35 + 0.65 * sung) * (1.0 - 0.35 * share)
        across = np.linspace(-1.0, 1.0, THREADS)[:, None]
        normal = np.stack([-np.cos(angle) * np.cos(twist), np.sin(twist), np.cos(twist) * 0.6], -1)
        place = spine + (across * wide)[..., None] * normal
        fold = 0.35 + 0.65 * np.abs(np.sin(twist))  # seen edge on, a ribbon is a bright line
        edge = 0.30 + 0.85 * np.abs(across) ** 5 + 0.5 * (1.0 - np.abs(across)) ** 6
        light = (
            level * 0.34 * sung * (1.0 - share) ** 1.1 * np.clip(share * 14.0, 0.0, 1.0) * edge / fold**0.5
        )
        colour = np.array(cue.colour(TINTS[n]))
        lines.append(Lines(place, light[..., None] * (0.12 + 0.88 * colour), np.full(THREADS, 0.0019)))
        heads.append(colour)
    shine = level * float(sung[0])
    glow = Glows(start[None], np.array([0.10]), np.mean(heads, 0)[None] * 0.25 * shine)
    return Drawing(tuple(lines), glows=glow, plane="before")


def _soft(sung: Array) -> Array:
    """A line without corners: each moment drawn towards those before and after it."""
    bell = np.exp(-0.5 * (np.arange(-2 * SOFT, 2 * SOFT + 1) / SOFT) ** 2)
    round_it = np.pad(sung, 2 * SOFT, mode="edge")
    return np.asarray(np.convolve(round_it, bell / bell.sum(), "valid"))
