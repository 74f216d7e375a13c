"""Lorenz's attractor (Lorenz, "Deterministic nonperiodic flow", J. Atmos. Sci. 20, 1963), the same for eye and ear.

The orbit is integrated once per seed on a fixed grid (Runge and Kutta's fourth order) from a start that a long run has
brought onto the attractor, and kept: any instant may be asked for first. Its own time runs as fast as the score says.
A *turning* is the top of a loop: a maximum of z. Its height foretells the next one's, on a curve like a tent: that is
the pattern in the chaos.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from performance.causes.cycles import turns_of
from performance.causes.perbeat import audible, spans_between
from performance.chance import chance

if TYPE_CHECKING:
    from performance.timeline import Timeline

PATH = "sound.chaos"
SIGMA, RHO, BETA = 10.0, 28.0, 8.0 / 3.0
STEP = 0.005  # of the orbit's own seconds
SETTLE = 6000  # steps run before the piece begins
PIECE = 4096  # steps that there is room for at first
AHEAD = 64  # steps that are integrated before they are asked for: each takes three microseconds
LOWEST, HIGHEST = 28.0, 47.5  # z of turnings
FASTEST = 390.0  # about the greatest speed on it

Array = NDArray[np.float64]


class Turning(NamedTuple):
    """The top of a loop at `t`; `side` -1 or 1; `height` 0..1; `turn` how many on this side so far, 0 where it has just
    come over; `speed` 0..1 of the orbit halfway down; `which` in all."""

    t: float
    side: int
    height: float
    turn: int
    speed: float
    which: int


class Orbit:
    """The orbit of a seed: points (n, 3) on the grid of STEP."""

    def __init__(self, seed: int) -> None:
        start = tuple(1.0 + 8.0 * chance(seed, "orbit", axis) for axis in range(3))
        self._points: Array = _run((start[0], start[1], 20.0 + start[2]), SETTLE)[-1:]
        self._speeds: Array = np.linalg.norm(flow(self._points), axis=1)
        self._known = 1  # of the rows of both: they grow by doubling
        self._tops: Array = np.zeros(0)  # own time of turnings found so far
        self._looked = 1

    def reach(self, own: float) -> Array:
        """Points at least up to own time `own`, and a little further: a picture asks for a few more each time."""
        need = int(own / STEP) + 3 - self._known
        if need > 0:
            more = _run(tuple(self._points[self._known - 1].tolist()), need + AHEAD)
            whole = self._known + len(more)
            if whole > len(self._points):
                room = max(2 * whole, PIECE) - len(self._points)
                self._points = np.concatenate([self._points, np.empty((room, 3))])
                self._speeds = np.concatenate([self._speeds, np.empty(room)])
            self._points[self._known : whole] = more
            self._speeds[self._known : whole] = np.linalg.norm(flow(more), axis=1)
            self._known = whole
        return self._points[: self._known]

    def speeds(self, own: float) -> Array:
        """The speed at each of the points that reach up to own time `own`."""
        self.reach(own)
        return self._speeds[: self._known]

    def at(self, own: Array) -> Array:
        """Places (n, 3) at own times (n,): the cubic through points and slopes."""
        points = self.reach(float(np.max(own, initial=0.0)))
        k = (own / STEP).astype(np.intp)
        x = (own / STEP - k)[:, None]
        a, b = points[k], points[k + 1]
        da, db = STEP * flow(a), STEP * flow(b)
        back = 1 - x
        return np.asarray(back * back * ((1 + 2 * x) * a + x * da) + x * x * ((3 - 2 * x) * b - back * db))

    def tops(self, own: float) -> Array:
        """Own times of the turnings before `own`, rising."""
        points = self.reach(own)
        if self._looked < points.shape[0] - 1:
            z = points[self._looked - 1 :, 2]
            k = np.flatnonzero((z[1:-1] > z[:-2]) & (z[1:-1] >= z[2:])) + 1
            bow = z[k - 1] - 2 * z[k] + z[k + 1]
            found = (self._looked - 1 + k + 0.5 * (z[k - 1] - z[k + 1]) / bow) * STEP
            self._tops = np.concatenate([self._tops, found])
            self._looked = points.shape[0] - 1
        return self._tops[self._tops < own]


def flow(p: Array) -> Array:
    """The velocity at places (n, 3)."""
    x, y, z = p[:, 0], p[:, 1], p[:, 2]
    return np.stack([SIGMA * (y - x), x * (RHO - z) - y, x * y - BETA * z], axis=1)


def _run(start: tuple[float, ...], steps: int) -> Array:
    """`steps` further points from a start, itself left out. Plain numbers: twenty times faster than arrays of three."""
    x, y, z = start
    made = []
    h, half, sixth = STEP, STEP / 2, STEP / 6
    for _ in range(steps):
        ax, ay, az = SIGMA * (y - x), x * (RHO - z) - y, x * y - BETA * z
        u, v, w = x + half * ax, y + half * ay, z + half * az
        bx, by, bz = SIGMA * (v - u), u * (RHO - w) - v, u * v - BETA * w
        u, v, w = x + half * bx, y + half * by, z + half * bz
        cx, cy, cz = SIGMA * (v - u), u * (RHO - w) - v, u * v - BETA * w
        u, v, w = x + h * cx, y + h * cy, z + h * cz
        dx, dy, dz = SIGMA * (v - u), u * (RHO - w) - v, u * v - BETA * w
        x += sixth * (ax + 2 * (bx + cx) + dx)
        y += sixth * (ay + 2 * (by + cy) + dy)
        z += sixth * (az + 2 * (bz + cz) + dz)
        made.append((x, y, z))
    return np.array(made)


orbit = lru_cache(maxsize=4)(Orbit)


def _speed(timeline: Timeline, t: float) -> float:
    return timeline.cue(PATH, t).number("speed")


own_time = turns_of(PATH, _speed)


def place(timeline: Timeline, t: float) -> Array:
    """Where the orbit is at t: (x, y, z), x and y within about 20 of 0, z within 0..50."""
    return np.asarray(trail(timeline, t, 0.0, 1)[0])


def trail(timeline: Timeline, t: float, seconds: float, count: int) -> Array:
    """`count` places (count, 3) over the orbit's last `seconds` of its own time, the oldest first."""
    now = own_time(timeline, timeline.beat_at(t)).at(t)
    own = np.maximum(np.linspace(now - seconds, now, count), 0.0)
    return orbit(timeline.seed).at(own)


def track(timeline: Timeline, t: float, seconds: float, most: int) -> tuple[Array, Array, Array]:
    """Points of the grid that lie on the orbit's last `seconds` of its own time, at most about `most` of them, and
    where it is now: places (n, 3), speeds (n,) in shares of FASTEST, ages (n,) in seconds of its own, the oldest first.

    The same points from frame to frame, so that a line through them lies still.
    """
    path, now = orbit(timeline.seed), own_time(timeline, timeline.beat_at(t)).at(t)
    every = max(1, math.ceil(seconds / STEP / most))
    first = math.ceil(max(now - seconds, 0.0) / STEP / every) * every
    some = slice(first, int(now / STEP) + 1, every)
    grid = path.reach(now)
    k = int(now / STEP)
    here = grid[k] + (grid[k + 1] - grid[k]) * (now / STEP - k)  # so near to one another they lie in a line
    places = np.concatenate([grid[some], here[None]])
    speeds = path.speeds(now)[some] / FASTEST
    ages = now - STEP * np.arange(some.start, some.stop, every)
    return places, np.append(speeds, speeds[-1:] if len(speeds) else 0.0), np.append(ages, 0.0)


def turnings(timeline: Timeline, a: float, b: float) -> list[Turning]:
    """The turnings in [a, b), in order of time."""
    found: list[Turning] = []
    for span in spans_between(timeline, a, b):
        if audible(timeline, PATH, span):
            own = own_time(timeline, span)
            low, high = own.at(max(a, span.start)), own.at(min(b, span.end))
            for first, turning in _between(orbit(timeline.seed), low, high):
                t = own.when(first)
                if max(a, span.start) <= t < min(b, span.end):
                    found.append(turning._replace(t=t))
    return found


def _between(path: Orbit, low: float, high: float) -> list[tuple[float, Turning]]:
    """(own time, turning) of those from `low` to `high`, a hair more on both sides."""
    tops = path.tops(high + 0.01)
    first = max(int(np.searchsorted(tops, low - 1e-6)), 0)
    if first >= tops.size:
        return []
    since = max(first - 40, 0)  # no side is kept for so long
    places = path.at(tops[since:])
    down = np.linalg.norm(flow(path.at(tops[since:] + 0.12)), axis=1) / FASTEST
    sides = np.where(places[:, 0] > 0, 1, -1)
    found, turn = [], 0
    for i, own in enumerate(tops[since:].tolist()):
        turn = turn + 1 if i and sides[i] == sides[i - 1] else 0
        height = (float(places[i, 2]) - LOWEST) / (HIGHEST - LOWEST)
        if since + i >= first:
            clipped = min(max(height, 0.0), 1.0)
            found.append(
                (own, Turning(0.0, int(sides[i]), clipped, turn, min(float(down[i]), 1.0), since + i))
            )
    return found


def prepare(timeline: Timeline) -> None:
    """Integrate as far as the piece will need."""
    for span in timeline.beats:
        if audible(timeline, PATH, span):
            orbit(timeline.seed).reach(float(own_time(timeline, span).count[-1]) + 1.0)
