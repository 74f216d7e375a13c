"""Drops of light: each gathers, lets go, falls faster and faster, and strikes as it is heard."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from performance.causes.lineage import Ring
from performance.stage.drawing import Drawing, Glints, Glows, Lines
from performance.timeline import Cue

Array = NDArray[np.float64]

GATHERS = 2.2  # seconds that the first drop hangs before it falls
AHEAD = 3.2  # seconds before a drop strikes from which it may be seen
SPLASH = 0.7  # seconds that what it throws up is seen
GRAVITY = 1.9  # units a second a second
OUTLINE = 26  # points round a drop
BEADS = 9  # thrown up by one


def drop_at(cue: Cue, t: float, rings: Iterable[Ring]) -> Drawing | None:
    """The drops a cue asks for. `rings` are those that strike between SPLASH ago and AHEAD from now."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    colour = np.array(cue.colour("colour"))
    lines: list[Lines] = []
    glows: list[tuple[Array, float, Array]] = []
    stars: list[tuple[Array, float, Array]] = []
    for ring in rings:
        first = ring.generation == 0
        share = 1.0 if first else cue.number("echoes") * 0.72**ring.generation
        size = 0.022 * cue.number("size") * (1.0 if first else 0.55 * 0.85**ring.generation)
        light = level * share * (0.35 + 0.65 * min(ring.level, 1.0))
        if light < 0.01:
            continue
        age = t - ring.t
        if age < 0.0:
            drawn = _falling(cue, ring, -age, size, light, colour, first)
            if drawn is not None:
                lines += drawn[0]
                glows.append(drawn[1])
                stars.append(drawn[2])
        elif age < SPLASH:
            lines.append(_splash(ring, age, size, light, colour))
            glows.append(
                (np.array([ring.x, 0.01, ring.z]), 0.06 + 0.12 * age, colour * light * np.exp(-6.0 * age))
            )
    return Drawing(tuple(lines), glows=_glows(glows), glints=_glints(stars), plane="before")


def _falling(
    cue: Cue, ring: Ring, before: float, size: float, light: float, colour: Array, first: bool
) -> tuple[list[Lines], tuple[Array, float, Array], tuple[Array, float, Array]] | None:
    """A drop on its way, `before` seconds before it strikes: an outline that catches light on one side."""
    height = cue.number("height") * (1.0 if first else 0.35)
    fall = np.sqrt(2.0 * height / GRAVITY)
    if before > fall + (GATHERS if first else 0.0):
        return None
    hanging = before - fall
    up = height - 0.5 * GRAVITY * max(fall - before, 0.0) ** 2
    grown = min(1.0 - hanging / GATHERS, 1.0) if hanging > 0.0 else 1.0
    stretch = 1.0 + min(GRAVITY * max(fall - before, 0.0) * 0.35, 0.8)
    r = size * grown**0.5
    turn = np.linspace(0.0, 2 * np.pi, OUTLINE)
    wide = r * np.sin(turn) / np.sqrt(stretch)
    tall = -r * np.cos(turn) * stretch
    tall = np.where(tall > 0.0, tall * (1.35 + 0.5 * (hanging > 0.0)), tall)
    wide = wide * np.where(tall > 0.0, np.clip(1.0 - tall / (3.0 * r * stretch + 1e-9), 0.1, 1.0), 1.0)
    place = np.stack([ring.x + wide, up + tall, np.full(OUTLINE, ring.z)], -1)
    rim = (
        0.25
        + 0.9 * np.clip(np.cos(turn - 2.3), 0.0, 1.0) ** 3
        + 0.35 * np.clip(np.cos(turn - 5.6), 0.0, 1.0) ** 4
    )
    edge = Lines(place[None], ((light * rim)[:, None] * colour)[None], np.array([0.16 * r]))
    inner = np.array([[ring.x, up, ring.z]]) + (place - np.array([ring.x, up, ring.z])) * 0.55
    core = Lines(inner[None], ((0.22 * light * rim)[:, None] * colour)[None], np.array([0.22 * r]))
    middle = np.array([ring.x, up, ring.z])
    glint = middle + np.array([-0.35 * r, 0.45 * r, 0.0])
    return [core, edge], (middle, 5.0 * r, colour * light * 0.25), (glint, 1.6 * r, colour * light * 1.4)


def _splash(ring: Ring, age: float, size: float, light: float, colour: Array) -> Lines:
    """Beads thrown up in a crown, each a short stroke of its own way."""
    around = 2 * np.pi * (np.arange(BEADS) + 0.37 * ring.lineage % 1.0) / BEADS
    ages = np.maximum(age - np.linspace(0.0, 0.05, 4), 0.0)[None, :]
    out = (1.2 + 0.5 * np.sin(7.0 * around))[:, None] * size * 5.0 * ages
    up = size * 26.0 * (0.7 + 0.3 * np.cos(5.0 * around))[:, None] * ages - 0.5 * GRAVITY * 1.6 * ages**2
    place = np.stack(
        [
            ring.x + np.cos(around)[:, None] * out,
            np.maximum(up, 0.0),
            ring.z + np.sin(around)[:, None] * out,
        ],
        -1,
    )
    fade = light * max(1.0 - age / SPLASH, 0.0) ** 1.5 * (up > 0.0)
    return Lines(place, fade[..., None] * colour, np.full(BEADS, 0.10 * size))


def _glows(found: list[tuple[Array, float, Array]]) -> Glows | None:
    if not found:
        return None
    places, radii, colours = zip(*found, strict=True)
    return Glows(np.array(places), np.array(radii), np.array(colours))


def _glints(found: list[tuple[Array, float, Array]]) -> Glints | None:
    if not found:
        return None
    places, rays, colours = zip(*found, strict=True)
    return Glints(np.array(places), np.full(len(places), 0.0016), np.array(rays), np.array(colours))
