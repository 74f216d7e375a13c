"""The picture out of register: where each of its colours lies, and where it is seen a second time."""

from __future__ import annotations

import math
from dataclasses import dataclass

from performance.causes.gone import gone
from performance.chance import chance, drift
from performance.curves import ease
from performance.timeline import Cue, Timeline

SETTLES = 0.16  # of the time between two slips that one takes
WEAVE_RATE = 11.0  # tremblings a second
FLAT = 0.55  # slips go sideways rather than up


@dataclass(frozen=True, slots=True)
class Register:
    """Places in picture heights, right and down: red lies at `colours`, blue opposite, the second picture at `second`;
    `double` 0..0.5 is its share."""

    colours: tuple[float, float]
    second: tuple[float, float]
    double: float


def register_at(cue: Cue, timeline: Timeline, t: float) -> Register | None:
    """How far the picture is out of register, None when it is in it."""
    level = cue.number("level")
    if level <= 0.0:
        return None
    seed = timeline.seed
    x, y = _slipped(seed, gone(timeline, "stage.register", "slips", t))
    weave = cue.number("weave")
    x += weave * 0.35 * float(drift(seed, "register", 0, t=t * WEAVE_RATE))
    y += weave * 0.25 * float(drift(seed, "register", 1, t=t * WEAVE_RATE))
    shift, apart = level * cue.number("shift"), level * cue.number("apart")
    return Register(
        (shift * x, shift * y), (-apart * x, apart * y), cue.number("double") * min(2.0 * level, 1.0)
    )


def _slipped(seed: int, turn: float) -> tuple[float, float]:
    """Where it has slipped to after so many slips, at most 1 away; each is quick and then holds."""
    n = math.floor(turn)
    share = ease(min((turn - n) / SETTLES, 1.0))
    before, now = _rest(seed, n - 1), _rest(seed, n)
    return before[0] + (now[0] - before[0]) * share, before[1] + (now[1] - before[1]) * share


def _rest(seed: int, n: int) -> tuple[float, float]:
    angle = 2.0 * math.pi * (0.38 * n + 0.25 * chance(seed, "register", "angle", n))
    far = 0.6 + 0.4 * chance(seed, "register", "far", n)
    return far * math.cos(angle), FLAT * far * math.sin(angle)
