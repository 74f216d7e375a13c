"""Words and time for a melody: phrases become sung notes, with rubato, loudness and syllables.

A phrase takes its time at both ends and broadens before its last note (after Todd, "The dynamics of dynamics", JASA 91,
1992: tempo and loudness rise and fall together over a phrase). High notes open to "a".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from performance.causes.line import Sung
from performance.causes.melody import form, phrase
from performance.causes.motif import Note, pitch_of
from performance.chance import chance

SONG = ("la", "o", "na", "se", "a", "ro", "va", "e", "no", "da", "li", "so", "ma", "ti", "lo", "ha")
CRADLE = ("lu", "la", "lu", "lo", "mu", "lo", "nu", "la")
LULLABY_BAR = 3
OPEN_FROM = 5  # degree from which a note is sung on "a"

_X = np.linspace(0.0, 1.0, 129)
_PACE = 1.0 + 0.20 * (2 * _X - 1) ** 2 + 0.22 * np.clip((_X - 0.72) / 0.2, 0, 1) ** 2
_WAY = np.concatenate([[0.0], np.cumsum(0.5 * (_PACE[1:] + _PACE[:-1]))])
_WAY /= _WAY[-1]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a verse is sung. `pulse`: seconds of one beat; `bar` 4, or 3 for a cradle song."""

    seed: int
    verse: int
    tonic_hz: float
    scale: str = "ionian"
    pulse: float = 0.56
    bar: int = 4
    rubato: float = 1.0
    lift: int = 0  # degrees


@lru_cache(maxsize=64)
def verse(manner: Manner, start: float, length: float) -> tuple[Sung, ...]:
    """As many phrases as find room in [start, start + length), the pulse bent a little so that they fill it."""
    beats = 4 * manner.bar
    count = round(length / (beats * manner.pulse))
    if count < 1:
        return ()
    took = length / count
    notes: list[Sung] = []
    for index in range(count):
        notes += _phrase(manner, index, count, start + index * took, took)
    return tuple(notes)


def _phrase(manner: Manner, index: int, count: int, start: float, took: float) -> list[Sung]:
    made = phrase(manner.seed, manner.verse, index, count, manner.bar)
    beats = 4.0 * manner.bar
    top = max(note.degree for note in made)
    low = min(note.degree for note in made)
    peak_phrase = form(manner.seed, manner.verse, count)[index].peak >= 7
    sung = []
    for i, note in enumerate(made):
        on, off = (
            start + took * bent(b / beats, manner.rubato) for b in (note.onset, note.onset + note.beats)
        )
        if i:
            on += 0.010 * (2 * chance(manner.seed, "late", manner.verse, index, i) - 1)
        height = (note.degree - low) / max(top - low, 1)
        loud = 0.42 + 0.44 * height + (0.12 if peak_phrase else 0.0) - (0.06 if i == len(made) - 1 else 0.0)
        sung.append(_note(manner, note, index, i, (on, off - on), loud))
    return sung


def _note(manner: Manner, note: Note, index: int, i: int, span: tuple[float, float], loud: float) -> Sung:
    degree = note.degree + manner.lift
    words = syllable(manner.seed, (manner.verse, index, i), degree, note.beats <= 0.5, manner.bar)
    pitch = pitch_of(degree, manner.tonic_hz, manner.scale)
    return Sung(span[0], span[1], pitch, words, loud, i == 0, degree)


def syllable(seed: int, which: tuple[int, int, int], degree: int, short: bool, bar: int = 4) -> str:
    """What a note is sung on: high notes open to "a", short ones have no consonant."""
    syllables = CRADLE if bar == LULLABY_BAR else SONG
    chosen = syllables[int(chance(seed, "syllable", *which) * len(syllables))]
    if degree >= OPEN_FROM:
        return chosen[:-1] + "a"
    return chosen[-1] if short else chosen


def bent(x: float, rubato: float) -> float:
    """Where in its time a place in a phrase falls."""
    return float(x + rubato * (np.interp(x, _X, _WAY) - x))
