"""A melody of masses, and the dust that falls past them; what bursts in the picture is what sounds.

The melody is composed over the plan of harmony (`causes/composition.py`). Specks of dust would pass evenly; near a mass
their times are drawn together about its own, and their pitches towards its pitch, the nearer the more: a well in time
and in pitch.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from performance.causes.composition import Wanted, melody
from performance.causes.cycles import turns_of
from performance.causes.harmony import harmony_at
from performance.causes.perbeat import PerBeat, meant, spans_between
from performance.chance import chances

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.gravity"
FIRST, LAST = 0.6, 2.5  # seconds of a beat before the first note and after the last
REACH = 0.85  # seconds around a mass within which time is bent
FALL = 19.0  # semitones from which dust falls
KINDS = ("ripple", "fire", "silver")


@dataclass(frozen=True, slots=True)
class Mass:
    """One note: when, how long, how high, how heavy 0..1; `kind` of burst; `u` where it stands in the picture."""

    t: float
    length: float
    pitch_hz: float
    weight: float
    kind: str
    u: float
    which: int
    rests: bool


class Speck(NamedTuple):
    """Dust at `t`, when it would have passed `even`; `pitch_hz` now; `near` 1 at a mass, 0 far from any."""

    t: float
    even: float
    pitch_hz: float
    near: float
    u: float
    which: int


def _make(timeline: Timeline, span: BeatSpan) -> tuple[Mass, ...]:
    if not meant(timeline, PATH, span):
        return ()
    cue = timeline.cue(PATH, span.end - 1e-3)
    lift = 7 * round(cue.number("octave")) + round(cue.number("lift"))
    start = span.start + FIRST
    wanted = Wanted(
        start,
        span.length - FIRST - LAST,
        span.index,
        cue.text("motif"),
        cue.number("pulse"),
        cue.number("rubato"),
        0.5,
        lift,
    )
    made = []
    for i, note in enumerate(melody(timeline, wanted)):
        draw = chances(timeline.seed, "mass", span.index, i, count=2)
        weight = min(0.3 + 0.35 * note.loud + 0.35 * min(note.length / 2.0, 1.0), 1.0)
        kind = KINDS[1 if note.loud > 0.8 else 2 if note.length > 1.6 * wanted.pulse else 0]
        u = 0.75 * (2 * draw[0] - 1) * (1.0 - 0.5 * weight)
        made.append(
            Mass(note.onset, note.length, note.pitch_hz, weight, kind, u, span.index * 4096 + i, note.rests)
        )
    return tuple(made)


masses_of = PerBeat(_make)


def masses(timeline: Timeline, a: float, b: float) -> list[Mass]:
    """The notes that begin in [a, b)."""
    return [
        mass
        for span in spans_between(timeline, a, b)
        for mass in masses_of(timeline, span)
        if a <= mass.t < b
    ]


def pull_at(timeline: Timeline, t: float) -> float:
    """0..1: how strong the field is at t, for what falls in the picture."""
    around = masses(timeline, t - REACH, t + REACH)
    return max((mass.weight * (1 - abs(t - mass.t) / REACH) ** 2 for mass in around), default=0.0)


def _rate(timeline: Timeline, t: float) -> float:
    return timeline.cue(PATH, t).number("dust")


turns = turns_of(PATH, _rate)


def _specks(timeline: Timeline, span: BeatSpan) -> tuple[Speck, ...]:
    """The dust of a beat. What is bent past its ends is left out."""
    heavy = masses_of(timeline, span)
    if not heavy:
        return ()
    went, found = turns(timeline, span), []
    onsets = [mass.t for mass in heavy]
    for n in range(int(went.count[0]), int(went.count[-1])):
        even = went.when(n + 0.5)
        draw = chances(timeline.seed, "dust", n, count=4)
        after = bisect_left(onsets, even)
        mass = min(heavy[max(after - 1, 0) : after + 1], key=lambda one: abs(one.t - even))
        x = (even - mass.t) / REACH
        pull = timeline.cue(PATH, even).number("pull")
        near = max(1.0 - abs(x), 0.0) * mass.weight
        bent = abs(x) ** (1.0 + 1.6 * pull * mass.weight) if abs(x) < 1.0 else abs(x)
        t = mass.t + (1.0 if x > 0 else -1.0) * bent * REACH
        side = 1.0 if draw[0] < 0.65 else -1.0
        away = FALL * (0.35 + 0.65 * draw[1]) * min(bent, 1.0) ** 0.8
        octave = 2.0 if draw[2] < 0.6 else 4.0
        pitch = mass.pitch_hz * octave * 2.0 ** (side * away / 12.0)
        if near <= 0.0:  # what no mass pulls hangs in the scale
            pitch = harmony_at(timeline, even).nearest(pitch, chord=False)
        u = mass.u + (1.6 * draw[3] - 0.8) * min(bent, 1.0)
        if span.start <= t < span.end:
            found.append(Speck(t, even, pitch, near, u, n))
    return tuple(sorted(found))


specks_of = PerBeat(_specks)


def specks(timeline: Timeline, a: float, b: float) -> list[Speck]:
    """The dust that passes in [a, b), in order of time."""
    found: list[Speck] = []
    for span in spans_between(timeline, a, b):
        made = specks_of(timeline, span)
        found += made[bisect_left(made, (max(a, span.start),)) : bisect_left(made, (min(b, span.end),))]
    return found
