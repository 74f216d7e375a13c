"""The violin machine: a body of wood with one side open, wheels that mesh in it, crystals, glass, strings and wires."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes import gears, opened, violin
from performance.causes.opened import BLOW, OPEN
from performance.causes.pulses import Pulse
from performance.chance import chances
from performance.stage.drawing import Body, Drawing, Glints, Glows, Lines, Machine, Panes, Wheels
from performance.timeline import Cue, Timeline

Array = NDArray[np.float64]

HEARD = 1.6  # seconds that a note is seen on strings and crystals
CRYSTALS = 16
WIRES = 7
BEHIND = 0.15  # units: farther away than so it hangs behind whoever stands in the middle
TRAIN = 0.80  # of a body length, how far the wheels reach
FAR = ((-0.95, 0.55, 0.52, 44), (0.92, 0.30, 0.46, 38), (0.544, 1.006, 0.339, 28))  # x, y, radius, teeth
MEET = 2.058  # radians: where the last of them stands, seen from the one that it meets
STRINGS = 4
ALONG = np.linspace(0.0, 1.0, 26)
OUT = np.linspace(0.0, 1.0, 24)
STEEL = np.array([0.30, 0.34, 0.38])
FACETS = np.array([0.35, 0.8, 0.6, 1.0])


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
    awake = cue.number("awake") * (0.75 + 0.25 * math.sin(1.1 * t)) + 0.5 * pulse
    built, wires, far = cue.number("built"), cue.number("wires"), cue.number("far")
    inside = (0.03 + 0.75 * awake) * frame.crystal
    body = Body(frame.middle, frame.size, frame.angle, built, level, 0.55 * frame.wood**1.3, inside)
    turning = _Turning(timeline, t)
    machine = Machine(
        body,
        _wheels(frame, turning, level, built, awake),
        _far(cue, turning, level * far) if far > 0.0 else None,
    )
    panes, glints, glows = _crystals(frame, timeline.seed, t, level * built, awake, pulses)
    lines = [_strings(frame, t, level * built, shiver)]
    if wires > 0.0:
        lines.append(_wires(frame, timeline.seed, t, level, wires, shiver))
    return Drawing(
        tuple(lines),
        panes,
        glows,
        glints,
        machine=machine,
        plane="behind" if frame.middle[2] > BEHIND else "before",
    )


class _Frame:
    """Where the machine hangs: body lengths to house units, and its colours."""

    def __init__(self, cue: Cue, t: float) -> None:
        self.size = cue.number("size")
        self.middle = np.array(
            [cue.number("x"), cue.number("y") + 0.006 * math.sin(0.7 * t), cue.number("z")]
        )
        self.angle = -math.radians(cue.number("tilt") + 0.8 * math.sin(0.5 * t))
        self.wood, self.brass = np.array(cue.colour("wood")), np.array(cue.colour("brass"))
        self.crystal = np.array(cue.colour("crystal"))
        c, s = math.cos(self.angle) * self.size, math.sin(self.angle) * self.size
        self.turn = np.array([[c, s, 0.0], [-s, c, 0.0]])
        self.start = self.middle - violin.MIDDLE * self.turn[1]

    def placed(self, flat: Array) -> Array:
        """Body lengths (..., 2) as places (..., 3)."""
        return np.asarray(flat @ self.turn + self.start)


def _ringing(sounds: list[tuple[float, float]], t: float) -> float:
    """0..1: how much of what sounded (onset, level) still rings."""
    return min(sum(level * math.exp(-4.0 * (t - onset)) for onset, level in sounds), 1.0)


class _Turning:
    """The train of gears at t: how far it has turned."""

    def __init__(self, timeline: Timeline, t: float) -> None:
        self.wheels = gears.wheels_at(timeline, t)
        self.count = gears.shaft_turns(timeline, t)


@lru_cache(maxsize=16)
def _train(wheels: tuple[gears.Wheel, ...]) -> tuple[Array, ...]:
    """The deeper wheels first: order, spots (n, 2) in body lengths, radii, teeth, phases and rates, how near."""
    order = sorted(range(len(wheels)), key=lambda n: (wheels[n].depth, wheels[n].teeth))
    numbers = np.array([(w.x, w.y, w.radius, w.teeth, w.phase, w.rate, w.depth) for w in wheels])[order]
    spots, radii = numbers[:, :2], numbers[:, 2:3]
    low, high = (spots - radii).min(0), (spots + radii).max(0)
    scale = TRAIN / max(float((high - low).max()), 1.0)
    near = 0.55 + 0.45 * numbers[:, 6] / (1.0 + numbers[:, 6].max())
    return (
        np.array(order), scale * (spots - 0.5 * (low + high)) + np.array(BLOW), scale * numbers[:, 2],
        numbers[:, 3], numbers[:, 4], 2.0 * math.pi * numbers[:, 5], near,
    )  # fmt: skip


def _wheels(frame: _Frame, turning: _Turning, level: float, built: float, awake: float) -> Wheels:
    """The train in the open side, every third wheel of steel, each in a stone that the crystals light."""
    if not turning.wheels:
        none = np.zeros(0)
        return Wheels(np.zeros((0, 3)), none, none, none, np.zeros((0, 3)), none, np.zeros((0, 3)))
    order, spots, radii, teeth, phase, rate, near = _train(turning.wheels)
    metal = np.where((order % 3 == 0)[:, None], 0.55 * frame.brass + STEEL, frame.brass)
    comes = np.clip((built * 1.05 - order / len(order)) * 12.0, 0.0, 1.0)
    stone = np.broadcast_to((0.12 + 0.9 * awake) * frame.crystal, metal.shape)
    return Wheels(
        frame.placed(spots), radii * frame.size, teeth, phase + rate * turning.count + frame.angle,
        near[:, None] * metal, level * comes, stone,
    )  # fmt: skip


def _far(cue: Cue, turning: _Turning, level: float) -> Wheels:
    """Great wheels behind everything, dim and out of focus."""
    x, y, radius, teeth = np.array(FAR).T
    metal = np.tile(0.07 * level * np.array(cue.colour("brass")), (len(FAR), 1))
    place = np.stack([x, y, np.full(len(FAR), 0.5)], -1)
    angle = 6.0 * math.pi * turning.count / teeth * (-1.0, 1.0, 0.0)
    passed = teeth[1] * (MEET - angle[1]) / (2 * math.pi)  # teeth of the second, where the third meets it
    angle[2] = MEET + math.pi - 2 * math.pi * (0.5 - passed) / teeth[2]
    return Wheels(
        place, radius, teeth, angle, metal, np.full(len(FAR), 0.75 * min(level * 2.0, 1.0)), 0.0 * metal
    )


@lru_cache(maxsize=4)
def _grown(seed: int) -> tuple[Array, Array, Array, Array]:
    """Crystals and glass in body lengths (n, corners, 2), the crystals' tips, and what is chance in both."""
    draw = chances(seed, "machine crystals", count=5 * CRYSTALS).reshape(5, CRYSTALS)
    around, out = 6.28 * draw[0], OPEN * 0.85 * np.sqrt(draw[1])
    root = np.stack([BLOW[0] + out * np.cos(around), BLOW[1] + out * np.sin(around)], -1)
    lean = 0.8 * (draw[2] - 0.5)
    axis = np.stack([np.sin(lean), np.cos(lean)], -1)
    side = np.stack([axis[:, 1], -axis[:, 0]], -1)
    long = (0.07 + 0.09 * draw[3])[:, None]
    tip, waist, half = root + axis * long, root + axis * long * 0.6, side * long * 0.17
    left, middle, right = waist - half, waist + half * 0.25, waist + half
    facets = np.stack(
        [
            np.stack([root, left, middle], 1), np.stack([root, middle, right], 1),
            np.stack([left, tip, middle], 1), np.stack([middle, tip, right], 1),
        ],
        1,
    ).reshape(-1, 3, 2)  # fmt: skip
    found = opened.pieces()
    glass = found.corners[found.glass]
    corners = max(3, max((len(np.unique(piece, axis=0)) for piece in glass), default=3))
    facets = np.concatenate([facets, np.repeat(facets[:, -1:], corners - 3, 1)], 1)
    return np.concatenate([facets, glass[:, :corners]]), tip, draw[4], found.rank[found.glass]


def _crystals(
    frame: _Frame, seed: int, t: float, level: float, awake: float, pulses: list[Pulse]
) -> tuple[Panes, Glints, Glows]:
    """Clusters inside the open side, each lit by its own notes of the pulses, and splinters of glass before them."""
    flat, tip, phase, glass = _grown(seed)
    lit = np.zeros(CRYSTALS)
    for one in pulses:
        lit[one.crystal % CRYSTALS] += one.level * math.exp(-3.0 * (t - one.t))
    shine = level * (
        0.10 + 0.5 * awake * (0.7 + 0.3 * np.sin(1.7 * t + 6.28 * phase)) + 1.3 * np.minimum(lit, 1.0)
    )
    many = 4 * CRYSTALS
    light = np.concatenate(
        [np.outer(shine, FACETS).ravel(), level * (0.030 + 0.16 * awake) * (0.5 + 0.9 * glass)]
    )
    tint = np.where(
        (np.arange(len(light)) < many)[:, None],
        0.75 * frame.crystal + 0.2,
        0.3 * frame.wood + 0.7 * frame.crystal,
    )
    alpha, rim = np.full(len(light), 0.05 * level), np.full(len(light), 2.5)
    alpha[:many], rim[:many] = 0.45 * level, 1.5
    bright = np.clip(shine - 0.35, 0.0, 1.2)
    glints = Glints(
        frame.placed(tip),
        np.full(CRYSTALS, 0.0016),
        0.030 * bright,
        bright[:, None] * (0.4 + 0.6 * frame.crystal),
    )
    glow = (level * (0.03 + 0.13 * awake)) * frame.crystal
    glows = Glows(frame.placed(np.array([BLOW])), np.array([0.30 * frame.size]), glow[None])
    return Panes(frame.placed(flat), light[:, None] * tint, alpha, rim), glints, glows


_APART = np.arange(STRINGS)[:, None] - 1.5
_NODES = np.sin(np.pi * ALONG) * np.ones((STRINGS, 1))


def _strings(frame: _Frame, t: float, level: float, shiver: float) -> Lines:
    """Four strings from the tailpiece to the pegs, shivering as the wires do."""
    x = _APART * (0.0195 + (0.006 - 0.0195) * ALONG)
    if shiver > 1e-3:
        waves = 2 * np.pi * (3.5 + _APART) * ALONG + 23.0 * t
        x = x + shiver * 0.005 * _NODES * np.sin(waves)
    place = frame.placed(np.stack([x, np.broadcast_to(0.20 + 1.20 * ALONG, x.shape)], -1))
    light = level * (0.13 + 0.45 * shiver * _NODES**2)
    return Lines(place, light[..., None] * np.array([1.0, 0.93, 0.80]), np.full(STRINGS, 0.0006))


@lru_cache(maxsize=4)
def _spun(seed: int) -> tuple[Array, Array, Array]:
    """Where the wires begin (n, 2), body lengths, where they run (n, 3), units, and what is chance in them."""
    draw = chances(seed, "machine wires", count=4 * WIRES).reshape(4, WIRES)
    side = np.sign(draw[0] - 0.5)
    begins = np.stack([0.22 * side, 0.15 + 0.8 * draw[1]], -1)
    return begins, np.stack([1.6 * side, 0.7 * (draw[2] - 0.45), 0.3 * (draw[3] - 0.5)], -1), draw


def _wires(frame: _Frame, seed: int, t: float, level: float, share: float, shiver: float) -> Lines:
    """Wires under tension, from the machine out of the picture, with light that runs along them."""
    begins, way, draw = _spun(seed)
    place = frame.placed(begins)[:, None] + way[:, None] * OUT[:, None]
    if shiver > 1e-3:
        waves = np.sin(np.pi * OUT * (2.0 + 3.0 * draw[3][:, None]))
        place[..., 1] += shiver * 0.008 * waves * np.sin(31.0 * t + 9 * draw[0][:, None])
    run = np.clip(1.0 - np.abs(((0.35 * t + draw[2])[:, None] % 1.4) - OUT) * 9.0, 0.0, 1.0)
    light = level * (draw[3] < share)[:, None] * (0.05 + 0.07 * (1.0 - OUT) + (0.25 + 0.6 * shiver) * run)
    return Lines(place, light[..., None] * np.array([0.80, 0.90, 1.0]), np.full(WIRES, 0.0009))
