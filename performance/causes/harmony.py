"""The plan of harmony: which chord and which scale hold at any time; home, departure, return.

Everything composed asks here (lines, answers to gestures, the wheels and wires of the machine), so that all of it is in
one key. A chord is pure upon its root; where the score's tuning is not just, all is tempered as the tuning says.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from performance.causes.motif import SCALES
from performance.causes.perbeat import PerBeat, spans_between
from performance.score.notation.figures import Figure, read_chords
from performance.units import STRETCHED_OCTAVE_CENTS

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.harmony"
COMMA = 81 / 80
SAME = 1.003  # ratios nearer than this are one tone
_ALTERED = {
    -1: (48 / 25, 16 / 15, 6 / 5, 5 / 4, 64 / 45, 8 / 5, 9 / 5),
    1: (25 / 24, 75 / 64, 125 / 96, 45 / 32, 25 / 16, 225 / 128, 2.0),
}  # ratios of the flat and sharp degrees


@dataclass(frozen=True, slots=True)
class Harmony:
    """What holds over [start, end): `ratios` of seven degrees above the tonic with the chord's own tones among them,
    `degrees` of the chord, root first (7 to the octave)."""

    start: float
    end: float
    name: str
    tonic_hz: float
    ratios: tuple[float, ...]
    degrees: tuple[int, ...]
    octave: float = 2.0  # the ratio of an octave: a little more where the tuning is stretched

    def pitch_hz(self, degree: int) -> float:
        """Hertz of a degree of the scale above (or below) the tonic."""
        octave, step = divmod(degree, 7)
        return self.tonic_hz * self.octave**octave * self.ratios[step]

    @property
    def rests(self) -> frozenset[int]:
        """Degrees 0..6 on which a line comes to rest."""
        return frozenset(degree % 7 for degree in self.degrees)

    def tones(self, low_hz: float, high_hz: float, chord: bool = True) -> tuple[float, ...]:
        """The pitches of the chord (or of the whole scale) within a range, rising; never none."""
        these = self.rests if chord else range(7)
        octaves = range(
            math.floor(math.log2(low_hz / self.tonic_hz)) - 1,
            math.ceil(math.log2(high_hz / self.tonic_hz)) + 2,
        )
        ladder = sorted(self.pitch_hz(7 * octave + degree) for octave in octaves for degree in these)
        inside = tuple(hz for hz in ladder if low_hz <= hz <= high_hz)
        return inside or (min(ladder, key=lambda hz: abs(math.log2(hz * hz / (low_hz * high_hz)))),)

    def nearest(self, hz: float, chord: bool = True) -> float:
        """The pitch of the chord (or scale) that is nearest to `hz`."""
        return min(self.tones(hz / 2, hz * 2, chord), key=lambda one: abs(math.log2(one / hz)))


def harmony_at(timeline: Timeline, t: float) -> Harmony:
    """The harmony that holds at t."""
    plan = plan_of(timeline, timeline.beat_at(t))
    return plan[max(bisect_right([one.start for one in plan], t) - 1, 0)]


def changes(timeline: Timeline, a: float, b: float) -> list[Harmony]:
    """The harmonies that begin in [a, b)."""
    return [
        one for span in spans_between(timeline, a, b) for one in plan_of(timeline, span) if a <= one.start < b
    ]


def _make(timeline: Timeline, span: BeatSpan) -> tuple[Harmony, ...]:
    cue = timeline.cue(PATH, span.start)
    figures = read_chords(cue.text("chords") or "I")
    count = count_of(timeline, span.start)
    tonic = (cue.pitches("on") or (timeline.score.tuning.tonic_hz,))[0]
    scale, kind = cue.word("scale"), timeline.score.tuning.kind
    cycle = sum(figure.counts for figure in figures) * count
    at = origin_of(timeline, span)
    at += math.floor((span.start - at) / cycle + 1e-9) * cycle
    made: list[Harmony] = []
    i = 0
    while at < span.end - 1e-9:
        figure = figures[i % len(figures)]
        until = at + figure.counts * count if len(figures) > 1 else span.end
        if until > span.start + 1e-9:
            ratios, degrees = spelt(figure, scale, kind)
            octave = 2.0 ** (STRETCHED_OCTAVE_CENTS / 1200) if kind == "stretched" else 2.0
            start, end = max(at, span.start), min(until, span.end)
            made.append(Harmony(start, end, figure.text, tonic, ratios, degrees, octave))
        at, i = until, i + 1
    return tuple(made)


plan_of = PerBeat(_make)


def count_of(timeline: Timeline, t: float) -> float:
    """Seconds of one count of the plan."""
    return timeline.cue(PATH, t).number("count") or 60.0 / timeline.score.tempo


def origin_of(timeline: Timeline, span: BeatSpan) -> float:
    """When the row of chords began that holds in a beat."""
    for earlier in reversed(timeline.beats[: span.index + 1]):
        if {"chords", "count"} & set(earlier.beat.settings.get(PATH, {})):
            return earlier.start
    return 0.0


@lru_cache(maxsize=512)
def spelt(figure: Figure, scale: str, kind: str) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """A chord in a scale: the seven ratios with the chord's tones in their places, and the chord's degrees."""
    own = SCALES[scale]
    root = _ALTERED[figure.shift][figure.root] if figure.shift else _root(figure, own)
    ratios, degrees = list(own), []
    for above, ratio in figure.steps:
        degree = figure.root + above
        ratios[degree % 7] = _near(root * ratio, own[degree % 7])
        degrees.append(degree)
    if kind != "just":
        octave = STRETCHED_OCTAVE_CENTS if kind == "stretched" else 1200.0
        ratios = [2.0 ** (round(12 * math.log2(ratio)) * octave / 14400.0) for ratio in ratios]
    return tuple(ratios), tuple(degrees)


def _root(figure: Figure, own: tuple[float, ...]) -> float:
    """The scale's own root, or a comma beside it where more of the chord's tones are then the scale's."""
    places = (own[figure.root], own[figure.root] / COMMA, own[figure.root] * COMMA)

    def fits(root: float) -> int:
        return sum(
            abs(
                math.log2(
                    _near(root * ratio, own[(figure.root + above) % 7]) / own[(figure.root + above) % 7]
                )
            )
            < math.log2(SAME)
            for above, ratio in figure.steps
        )

    return max(places, key=fits)


def _near(ratio: float, place: float) -> float:
    """The octave of a ratio that lies nearest to a place in the scale."""
    return float(ratio * 2.0 ** round(math.log2(place / ratio)))
