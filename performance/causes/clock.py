"""The clock: when it ticks, for the ear and for whatever light counts along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from performance.causes.cycles import turns_of
from performance.causes.perbeat import audible, spans_between

if TYPE_CHECKING:
    from performance.timeline import Timeline

PATH = "sound.clock"
_FIRST = 0.3  # of a tick's time, after which the first one comes


@dataclass(frozen=True, slots=True)
class Tick:
    """Number `index` at `t`; even ones are ticks, odd ones tocks."""

    index: int
    t: float


def _rate(timeline: Timeline, t: float) -> float:
    return timeline.cue(PATH, t).number("rate") / 60.0


turns = turns_of(PATH, _rate)


def ticks(timeline: Timeline, a: float, b: float) -> list[Tick]:
    """The ticks of [a, b), in order; none where the clock is not heard. A limp brings every tock late."""
    slack = 2.0
    found = []
    for span in spans_between(timeline, a - slack, b + slack):
        if audible(timeline, PATH, span):
            for n, t in turns(timeline, span).whole(span.start, span.end, _FIRST):
                found.append(Tick(n, t + _limp(timeline, n, t)))
    return [tick for tick in found if a <= tick.t < b]


def _limp(timeline: Timeline, n: int, t: float) -> float:
    cue = timeline.cue(PATH, t)
    return 0.0 if n % 2 == 0 else 0.4 * cue.number("limp") * 60.0 / cue.number("rate")
