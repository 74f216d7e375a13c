"""The crystals of the pulses: facets that flash, and light that runs along the lines between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.pulses import Pulse, crystals
from performance.chance import chances
from performance.stage.drawing import Drawing, Glints, Glows, Lines, Panes
from performance.timeline import Cue

Array = NDArray[np.float64]

SEEN = 2.4  # seconds that a pulse is seen
FADES = 2.2  # how fast, a second
POINTS = 9  # of a line


def crystals_at(cue: Cue, t: float, seed: int, count: int, pulses: list[Pulse]) -> Drawing | None:
    """The constellation a cue asks for, None when there is none. `pulses` are those of the last SEEN seconds."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    stars = crystals(seed, count)
    place = np.stack([stars.x, stars.y, stars.z], -1)
    draw = chances(seed, "crystal forms", count=4 * count).reshape(4, count)
    lit = np.full(count, cue.number("rest") * 0.35)
    for one in pulses:
        lit[one.crystal % count] += one.level * np.exp(-FADES * (t - one.t))
    lit = np.minimum(lit, 1.6)
    own = np.where((draw[0] < 0.5)[:, None], np.array(cue.colour("colour")), np.array(cue.colour("second")))
    panes = _forms(cue, t, place, stars.size, draw, lit, own, level)
    bright = level * np.clip(lit - 0.12, 0.0, 1.3)
    return Drawing(
        _lines(cue, t, place, stars.lines, pulses, own, level),
        panes,
        Glows(place, 0.10 * stars.size * cue.number("size"), (0.30 * bright)[:, None] * own),
        Glints(
            place,
            np.full(count, 0.0017),
            0.045 * bright * stars.size,
            (1.8 * bright)[:, None] * (0.35 + 0.65 * own),
        ),
        plane="behind",
    )


def _forms(
    cue: Cue, t: float, place: Array, size: Array, draw: Array, lit: Array, own: Array, level: float
) -> Panes:
    """Pointed crystals, six facets each, that turn very slowly."""
    long = (0.05 * cue.number("size") * (0.5 + 0.7 * size))[:, None]
    lean = 0.9 * (draw[1] - 0.5) + 0.05 * np.sin(0.4 * t + 6.28 * draw[2])
    axis = np.stack([np.sin(lean), np.cos(lean), np.zeros(len(lean))], -1)
    side = np.stack([axis[:, 1], -axis[:, 0], axis[:, 2]], -1)
    turn = 0.25 * t + 6.28 * draw[3]
    edges = [
        place + axis * 0.12 * long + side * (0.34 * np.cos(turn + k * np.pi / 1.5))[:, None] * long
        for k in range(3)
    ]
    xs = np.stack([(edge * side).sum(-1) for edge in edges])
    order = np.argsort(xs, 0)
    left, middle, right = (np.stack([edges[order[k, n]][n] for n in range(len(lean))]) for k in range(3))
    top, foot = place + axis * long, place - axis * 0.75 * long
    faces = np.stack(
        [
            np.stack([foot, left, middle], 1), np.stack([foot, middle, right], 1),
            np.stack([left, top, middle], 1), np.stack([middle, top, right], 1),
        ],
        1,
    )  # fmt: skip
    shade = np.array([0.30, 0.62, 0.55, 1.0])
    colour = (level * (0.05 + 0.75 * lit))[:, None, None] * shade[:, None] * (0.8 * own + 0.15)[:, None, :]
    n = 4 * len(lean)
    return Panes(faces.reshape(n, 3, 3), colour.reshape(n, 3), np.full(n, 0.5 * level), np.full(n, 1.6))


def _lines(
    cue: Cue,
    t: float,
    place: Array,
    joined: tuple[tuple[int, int], ...],
    pulses: list[Pulse],
    own: Array,
    level: float,
) -> tuple[Lines, ...]:
    """Thin lines along which answers run as light."""
    if cue.number("lines") <= 0.0 or not joined:
        return ()
    pairs = np.array(joined)
    s = np.linspace(0.0, 1.0, POINTS)
    path = place[pairs[:, 0], None] + (place[pairs[:, 1]] - place[pairs[:, 0]])[:, None] * s[:, None]
    light = np.full((len(pairs), POINTS), 0.016)
    index = {pair: k for k, pair in enumerate(joined)}
    for one in pulses:
        if one.caller < 0:
            continue
        a, b = sorted((one.caller, one.crystal))
        k = index.get((a, b))
        if k is None:
            continue
        way = s if one.crystal == b else 1.0 - s
        age = t - one.t
        run = np.exp(-(((way - 1.0 - age * 0.8) / 0.30) ** 2)) + 0.35 * np.exp(-1.8 * age)
        light[k] += one.level * 0.5 * run * np.exp(-1.5 * age)
    tint = 0.5 * (own[pairs[:, 0], None] + own[pairs[:, 1], None])
    return (
        Lines(path, (level * cue.number("lines") * light)[..., None] * tint, np.full(len(pairs), 0.0009)),
    )
