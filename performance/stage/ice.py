"""The instrument of ice at one instant: where it is, how it glows, how its bow is drawn, the cold that rolls off it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from performance.causes.breaking import Hand, broken_place, falling, hanging
from performance.causes.violin import Placing

if TYPE_CHECKING:
    from performance.timeline import Cue


@dataclass(frozen=True, slots=True)
class Ice:
    """All levels 0..1; `stroke` -1 at the bow's tip to 1 at its frog."""

    placing: Placing
    level: float
    glow: float
    frost: float
    vapour: float
    bow: float
    stroke: float
    falling: float  # 0 in its place, 1 at the boards
    mist: float = 1.0  # how much of the vapour is left, also after it has broken


def ice_at(
    cue: Cue, t: float, seed: int, hand: Hand | None = None, broken: Placing | None = None
) -> Ice | None:
    """The instrument at t; `hand` is where the performer holds it, `broken` where it will break (of the cue then).

    None when it is absent; for some seconds after it has broken only its cold breath is left (level 0).
    """
    level = cue.number("level")
    if level <= 0.0:
        return None
    when, drop = cue.moment("breaks"), cue.number("drop")
    place, fallen, mist = hanging(cue, t, seed, hand), 0.0, 1.0
    end = broken or broken_place(cue)
    if t >= when:
        level, place, mist = 0.0, end, max(1.0 - (t - when) / 6.0, 0.0)
        if mist <= 0.0:
            return None
    elif drop > 0.0 and t > when - drop:
        fallen = (t - when + drop) / drop
        place = falling(hanging(cue, when - drop, seed, hand), end, fallen)
    return Ice(
        place, level, cue.number("glow"), cue.number("frost"), cue.number("vapour"), cue.number("bow") * (1.0 - fallen),
        cue.number("stroke"), fallen, mist,
    )  # fmt: skip
