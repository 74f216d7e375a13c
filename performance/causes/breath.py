"""One body's breath: a closed form that a chest, a fog or a light may breathe with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from performance.causes.cycles import turns_of

if TYPE_CHECKING:
    from performance.timeline import Timeline

PATH = "sound.breath"
IN, HOLD, OUT = 0.40, 0.04, 0.46  # shares of one breath; the rest is a pause


def _rate(timeline: Timeline, t: float) -> float:
    return timeline.cue(PATH, t).number("rate") / 60.0


turns = turns_of(PATH, _rate)


def phase(timeline: Timeline, t: float) -> float:
    """Turns of breath made by t; the fraction is 0 where the air begins to go in."""
    return turns(timeline, timeline.beat_at(t)).at(t)


def flow(phase: float) -> float:
    """The stream of air at a phase: 0..1 in, 0..-1 out; in is round and quick, out early and long."""
    x = phase % 1.0
    if x < IN:
        return float(math.sin(math.pi * x / IN) ** 0.8)
    out = (x - IN - HOLD) / OUT
    if 0.0 < out < 1.0:
        return -float(math.sin(math.pi * out**0.55) ** 1.1)
    return 0.0
