"""The attractor as lines: where the orbit was, fading with age, and photons that run after one another along it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from performance.causes.attractor import track
from performance.causes.gone import gone
from performance.stage.drawing import Drawing, Glints, Glows, Lines
from performance.timeline import Cue, Timeline

Array = NDArray[np.float64]

POINTS = 3200  # of the trail, at most
PHOTONS = 30
MIDDLE, REACH = 25.0, 27.0  # of z, and how far the wings go from there
WINGS = np.array([[-8.5, -8.5, 27.0], [8.5, 8.5, 27.0]], np.float32)


def attractor_at(cue: Cue, timeline: Timeline, t: float) -> Drawing | None:
    """The attractor a cue asks for, None when there is none."""
    level, memory = cue.number("level"), cue.number("memory")
    if level <= 0.0:
        return None
    path, speed, ages = (part.astype(np.float32) for part in track(timeline, t, memory, POINTS))
    age = ages * np.float32(1.0 / max(memory, 1e-6))
    angle = gone(timeline, "stage.attractor", "turn", t)
    place = _placed(cue, path, angle)
    cold, hot = np.array(cue.colour("cold")), np.array(cue.colour("hot"))
    warmth = np.clip(speed * 2.2 - 0.25, 0.0, 1.0)
    near = 1.0 - 0.45 * np.clip((place[:, 2] - cue.number("z")) * (1.0 / 0.3), -1.0, 1.0)
    wave = 0.62 + 0.38 * np.sin(age * 70.0 - 2.6 * t)
    young = 1.0 - age
    light = level * near * wave * (0.045 + 0.30 * young * young * young)
    fresh = min(len(age), max(1, round(0.1 * len(age))))  # what is older does not show that it was the head
    light[-fresh:] += level * (near * wave)[-fresh:] * 0.9 * np.exp(-90.0 * age[-fresh:])
    colour = light[:, None] * (cold.astype(np.float32) + (hot - cold).astype(np.float32) * warmth[:, None])
    lines = Lines(place[None], colour[None], (0.0009 + 0.0016 * (young * young) ** 2)[None])
    head = place[-1:]
    hue = cold + (hot - cold) * warmth[-1]
    glows = Glows(
        np.concatenate([head, _placed(cue, WINGS, angle)]),
        cue.number("size") * np.array([0.055, 0.34, 0.34]),
        # brighter, the head would flash wherever it flies through
        level * np.stack([0.10 * hue, 0.05 * cold, 0.05 * hot]),
    )
    return Drawing((lines,), glows=glows, glints=_photons(cue, place, t, level, cold, hot), plane="behind")


def _placed(cue: Cue, path: NDArray[np.float32], angle: float) -> Array:
    """Orbit places as places in the house: z upright, turned about it."""
    scale = cue.number("size") / (2.0 * REACH)
    c, s = scale * math.cos(angle), scale * math.sin(angle)
    turned = np.array([[1.25 * c, 0.0, 0.9 * s], [-1.25 * s, 0.0, 0.9 * c], [0.0, scale, 0.0]], np.float32)
    return np.asarray(
        path @ turned + np.array((0.0, cue.number("y") - scale * MIDDLE, cue.number("z")), np.float32)
    )


def _photons(cue: Cue, place: Array, t: float, level: float, cold: Array, hot: Array) -> Glints:
    """Lights at even distances along the trail, running forwards, and the one that draws it."""
    count = max(int(PHOTONS * cue.number("photons")), 1)
    at = (np.arange(count) / count + 0.045 * t) % 1.0
    index = (at * (len(place) - 1)).astype(np.intp)
    shine = level * np.minimum(at * 8.0, 1.0) * (0.35 + 0.65 * at) * np.minimum((1.0 - at) * 20.0, 1.0)
    mixed = cold + (hot - cold) * at[:, None]
    colour = (1.3 * shine)[:, None] * (0.35 + 0.65 * mixed)
    head = level * (0.7 * mixed[-1:] + 0.3)  # where it is now: a star, which whoever stands before it hides
    return Glints(
        np.concatenate([place[index], place[-1:]]),
        np.full(count + 1, 0.0017),
        np.append(0.014 * shine, 0.040 * level),
        np.concatenate([colour, 1.6 * head]),
    )
