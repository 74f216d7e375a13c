"""The notes that are composed rather than written in a score, as events: hand them to a Timeline to have them listed.

    Timeline(score, generators=GENERATORS)

Their instruments read the same composers directly and sound with or without this.
"""

from __future__ import annotations

from collections.abc import Callable

from performance.causes import parts
from performance.causes.attempt import attempt
from performance.causes.attractor import turnings
from performance.causes.consort import consort
from performance.causes.gravity import masses
from performance.causes.heart import heart_beats
from performance.causes.lineage import rings
from performance.causes.perbeat import PerBeat, meant, spans_between
from performance.causes.recall import recall
from performance.causes.song import line_of
from performance.causes.strokes import Sheet, Stroke, sheet
from performance.timeline import BeatSpan, Event, Generator, Timeline

HEART_HZ = 43.0


def _song(timeline: Timeline, span: BeatSpan) -> list[Event]:
    line = line_of(timeline, span)
    notes = line.notes if line is not None else ()
    return [
        Event(n.onset, n.length, "voice", n.pitch_hz, n.loudness, 0.0, 1.0, span.id, i, "song")
        for i, n in enumerate(notes)
    ]


def _heart(timeline: Timeline, span: BeatSpan) -> list[Event]:
    return [
        Event(b.first, b.second - b.first, "heart", HEART_HZ, b.strength, 0.0, 1.0, span.id, b.index, "beat")
        for b in heart_beats(timeline, span.start, span.end)
    ]


def _strokes(name: str, compose: Callable[[Sheet], list[Stroke]]) -> Generator:
    def generate(timeline: Timeline, span: BeatSpan) -> list[Event]:
        path = f"sound.{name}"
        made = compose(sheet(timeline, path, span)) if meant(timeline, path, span) else []
        return [
            Event(s.onset, 1.0, name, s.pitch_hz, s.level, s.pan, s.distance, span.id, s.which, s.body)
            for s in made
        ]

    return generate


def _masses(timeline: Timeline, span: BeatSpan) -> list[Event]:
    return [
        Event(m.t, m.length, "gravity", m.pitch_hz, m.weight, m.u, 1.0, span.id, m.which, m.kind)
        for m in masses(timeline, span.start, span.end)
    ]


def _rings(timeline: Timeline, span: BeatSpan) -> list[Event]:
    return [
        Event(r.t, 0.1, "drop", 0.0, r.level, 0.0, 1.0 + r.z, span.id, r.lineage, f"child {r.generation}")
        for r in rings(timeline, span.start, span.end)
    ]


def _turnings(timeline: Timeline, span: BeatSpan) -> list[Event]:
    return [
        Event(t.t, 0.1, "chaos", 0.0, t.height, float(t.side), 1.0, span.id, t.which, f"turn {t.turn}")
        for t in turnings(timeline, span.start, span.end)
    ]


def _part(name: str) -> Generator:
    def generate(timeline: Timeline, span: BeatSpan) -> list[Event]:
        made = parts.composed(timeline, f"sound.{name}", span)
        return [
            Event(n.onset, n.length, name, n.pitch_hz, n.level, 0.0, 1.0, span.id, n.address, "theme")
            for n in made
        ]

    return generate


GENERATORS: dict[str, Generator] = {
    "sound.attempt": _strokes("attempt", attempt),
    "sound.chaos": _turnings,
    "sound.consort": _strokes("consort", consort),
    "sound.drop": _rings,
    "sound.gravity": _masses,
    "sound.heart": _heart,
    "sound.recall": _strokes("recall", recall),
    "sound.voice": _song,
    **{f"sound.{name}": _part(name) for name in parts.SECTIONS},
}


def _listed(generate: Generator) -> PerBeat[list[Event]]:
    return PerBeat(lambda timeline, span: list(generate(timeline, span)))


_kept = {path: _listed(generate) for path, generate in GENERATORS.items()}


def notes(timeline: Timeline, instrument: str, a: float, b: float) -> list[Event]:
    """What an instrument plays in [a, b), composed or written in the score, in order of time."""
    composed = _kept.get(f"sound.{instrument}")
    if composed is None:
        return [event for event in timeline.events(a, b) if event.instrument == instrument]
    spans = spans_between(timeline, a, b)
    found = [event for span in spans for event in composed(timeline, span) if a <= event.onset < b]
    return sorted(found, key=lambda event: event.onset)
