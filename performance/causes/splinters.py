"""The pieces of a broken note: when each is heard, which part of the note it is, forwards or back, how often over.

The note is a memory of LENGTH seconds. Broken, short pieces of it come in any order, each stuttered, some reversed,
with gaps between; as `broken` sinks they grow longer, fall into their order, close their gaps and overlap, until the
note runs through. The broken pictures of the memory may show the same places of it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from performance.causes.perbeat import PerBeat, audible, meant, spans_between
from performance.chance import chances

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.splinter"
LENGTH = 2.4  # seconds of the note that is remembered
BODY = (0.55, 2.0)  # of it: where it is steady
FIRST = 0.5  # seconds of a beat before it, where the score does not say
SHORT, LONG = 0.045, 1.3  # seconds of a piece, broken and whole
EDGE = 0.02  # seconds of a beat before its first piece
GAP = 0.6  # seconds between them at most
STUTTERS = 6
WHOLE = 0.06  # broken no more than this, it is whole


class Piece(NamedTuple):
    """At `t` the note's seconds [begin, begin + length) are heard, backwards if `back`; `again` counts a stutter's
    repeats; `pan` where; `edge` seconds of its fades; `cracks` 0..1 how hard it breaks off there."""

    t: float
    begin: float
    length: float
    back: bool
    again: int
    level: float
    pan: float
    edge: float
    cracks: float
    octave: int  # a memory may come back an octave off
    which: int


def _make(timeline: Timeline, span: BeatSpan) -> tuple[Piece, ...]:
    if not meant(timeline, PATH, span):
        return ()
    asked = timeline.cue(PATH, span.start).moment("at")
    alone = span.index == 0 or not audible(timeline, PATH, timeline.beats[span.index - 1])
    made: list[Piece] = []
    t, n, place, before = span.start + EDGE, 1, BODY[0], 0.0
    if span.start <= asked < span.end or alone:
        t = asked if span.start <= asked < span.end else span.start + FIRST
        made.append(_first(t, span.index))
        t += made[0].length * 0.97
    while t < span.end and n < 4000:
        cue = timeline.cue(PATH, min(t, span.end - 1e-6))
        broken, hurry = cue.number("broken"), cue.number("rate")
        draw = chances(timeline.seed, "piece", span.index, n, count=9)
        if broken <= WHOLE < before:
            t -= 0.35 * LONG  # it comes up out of the last piece
        before = broken
        pieces, t, place = _next(t, place, broken, hurry, draw.tolist(), span.index * 65536 + n * 8)
        made += pieces
        n += 1
    return tuple(sorted(piece for piece in made if span.start <= piece.t < span.end))


def _first(t: float, beat: int) -> Piece:
    """The note as it was played, until it breaks off."""
    return Piece(t, 0.0, 0.42, False, 0, 1.0, 0.0, 0.004, 1.0, 0, beat * 65536)


def _next(
    t: float, place: float, broken: float, hurry: float, draw: list[float], which: int
) -> tuple[list[Piece], float, float]:
    """What is heard next, when after it, and where in the note that leaves off."""
    if broken <= WHOLE:
        return _whole(t, place, which)
    length = (SHORT + (LONG - SHORT) * (1 - broken) ** 2.2 * (0.5 + draw[0])) / hurry**0.5
    stray = draw[1] < broken
    begin = BODY[1] * draw[2] if stray else place if place < BODY[1] - length else BODY[0]
    back = draw[3] < 0.42 * broken
    times = 1 + int(STUTTERS * broken**1.5 * draw[4] ** 1.3)
    step = length * (1.0 + 0.25 * broken * draw[5])
    edge = min(0.004 + 0.25 * length * (1 - broken) ** 2, 0.4 * length)
    pan = broken * (2 * draw[6] - 1)
    octave = -1 if draw[8] < 0.22 * broken else 1 if draw[8] > 1 - 0.12 * broken else 0
    made = [
        Piece(
            t + i * step, begin, length, back, i, (0.75 + 0.25 * draw[7]) * 0.93**i, pan, edge,
            broken * (0.4 if i else 1.0), octave, which + i,
        )
        for i in range(times)
    ]  # fmt: skip
    gap = GAP * broken**1.5 * draw[5] ** 2 / hurry
    overlap = 2 * edge * (1 - broken)
    return made, t + times * step + gap - overlap, begin + length - overlap


def _whole(t: float, place: float, which: int) -> tuple[list[Piece], float, float]:
    """It runs through: long pieces of its steady part that melt into one another."""
    length = LONG
    begin = place if BODY[0] <= place <= BODY[1] - length else BODY[0]
    piece = Piece(t, begin, length, False, 0, 1.0, 0.0, 0.5 * length, 0.0, 0, which)
    return [piece], t + 0.5 * length, BODY[0] + (begin - BODY[0] + 0.11) % (BODY[1] - BODY[0] - length + 0.01)


pieces_of = PerBeat(_make)


def pieces(timeline: Timeline, a: float, b: float) -> list[Piece]:
    """The pieces that begin in [a, b), in order of time."""
    found: list[Piece] = []
    for span in spans_between(timeline, a, b):
        made = pieces_of(timeline, span)
        found += made[bisect_left(made, (a,)) : bisect_left(made, (b,))]
    return found
