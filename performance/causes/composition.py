"""Composed music for a beat of the score: a melody that sings, a line against it, chords under both.

The melody grows out of a motif (one the score states under [motif], or the seed's own) over the plan of harmony. The
counter-line is the cheapest path that goes where the melody rests: thirds and sixths with it, against its direction,
never in parallel fifths or octaves (the rules are those of species counterpoint, Fux 1725). The ground leads its voices
by the shortest way from chord to chord. Recalled, a motif comes back moved, turned over, stretched, cut or gathering.
All pure functions of (seed, beat); times are absolute seconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from performance.causes import countering
from performance.causes import motif as forms
from performance.causes.harmony import PATH as HARMONY
from performance.causes.harmony import Harmony, count_of, harmony_at, origin_of
from performance.causes.lineage import drop_motif
from performance.causes.melody import CHORD, HIGHEST, LOWEST, Ground, form, phrase
from performance.causes.motif import Motif, Note
from performance.causes.verse import bent
from performance.chance import chance

if TYPE_CHECKING:
    from performance.timeline import Timeline

BEATS = 16
EARLY = 0.3  # of a bar: so much before it is asked for, a line may begin on the bar
GLANCE = 0.02  # of a count: a chord is asked for just after it begins
RECALLS = ("stated", "moved", "turned", "stretched", "cut", "backwards", "gathering")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `pulse`: seconds of a count; `density` 0..1 of the line against and of the ground."""

    start: float
    length: float
    verse: int = 0
    motif: str = ""
    pulse: float = 0.56
    rubato: float = 1.0
    density: float = 0.5
    lift: int = 0


@dataclass(frozen=True, slots=True)
class Voiced:
    """One note: `part` is melody, counter or ground; `loud` 0..1; `rests` where it is a tone of its chord."""

    onset: float
    length: float
    pitch_hz: float
    degree: int
    loud: float
    part: str
    which: int
    rests: bool
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Sixteen counts of a verse: the melody's notes, the chord on every count, and where it lies in time."""

    start: float
    took: float
    rubato: float
    notes: tuple[Note, ...]
    chords: Ground
    bass: tuple[int, ...]  # the root's degree (0..6) on every count
    high: bool  # the verse's highest

    def at(self, count: float) -> float:
        """Seconds of a place in counts, taken freely."""
        return self.start + self.took * bent(count / BEATS, self.rubato)

    def meant(self, count: float) -> float:
        """Seconds of a place in counts in strict time, as the plan of harmony has it: just after it begins."""
        return self.start + self.took * (count + GLANCE) / BEATS


def motif_of(timeline: Timeline, name: str) -> Motif | None:
    """The motif that the score states under a name; None where it states none. "drop" is the drop's eldest line."""
    tones = timeline.score.motifs.get(name, ())
    if name == "drop" and not tones:
        return drop_motif(timeline.seed)
    return tuple(Note(tone.onset, tone.counts, tone.degree) for tone in tones) or None


def phrases(timeline: Timeline, wanted: Wanted) -> list[Phrase]:
    """The phrases that fill the time: on the counts of the harmony if it has a plan, else bent a little to fit."""
    first, took, count = _room(timeline, wanted)
    plans = form(timeline.seed, wanted.verse, count)
    own = motif_of(timeline, wanted.motif)
    opening = None if own is None else _a_bar(own)
    made = []
    for index, plan in enumerate(plans):
        start = first + index * took
        chords, bass = _ground(timeline, start, took, plan.roots)
        notes = phrase(timeline.seed, wanted.verse, index, count, 4, opening, chords)
        made.append(Phrase(start, took, wanted.rubato, notes, chords, bass, plan.peak >= 7))
    return made


def _room(timeline: Timeline, wanted: Wanted) -> tuple[float, float, int]:
    """(start of the first phrase, seconds of each, how many)."""
    if not timeline.named(HARMONY, wanted.start):
        count = round(wanted.length / (BEATS * wanted.pulse))
        return wanted.start, wanted.length / max(count, 1), max(count, 0)
    step = count_of(timeline, wanted.start)
    factor = wanted.pulse / step
    factor = float(max(round(factor), 1)) if factor >= 0.75 else 1.0 / round(1.0 / factor)
    origin = origin_of(timeline, timeline.beat_at(wanted.start))
    bar = timeline.score.metre * step
    first = origin + math.ceil((wanted.start - origin) / bar - EARLY) * bar
    took = BEATS * factor * step
    return first, took, max(round((wanted.start + wanted.length - first) / took - 0.4), 0)


def _a_bar(own: Motif) -> Motif:
    """As much of a motif as opens a phrase: a bar of it, hurried if it is longer."""
    length = forms.beats_of(own)
    return own if length <= 4.0 else forms.stretched(own, 4.0 / length)


def _ground(
    timeline: Timeline, start: float, took: float, roots: tuple[int, ...]
) -> tuple[Ground, tuple[int, ...]]:
    """The chord on every count and its root: the score's plan, or the form's own chords where it has none."""
    if not timeline.named(HARMONY, start):
        bass = tuple(root for root in roots for _ in range(4))
        return tuple(frozenset((root + n) % 7 for n in CHORD) for root in bass), bass
    plan = [harmony_at(timeline, start + took * (count + GLANCE) / BEATS) for count in range(BEATS)]
    return tuple(one.rests for one in plan), tuple(one.degrees[0] % 7 for one in plan)


def melody(timeline: Timeline, wanted: Wanted) -> list[Voiced]:
    """The melody alone."""
    made = []
    for index, one in enumerate(phrases(timeline, wanted)):
        top, low = (pick(note.degree for note in one.notes) for pick in (max, min))
        for i, note in enumerate(one.notes):
            height = (note.degree - low) / max(top - low, 1)
            loud = 0.42 + 0.44 * height + 0.12 * one.high - 0.06 * (i == len(one.notes) - 1)
            late = 0.010 * (2 * chance(timeline.seed, "late", wanted.verse, index, i) - 1) if i else 0.0
            made.append(_voiced(timeline, wanted, one, note, loud, "melody", index * 256 + i, late, i == 0))
    return made


def counter(timeline: Timeline, wanted: Wanted) -> list[Voiced]:
    """The line against the melody: it moves where the melody rests."""
    made = []
    for index, one in enumerate(phrases(timeline, wanted)):
        line = countering.counter_line(
            one.notes, one.chords, wanted.density, (timeline.seed, wanted.verse, index)
        )
        for i, note in enumerate(line):
            made.append(
                _voiced(timeline, wanted, one, note, 0.5, "counter", index * 256 + 64 + i, 0.0, i == 0)
            )
    return made


def ground(timeline: Timeline, wanted: Wanted) -> list[Voiced]:
    """The chords under it: laid, broken or flowing as the density says."""
    made = []
    figure = int(chance(timeline.seed, "figure", wanted.verse) * 3)
    for index, one in enumerate(phrases(timeline, wanted)):
        for i, note in enumerate(countering.ground_line(one.chords, one.bass, wanted.density, figure)):
            loud = 0.55 if note.degree < -7 else 0.38
            made.append(
                _voiced(timeline, wanted, one, note, loud, "ground", index * 256 + 128 + i, 0.0, False)
            )
    return made


def _voiced(
    timeline: Timeline,
    wanted: Wanted,
    one: Phrase,
    note: Note,
    loud: float,
    part: str,
    which: int,
    late: float,
    opens: bool,
) -> Voiced:
    on, off = one.at(note.onset), one.at(min(note.onset + note.beats, float(BEATS)))
    harmony = harmony_at(timeline, one.meant(note.onset))
    chord = one.chords[min(int(note.onset), BEATS - 1)]
    degree = note.degree + wanted.lift
    rests = note.degree % 7 in chord
    return Voiced(on + late, off - on, harmony.pitch_hz(degree), degree, loud, part, which, rests, opens)


def recalled(timeline: Timeline, wanted: Wanted, how: str, times: int) -> list[Voiced]:
    """A motif comes back, so many times, spread over the time; each time on a tone of the chord that holds."""
    own = motif_of(timeline, wanted.motif) or forms.motif(timeline.seed)
    made: list[Voiced] = []
    for i in range(times):
        start = wanted.start + wanted.length * i / times
        harmony = harmony_at(timeline, start + GLANCE * wanted.pulse)
        notes = recall_form(own, how, i, times, timeline.seed)
        notes = forms.fitted(notes, LOWEST, HIGHEST)
        notes = forms.moved(notes, _onto(harmony, notes[0].degree))
        for j, note in enumerate(notes):
            on = start + note.onset * wanted.pulse
            under = harmony_at(timeline, on + GLANCE * wanted.pulse)
            degree = note.degree + wanted.lift
            loud = 0.6 + 0.3 * (note.degree == max(n.degree for n in notes))
            pitch, rests = under.pitch_hz(degree), note.degree % 7 in under.rests
            length = note.beats * wanted.pulse
            made.append(Voiced(on, length, pitch, degree, loud, "melody", i * 256 + j, rests, j == 0))
    return sorted(made, key=lambda voiced: voiced.onset)


def recall_form(own: Motif, how: str, i: int, times: int, seed: int) -> Motif:
    """What becomes of a motif the i-th of so many times."""
    if how == "turned":
        return forms.inverted(own)
    if how == "stretched":
        return forms.stretched(own, 1.5 + 0.5 * i)
    if how == "backwards":
        return forms.backwards(own)
    if how == "moved":
        return forms.moved(own, (0, 2, 4, -3, 1, 5)[i % 6])
    if how == "cut":
        return forms.cut(own, max(1, len(own) - i))
    if how == "gathering":
        return forms.cut(own, max(1, round(len(own) * (i + 1) / times)))
    return own


def _onto(harmony: Harmony, degree: int) -> int:
    """How far a motif is moved so that it begins on a tone of the chord: the shortest way."""
    return min((0, 1, -1, 2, -2, 3, -3), key=lambda step: (degree + step) % 7 not in harmony.rests)
