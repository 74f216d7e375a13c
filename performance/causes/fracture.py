"""The shatter: the instrument's own outline breaks at a blow; its shards fly, bounce and come to rest.

Everything is reckoned once from (seed, when, place); where a shard is at t is then a closed form, and the list
of impacts tells picture and sound the same moments.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes import bounces, cracks, violin
from performance.causes.bounces import Falls
from performance.causes.smooth import smooth
from performance.causes.violin import Placing
from performance.chance import bells, chances

Array = NDArray[np.float64]

COUNT = 340  # shards wanted; some fewer are found
THICKNESS = 0.017  # of the ice, body lengths
GRAVITY = 1.05  # units / s^2: under half of what a person's height would make it, as dreams fall
CRACK_SPEED = 2.6  # body lengths a second
BURST, REACH = 0.86, 0.36  # speed next to the blow, units / s, and how far it carries, body lengths
SLOWS, SLOWEST_PACE = 0.40, 0.07  # when time slows down after the blow, and to what
LONGEST = 12.0  # seconds after which nothing moves any more
STILL = 3.0  # seconds after its last bounce at which no eye sees a shard move
HEARD_FROM = 0.4  # fall in units that gives a mean shard an impact of energy 1


@dataclass(frozen=True, slots=True)
class Impacts:
    """Every touch of a shard on the boards, in order. energy 1: a mean shard that fell 0.4 units."""

    onset: Array  # (m,) absolute seconds
    shard: NDArray[np.int64]  # (m,)
    x: Array
    z: Array
    size: Array  # units, the square root of its area
    energy: Array


@dataclass(frozen=True, slots=True)
class Fracture:
    """n shards. `outlines` are their corners about their own middles, counter-clockwise, upright, units."""

    when: float
    hush: float  # seconds for which time all but stands still in the first flight
    placing: Placing
    gravity: float
    outlines: Array  # (n, CORNERS, 2), the last corner repeated
    corners: NDArray[np.int64]  # (n,)
    homes: Array  # (n, 3) where their middles were
    form: Array  # (n, 2) the same in the violin's form
    sizes: Array  # (n,) square roots of their areas, units
    reaches: Array  # (n,) from their middles to their furthest corners, units
    spreads: Array  # (n,) square roots of the boxes round them, units
    masses: Array  # (n,) 1 is the mean
    thickness: float
    delay: Array  # (n,) seconds after the blow at which the crack lets it go
    falls: Falls
    impacts: Impacts

    @property
    def count(self) -> int:
        """How many shards there are."""
        return len(self.sizes)


def blow_of(placing: Placing) -> Array:
    """Where the blow falls, in the form: near the lowest point if it stands on the boards, else the belly."""
    if placing.y - placing.drop() < 0.02:
        form = violin.outline()
        lowest = form[placing.turned(form)[:, 1].argmin()]
        return np.asarray(lowest + (np.array([0.0, 0.40]) - lowest) * 0.06)
    return np.array([0.03, 0.36])


@lru_cache(maxsize=8)
def _clock(hush: float) -> tuple[Array, Array]:
    """Seconds as we count them and as the shards live them, while time slows down and picks up again."""
    ours = np.linspace(0.0, LONGEST + hush + 4.0, 8192)
    if hush <= 0.0:
        return ours, ours
    slow = smooth((ours - SLOWS) / 0.35) - smooth((ours - (SLOWS + hush)) / 0.9)
    pace = 1.0 - (1.0 - SLOWEST_PACE) * slow
    theirs = np.concatenate([[0.0], np.cumsum(0.5 * (pace[1:] + pace[:-1]) * np.diff(ours))])
    return ours, theirs


def own_time(broken: Fracture, t: float) -> float:
    """Seconds since the blow as the shards live them; below 0 before it."""
    since = t - broken.when
    return since if since <= 0.0 else float(np.interp(since, *_clock(broken.hush)))


def _unhushed(lived: Array, hush: float) -> Array:
    """When, for us, the shards have lived so many seconds."""
    ours, theirs = _clock(hush)
    return np.asarray(np.interp(lived, theirs, ours))


@lru_cache(maxsize=4)
def fracture(
    seed: int,
    when: float,
    x: float,
    y: float,
    z: float,
    size: float = 0.62,
    tilt: float = 0.3,
    count: int = COUNT,
    gravity: float = GRAVITY,
    hush: float = 0.0,
) -> Fracture:
    """The instrument placed with its middle at (x, y, z) and leaning by `tilt` breaks at `when`.

    `hush` seconds are spent with the shards all but standing in the air, as when one's heart misses a beat.
    """
    placing = Placing(x, y, z, size, tilt)
    blow = blow_of(placing)
    found = [*cracks.pieces(violin.outline(4), blow, count, seed), *violin.pegs()]
    middles = np.array([cracks.centroid(piece) for piece in found])
    areas = np.array([cracks.area(piece) for piece in found])
    corners = np.array([len(piece) for piece in found])
    form = np.stack(
        [np.vstack([piece, np.repeat(piece[-1:], cracks.CORNERS - len(piece), 0)]) for piece in found]
    )
    outlines = placing.turned(form) - placing.turned(middles)[:, None]
    homes = np.concatenate([placing.turned(middles), np.zeros((len(found), 1))], 1) + (x, y, z)
    sizes, masses = np.sqrt(areas) * placing.scale, areas / areas.mean()
    delay, speed, spin = _burst(seed, placing, middles, areas, blow)
    plates = np.concatenate([outlines, np.zeros((*outlines.shape[:2], 1))], 2)
    plates[..., 2] = np.where(np.arange(cracks.CORNERS) % 2, 0.5, -0.5) * THICKNESS * placing.scale
    gyration = np.sqrt((outlines**2).sum(2).mean(1)) * 0.8
    springy = chances(seed, "springy", count=len(found))
    fallen = bounces.falls(homes, speed, spin, plates, delay, gyration, springy, gravity)
    impacts = _impacts(when, hush, fallen, sizes, masses, gravity)
    return Fracture(
        when,
        hush,
        placing,
        gravity,
        outlines,
        corners,
        homes,
        middles,
        sizes,
        np.hypot(outlines[..., 0], outlines[..., 1]).max(1),
        np.sqrt(np.ptp(outlines, axis=1).prod(1)),
        masses,
        THICKNESS * placing.scale,
        delay,
        fallen,
        impacts,
    )


def _burst(
    seed: int, placing: Placing, middles: Array, areas: Array, blow: Array
) -> tuple[Array, Array, Array]:
    """When each shard comes loose, how fast and turning how: a burst that fades away from the blow."""
    n = len(middles)
    away = middles - blow
    distance = np.hypot(*away.T)
    near = np.exp(-distance / REACH)
    delay = distance / CRACK_SPEED * (0.85 + 0.3 * chances(seed, "late", count=n))
    out = placing.turned(away + (0.0, violin.MIDDLE)) / (distance * placing.scale + 0.03)[:, None]
    size = placing.size / 0.62
    wild = 0.5 + 0.9 * chances(seed, "wild", count=n)
    light = np.clip((0.003 / areas), 0.2, 3.0) ** 0.25
    speed = np.zeros((n, 3))
    speed[:, :2] = out * (np.sqrt(size) * wild * light * (0.10 + BURST * near))[:, None]
    depth = bells(seed, "depth", count=n)
    speed[:, 2] = size * (0.04 + np.where(depth > 0, 0.46, 0.24) * depth) * (0.45 + near)
    speed[:, 1] = np.abs(speed[:, 1]) * np.where(placing.y < 0.9 * placing.size, 1.0, 0.4) + size * (
        0.02 + 0.34 * near
    )
    axis = np.stack([bells(seed, "axis", k, count=n) for k in range(3)], 1)
    axis[:, 2] *= 0.55  # tumbling shows more than wheeling
    return delay, speed, axis * ((1.6 + 4.2 * near) * light)[:, None]


def _impacts(when: float, hush: float, fallen: Falls, sizes: Array, masses: Array, gravity: float) -> Impacts:
    """The touches that can be heard, in order."""
    time, plate, x, z, fast, felt = fallen.touches.T
    shard = plate.astype(np.int64)
    energy = masses[shard] * felt * fast**2 / (2 * gravity * HEARD_FROM)
    order = np.lexsort((shard, time))
    order = order[np.isfinite(time[order]) & (energy[order] > 1e-5)]
    heard = when + _unhushed(time[order], hush)
    return Impacts(heard, shard[order], x[order], z[order], sizes[shard[order]], energy[order])


def flight(broken: Fracture, t: float) -> tuple[Array, Array]:
    """Places (n, 3) of the shards' middles and turns (n, 3, 3) at t; before the blow, where they were."""
    lived = own_time(broken, t)
    return _flown(broken, lived, _resting(broken)) if lived < LONGEST else _resting(broken)


def _flown(
    broken: Fracture, lived: float, in_the_end: tuple[Array, Array] | None = None
) -> tuple[Array, Array]:
    """The same after the shards have lived so many seconds; those that have long stopped are as they are in the end."""
    f, n = broken.falls, broken.count
    which, lies = (f.start <= lived).sum(1) - 1, f.rest_start <= lived
    place, turn = broken.homes.copy(), np.broadcast_to(np.eye(3), (n, 3, 3)).copy()
    flying = np.flatnonzero((which >= 0) & ~lies)
    if in_the_end is not None:
        still = f.rest_start + STILL <= lived
        place[still], turn[still] = in_the_end[0][still], in_the_end[1][still]
        lies &= ~still
    resting = np.flatnonzero(lies)
    if len(flying):
        at = flying * f.start.shape[1] + which[flying]
        age = lived - f.start.reshape(-1)[at]
        far = f.place.reshape(-1, 3)[at] + f.speed.reshape(-1, 3)[at] * age[:, None]
        far[:, 1] -= 0.5 * broken.gravity * age * age
        turned = bounces.turning(f.spin.reshape(-1, 3)[at] * age[:, None])
        place[flying], turn[flying] = far, turned @ f.turn.reshape(-1, 3, 3)[at]
    if len(resting):
        place[resting], turn[resting] = _settling(broken, resting, lived - f.rest_start[resting])
    return place, turn


_RESTING: dict[int, tuple[Fracture, Array, Array]] = {}  # by identity: the last fracture that came to rest


def _resting(broken: Fracture) -> tuple[Array, Array]:
    """Where all shards lie in the end, reckoned once."""
    found = _RESTING.get(id(broken))
    if found is None or found[0] is not broken:
        found = (broken, *_flown(broken, LONGEST))
        for array in found[1:]:
            array.setflags(write=False)
        _RESTING.clear()
        _RESTING[id(broken)] = found
    return found[1], found[2]


def _settling(broken: Fracture, who: NDArray[np.intp], age: Array) -> tuple[Array, Array]:
    """Plates that have stopped bouncing flop flat, rattle and slide out."""
    f = broken.falls
    angle, away, pull = f.rest_angle[who], f.rest_spin[who], f.rest_pull[who]
    first = bounces.first_slap(angle, away, pull)
    now = np.where(age < first, angle + away * age - 0.5 * pull * age * age, 0.0)
    for begin, end in zip(bounces.HOPS[:-1], bounces.HOPS[1:], strict=True):
        q = np.clip((age / first - begin) / (end - begin), 0.0, 1.0)
        now += 4 * q * (1 - q) * np.minimum(angle, 0.5) * (end - begin) ** 2 * 0.9
    slid = (1 - np.exp(-bounces.SLIDE * age)) / bounces.SLIDE
    flopped = bounces.turning(f.rest_axis[who] * (angle - now)[:, None]) @ f.rest_turn[who]
    yaw = np.clip(f.rest_yaw[who], -9.0, 9.0) * slid
    c, s, turn = np.cos(yaw)[:, None], np.sin(yaw)[:, None], flopped.copy()
    turn[:, 0] = c * flopped[:, 0] + s * flopped[:, 2]
    turn[:, 2] = c * flopped[:, 2] - s * flopped[:, 0]
    place = f.rest_place[who] + f.rest_speed[who] * slid[:, None]
    outline = broken.outlines[who]
    heights = turn[:, 1, :1] * outline[..., 0] + turn[:, 1, 1:2] * outline[..., 1]
    place[:, 1] = 0.5 * broken.thickness * np.abs(turn[:, 1, 2]) - heights.min(1)
    place[:, 0] = np.clip(place[:, 0], -bounces.SIDES, bounces.SIDES)
    place[:, 2] = np.clip(place[:, 2], bounces.FRONT, bounces.BACK)
    return place, turn
