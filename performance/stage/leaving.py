"""Where motes come from: places on the outlines of the people who let go, and the hour at which each is freed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import bells, chances
from performance.stage.bust import Bust, bust, release
from performance.stage.hair import SEAT
from performance.stage.seats import LETTING_GO, Seats, seats

Array = NDArray[np.float64]
Single = NDArray[np.float32]

SEEN_U, SEEN_V = 1.25, 1.6  # people beyond keep their motes to themselves
USUAL_U, USUAL_V = 0.95, 1.1  # those beyond are seen in wide and in tall frames only, and give fewer
TRIES = 5  # places looked at for one that lies on the outline of the whole person
ON_EDGE = 0.74  # share of motes that come from the lit edge
LEAST, MOST = 0.06, 1.08  # the release field (0.03..0.95) and its glowing edge, within a person's time
LOWEST = 1.30  # heads below the middle of a head: what is lower is hidden


def letting_go(gone: Array) -> Array:
    """The release field below which a person who is 0..1 `gone` has let go."""
    return np.asarray(MOST * gone - LEAST)


@dataclass(frozen=True, slots=True)
class Leaving:
    """(n,) float32, in the order in which they are freed: home, place in the air, and hour 0..1 of the dissolve."""

    hour: Single
    home_u: Single
    home_v: Single
    home_scale: Single
    air_u: Single
    air_v: Single
    air_scale: Single
    rows: Single  # (7, n): all of these, in this order

    def __len__(self) -> int:
        return len(self.hour)

    def freed(self, hour: float) -> int:
        """How many are free at an hour of the dissolve."""
        return int(np.searchsorted(self.hour, hour)) if hour < 1.0 else len(self)


def _ellipses(b: Bust) -> Array:
    """(k, 5) outlines of a bust's parts without the seat: centre and the form a, h, d of a x2 + 2 h x y + d y2."""
    m = b.form[b.matter != SEAT]
    centre = b.centre[b.matter != SEAT]
    a = m[:, 0, 0] - m[:, 0, 2] ** 2 / m[:, 2, 2]
    h = m[:, 0, 1] - m[:, 0, 2] * m[:, 1, 2] / m[:, 2, 2]
    d = m[:, 1, 1] - m[:, 1, 2] ** 2 / m[:, 2, 2]
    return np.stack([centre[:, 0], centre[:, 1], a, h, d], -1)


def _inside(parts: Array, x: Array, y: Array) -> Array:
    """Distance inside each of the parts (k, 5), to first order, for places (n,): (n, k)."""
    cx, cy, a, h, d = parts.T
    dx, dy = x[:, None] - cx, y[:, None] - cy
    gx, gy = a * dx + h * dy, h * dx + d * dy
    reach = np.sqrt(np.maximum(gx * dx + gy * dy, 1e-9))
    return np.asarray((1 - reach) * reach / (np.hypot(gx, gy) + 1e-4))


def outline_places(b: Bust, draws: Array) -> tuple[Array, Array, Array]:
    """Places x, y on one person's outline or body, and the hour of each. `draws` is (n, TRIES, 3) even numbers."""
    parts = _ellipses(b)
    size = 1.0 / np.sqrt(np.sqrt(parts[:, 2] * parts[:, 4] - parts[:, 3] ** 2))
    heavy = size * (parts[:, 1] < 1.2)
    bounds = np.cumsum(heavy) / heavy.sum()
    part = parts[np.searchsorted(bounds, draws[..., 0].ravel() * 0.999999)]
    angle = 2 * np.pi * draws[..., 1].ravel()
    edge = (draws[..., 2] < ON_EDGE).ravel()
    reach = np.where(edge, 1.0, np.sqrt(np.abs(draws[..., 2].ravel() - ON_EDGE) / (1 - ON_EDGE)))
    c, s = np.cos(angle), np.sin(angle)
    radius = reach / np.sqrt(part[:, 2] * c * c + 2 * part[:, 3] * c * s + part[:, 4] * s * s)
    x, y = part[:, 0] + radius * c, part[:, 1] + radius * s
    inside = _inside(parts, x, y).max(1)
    good = (np.abs(inside) < 0.05) | ~edge
    wrong = (~good + 2.0 * (y > LOWEST) + 0.2 * np.abs(inside)).reshape(draws.shape[:2])
    best = wrong.argmin(1) + np.arange(len(draws)) * draws.shape[1]
    x, y, inside = x[best], y[best], inside[best]
    single = (np.asarray(k, np.float32) for k in (x, y, inside))
    return x, y, np.asarray(release(b, *single), np.float64)


def _owners(everyone: Seats, count: int) -> NDArray[np.int64]:
    """Whose each mote is: near people are bigger and leave more."""
    seen = (np.abs(everyone.u) < SEEN_U) & (everyone.v < SEEN_V)
    usual = (np.abs(everyone.u) < USUAL_U) & (everyone.v < USUAL_V)
    weight = np.where(seen, everyone.size**1.15, 0.0) * np.where(usual, 1.0, 0.35)
    bounds = np.cumsum(weight) / weight.sum()
    return np.searchsorted(bounds, (np.arange(count) + 0.5) / count).astype(np.int64)


@lru_cache(maxsize=4)
def leaving(seed: int, count: int) -> Leaving:
    """All the motes of a performance."""
    everyone = seats(seed)
    owner = _owners(everyone, count)
    draws = chances(seed, "leaving", count=count * TRIES * 3).reshape(count, TRIES, 3)
    x, y, when = np.empty(count), np.empty(count), np.empty(count)
    for who in np.unique(owner):
        mine = owner == who
        x[mine], y[mine], when[mine] = outline_places(
            bust(int(everyone.row[who]), int(everyone.person[who])), draws[mine]
        )
    size = everyone.size[owner]
    home_u, home_v = everyone.u[owner] + x * size, everyone.v[owner] + y * size
    hour = everyone.release[owner] + LETTING_GO * (when + LEAST) / MOST
    together = bells(seed, "leaving", "people", count=3 * len(everyone)).reshape(3, -1)[:, owner]
    apart = bells(seed, "leaving", "apart", count=3 * count).reshape(3, -1)
    high = chances(seed, "leaving", "high", count=len(everyone))[owner]
    air_u = home_u * 0.92 + 0.07 * together[0] + 0.035 * apart[0] + 1.5 * x * size
    air_v = 0.80 - 0.82 * high + 0.05 * together[1] + 0.045 * apart[1] + 1.5 * (y - 0.3) * size
    air_scale = np.clip(np.exp(0.16 + 0.32 * together[2] + 0.20 * apart[2]), 0.45, 3.1)
    order = np.argsort(hour, kind="stable")
    parts = (hour, home_u, home_v, everyone.scale[owner], air_u, air_v, air_scale)
    rows = np.array([part[order] for part in parts], np.float32)
    return Leaving(*(*rows, rows))
