"""The motif: a handful of notes with one leap in it that the whole piece remembers.

It is stated broken at first (the choked attempt), sung, answered by the motes, and comes back stretched, turned
and cut. All forms are pure functions of notes; degrees count scale steps above the tonic, seven to the octave.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from performance.chance import chance

RHYTHMS = {
    4: ((2.0, 1.0, 1.0), (1.5, 0.5, 2.0), (1.0, 1.0, 2.0), (1.0, 0.5, 0.5, 2.0)),
    3: ((2.0, 1.0), (1.0, 1.0, 1.0), (1.5, 0.5, 1.0)),
}
LEAPS = (3, 4, 4, 5)  # a fourth, a fifth (most often), a sixth: open, and easy to know again

# Just ratios of the seven degrees (Helmholtz 1863, chapter XIV; the fourth of lydian is 45/32)
SCALES: dict[str, tuple[float, ...]] = {
    "ionian": (1, 9 / 8, 5 / 4, 4 / 3, 3 / 2, 5 / 3, 15 / 8),
    "lydian": (1, 9 / 8, 5 / 4, 45 / 32, 3 / 2, 5 / 3, 15 / 8),
    "mixolydian": (1, 9 / 8, 5 / 4, 4 / 3, 3 / 2, 5 / 3, 9 / 5),
    "dorian": (1, 9 / 8, 6 / 5, 4 / 3, 3 / 2, 5 / 3, 9 / 5),
    "aeolian": (1, 9 / 8, 6 / 5, 4 / 3, 3 / 2, 8 / 5, 9 / 5),
    "phrygian": (1, 16 / 15, 6 / 5, 4 / 3, 3 / 2, 8 / 5, 9 / 5),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One note: when it starts and how long it is, in beats, and its degree."""

    onset: float
    beats: float
    degree: int


Motif = tuple[Note, ...]


def pitch_of(degree: int, tonic_hz: float, scale: str = "ionian") -> float:
    """Hertz of a degree above (or below) the tonic."""
    octave, step = divmod(degree, 7)
    return tonic_hz * 2.0**octave * SCALES[scale][step]


@lru_cache(maxsize=64)
def motif(seed: int, bar: int = 4) -> Motif:
    """The motif of a seed: one leap up, then steps back against it, in one bar."""
    rhythms = RHYTHMS[bar]
    rhythm = rhythms[int(chance(seed, "motif", "rhythm") * len(rhythms))]
    leap = LEAPS[int(chance(seed, "motif", "leap") * len(LEAPS))]
    if bar == 3:
        leap = min(leap, 4)
    degrees = [0, *(leap - i for i in range(len(rhythm) - 1))]
    onset, notes = 0.0, []
    for degree, beats in zip(degrees, rhythm, strict=True):
        notes.append(Note(onset, beats, degree))
        onset += beats
    return tuple(notes)


def moved(notes: Motif, degrees: int) -> Motif:
    """The same shape, higher or lower by so many degrees."""
    return tuple(replace(note, degree=note.degree + degrees) for note in notes)


def inverted(notes: Motif) -> Motif:
    """Turned over about its first note: what rose falls."""
    pivot = notes[0].degree
    return tuple(replace(note, degree=2 * pivot - note.degree) for note in notes)


def stretched(notes: Motif, factor: float) -> Motif:
    """Every note and gap longer by a factor."""
    return tuple(replace(note, onset=note.onset * factor, beats=note.beats * factor) for note in notes)


def cut(notes: Motif, count: int) -> Motif:
    """Its first notes only."""
    return notes[:count]


def tail(notes: Motif, count: int) -> Motif:
    """Without its first `count` notes, from its new beginning."""
    rest = notes[count:]
    return tuple(replace(note, onset=note.onset - rest[0].onset) for note in rest)


def backwards(notes: Motif) -> Motif:
    """From its last note to its first."""
    end = beats_of(notes)
    return tuple(replace(note, onset=end - note.onset - note.beats) for note in reversed(notes))


def filled(notes: Motif) -> Motif:
    """Its widest leap walked instead of jumped, in the time of the note that jumped, or of half of it."""
    if len(notes) < 2:
        return notes
    gaps = [abs(b.degree - a.degree) for a, b in pairwise(notes)]
    at = gaps.index(max(gaps))
    first, second = notes[at], notes[at + 1]
    steps = [first.degree, *between(first.degree, second.degree, 2 if first.beats < 2.0 else 3)]
    each = first.beats / len(steps)
    walked = tuple(Note(first.onset + i * each, each, degree) for i, degree in enumerate(steps))
    return (*notes[:at], *walked, *notes[at + 1 :])


def between(low: int, high: int, most: int) -> list[int]:
    """At most `most - 1` degrees on the way from one to another, evenly."""
    count = min(abs(high - low) - 1, most - 1)
    return [round(low + (high - low) * (i + 1) / (count + 1)) for i in range(max(count, 0))]


def fitted(notes: Motif, lowest: int, highest: int) -> Motif:
    """Moved as a whole into a range: folding single notes would destroy its shape."""
    low = min(note.degree for note in notes)
    high = max(note.degree for note in notes)
    return moved(notes, max(0, lowest - low) - max(0, high - highest))


def beats_of(notes: Motif) -> float:
    """Its whole length in beats."""
    return notes[-1].onset + notes[-1].beats
