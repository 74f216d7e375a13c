"""Where the instrument of ice is, from the hands to the boards, and the one fracture that picture and sound share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from performance.causes.fracture import Fracture, fracture
from performance.causes.violin import Placing
from performance.chance import drift
from performance.curves import ease, ease_in

if TYPE_CHECKING:
    from performance.timeline import Cue, Timeline

Hand = tuple[
    float, float, float, float
]  # x, y, z of the instrument's middle in the performer's hands, and its tilt
SLIP = 0.22  # radians that it turns while it falls


def hanging(cue: Cue, t: float, seed: int, hand: Hand | None = None) -> Placing:
    """Where it is while it is whole and not yet falling: alive with a breath's sway."""
    hold = cue.number("hold") if hand is not None else 0.0
    free = 1.0 - 0.8 * hold
    sway = [float(drift(seed, "ice", k, t=t * 0.23 + 31 * k)) for k in range(3)]
    x = cue.number("x") + 0.016 * free * sway[0]
    y = cue.number("y") + (0.010 * math.sin(0.9 * t) + 0.008 * sway[1]) * free
    z, tilt = cue.number("z"), cue.number("tilt") + 0.05 * free * sway[2]
    if hand is not None:
        x, y, z, tilt = (a + (b - a) * hold for a, b in zip((x, y, z, tilt), hand, strict=True))
    return Placing(x, y, z, cue.number("size"), tilt)


def broken_place(cue: Cue) -> Placing:
    """Where it breaks: its lowest point on the boards if it falls, else where the score hangs it."""
    where = Placing(cue.number("x"), 0.0, cue.number("z"), cue.number("size"), cue.number("tilt") + SLIP)
    if cue.number("drop") <= 0.0:
        return Placing(where.x, cue.number("y"), where.z, where.size, cue.number("tilt"))
    return Placing(where.x, where.drop(), where.z, where.size, where.tilt)


def falling(start: Placing, end: Placing, share: float) -> Placing:
    """On the way from the hands to the boards, `share` 0..1 of the time."""
    mix, fall = ease(share), ease_in(share)
    return Placing(
        start.x + (end.x - start.x) * mix,
        start.y + (end.y - start.y) * fall,
        start.z + (end.z - start.z) * mix,
        start.size + (end.size - start.size) * mix,
        start.tilt + (end.tilt - start.tilt) * mix,
    )


def fracture_of(timeline: Timeline, t: float) -> Fracture | None:
    """The fracture that the score has set by t (its moment may still be to come), None where it has set none."""
    when = timeline.cue("stage.ice", t).moment("breaks")
    if not math.isfinite(when):
        return None
    cue = timeline.cue("stage.ice", when)
    place, hush = broken_place(cue), cue.number("hush")
    return fracture(timeline.seed, when, place.x, place.y, place.z, place.size, place.tilt, hush=hush)
