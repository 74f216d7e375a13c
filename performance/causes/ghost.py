"""The ghost performer: what it does when, as gestures of the same kinds that a visitor makes.

The score says how often it sweeps and touches, seed and beat say when and where. Strokes alternate between the hands
and never come in step; touches go round the mirrors without touching one twice running. All of a beat's gestures are
known from its start, so a figure may lift its arm before the stroke.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from performance.causes.cycles import add_up
from performance.causes.eye import eye_at
from performance.causes.perbeat import PerBeat, spans_between
from performance.chance import chance, drift
from performance.gestures import Gesture, Strike, Sweep, Touch

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "stage.ghost"
FIRST = 0.6  # seconds of a beat before anything is done in it
_GOLDEN = 0.6180339887498949  # steps of the golden section go round evenly and never repeat
WANDER = 0.22  # units strayed at wander 1
STRAY_RATE = 0.11  # new places a second


@dataclass(frozen=True, slots=True)
class Reach(Touch):
    """A touch by the ghost: it means to touch, `choice` 0..1 says which of all that can be touched."""

    choice: float = 0.0


def gestures(timeline: Timeline, a: float, b: float) -> list[Gesture]:
    """All that the ghost does in [a, b), in order of time."""
    spans = spans_between(timeline, a, b)
    return [gesture for span in spans for gesture in _of_span(timeline, span) if a <= gesture.t < b]


def place(timeline: Timeline, t: float) -> tuple[float, float]:
    """(x, z) where the ghost stands."""
    cue = timeline.cue(PATH, t)
    stray = WANDER * cue.number("wander")
    x, z = cue.number("x"), cue.number("z")
    if stray > 0.0:
        x += stray * float(drift(timeline.seed, "ghost", "x", t=t * STRAY_RATE))
        z += 0.5 * stray * float(drift(timeline.seed, "ghost", "z", t=t * STRAY_RATE))
    return x, z


def _make(timeline: Timeline, span: BeatSpan) -> tuple[Gesture, ...]:
    made: list[Gesture] = []
    for kind in ("sweeps", "touches"):
        rate = add_up(partial(_rate, timeline, kind), span.start, span.end)
        for n in range(math.ceil(rate.count[-1])):
            turn = n + 0.5 + 0.34 * (2 * chance(timeline.seed, "ghost", span.index, kind, n, "when") - 1)
            t = rate.when(turn)
            if turn < rate.count[-1] and span.start + FIRST <= t < span.end:
                made.append(
                    _sweep(timeline, span, n, t) if kind == "sweeps" else _reach(timeline, span, n, t)
                )
    cue = timeline.cue(PATH, span.start)
    if span.start <= cue.moment("strike") < span.end and cue.number("level") > 0.0:
        made.append(Strike(cue.moment("strike"), *_seen(timeline, cue.moment("strike"), 0.0, 0.8)))
    return tuple(sorted(made, key=lambda gesture: gesture.t))


_of_span = PerBeat(_make)


def prepare(timeline: Timeline) -> None:
    """Work out all gestures of the piece now, so that no beat begins late for them."""
    _of_span.prepare(timeline)


def _rate(timeline: Timeline, kind: str, t: float) -> float:
    cue = timeline.cue(PATH, t)
    return cue.number(kind) / 60.0 if cue.number("level") > 0.0 else 0.0


def _sweep(timeline: Timeline, span: BeatSpan, n: int, t: float) -> Sweep:
    draw = [chance(timeline.seed, "ghost", span.index, "sweep", n, part) for part in range(4)]
    side = 1.0 if n % 2 else -1.0
    strength = timeline.cue(PATH, t).number("level") * (0.55 + 0.45 * draw[0])
    speed = 0.9 + 1.1 * draw[1]
    rise = 0.9 * (draw[2] - 0.6)
    return Sweep(t, *_seen(timeline, t, side * 0.12, 0.58 - 0.1 * draw[3]), strength, side * speed, rise)


def _reach(timeline: Timeline, span: BeatSpan, n: int, t: float) -> Reach:
    choice = (chance(timeline.seed, "ghost", span.index, "choice") + n * _GOLDEN) % 1.0
    height = chance(timeline.seed, "ghost", span.index, "height", n)
    strength = timeline.cue(PATH, t).number("level") * (0.6 + 0.4 * height)
    return Reach(t, *_seen(timeline, t, 0.5 * (choice - 0.5), 0.5 - 0.25 * height), strength, choice)


def _seen(timeline: Timeline, t: float, aside: float, v: float) -> tuple[float, float]:
    """Where in the picture something is seen that it does `aside` from where it stands."""
    x, z = place(timeline, t)
    u, v = (float(k) for k in eye_at(timeline, t).seen(x / (1.0 + z) + aside, v, 1.0 / (1.0 + z)))
    return u, v
