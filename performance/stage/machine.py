"""The violin machine: plates of wood round an open side, wheels that mesh in it, crystals, strings and wires."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes import cracks, gears, violin
from performance.causes.pulses import Pulse
from performance.chance import chances
from performance.stage.drawing import Drawing, Glints, Glows, Lines, Panes
from performance.stage.wheels import outline, turned
from performance.timeline import Cue, Timeline

Array = NDArray[np.float64]

PLATES = 190
BLOW = (0.05, 0.42)  # the plates are smallest here, where the wheels can be seen
OPEN = 0.24  # of a body length about the blow: there the wood has become glass
HEARD = 1.6  # seconds that a note is seen on strings and crystals
CRYSTALS = 16
WIRES = 7
FAR = ((-0.95, 0.55, 0.52, 44), (0.92, 0.20, 0.46, 38), (-0.25, -0.34, 0.34, 30))  # u, y, radius, teeth


@lru_cache(maxsize=4)
def _plates(seed: int) -> tuple[Array, Array]:
    """The body in pieces (n, CORNERS, 2), in body lengths, and their middles (n, 2)."""
    found = cracks.pieces(violin.outline(4), np.array(BLOW), PLATES, seed)
    middles = np.array([cracks.centroid(piece) for piece in found])
    return np.stack([_filled(piece) for piece in found]), middles


def _filled(piece: Array) -> Array:
    """With CORNERS corners: the last one repeated."""
    return np.vstack([piece, np.repeat(piece[-1:], cracks.CORNERS - len(piece), 0)])


def machine_at(
    cue: Cue, timeline: Timeline, t: float, plucked: list[tuple[float, float]], pulses: list[Pulse]
) -> Drawing | None:
    """The machine a cue asks for, None when there is none.

    `plucked` (onset, level 0..1) are the wires and `pulses` the crystals that sounded in the last HEARD seconds.
    """
    level = cue.number("level")
    if level <= 0.0:
        return None
    frame = _Frame(cue, t)
    pulse = _ringing([(one.t, one.level) for one in pulses], t)
    shiver = _ringing(plucked, t)
    awake = cue.number("awake") * (0.75 + 0.25 * np.sin(1.1 * t)) + 0.5 * pulse
    built = cue.number("built")
    parts: list[tuple[Array, Array, Array, Array]] = []
    lines: list[Lines] = []
    if cue.number("far") > 0.0:
        lines += _far(cue, timeline, t, level)
    parts.append(_wood(frame, timeline.seed, level, built, awake, False))
    parts += _wheels(frame, timeline, t, level, built)
    crystals, glints, glows = _crystals(frame, timeline.seed, t, level * built, awake, pulses)
    parts.append(crystals)
    parts.append(_wood(frame, timeline.seed, level, built, awake, True))
    lines.append(_edge(frame, level * built, awake))
    lines += _strings(frame, t, level * built, shiver)
    if cue.number("wires") > 0.0:
        lines.append(_wires(frame, timeline.seed, t, level, cue.number("wires"), shiver))
    place = np.concatenate([part[0] for part in parts])
    panes = Panes(place, *(np.concatenate([part[k] for part in parts]) for k in (1, 2, 3)))
    return Drawing(tuple(lines), panes, glows, glints, plane="before")


class _Frame:
    """Where the machine hangs: body lengths to house units, and its colours."""

    def __init__(self, cue: Cue, t: float) -> None:
        self.size = cue.number("size")
        self.middle = np.array([cue.number("x"), cue.number("y") + 0.006 * np.sin(0.7 * t), cue.number("z")])
        self.angle = -np.radians(cue.number("tilt") + 0.8 * np.sin(0.5 * t))
        self.wood, self.brass = np.array(cue.colour("wood")), np.array(cue.colour("brass"))
        self.crystal = np.array(cue.colour("crystal"))

    def placed(self, flat: Array) -> Array:
        """Body lengths (..., 2) as places (..., 3)."""
        x, y = flat[..., 0] * self.size, (flat[..., 1] - violin.MIDDLE) * self.size
        c, s = np.cos(self.angle), np.sin(self.angle)
        out = np.empty((*flat.shape[:-1], 3))
        out[..., 0], out[..., 1] = x * c - y * s, x * s + y * c
        out[..., 2] = 0.0
        return np.asarray(out + self.middle)


def _ringing(sounds: list[tuple[float, float]], t: float) -> float:
    """0..1: how much of what sounded (onset, level) still rings."""
    return min(sum(level * math.exp(-4.0 * (t - onset)) for onset, level in sounds), 1.0)


def _wood(
    frame: _Frame, seed: int, level: float, built: float, awake: float, glass: bool
) -> tuple[Array, Array, Array, Array]:
    """The plates of the body: wood, or (in front of the wheels) the glass it has become."""
    pieces, middles = _plates(seed)
    draw = chances(seed, "plates", count=3 * len(pieces)).reshape(3, -1)
    far = np.hypot(*(middles - np.array(BLOW)).T)
    is_glass = (far < OPEN * (0.75 + 0.5 * draw[0])) & (middles[:, 1] < 0.95)
    here = (draw[1] < built * 1.02) & (is_glass if glass else ~is_glass)
    chosen = np.flatnonzero(here)
    place = frame.placed(pieces[chosen])
    x, y = middles[chosen].T
    across = np.clip(x / 0.27, -1.0, 1.0)
    up = np.clip((y - 0.45) / 0.6, -1.0, 1.0)
    dome = np.sqrt(np.maximum(1.0 - 0.8 * across**2, 0.05))
    lit = 0.10 + 0.75 * np.clip(0.62 * dome + 0.42 * across + 0.22 * up, 0.0, 1.3) ** 2.2
    lit += 0.9 * np.exp(-(((across - 0.42) / 0.20) ** 2)) * np.clip(0.6 + 0.5 * up, 0.0, 1.0)  # varnish
    edge = np.clip(np.abs(across) * 1.1 - 0.55, 0.0, 1.0)
    grain = 0.80 + 0.30 * draw[2][chosen] + 0.10 * np.sin(58.0 * x + 9.0 * np.sin(5.0 * y))
    if glass:
        colour = (
            level
            * (0.030 + 0.16 * awake)
            * (0.5 + 0.9 * draw[2][chosen])[:, None]
            * (0.3 * frame.wood + 0.7 * frame.crystal)
        )
        return place, colour, np.full(len(chosen), 0.05 * level), np.full(len(chosen), 2.5)
    colour = level * 0.34 * (lit * grain)[:, None] * (frame.wood * (1.0 - 0.55 * edge)[:, None] + 0.02)
    colour = colour + level * 0.10 * awake * np.exp(-far[chosen] / 0.16)[:, None] * frame.crystal
    return place, colour, np.full(len(chosen), 0.99 * level), np.full(len(chosen), 0.18)


def _wheels(
    frame: _Frame, timeline: Timeline, t: float, level: float, built: float
) -> list[tuple[Array, Array, Array, Array]]:
    """The train in the open side, the deeper wheels first."""
    wheels, angles = gears.wheels_at(timeline, t), gears.angles(timeline, t)
    if not wheels:
        return []
    xs, ys = np.array([w.x for w in wheels]), np.array([w.y for w in wheels])
    radii = np.array([w.radius for w in wheels])
    low, high = (
        np.array([(xs - radii).min(), (ys - radii).min()]),
        np.array([(xs + radii).max(), (ys + radii).max()]),
    )
    scale = 0.80 / max(float((high - low).max()), 1.0)
    middle = 0.5 * (low + high)
    parts = []
    for n in sorted(range(len(wheels)), key=lambda n: (wheels[n].depth, wheels[n].teeth)):
        if n / len(wheels) > built * 1.05:
            continue
        wheel = wheels[n]
        spot = (float(scale * (xs[n] - middle[0]) + BLOW[0]), float(scale * (ys[n] - middle[1]) + BLOW[1]))
        plates, shine = turned(wheel.teeth, scale * float(radii[n]), float(angles[n]), spot)
        metal = frame.brass if n % 3 else 0.55 * frame.brass + np.array([0.30, 0.34, 0.38])
        near = 0.55 + 0.45 * wheel.depth / (1.0 + max(w.depth for w in wheels))
        colour = (level * 0.62 * near * shine)[:, None] * metal + (0.9 * level * near * shine**6)[
            :, None
        ] * 0.5
        count = len(plates)
        parts.append(
            (_padded(frame.placed(plates)), colour, np.full(count, 0.97 * level), np.full(count, 0.6))
        )
    return parts


def _padded(place: Array) -> Array:
    """Panes with as many corners as the body's: the last one repeated."""
    return np.concatenate([place, np.repeat(place[:, -1:], cracks.CORNERS - place.shape[1], 1)], 1)


def _crystals(
    frame: _Frame, seed: int, t: float, level: float, awake: float, pulses: list[Pulse]
) -> tuple[tuple[Array, Array, Array, Array], Glints, Glows]:
    """Clusters inside the open side, each lit by its own notes of the pulses."""
    draw = chances(seed, "machine crystals", count=5 * CRYSTALS).reshape(5, CRYSTALS)
    around, out = 6.28 * draw[0], OPEN * 0.85 * np.sqrt(draw[1])
    root = np.stack([BLOW[0] + out * np.cos(around), BLOW[1] + out * np.sin(around)], -1)
    lean = 0.8 * (draw[2] - 0.5)
    axis = np.stack([np.sin(lean), np.cos(lean)], -1)
    side = np.stack([axis[:, 1], -axis[:, 0]], -1)
    long = (0.07 + 0.09 * draw[3])[:, None]
    tip, waist, half = root + axis * long, root + axis * long * 0.6, side * long * 0.17
    left, middle, right = waist - half, waist + half * 0.25, waist + half
    flat = np.stack(
        [
            np.stack([root, left, middle], 1), np.stack([root, middle, right], 1),
            np.stack([left, tip, middle], 1), np.stack([middle, tip, right], 1),
        ],
        1,
    )  # fmt: skip
    lit = np.zeros(CRYSTALS)
    for one in pulses:
        lit[one.crystal % CRYSTALS] += one.level * np.exp(-3.0 * (t - one.t))
    shine = level * (
        0.10 + 0.5 * awake * (0.7 + 0.3 * np.sin(1.7 * t + 6.28 * draw[4])) + 1.3 * np.minimum(lit, 1.0)
    )
    facets = np.array([0.35, 0.8, 0.6, 1.0])
    colour = (shine[:, None] * facets)[..., None] * (0.75 * frame.crystal + 0.2)
    n = 4 * CRYSTALS
    panes = (
        _padded(frame.placed(flat.reshape(n, 3, 2))),
        colour.reshape(n, 3),
        np.full(n, 0.45 * level),
        np.full(n, 1.5),
    )
    bright = np.clip(shine - 0.35, 0.0, 1.2)
    glints = Glints(
        frame.placed(tip),
        np.full(CRYSTALS, 0.0016),
        0.030 * bright,
        bright[:, None] * (0.4 + 0.6 * frame.crystal),
    )
    heart = np.array([BLOW])
    glow = (level * (0.05 + 0.22 * awake)) * frame.crystal
    return panes, glints, Glows(frame.placed(heart), np.array([0.30 * frame.size]), glow[None])


def _edge(frame: _Frame, level: float, awake: float) -> Lines:
    """The outline of the body: a bright bevel towards the light, a faint one away from it."""
    flat = violin.outline(4)
    flat = np.concatenate([flat, flat[:1]])
    along = np.gradient(flat, axis=0)
    outward = np.arctan2(-along[:, 0], along[:, 1])
    shine = level * (0.05 + 0.42 * np.clip(np.cos(outward - 0.7), 0.0, 1.0) ** 3 + 0.10 * awake)
    return Lines(
        frame.placed(flat)[None], (shine[:, None] * (0.6 * frame.wood + 0.4))[None], np.array([0.0016])
    )


def _strings(frame: _Frame, t: float, level: float, shiver: float) -> list[Lines]:
    """Four strings from the tailpiece to the pegs, shivering as the wires do."""
    s = np.linspace(0.0, 1.0, 26)
    made = []
    for n in range(4):
        x0, x1 = 0.013 * (n - 1.5) * 1.5, 0.006 * (n - 1.5)
        swing = shiver * 0.005 * np.sin(np.pi * s) * np.sin(2 * np.pi * (2 + n) * s + 23.0 * t)
        flat = np.stack([x0 + (x1 - x0) * s + swing, 0.20 + 1.20 * s], -1)
        light = level * (0.13 + 0.45 * shiver * np.sin(np.pi * s) ** 2)
        colour = light[:, None] * np.array([1.0, 0.93, 0.80])
        made.append(Lines(frame.placed(flat)[None], colour[None], np.array([0.0006])))
    return made


def _wires(frame: _Frame, seed: int, t: float, level: float, share: float, shiver: float) -> Lines:
    """Wires under tension, from the machine out of the picture, with light that runs along them."""
    draw = chances(seed, "machine wires", count=4 * WIRES).reshape(4, WIRES)
    s = np.linspace(0.0, 1.0, 30)
    start = frame.placed(np.stack([0.22 * np.sign(draw[0] - 0.5), 0.15 + 0.8 * draw[1]], -1))
    end = start + np.stack([1.6 * np.sign(draw[0] - 0.5), 0.7 * (draw[2] - 0.45), 0.3 * (draw[3] - 0.5)], -1)
    place = start[:, None] + (end - start)[:, None] * s[:, None]
    place[..., 1] += (
        shiver
        * 0.008
        * np.sin(np.pi * s * (2.0 + 3.0 * draw[3][:, None]))
        * np.sin(31.0 * t + 9 * draw[0][:, None])
    )
    run = np.clip(1.0 - np.abs(((0.35 * t + draw[2])[:, None] % 1.4) - s) * 9.0, 0.0, 1.0)
    light = level * (draw[3] < share)[:, None] * (0.05 + 0.07 * (1.0 - s) + (0.25 + 0.6 * shiver) * run)
    return Lines(place, light[..., None] * np.array([0.80, 0.90, 1.0]), np.full(WIRES, 0.0009))


def _far(cue: Cue, timeline: Timeline, t: float, level: float) -> list[Lines]:
    """Great wheels behind everything, seen by their edges."""
    turn = gears.shaft_turns(timeline, t)
    brass = np.array(cue.colour("brass"))
    made = []
    for n, (x, y, radius, teeth) in enumerate(FAR):
        angle = (1 if n % 2 else -1) * 2 * np.pi * turn * 3.0 / teeth
        edge = outline(teeth, radius, angle, (x, y))
        way = np.arctan2(edge[:, 1] - y, edge[:, 0] - x)
        light = level * cue.number("far") * (0.008 + 0.09 * np.clip(np.cos(way - 2.2), 0.0, 1.0) ** 2)
        place = np.column_stack([edge, np.full(len(edge), 0.5)])
        made.append(Lines(place[None], (light[:, None] * brass)[None], np.array([0.0022])))
    return made
