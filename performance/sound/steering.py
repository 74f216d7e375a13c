"""How singers use the voice on one line: vibrato that comes late, flutter and jitter, vowels that flow together.

Vibrato 5.5 Hz; singers of a group scatter by some cents (16 to 30 measured by Cuesta and others 2018), enter some
milliseconds apart and have tracts of different lengths. All control is a function of time, read at the ends of hops of
512 frames; only the phase is a sum over hops, from the start of the phrase, in whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.causes.line import NEVER, Line
from performance.causes.smooth import smooth
from performance.chance import bells, chances, drift
from performance.sound.harmonics import Numbers, turns_along
from performance.sound.hops import HOP
from performance.sound.instrument import RATE
from performance.sound.moments import Kept, farthest
from performance.sound.own import own
from performance.sound.tract import CONSONANTS, FORMANTS, ORDER

SIZE = 2 * HOP  # frames of a hop of tone
RUN = 8  # hops whose control is worked out at once
BEFORE = 0.6  # seconds before a phrase from which its phase counts
_DRIFTS = np.array([1.3, 0.9, 5.5, 0.6, 27.0])[:, None, None]  # new values a second
_SPOKEN = np.array([letter in CONSONANTS for letter in ORDER])
_TAKES, _HISSES, _BURSTS = (
    np.array([float(CONSONANTS[letter][i]) if letter in CONSONANTS else 0.0 for letter in ORDER])
    for i in (0, 3, 4)
)
UNEVEN_HZ, UNEVEN = 0.5, 0.35  # of vibrato, from note to note: its rate, and a share of its depth
LEAN_CENTS, LEAN_TIME = 38.0, 0.09  # by which a note may be approached from below


@dataclass(frozen=True, slots=True)
class Choir:
    """Who sings: how many, how they differ, and how they use the voice."""

    voices: int = 1
    seed: int = 1
    scatter_cents: float = 0.0
    vibrato_cents: float = 62.0
    lag: float = 0.0  # seconds of scatter of the entries
    size_spread: float = 0.0
    ring: float = 0.9
    breath: float = 0.05
    tilt_db: tuple[float, float] = (-12.0, -6.5)  # source slope per octave, soft and loud
    partials: int = 64
    parts: tuple[
        int, ...
    ] = ()  # which part of the line each voice sings; all the first one where it is empty


@dataclass(frozen=True, slots=True)
class Run:
    """Control at the ends of RUN hops, index first: hz, loud and turns (.., voices), formants (.., voices, 5)."""

    hz: Numbers
    loud: Numbers
    formants: Numbers
    aspiration: Numbers
    inhale: Numbers
    hiss: Numbers
    letter: NDArray[np.intp]
    phrase: int
    turns: NDArray[np.int64]


class Steering:
    """What a choir does with a line. `bend(times)` in cents (n, voices) is added to the pitch."""

    def __init__(self, line: Line, choir: Choir, bend: Callable[[Numbers], Numbers] | None = None) -> None:
        self.line, self.choir, self._bend = line, choir, bend and own(bend)
        n, seed = choir.voices, choir.seed
        # far apart on the axis of drift: every voice and every kind of drift has values of its own
        self._apart = 1.0e5 * np.arange(5)[:, None, None] + 1.0e6 * np.arange(n)
        self._lag = choir.lag * np.abs(bells(seed, "lag", count=n))
        self._scatter = choir.scatter_cents * bells(seed, "scatter", count=n)
        self._vibrato_hz = 5.5 + (0.2 if n == 1 else 0.4) * bells(seed, "vibrato", count=n)
        self._vibrato_at = chances(seed, "vibrato phase", count=n)
        self.size = 1 + choir.size_spread * bells(seed, "size", count=n)  # of each singer's tract
        letters = {letter: i for i, letter in enumerate(ORDER)}
        self._vowel = FORMANTS[[letters[note.syllable[-1]] for note in line.notes]]
        first = np.array([letters[note.syllable[0]] for note in line.notes])
        self._consonant, self._has = FORMANTS[first], _SPOKEN[first].astype(float)
        self.letter, self._takes, self._hisses = first, _TAKES[first], _HISSES[first]
        self._bursts = _BURSTS[first] > 0
        # no note is sung like the one before: chances for each one
        self._own = chances(seed, "notes", count=5 * len(line.notes)).reshape(-1, 5).T
        self._part = np.array(choir.parts if choir.parts else (0,) * n)
        self._runs: dict[int, Run] = {}
        self.mouth, self.hertz = Kept(self._mouths), Kept(self._pitches)

    def octaves(self, t: Numbers) -> Numbers:
        """log2 hertz of each voice, (n, voices), from times (n, voices)."""
        line, k = self.line, self.line.index(t)
        age = t - line.onset[k]
        # all drifts in one call: of its rate and depth, flutter, wander and jitter
        rate, deep, flutter, wander, jitter = drift(self.choir.seed, "drift", t=t * _DRIFTS + self._apart)
        own = self._own[:, k]
        late = np.where(line.length[k] > 0.9, 0.16, 0.26) + 0.14 * own[0]
        depth = (
            self.choir.vibrato_cents
            * (1 + UNEVEN * (2 * own[1] - 1))
            * smooth((age - late) / (0.45 + 0.3 * own[2]))
        )
        faster = UNEVEN_HZ * (own[3] - 0.5) * age
        wave = np.sin(2 * np.pi * (self._vibrato_hz * t + faster + self._vibrato_at + 0.11 * rate))
        cents = depth * (0.78 + 0.22 * deep) * wave + self._scatter
        lean = np.maximum(2 * own[4] - 1, 0) * (line.length[k] > 0.3)
        cents -= LEAN_CENTS * lean * smooth(age / 0.03) * np.exp(-np.maximum(age - 0.03, 0) / LEAN_TIME)
        cents += 5.0 * flutter + 4.0 * wander + 2.5 * jitter
        return np.asarray(line.octaves(t, self._part) + cents / 1200)

    def _mouths(self, r: int) -> tuple[Numbers, Numbers]:
        return self._mouth(self._when(r)[:, None] - self._lag)

    def _pitches(self, r: int) -> Numbers:
        return self._hertz(self._when(r))

    def _mouth(self, t: Numbers) -> tuple[Numbers, Numbers]:
        """Formants (n, voices, 5) and how far a consonant closes the mouth (n, voices)."""
        line = self.line
        k = line.index(t)
        after = np.minimum(k + 1, len(line.notes) - 1)
        joined = ~line.closes[k]
        age = (t - line.onset[k])[..., None]
        flow = 1 - smooth(age / 0.13)
        vowel = (
            self._vowel[k]
            + (self._vowel[np.maximum(k - 1, 0)] - self._vowel[k]) * flow * ~line.opens[k][..., None]
        )
        here = self._has[k] * self._shape(k, t - line.onset[k])
        coming = joined * self._has[after] * self._shape(after, t - line.onset[after])
        vowel = vowel + (self._consonant[k] - vowel) * (0.9 * here)[..., None]
        vowel = vowel + (self._consonant[after] - vowel) * (0.9 * coming)[..., None]
        return vowel * self.size[:, None], np.maximum(self._takes[k] * here, self._takes[after] * coming)

    def _shape(self, k: NDArray[np.intp], age: Numbers) -> Numbers:
        """0..1: how far the mouth is in the consonant of note k; it closes before the note and opens into it, quickly
        where the consonant bursts."""
        burst, hiss = self._bursts[k], self._hisses[k] > 0.0
        lead = np.where(burst, 0.075, np.where(hiss, 0.125, 0.09))
        takes = np.where(burst, 0.03, np.where(hiss, 0.055, 0.08))
        closes = smooth((age + lead) / takes)
        opens = smooth((age - np.where(burst, 0.0, 0.03)) / np.where(burst, 0.035, 0.09))
        return np.asarray(closes * (1 - opens))

    def _hiss(self, when: Numbers) -> tuple[Numbers, NDArray[np.intp]]:
        """Strength of what hisses or bursts at times (n,), and the letter that does."""
        line = self.line
        k = line.index(when)
        after = np.minimum(k + 1, len(line.notes) - 1)
        nearer = np.where(np.abs(when - line.onset[after]) < np.abs(when - line.onset[k]), after, k)
        age = when - line.onset[nearer]
        held = smooth((age + 0.13) / 0.05) * (1 - smooth((age + 0.005) / 0.04))
        burst = smooth((age + 0.008) / 0.008) * np.exp(-np.maximum(age, 0) / 0.022)
        shape = np.where(self._bursts[nearer], burst, held)
        loud = 0.25 + 0.75 * line.loud[nearer]
        return np.asarray(self._hisses[nearer] * shape * loud), self.letter[nearer]

    def has(self, r: int) -> bool:
        """Whether a run is there."""
        return r in self._runs

    def run(self, r: int) -> Run:
        """Control of the hops [r * RUN, (r + 1) * RUN)."""
        if r not in self._runs:
            if len(self._runs) > 3:
                self._runs.pop(farthest(self._runs, r))
            self._runs[r] = self._make(r)
        return self._runs[r]

    def _when(self, r: int) -> Numbers:
        return np.asarray((r * RUN + np.arange(RUN + 1)) * SIZE / RATE)

    def _make(self, r: int) -> Run:
        when = self._when(r)
        t = when[:, None] - self._lag
        formants, closed = self.mouth(r)
        loud = self.line.loudness(t) * (1 - closed)
        gap = self.line.breath_gap(when)
        inhale = (
            smooth((0.55 - gap) / 0.12)
            * smooth((gap - 0.05) / 0.06)
            * (0.4 + 0.6 * (1 - np.clip(gap / 0.5, 0, 1)))
        )
        onset = np.exp(-np.maximum(when - self.line.onset[self.line.index(when)], 0) / 0.05)
        aspiration = self.choir.breath * (1 + 2.0 * onset) * loud.mean(axis=1)
        hz = self.hertz(r)
        phrase = self.line.phrase(when[0] + BEFORE)
        turns = self._turns(r, phrase, hz)
        breath_in = np.where(gap < NEVER / 2, inhale, 0.0)
        return Run(hz, loud, formants, aspiration, breath_in, *self._hiss(when), phrase, turns)

    def _turns(self, r: int, phrase: int, hz: Numbers) -> NDArray[np.int64]:
        """Phase at the hops of a run: carried on from the run before, or counted from the start of the phrase."""
        steps = turns_along(hz, SIZE)
        before = self._runs.get(r - 1)
        if before is not None and before.phrase == phrase:
            return np.asarray(before.turns[-1] + steps)
        origin = int((self.line.starts[max(phrase, 0)] - BEFORE) * RATE) // (SIZE * RUN) * RUN
        if origin >= r * RUN:
            return steps
        when = np.arange(origin, r * RUN + 1) * SIZE / RATE
        return np.asarray(turns_along(self._hertz(when), SIZE)[-1] + steps)

    def _hertz(self, when: Numbers) -> Numbers:
        octaves = self.octaves(when[:, None] - self._lag)
        if self._bend is not None:
            octaves = octaves + self._bend(when) / 1200
        return np.asarray(2.0**octaves)
