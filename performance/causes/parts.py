"""The parts of an orchestra: every note that a section has to play, from the score and composed, in the singer's time.

What sounds (sound/section.py) and what glows with it (light under a curtain) read the same notes. Beds are the chords
that a section holds; lines are what it plays over them: the rhythm written in the score, a theme grown from the piece's
motif, the sung line itself, or chords that go under it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.composition import Wanted, counter, ground, melody, recalled
from performance.causes.harmony import PATH as HARMONY
from performance.causes.harmony import harmony_at
from performance.causes.motif import pitch_of
from performance.causes.perbeat import PerBeat, meant, spans_between
from performance.causes.song import PATH, line_of
from performance.causes.tempo import Phrases, phrases_of, taken
from performance.units import gain

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Cue, Timeline

SECTIONS = ("strings", "brass", "winds", "choir")
LEAD, TAIL = 0.3, 0.6  # seconds of a beat before and after a theme
THEME_ROOM = 0xF000_0000_0000  # addresses of composed notes, far from written ones
# triads by their root: what may stand under a melody, the likeliest first
TRIADS = {0: (0, 2, 4), 4: (-3, -1, 1), 3: (-4, 0, 3), 5: (-2, 0, 2), 1: (-6, 1, 3)}
_GLOW_RISE, _GLOW_FALL = 0.06, 0.5
GONE = 2.0  # seconds after which a note that has been let go of is dark


@dataclass(frozen=True, slots=True)
class Note:
    """One note of a part. `bed`: held under the others; `opens`: a phrase begins with it; level 0..1."""

    onset: float
    length: float
    pitch_hz: float
    level: float
    address: int
    bed: bool = False
    opens: bool = False

    @property
    def end(self) -> float:
        """When it is let go of."""
        return self.onset + self.length


def _make(timeline: Timeline, path: str, span: BeatSpan) -> tuple[Note, ...]:
    name = path.removeprefix("sound.")
    cue = timeline.cue(path, span.end - 1e-3)
    written = [
        event
        for event in timeline.events(span.start, span.end)
        if event.instrument == name and event.part in ("play", "chord")
    ]
    follow = cue.number("follow")
    notes = []
    for event in written:
        bed = event.part == "chord"
        onset = event.onset if bed else taken(timeline, event.onset, follow)
        end = event.onset + event.length if bed else taken(timeline, event.onset + event.length, follow)
        level = 0.8 if bed else event.level
        notes.append(Note(onset, max(end - onset, 0.05), event.pitch_hz, level, event.address, bed, bed))
    notes += composed(timeline, path, span)
    return tuple(sorted(notes, key=lambda note: (note.onset, note.pitch_hz)))


@dataclass(frozen=True, slots=True)
class _Page:
    """The notes of one beat in order of onset, and (3, n) onsets, ends and levels; the last of them ends at `over`."""

    notes: tuple[Note, ...]
    rows: NDArray[np.float64]
    over: float


def _page(notes: tuple[Note, ...]) -> _Page:
    rows = np.array([(note.onset, note.end, note.level) for note in notes], np.float64).reshape(-1, 3).T
    return _Page(notes, np.ascontiguousarray(rows), float(rows[1].max(initial=-math.inf)))


@cache
def _book(path: str) -> PerBeat[_Page]:
    return PerBeat(lambda timeline, span: _page(_make(timeline, path, span)))


@cache
def _open(path: str) -> PerBeat[tuple[_Page, ...]]:
    """The pages that are not yet dark when a beat begins, and its own."""

    def turn(timeline: Timeline, span: BeatSpan) -> tuple[_Page, ...]:
        read = [_book(path)(timeline, earlier) for earlier in timeline.beats[: span.index + 1]]
        return tuple(page for page in read if page.over > span.start - GONE)

    return PerBeat(turn)


def parts(timeline: Timeline, path: str, a: float, b: float) -> list[Note]:
    """The notes of the section at `path` that sound in [a, b), in order of onset."""
    return [
        note
        for span in spans_between(timeline, 0.0, b)
        if (page := _book(path)(timeline, span)).over > a
        for note in page.notes
        if note.onset < b and note.end > a
    ]


def parts_of(timeline: Timeline, path: str, span: BeatSpan) -> tuple[Note, ...]:
    """The notes that begin in one beat, by its even time."""
    return _book(path)(timeline, span).notes


def prepare(timeline: Timeline, path: str) -> None:
    """Read all notes of the piece now, so that no beat begins late for them."""
    _book(path).prepare(timeline)


def composed(timeline: Timeline, path: str, span: BeatSpan) -> list[Note]:
    """What is composed for a section in a beat, in order of onset within each of its voices."""
    cue = timeline.cue(path, span.end - 1e-3)
    theme = cue.word("theme")
    if theme == "none" or not meant(timeline, path, span):
        return []
    if theme == "under":
        return _under(timeline, span, cue)
    if theme == "song":
        line, move = line_of(timeline, span), 2.0 ** (round(cue.number("octave")) - 1)
        notes = line.notes if line is not None else ()
        return [
            Note(n.onset, n.length, n.pitch_hz * move, n.loudness, THEME_ROOM + i, False, n.opens)
            for i, n in enumerate(notes)
        ]
    wanted = Wanted(
        span.start + LEAD,
        span.length - LEAD - TAIL,
        round(cue.number("verse")),
        cue.text("motif"),
        cue.number("pulse"),
        cue.number("rubato"),
        cue.number("density"),
        7 * round(cue.number("octave")),
    )
    if theme == "motif":
        made = recalled(timeline, wanted, cue.word("form"), round(cue.number("times")))
    else:
        made = {"theme": melody, "counter": counter, "ground": ground}[theme](timeline, wanted)
    return [Note(n.onset, n.length, n.pitch_hz, n.loud, THEME_ROOM + n.which, False, n.opens) for n in made]


def _under(timeline: Timeline, span: BeatSpan, cue: Cue) -> list[Note]:
    """Chords under the song, one a bar, in its tempo: those of the harmony's plan, or the ones that fit it best."""
    line, phrases = line_of(timeline, span), phrases_of(timeline, span)
    if line is None or phrases is None:
        return []
    tonic = timeline.score.tuning.tonic_hz * 2.0 ** (round(cue.number("octave")) - 1)
    planned, scale = timeline.named(HARMONY, span.start), timeline.cue(PATH, span.end - 1e-3).word("scale")
    notes, before, bars = [], -1, _bars(timeline, phrases)
    for i, (a, b) in enumerate(bars):
        over = [(n, min(n.end, b) - max(n.onset, a)) for n in line.notes if n.onset < b and n.end > a]
        before = 0 if i == len(bars) - 1 else _best([(n.degree, length) for n, length in over], before)
        chord = [pitch_of(degree, tonic, scale) for degree in TRIADS[before]]
        if planned:
            chord = list(harmony_at(timeline, 0.5 * (a + b)).tones(0.6 * tonic, 1.6 * tonic))[:4]
        level = 0.35 + 0.5 * max((n.loudness for n, _ in over), default=0.3)
        address = THEME_ROOM + 65_536 + 8 * i
        notes += [Note(a, b - a, hz, level, address + j, False, i % 4 == 0) for j, hz in enumerate(chord)]
    return notes


def _bars(timeline: Timeline, phrases: Phrases) -> list[tuple[float, float]]:
    """The bars of the song, four to a phrase, where the singer's tempo puts them."""
    took = phrases.took
    marks = [taken(timeline, start + took * k / 4) for start in phrases.starts for k in range(4)]
    return list(zip(marks, [*marks[1:], phrases.starts[-1] + took], strict=True))


def _best(heard: list[tuple[int, float]], before: int) -> int:
    """The root whose triad holds most of what is sung; staying where one was costs a little."""

    def fits(root: int) -> float:
        members = {degree % 7 for degree in TRIADS[root]}
        held = sum(length for degree, length in heard if degree % 7 in members)
        return held - 0.1 * list(TRIADS).index(root) - (0.4 if root == before else 0.0)

    return max(TRIADS, key=fits)


def glow(timeline: Timeline, t: float) -> float:
    """0..1: how strongly the sections sound at t, for light that pulses with the orchestra."""
    loud = 0.0
    for name in SECTIONS:
        path = f"sound.{name}"
        cue = timeline.cue(path, t)
        strength = gain(cue.number("gain_db")) * cue.number("swell") * (1 - 0.8 * cue.number("dissolve"))
        if strength > 0.0:
            pages = _open(path)(timeline, timeline.beat_at(t))
            loud += strength * min(sum(_shine(page.rows, t) for page in pages), 2.0)
    return 1.0 - math.exp(-0.8 * loud)


def _shine(notes: NDArray[np.float64], t: float) -> float:
    """The light of notes (3, n), see _Page: up as each is struck, down to a glimmer while it is held, out after it."""
    onset, end, level = notes[:, : notes[0].searchsorted(t)]
    since = np.maximum(t - end, 0.0)
    age = t - onset
    fall = 0.35 + 0.65 * np.exp(age * (-1.0 / _GLOW_FALL))
    return float(
        np.dot(level * np.minimum(age * (1.0 / _GLOW_RISE), 1.0), fall * np.exp(since * (-1.0 / 0.15)))
    )
