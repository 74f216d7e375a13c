"""The attractor as lines: where the orbit was, fading with age, and photons that run after one another along it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.attractor import FASTEST, flow, trail
from performance.causes.gone import gone
from performance.stage.drawing import Drawing, Glints, Glows, Lines
from performance.timeline import Cue, Timeline

Array = NDArray[np.float64]

POINTS, PIECE = 2400, 60  # of the trail; of it in one line, so that each has a width of its own
PHOTONS = 30
MIDDLE, REACH = 25.0, 27.0  # of z, and how far the wings go from there


def attractor_at(cue: Cue, timeline: Timeline, t: float) -> Drawing | None:
    """The attractor a cue asks for, None when there is none."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    path = trail(timeline, t, cue.number("memory"), POINTS)
    age = np.linspace(1.0, 0.0, POINTS)
    angle = gone(timeline, "stage.attractor", "turn", t)
    place = _placed(cue, path, angle)
    fast = np.clip(np.linalg.norm(flow(path), axis=1) / FASTEST, 0.0, 1.0)
    cold, hot = np.array(cue.colour("cold")), np.array(cue.colour("hot"))
    warmth = np.clip(fast * 2.2 - 0.25, 0.0, 1.0)[:, None]
    near = 1.0 - 0.45 * np.clip((place[:, 2] - cue.number("z")) / 0.3, -1.0, 1.0)
    wave = 0.62 + 0.38 * np.sin(age * 70.0 - 2.6 * t)
    light = level * near * wave * (0.045 + 0.30 * (1.0 - age) ** 3 + 0.9 * np.exp(-age * 90.0))
    colour = light[:, None] * (cold + (hot - cold) * warmth)
    cut = (np.arange(0, POINTS - 1, PIECE)[:, None] + np.arange(PIECE + 1)).clip(max=POINTS - 1)
    young = 1.0 - age[cut].mean(1)
    lines = Lines(place[cut], colour[cut], 0.0009 + 0.0016 * young**4)
    head = np.array([place[-1]])
    hue = cold + (hot - cold) * warmth[-1]
    glows = Glows(
        np.concatenate([head, _placed(cue, np.array([[-8.5, -8.5, 27.0], [8.5, 8.5, 27.0]]), angle)]),
        cue.number("size") * np.array([0.055, 0.34, 0.34]),
        # brighter, the head would flash wherever it flies through
        level * np.stack([0.4 * hue, 0.05 * cold, 0.05 * hot]),
    )
    return Drawing((lines,), glows=glows, glints=_photons(cue, place, t, level, cold, hot), plane="behind")


def _placed(cue: Cue, path: Array, angle: float) -> Array:
    """Orbit places as places in the house: z upright, turned about it."""
    scale = cue.number("size") / (2.0 * REACH)
    c, s = np.cos(angle), np.sin(angle)
    x, y, z = path[:, 0], path[:, 1], path[:, 2]
    return np.stack(
        [
            scale * 1.25 * (x * c - y * s),
            cue.number("y") + scale * (z - MIDDLE),
            cue.number("z") + scale * 0.9 * (x * s + y * c),
        ],
        -1,
    )


def _photons(cue: Cue, place: Array, t: float, level: float, cold: Array, hot: Array) -> Glints:
    """Lights at even distances along the trail, running forwards."""
    count = max(int(PHOTONS * cue.number("photons")), 1)
    at = (np.arange(count) / count + 0.045 * t) % 1.0
    index = (at * (POINTS - 1)).astype(np.intp)
    shine = level * np.minimum(at * 8.0, 1.0) * (0.35 + 0.65 * at) * np.minimum((1.0 - at) * 20.0, 1.0)
    mixed = cold + (hot - cold) * at[:, None]
    colour = (1.3 * shine)[:, None] * (0.35 + 0.65 * mixed)
    return Glints(place[index], np.full(count, 0.0017), 0.014 * shine, colour)
