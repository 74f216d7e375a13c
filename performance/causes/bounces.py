"""How thin plates fall and bounce: free flight, a real impulse at the corner that touches, at last a flop.

A plate flies with constant spin (its inertia is taken as equal about all axes) until the first of its
corners reaches the boards; there an impulse with restitution and Coulomb friction changes speed and spin (as
in Baraff's "Analytical methods for dynamic simulation of non-penetrating rigid bodies", 1989, one contact at
a time). All contacts are reckoned once, so that place and turn at any time are closed forms of their flight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FLIGHTS = 7  # free flights of one plate at most; then it settles
RESTITUTION = (0.30, 0.52)
FRICTION = 0.34
SLOWEST = 0.16  # of touching speed under which a plate settles, units a second
SIDES = 1.28  # |x| where the wings stop them
FRONT, BACK = -0.40, 1.7  # z of the footlights' rim and of the back wall
RAGGED = 0.26  # how far short of those a plate may be stopped
SAMPLES = 40  # of a flight, when looking for its end
SLIDE = 5.0  # how fast sliding and turning on the boards dies away, 1/s
HOPS = (1.0, 1.36, 1.54)  # when a flopping plate slaps the boards, in times of its first fall


@dataclass(frozen=True, slots=True)
class Falls:
    """All free flights (n, FLIGHTS, ...) and the settling (n, ...) of n plates; seconds since the blow.

    Flight k of plate i lasts from start[i, k] to start[i, k + 1]; those that do not happen start at inf.
    """

    start: Array  # (n, FLIGHTS)
    place: Array  # (n, FLIGHTS, 3)
    speed: Array  # (n, FLIGHTS, 3)
    turn: Array  # (n, FLIGHTS, 3, 3)
    spin: Array  # (n, FLIGHTS, 3) radians a second, world axes
    rest_start: Array  # (n,) when it stops bouncing
    rest_place: Array  # (n, 3)
    rest_speed: Array  # (n, 3), along the boards
    rest_turn: Array  # (n, 3, 3)
    rest_axis: Array  # (n, 3) about which it flops flat
    rest_angle: Array  # (n,) from flat
    rest_spin: Array  # (n,) radians a second away from flat
    rest_yaw: Array  # (n,) radians a second
    rest_pull: Array  # (n,) radians a second^2 towards flat
    touches: Array  # (m, 6): seconds, plate, x, z, touching speed, share of its mass that is felt


def turning(axis_angle: Array) -> Array:
    """Rotation matrices (..., 3, 3) of axis times angle (..., 3) (Rodrigues)."""
    angle = np.linalg.norm(axis_angle, axis=-1)
    k = axis_angle / np.maximum(angle, 1e-12)[..., None]
    x, y, z = k[..., 0], k[..., 1], k[..., 2]
    s, c = np.sin(angle), np.cos(angle)
    d = 1 - c
    out = np.empty((*x.shape, 3, 3))
    out[..., 0, 0], out[..., 1, 1], out[..., 2, 2] = c + d * x * x, c + d * y * y, c + d * z * z
    for i, j, product, turn in ((0, 1, x * y, z), (2, 0, z * x, y), (1, 2, y * z, x)):
        even, odd = d * product, s * turn
        out[..., i, j], out[..., j, i] = even - odd, even + odd
    return out


def _heights(corners: Array, spin: Array) -> tuple[Array, Array, Array, Array]:
    """Parts of the height of each corner while spinning: fixed, with cosine, with sine, and the rate (n,)."""
    rate = np.linalg.norm(spin, axis=1)
    axis = spin / np.maximum(rate, 1e-9)[:, None]
    along = np.einsum("njk,nk->nj", corners, axis) * axis[:, 1:2]
    across = np.cross(axis[:, None], corners)[..., 1]
    return along, corners[..., 1] - along, across, rate


def _landing(place: Array, speed: Array, corners: Array, spin: Array, gravity: float) -> Array:
    """Seconds until the first corner (n, j, 3), as turned, touches; 0 where it sinks at once."""
    fixed, even, odd, rate = _heights(corners, spin)

    def gap(time: Array) -> Array:
        swing = rate * time
        low = (fixed + even * np.cos(swing)[:, None] + odd * np.sin(swing)[:, None]).min(1)
        return np.asarray(place[:, 1] + speed[:, 1] * time - 0.5 * gravity * time * time + low)

    y, vy = np.maximum(place[:, 1], 0.0), speed[:, 1]
    latest = (vy + np.sqrt(vy * vy + 2 * gravity * y)) / gravity + 1e-4
    before, after = np.zeros(len(y)), latest.copy()
    looking = np.ones(len(y), bool)
    for k in range(1, SAMPLES + 1):
        time = latest * (k / SAMPLES) ** 1.5
        below = gap(time) < 0.0
        after = np.where(looking & below, time, after)
        before = np.where(looking & ~below, time, before)
        looking &= ~below
    for _ in range(28):
        half = 0.5 * (before + after)
        below = gap(half) < 0.0
        after, before = np.where(below, half, after), np.where(below, before, half)
    return np.asarray(np.where(before < latest * (0.9 / SAMPLES) ** 1.5, 0.0, before))


def falls(
    place: Array,
    speed: Array,
    spin: Array,
    corners: Array,
    delay: Array,
    gyration: Array,
    bounce: Array,
    gravity: float,
) -> Falls:
    """Let n plates fly from `place` (n, 3) at `delay` (n,).

    corners (n, j, 3) are their own, unturned; gyration (n,) their radii of gyration, bounce (n,) 0..1 how
    springy each is.
    """
    n = len(place)
    flights, rest = _unflown(n, FLIGHTS), _unflown(n)
    touches = []
    now = {  # changed in place
        "start": delay.astype(np.float64), "place": place.copy(), "speed": speed.copy(),
        "turn": np.broadcast_to(np.eye(3), (n, 3, 3)).copy(), "spin": spin.copy(),
    }  # fmt: skip
    time, place, speed, turn, spin = now.values()
    who = np.arange(n)
    for k in range(FLIGHTS):
        turned = np.einsum("nij,ncj->nci", turn[who], corners[who])
        lasts = _landing(place[who], speed[who], turned, spin[who], gravity)
        flies = lasts > 0.0
        sunk = who[~flies]
        who, lasts = who[flies], lasts[flies]
        _rest(rest, now, sunk)
        if not len(who):
            break
        _keep_inside(place, speed, who, lasts, RAGGED * (bounce * 7.31 % 1.0))
        for name, value in now.items():
            flights[name][who, k] = value[who]
        time[who] += lasts
        place[who] += speed[who] * lasts[:, None]
        place[who, 1] -= 0.5 * gravity * lasts * lasts
        speed[who, 1] -= gravity * lasts
        turn[who] = turning(spin[who] * lasts[:, None]) @ turn[who]
        felt, touching = _strike(who, speed, spin, turn, corners, gyration, bounce)
        touches.append(np.stack([time[who], who, place[who, 0], place[who, 2], touching, felt], 1))
        last = (touching < SLOWEST) | (k == FLIGHTS - 1)
        _rest(rest, now, who[last])
        who = who[~last]
    axis, angle, away, pull = _flop(rest["turn"], rest["spin"], gyration, gravity)
    slaps = _slaps(rest, axis, angle, away, pull, gyration)
    return Falls(
        **flights,
        rest_start=rest["start"],
        rest_place=rest["place"],
        rest_speed=rest["speed"] * (1.0, 0.0, 1.0),
        rest_turn=rest["turn"],
        rest_axis=axis,
        rest_angle=angle,
        rest_spin=away,
        rest_yaw=rest["spin"][:, 1],
        rest_pull=pull,
        touches=np.concatenate([*touches, slaps]),
    )


def _unflown(*shape: int) -> dict[str, Array]:
    """Flights or places of rest that have not begun."""
    return {
        "start": np.full(shape, np.inf),
        "place": np.zeros((*shape, 3)),
        "speed": np.zeros((*shape, 3)),
        "turn": np.broadcast_to(np.eye(3), (*shape, 3, 3)).copy(),
        "spin": np.zeros((*shape, 3)),
    }


def _rest(rest: dict[str, Array], now: dict[str, Array], who: NDArray[np.intp]) -> None:
    """These plates stop bouncing here."""
    for name, value in now.items():
        rest[name][who] = value[who]


def _keep_inside(place: Array, speed: Array, who: NDArray[np.intp], lasts: Array, short: Array) -> None:
    """Aim flights that would leave the stage so that they end at its rim; how they fall does not change."""
    for axis, low, high in ((0, -SIDES, SIDES), (2, FRONT, BACK)):
        end = np.clip(place[who, axis] + speed[who, axis] * lasts, low + short[who], high - short[who])
        speed[who, axis] = (end - place[who, axis]) / lasts


def _strike(
    who: NDArray[np.intp],
    speed: Array,
    spin: Array,
    turn: Array,
    corners: Array,
    gyration: Array,
    bounce: Array,
) -> tuple[Array, Array]:
    """The lowest corner touches: change speed and spin. Returns share of mass felt, touching speed."""
    turned = np.einsum("nij,ncj->nci", turn[who], corners[who])
    arm = turned[np.arange(len(who)), turned[..., 1].argmin(1)]
    inertia = gyration[who] ** 2
    at = speed[who] + np.cross(spin[who], arm)
    down = np.maximum(-at[:, 1], 0.0)
    felt = 1.0 / (1.0 + (arm[:, 0] ** 2 + arm[:, 2] ** 2) / inertia)
    low, high = RESTITUTION
    push = (1.0 + low + (high - low) * bounce[who]) * down * felt
    along = at * (1.0, 0.0, 1.0)
    fast = np.linalg.norm(along, axis=1)
    hold = np.minimum(FRICTION * push, fast * felt)
    impulse = -along / np.maximum(fast, 1e-9)[:, None] * hold[:, None]
    impulse[:, 1] = push
    speed[who] += impulse
    spin[who] += np.cross(arm, impulse) / inertia[:, None]
    return felt, down


def _flop(turn: Array, spin: Array, gyration: Array, gravity: float) -> tuple[Array, Array, Array, Array]:
    """About which axis each plate falls flat, its angle from flat, its speed away and the pull back."""
    normal = turn[:, :, 2]
    up = np.where(normal[:, 1] < 0.0, -1.0, 1.0)
    axis = np.cross(normal, np.stack([np.zeros_like(up), up, np.zeros_like(up)], 1))
    sine = np.linalg.norm(axis, axis=1)
    axis = axis / np.maximum(sine, 1e-9)[:, None]
    angle = np.arctan2(sine, np.abs(normal[:, 1]))
    pull = 0.75 * gravity / (gyration * 1.6)
    most = np.sqrt(np.maximum(2 * pull * (1.45 - angle), 0.0))
    away = np.clip(-(spin * axis).sum(1), -6.0, most)
    return axis, angle, away, pull


def first_slap(angle: Array, away: Array, pull: Array) -> Array:
    """Seconds from the start of settling until the plate lies flat for the first time."""
    return np.asarray((away + np.sqrt(away * away + 2 * pull * angle)) / pull)


def _slaps(
    rest: dict[str, Array], axis: Array, angle: Array, away: Array, pull: Array, gyration: Array
) -> Array:
    """The touches of plates that fall flat, as rows of `touches`."""
    first = first_slap(angle, away, pull)
    hard = np.maximum(pull * first - away, 0.0) * gyration
    felt = np.full(len(first), 0.3)
    rows = []
    for hop, weight in zip(HOPS, (1.0, 0.4, 0.16), strict=True):
        late = first * hop
        slid = rest["place"] + rest["speed"] * ((1 - np.exp(-SLIDE * late)) / SLIDE)[:, None]
        rows.append(
            np.stack(
                [rest["start"] + late, np.arange(len(first)), slid[:, 0], slid[:, 2], hard * weight, felt], 1
            )
        )
    return np.concatenate(rows)
