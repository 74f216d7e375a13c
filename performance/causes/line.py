"""A sung line in closed form: pitch and loudness at any instant, for the ear and for the sunbeam alike.

Notes of one breath are joined: the pitch glides from note to note, starts a little before the note and passes its mark
by a hair; a phrase scoops up to its first note and lets go of its last. Between phrases there is silence. Whatever
makes a voice a body (vibrato, flutter, vowels) is added by who sings it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth

Numbers = NDArray[np.float64]

EARLY = 0.045  # the glide begins so long before the note
GLIDE = 0.135
SCOOP = 110 / 1200  # octaves below the first note of a phrase
SCOOP_TIME = 0.16
OVERSHOOT = 0.10  # of the interval, capped at a tone
ATTACK, RELEASE = 0.14, 0.42
SHORT, LONG = 0.45, 1.1  # from a passing note to one that swells
NEVER = 1e9


@dataclass(frozen=True, slots=True)
class Sung:
    """One note: onset and length in seconds, pitch, syllable ("la": the last letter is the vowel), loudness 0..1."""

    onset: float
    length: float
    pitch_hz: float
    syllable: str
    loudness: float
    opens: bool  # the first of a breath
    degree: int = 0  # of the scale

    @property
    def end(self) -> float:
        """When it is let go of."""
        return self.onset + self.length


class Line:
    """The notes of one singer as arrays; every method takes times of any shape."""

    def __init__(self, notes: tuple[Sung, ...], under: tuple[tuple[float, ...], ...] = ()) -> None:
        """`under`: pitches in hertz of further parts that sing the same words, one for each note."""
        self.notes = notes
        self.onset = np.array([n.onset for n in notes])
        self.length = np.array([n.length for n in notes])
        self.octave = np.log2([[n.pitch_hz for n in notes], *under])  # (parts, notes)
        self.loud = np.array([n.loudness for n in notes])
        self.opens = np.array([n.opens for n in notes], bool)
        self.closes = np.append(self.opens[1:], True)
        self._from = self.onset - np.where(self.opens, 0.0, EARLY)
        before = np.maximum(np.arange(len(notes)) - 1, 0)
        self._before = np.where(self.opens, np.arange(len(notes)), before)
        self.starts = self.onset[self.opens]  # of the phrases
        self.ends = (self.onset + self.length)[self.closes]

    def index(self, t: Numbers) -> NDArray[np.intp]:
        """Which note is under way; the first one before it has begun."""
        return np.asarray(np.maximum(np.searchsorted(self._from, t, "right") - 1, 0))

    def phrase(self, t: float) -> int:
        """Which phrase is under way, or was the last; -1 before the first."""
        return int(np.searchsorted(self.starts, t, "right")) - 1

    def octaves(self, t: Numbers, part: int | NDArray[np.intp] = 0) -> Numbers:
        """log2 of the pitch in hertz, glides included, of a part or of one part for each column of `t`."""
        k = self.index(t)
        age = t - self._from[k]
        here = self.octave[part, k]
        interval = np.where(self.opens[k], SCOOP, here - self.octave[part, self._before[k]])
        way = np.where(self.opens[k], np.clip(age / SCOOP_TIME, 0, 1) ** 0.6, smooth(age / GLIDE))
        past = np.clip(OVERSHOOT * interval, -1 / 6, 1 / 6) * np.exp(-(((age - GLIDE - 0.02) / 0.05) ** 2))
        return np.asarray(here - interval * (1 - way) + np.where(self.opens[k], 0, past))

    def loudness(self, t: Numbers) -> Numbers:
        """0 in silence, about the notes' own loudness in them: each long note swells and sinks."""
        k = self.index(t)
        age = t - self.onset[k]
        length = self.length[k]
        rise = np.where(self.opens[k], smooth(age / ATTACK), 1.0)
        fall = np.where(self.closes[k], 1 - smooth((age - length + 0.6 * RELEASE) / RELEASE), 1.0)
        step = self.loud[self._before[k]]
        level = step + (self.loud[k] - step) * smooth((t - self._from[k]) / 0.2)
        long = smooth((length - SHORT) / (LONG - SHORT))
        x = np.clip(age / np.maximum(length, 1e-3), 0, 1)
        swell = 0.82 + 0.36 * long * np.sin(np.pi * x**0.75)
        return np.asarray(rise * fall * level * swell)

    def breath_gap(self, t: Numbers) -> Numbers:
        """Seconds until the next phrase begins, where none is under way; NEVER otherwise."""
        after = np.searchsorted(self.starts, t, "right")
        coming = np.append(self.starts, NEVER)[after]
        over = np.append(-NEVER, self.ends)[after]
        return np.asarray(np.where(t > over - 0.1, coming - t, NEVER))
