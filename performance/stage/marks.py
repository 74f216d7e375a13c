"""Steps in light on the boards: two feet after one another along a way that turns off, arrows beside it, and crosses
where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.stage.drawing import Drawing, Lines, Panes
from performance.timeline import Cue

Array = NDArray[np.float64]

STRIDE, ASIDE = 0.150, 0.040  # units from step to step, and of a foot from the way
FOOT, WIDE = 0.092, 0.030  # length and half width of a foot
FIRST = (-0.80, 0.30)  # where the way begins
BRIGHT, REST = 1.5, 0.30  # light of a mark as it comes, and later
FILLED = 0.5  # light of a footprint within its edge
CORNERS = 12
WAYS = 3  # the way breaks off and begins anew elsewhere


@dataclass(frozen=True, slots=True)
class _Ways:
    """(n,) places and headings (radians) of steps, and whether a way ends there."""

    x: Array
    z: Array
    heading: Array
    ends: NDArray[np.bool_]
    draw: Array  # (n, 4) chance of each


@lru_cache(maxsize=8)
def _ways(seed: int, count: int, astray: float) -> _Ways:
    draw = chances(seed, "marks", count=4 * count).reshape(count, 4)
    each = -(-count // WAYS)
    x, z, heading = np.zeros(count), np.zeros(count), np.zeros(count)
    ends = np.zeros(count, np.bool_)
    here, turned = np.array(FIRST), -0.5
    for n in range(count):
        if n % each == 0 and n:
            here = np.array([-0.6 + 1.2 * draw[n, 0], -0.05 + 0.65 * draw[n, 1]])
            turned = 6.28 * draw[n, 2]
        turned += 0.22 + astray * 1.9 * (draw[n, 3] - 0.5)
        here = here + STRIDE * np.array([np.cos(turned), np.sin(turned)])
        if abs(here[0]) > 0.85 or not -0.25 < here[1] < 0.80:
            turned += 1.9
            here = np.clip(here, (-0.85, -0.25), (0.85, 0.80))
        x[n], z[n], heading[n] = here[0], here[1], turned
        ends[n] = n % each == each - 1 or n == count - 1
    return _Ways(x, z, heading, ends, draw)


def marks_at(cue: Cue, t: float, seed: int) -> Drawing | None:
    """The marks a cue asks for, None when there are none."""
    level, shown = cue.number("level"), cue.number("shown")
    if level <= 0.0 or shown <= 0.0:
        return None
    count = round(cue.number("count"))
    ways = _ways(seed, count, round(cue.number("astray"), 2))
    came = np.clip(shown * count - np.arange(count), 0.0, 4.0)  # in steps since, as far as it matters
    lost = np.clip(cue.number("lost") * 1.8 - 0.8 * ways.draw[:, 3], 0.0, 1.0)
    slid = lost * 0.25
    x = ways.x + slid * (ways.draw[:, 0] - 0.5)
    z = ways.z + slid * (ways.draw[:, 1] - 0.5)
    turn = ways.heading + 1.5 * lost * (ways.draw[:, 2] - 0.5)
    flicker = 0.85 + 0.15 * np.sin(2.3 * t + 6.28 * ways.draw[:, 0])
    fresh = np.clip(came, 0.0, 1.0) * (REST + (BRIGHT - REST) * np.exp(-1.4 * np.maximum(came - 0.3, 0.0)))
    light = level * fresh * flicker * (1.0 - lost)
    colour, wrong = np.array(cue.colour("colour")), np.array(cue.colour("wrong"))
    steps, arrows = ~ways.ends, ~ways.ends & (np.arange(count) % 3 == 1)
    side = np.where(np.arange(count) % 2 == 0, ASIDE, -ASIDE)
    feet = [_laid(shape, x[steps], z[steps], turn[steps], side[steps]) for shape in (_sole(), _heel())]
    lines = []
    for shape, which, tint in (
        (_arrow(), arrows, colour),
        (_cross(1.0), ways.ends, wrong),
        (_cross(-1.0), ways.ends, wrong),
    ):
        place = _laid(shape, x[which], z[which], turn[which], np.zeros(1))
        shine = np.broadcast_to((light[which, None] * tint)[:, None, :], place.shape)
        lines.append(Lines(place, shine, np.full(len(place), 0.0018)))
    shine = np.tile(FILLED * light[steps, None] * colour, (2, 1))
    some = np.concatenate([light[steps], light[steps]]) > 0.0
    prints = Panes(
        np.concatenate(feet)[some], shine[some], np.full(int(some.sum()), 0.3), np.full(int(some.sum()), 1.2)
    )
    return Drawing(tuple(lines), prints, plane="behind")


def _laid(shape: Array, x: Array, z: Array, turn: Array, off: Array) -> Array:
    """A shape (points, 2: along the way, to its left) at every place, flat on the boards: (n, points, 3) units."""
    along, left = shape[:, 0], shape[:, 1] + off[:, None]
    c, s = np.cos(turn)[:, None], np.sin(turn)[:, None]
    across = x[:, None] + c * along - s * left
    return np.stack([across, np.full(across.shape, 0.001), z[:, None] + s * along + c * left], -1)


@lru_cache(maxsize=1)
def _sole() -> Array:
    q = np.linspace(0.0, 2 * np.pi, CORNERS, endpoint=False)
    return np.stack([0.30 * FOOT + 0.34 * FOOT * np.cos(q), WIDE * np.sin(q) * (1.0 + 0.12 * np.cos(q))], -1)


@lru_cache(maxsize=1)
def _heel() -> Array:
    q = np.linspace(0.0, 2 * np.pi, CORNERS, endpoint=False)
    return np.stack([-0.36 * FOOT + 0.17 * FOOT * np.cos(q), 0.72 * WIDE * np.sin(q)], -1)


@lru_cache(maxsize=1)
def _arrow() -> Array:
    """A bent arrow beside the way, drawn in one stroke."""
    q = np.linspace(-0.5, 0.75, 9)
    bow = np.stack([0.16 * np.sin(q), 0.20 - 0.16 * np.cos(q) - 0.14], -1)
    tip, back = bow[-1], bow[-2] - bow[-1]
    back = back / np.hypot(*back) * 0.034
    wing = np.array(
        [
            [back[0] - 0.7 * back[1], back[1] + 0.7 * back[0]],
            [back[0] + 0.7 * back[1], back[1] - 0.7 * back[0]],
        ]
    )
    return np.concatenate([bow, tip + wing[:1], tip[None], tip + wing[1:]])


def _cross(way: float) -> Array:
    return np.array([[-0.035, -0.035 * way], [0.035, 0.035 * way]])
