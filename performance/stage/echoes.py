"""Echoes: which earlier moments are seen again now, where, how large and in what tint."""

from __future__ import annotations

import math
from dataclasses import dataclass

from performance.curves import Colour, ease
from performance.timeline import Cue, Timeline

TURNS = 5.0  # times a second that each ghost comes to another moment; between them the two blend
APART = 0.50  # picture heights between ghosts that have not converged
GROWTH = 0.16  # how much larger a ghost is when it has passed


@dataclass(frozen=True, slots=True)
class Ghost:
    """Earlier moments of the piece as a veil of light: the first of `moments` blends into the second, which is `share`
    0..1 of what is seen; the third will come after them. At `level` 0 it has yet to come."""

    moments: tuple[float, float, float]
    share: float
    level: float
    tint: Colour
    u: float  # where its middle lies
    v: float
    size: float
    mirrored: bool


def echoes_at(cue: Cue, timeline: Timeline, t: float) -> tuple[Ghost, ...] | None:
    """The ghosts of a moment, the oldest first; None when there are none."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    names = [name for name in cue.text("recall").split()[:3] if name in {span.id for span in timeline.beats}]
    passing, together = cue.number("passing"), cue.number("converge")
    turn = math.floor(t * TURNS + 1e-6)
    near = [  # how far the procession has come at the turn before the last one, at the last, and at the next
        timeline.cue("stage.echoes", max((turn + k) / TURNS, cue.start)).number("passing") for k in (-1, 0, 1)
    ]
    ghosts, number = [], len(names)
    for k, (name, tint) in enumerate(zip(names, ("first", "second", "third"))):
        share, span = _share(passing, number, k), timeline.beat(name)
        reach = min(cue.number("reach"), span.length)
        start = span.start + 0.5 * (span.length - reach)
        then, now, soon = (round(start + reach * _share(come, number, k), 3) for come in near)
        apart = (1.0 - together) * APART
        ghosts.append(
            Ghost(
                moments=(then, now, soon),
                share=min(max(t * TURNS - turn, 0.0), 1.0),
                level=level * _swell(share, together),
                tint=cue.colour(tint),
                u=apart * (k - 0.5 * (number - 1)) * (1.35 - 0.7 * share),
                v=0.5 + 0.05 * (1.0 - together) * math.sin(2.1 * k + 1.3 * share),
                size=1.0 + GROWTH * (share - 0.5) * (1.0 - together),
                mirrored=k == 1,
            )
        )
    return tuple(ghosts) or None


def _share(passing: float, number: int, k: int) -> float:
    """How far the ghost `k` of so many has passed when the procession has come so far."""
    return min(max(passing * (number + 1.0) / 2.0 - 0.5 * k, 0.0), 1.0)


def _swell(share: float, together: float) -> float:
    """A ghost comes, and thins as the next one passes over it, until all are one."""
    return ease(min(share / 0.25, 1.0)) * (0.62 + 0.38 * max(together, 1.0 - share))
