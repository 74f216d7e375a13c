"""The constellation: shards lift and hang as small mirrors of three emotions; touched, they flare and swing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.constellation import Constellation, answers, underway
from performance.causes.fracture import Fracture, flight
from performance.causes.smooth import smooth
from performance.stage.hanging import ALONG, STEPS, Lasting, facing, lasting_of, lifted
from performance.stage.plates import Plates

if TYPE_CHECKING:
    from performance.causes.touches import Touched
    from performance.timeline import Cue

Array = NDArray[np.float64]
FADES = 2.0  # how fast a flare dies, 1/s
SWING, SWING_RATE, SWING_FADES = 1.0, 8.5, 1.1  # radians, radians a second, 1/s
REMEMBERED = 9.0  # seconds after which a touch no longer shows
FAINTER = 0.08 + 0.22 * np.abs(2 * ALONG - 1) ** 1.5  # light of a line at rest, brighter towards its ends


@dataclass(frozen=True, slots=True)
class Mirrors:
    """The constellation at one instant. m mirrors among the plates, k lines; light in linear RGB."""

    plates: Plates
    mirrors: NDArray[np.int64]  # (m,) which plates
    sizes: Array  # (m,) across, of their own scale, units
    flare: Array  # (m,) how brightly each one answers, 1 is a full touch
    struck: Array  # (m,) the part of it that comes from being touched itself
    colours: Array  # (m, 3)
    lines: Array  # (k, STEPS, 3) places
    line_light: Array  # (k, STEPS, 3)


def mirrors_at(
    cue: Cue, t: float, seed: int, broken: Fracture | None, stars: Constellation | None, touches: Sequence[Touched]
) -> Mirrors | None:  # fmt: skip
    """The constellation at t; touches in order. None before anything has left the boards."""
    level, assemble = cue.number("level"), cue.number("assemble")
    if broken is None or stars is None or level <= 0.0 or assemble <= 0.0 or t < broken.when:
        return None
    lasting = lasting_of(seed, broken, stars)
    felt = [touch for touch in touches if t - REMEMBERED < touch.t <= t]
    when = np.array([touch.t for touch in felt])
    which = np.array([touch.mirror for touch in felt], np.int64)
    answer = answers(stars, which)
    flare, struck, swing = _answering(stars, t, when, which, answer)
    risen = smooth(underway(stars, assemble))
    hangs = bool(risen.min() >= 1.0)
    boards, lay = (stars.places, None) if hangs else flight(broken, t)
    place = lifted(lasting, boards, stars.places, risen, t)
    turn = facing(lasting, lay, risen, t, stars, swing)
    grown, thick, shade, mirror, frosted = lasting.hung if hangs else lasting.on_the_way(risen)
    if len(felt):
        grown = grown.copy()
        grown[stars.mirrors] *= 1.0 + 0.22 * struck
    plates = Plates(
        outlines=broken.outlines,
        corners=broken.corners,
        reach=broken.reaches,
        places=place,
        turns=turn,
        scale=grown,
        thickness=thick,
        tint=shade,
        mirror=mirror,
        own=_glow(lasting, flare, struck, risen),
        shown=np.full(broken.count, level),
        form=broken.form,
        grain=lasting.grain,
        frosted=frosted,
    )
    lines, light = _lines(lasting, stars, place, t, when, answer, cue.number("lines") * level, risen)
    return Mirrors(plates, stars.mirrors, lasting.sizes, flare, struck, lasting.colours, lines, light)


def _glow(lasting: Lasting, flare: Array, struck: Array, risen: Array) -> Array:
    """Light of the plates' own (n, 3): what each mirror answers, and what its neighbours throw on it."""
    own, at, tint = np.zeros_like(lasting.tint), lasting.stars.mirrors, lasting.colours
    glow = tint * (0.045 + 0.75 * flare)[:, None]
    if struck.any():
        glow += (0.7 * tint + 0.3) * (0.85 * struck)[:, None] + lasting.near @ (tint * struck[:, None])
    own[at] = glow * risen[at, None]
    return own


def _flash(age: Array) -> Array:
    """A flare over time: up in a twentieth of a second, then dying away."""
    return np.asarray(
        np.where(age > 0.0, (1 - np.exp(-np.maximum(age, 0) * 40)) * np.exp(-FADES * np.maximum(age, 0)), 0.0)
    )


def _answering(
    stars: Constellation, t: float, when: Array, which: NDArray[np.int64], answer: tuple[Array, Array]
) -> tuple[Array, Array, Array]:
    """How each mirror flares, flares of itself, and swings, at t."""
    if not len(which):
        still = np.zeros(len(stars.mirrors))
        return still, still, still
    late, strength = answer
    since = t - when[:, None]
    age = since - late
    itself = np.arange(len(stars.mirrors)) == which[:, None]
    flare = (strength * _flash(age) * np.where(itself, 1.0, 0.55)).sum(0)
    struck = (_flash(since) * itself).sum(0)
    after = np.maximum(age, 0.0)
    swing = (SWING * strength * np.exp(-SWING_FADES * after) * np.sin(SWING_RATE * after)).sum(0)
    return np.tanh(flare), np.tanh(struck), 1.1 * np.tanh(swing / 1.1)


def _lines(
    lasting: Lasting, stars: Constellation, place: Array, t: float, when: Array, answer: tuple[Array, Array],
    level: float, risen: Array,
) -> tuple[Array, Array]:  # fmt: skip
    """Points of the lines and their light; a touch runs along them from mirror to mirror."""
    a, b = lasting.ends
    start = place[a][:, None]
    points = start + (place[b][:, None] - start) * ALONG[:, None]
    light = np.broadcast_to(FAINTER, (len(a), STEPS))
    if len(when):
        arrives, carried = (
            ends[..., :1] * (1 - ALONG) + ends[..., 1:] * ALONG
            for ends in (part[:, stars.links] for part in answer)
        )
        age = np.maximum(t - when[:, None, None] - arrives, 0.0)
        light = light + 1.4 * (carried * _flash(age) * np.exp(-2.5 * age)).sum(0)
    there = np.clip(np.minimum(risen[a], risen[b]) * 4 - 3, 0.0, 1.0) * level
    return points, lasting.hues * (light * there[:, None])[..., None]
