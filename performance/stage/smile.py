"""A warm line: brightest in its middle, fine at its ends, of which one rises a little before the other."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from performance.stage.drawing import Drawing, Glows, Lines
from performance.timeline import Cue

Array = NDArray[np.float64]

POINTS, STRANDS, LAMPS = 64, 3, 9
RISE = 0.16  # of its width that the ends rise at curve 1
UNEVEN = 0.16  # how much more one end does
THICK = 0.0028


def smile_at(cue: Cue, t: float) -> Drawing | None:
    """The line a cue asks for, None when there is none."""
    level, drawn = cue.number("level"), cue.number("drawn")
    if level <= 0.0 or drawn <= 0.0:
        return None
    wide, curve = cue.number("wide"), cue.number("curve")
    middle = np.array([cue.number("x"), cue.number("y"), cue.number("z")])
    colour = np.array(cue.colour("colour"))
    breath = 1.0 + 0.10 * math.sin(2 * math.pi * 0.17 * t) + 0.03 * math.sin(2 * math.pi * 1.1 * t)

    def at(s: Array) -> Array:
        up = RISE * wide * curve * (np.abs(s) ** 2.4 - 0.3) * (1.0 + UNEVEN * s)
        hang = 0.002 * np.sin(3.0 * s + 0.5 * t)
        return np.asarray(middle + np.stack([0.5 * wide * s, up + hang, np.zeros_like(s)], -1))

    s = np.linspace(-drawn, drawn, POINTS)
    fine = np.sqrt(np.maximum(1.0 - (s / drawn) ** 2, 0.0))
    lines = []
    for k in range(STRANDS):
        off = (k - 0.5 * (STRANDS - 1)) * THICK * 0.9 * fine
        place = at(s)
        place[:, 1] += off
        light = level * breath * fine**1.5 * (1.5 if k == 1 else 0.6)
        lines.append(
            Lines(place[None], (light[:, None] * colour)[None], np.full(1, THICK * (0.6 if k == 1 else 0.4)))
        )
    lamps = np.linspace(-0.85, 0.85, LAMPS) * drawn
    glow = level * breath * cue.number("warmth") * np.cos(0.5 * math.pi * lamps / max(drawn, 1e-6)) ** 0.8
    radius = 0.05 + 0.22 * cue.number("warmth") * wide
    return Drawing(
        tuple(lines),
        glows=Glows(at(lamps), np.full(LAMPS, radius), 0.03 * glow[:, None] * colour),
        plane="behind",
    )
