"""Sheets of music that nobody has written: they sink and circle in the beam, curl, flutter and turn over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances

if TYPE_CHECKING:
    from performance.timeline import Cue

Array = NDArray[np.float64]
ROWS, COLUMNS = 9, 7  # points of a sheet's grid
TALL = 1.414  # height of a sheet for its width
MOST = 24  # sheets at most
LOW, HIGH = 0.0, 0.88  # heights between which they sink
SINKING, CIRCLING, TURNING = 0.0105, 0.075, 0.42  # units, radians and radians a second
LINGER = 0.38  # how much longer a turning sheet shows its pages than its edge
BEHIND = 0.32  # the depth in which sheets cross the middle
NEAREST = -0.22  # depth of the nearest
WIDEST, FREE = 0.56, 0.32  # |u| of the outermost sheets' middles, and within which they go as they like
EMPTY = 0.10  # half width of the column in the middle that is left free


@dataclass(frozen=True, slots=True)
class Sheets:
    """n sheets as grids of world places, far ones not sorted. `page` says which page is written on each."""

    points: Array  # (n, ROWS, COLUMNS, 3)
    page: NDArray[np.int64]  # (n,)
    width: Array  # (n,) units
    shown: Array  # (n,) 0..1
    ink: float
    gleam: float


def sheets_at(cue: Cue, t: float, seed: int) -> Sheets | None:
    """The sheets at t, None where there are none."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    n = int(min(round(cue.number("count")), MOST))
    u = _own(seed)[:, :n]
    middle, shown = _middles(cue, t, u, n)
    size = cue.number("size") * (0.78 + 0.5 * u[6])
    form = _curled(t * cue.number("drift"), seed, n) * size[:, None, None, None]
    pace = t * TURNING * cue.number("drift")
    way = np.where(u[5] < 0.5, -1.0, 1.0) * (0.5 + 0.8 * u[7])
    round_ = 6.28 * u[4] + 0.75 * pace * way
    spin = _spun(
        1.3 * (u[2] - 0.5) + 0.55 * np.sin(0.8 * pace + 9 * u[3]),
        round_ - LINGER * np.sin(2 * round_),
        2.2 * (u[3] - 0.5) + 0.45 * np.sin(0.5 * pace + 5 * u[4]),
    )
    points = (form.reshape(n, -1, 3) @ spin.transpose(0, 2, 1)).reshape(form.shape) + middle[:, None, None]
    page = (u[8] * 4).astype(np.int64)
    return Sheets(points, page, size, shown * level, cue.number("ink"), cue.number("gleam"))


def _spun(nod: Array, turn: Array, roll: Array) -> Array:
    """Turns (n, 3, 3): about the upright first, then about the line across, then about the line of sight."""
    angle = np.stack([nod, turn, roll])
    (sx, sy, sz), (cx, cy, cz) = np.sin(angle), np.cos(angle)
    rows = (
        (cz * cy - sz * sx * sy, -sz * cx, cz * sy + sz * sx * cy),
        (sz * cy + cz * sx * sy, cz * cx, sz * sy - cz * sx * cy),
        (-cx * sy, sx, cx * cy),
    )
    return np.asarray(np.moveaxis(np.array(rows), 2, 0))


@lru_cache(maxsize=4)
def _own(seed: int) -> Array:
    """What of each sheet is chance, (10, MOST)."""
    return chances(seed, "sheets", count=10 * MOST).reshape(10, MOST)


def _middles(cue: Cue, t: float, u: Array, n: int) -> tuple[Array, Array]:
    """Where each sheet's middle is, and how much of it is there: they come in above and are gone before the boards."""
    drift, spread, scatter = cue.number("drift"), cue.number("spread"), cue.number("scatter")
    even = (np.arange(n) * 0.6180339887 + u[0] * 0.35) % 1.0
    fall = (even - t * drift * SINKING * (0.6 + 0.8 * u[1])) % 1.0
    angle = 6.2832 * (np.arange(n) * 0.381966 + 0.2 * u[2]) + t * drift * CIRCLING * (0.6 + 0.8 * u[3])
    reach = spread * (0.34 + 0.66 * np.sqrt(u[9])) * (1.0 + 2.2 * scatter * (0.5 + u[4]))
    x = np.cos(angle) * reach
    z = 0.45 + 0.66 * np.sin(angle) * (0.4 + 0.6 * spread) + 0.25 * scatter
    z += np.maximum(BEHIND - z, 0.0) * np.exp(-((x / 0.34) ** 2))  # none passes right before the performer
    clear = EMPTY * (1.0 + 2.0 * np.clip((0.5 - z) / 0.6, 0.0, 1.0))  # more before the performer than behind
    x += np.tanh(x / 0.15) * clear + 0.03 * np.sin(0.4 * t * drift + 40 * u[4])
    z = np.maximum(z, NEAREST)
    x = _within(x / (1.0 + z), WIDEST + 2.0 * scatter) * (1.0 + z)
    y = LOW + (HIGH - LOW) * fall + 0.02 * np.sin(0.7 * t * drift + 30 * u[5]) + 0.5 * scatter * u[1]
    y = 0.16 + (y - 0.16) * (1.0 + 0.75 * np.maximum(z, -0.2))
    shown = np.clip(np.minimum(fall, 1 - fall) * 14, 0.0, 1.0) * np.clip(
        1.0 - 1.3 * scatter * (0.4 + u[7]), 0.0, 1.0
    )
    return np.stack([x + cue.number("x"), y, z], 1), shown


def _within(u: Array, most: float) -> Array:
    """Places across the picture drawn in towards those that every shape of frame shows; the inner ones stay."""
    over = np.maximum(np.abs(u) - FREE, 0.0)
    return np.asarray(np.sign(u) * (np.abs(u) - over + (most - FREE) * np.tanh(over / (most - FREE))))


@lru_cache(maxsize=4)
def _flat(seed: int) -> tuple[Array, ...]:
    """What of each sheet's curl stays: along and across the slant it rolls on, (MOST, ROWS, COLUMNS), its cosine, sine,
    bend, phase (MOST, 1, 1), how the bend grows towards an end, and two phases of its ripple."""
    u = _own(seed)
    a, b = np.meshgrid(np.linspace(-0.5, 0.5, COLUMNS), np.linspace(0.5 * TALL, -0.5 * TALL, ROWS))
    phase, slant = (6.2832 * u[2])[:, None, None], (1.4 * (u[3] - 0.5))[:, None, None]
    cosine, sine = np.cos(slant), np.sin(slant)
    across, along = a * cosine + b * sine, b * cosine - a * sine
    bend = (np.where(u[4] < 0.5, -1, 1) * (0.5 + 1.5 * u[5]))[:, None, None]
    grows = 0.7 * b * np.sin(3 * phase) + 1e-3
    return (
        along,
        across,
        cosine,
        sine,
        bend,
        phase,
        grows,
        5.5 * along + 3 * across + phase,
        11 * along + 2 * phase,
    )


def _curled(t: float, seed: int, n: int) -> Array:
    """Unit-wide sheets (n, ROWS, COLUMNS, 3) rolled on a slant and fluttering along their length."""
    along, across, cosine, sine, bend, phase, grows, wave, short = (part[:n] for part in _flat(seed))
    bend = bend * (1 + 0.35 * np.sin(0.9 * t + phase)) + grows
    turned = bend * across
    rolled, out = np.sin(turned) / bend, np.empty((*along.shape, 3))
    out[..., 0] = rolled * cosine - along * sine
    out[..., 1] = rolled * sine + along * cosine
    out[..., 2] = (
        (1 - np.cos(turned)) / bend + 0.030 * np.sin(wave + 1.7 * t) + 0.014 * np.sin(short - 2.3 * t)
    )
    return out
