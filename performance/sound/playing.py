"""What players do with their strokes: pitch and strength of each at the ends of hops of 512 frames.

Each has a place of their own in pitch, a vibrato that comes late, a hand that is never quite still; on the section lie
what the score asks of it (tuning up, a foreign key, intervals askew, tearing, dissolving) and the accents of gestures.
All is a function of time; only the phase is a sum over hops, from the start of the stroke, in whole numbers. At the
hop on which a stroke begins its player is silent, so the phase may begin anew there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.chance import bells, chances, drift
from performance.sound.bowing import HOP_TIME, Flags, Numbers, Strokes
from performance.sound.harmonics import turns_along
from performance.sound.moments import Kept
from performance.sound.own import own
from performance.sound.shreds import Shreds, Torn

SIZE = 512  # frames of a hop
RUN = 32  # hops whose control is worked out at once: what that costs is mostly the number of steps to it
# How far each of the twelve intervals above the tonic leans in a key that is not one's own, in cents: the fifth and the
# octave nearly hold, so that the thirds and sixths can be heard to be wrong
ASKEW = np.array([0.0, 34, 12, -44, 42, 10, -36, -14, 40, -46, 30, -38])
SEARCH_CENTS, UNSURE_CENTS = 62.0, 16.0  # of a player who looks for the pitch
# of a vibrato's rate and depth, of pitch (waver, shake, stray), of strength (breath or arm, and its tremble)
_DRIFTS = np.array([1.1, 0.9, 4.3, 19.0, 1.7, 0.8, 6.0])[:, None, None]  # new values a second


@dataclass(frozen=True, slots=True)
class Hand:
    """How players of a section hold a pitch; cents, Hz, seconds."""

    scatter: float
    vibrato: float
    vibrato_hz: float
    vibrato_after: float  # a note's beginning
    glide: float
    scoop: float  # below the pitch at the beginning of a stroke
    scoop_time: float
    unsteady: float = 1.0  # of its drift
    dip: float = 0.3  # of strength, from one slurred note to the next
    bite: float = 0.12  # of strength, where a stroke begins
    alive: float = 1.0  # how far its strength is never even


@dataclass(frozen=True, slots=True)
class Asked:
    """What the score asks of a section at n times, (n, 1) each."""

    vibrato: Numbers
    tuned: Numbers
    foreign: Numbers
    askew: Numbers
    tear: Numbers
    dissolve: Numbers
    scatter: Numbers  # as a share of the section's own


@dataclass(frozen=True, slots=True)
class Course:
    """The first half of a run's control, at the ends of its hops: which row of the strokes each player is on, (RUN + 1,
    players), the times likewise, what is asked, what is torn, and the pitch."""

    strokes: Strokes
    row: NDArray[np.intp]
    t: Numbers
    asked: Asked
    torn: Torn
    hz: Numbers


@dataclass(frozen=True, slots=True)
class Run:
    """The ends of RUN hops, (RUN + 1, players) each: pitch, strength 0..1, dynamic, and what it is before the score's
    swell; age of the note and of the stroke, when the stroke began, the note's own chance, phase in 2**-32 turns,
    whether a stroke begins here."""

    hz: Numbers
    envelope: Numbers
    loud: Numbers
    force: Numbers
    age: Numbers
    stroke_age: Numbers
    begun: Numbers
    mark: Numbers
    turns: NDArray[np.int64]
    fresh: Flags


class Playing:
    """The players of a section over time. `page(t)` gives the strokes around t, `asked(times)` the score's numbers,
    `swell(times)` that one of them alone (with what gestures add to it)."""

    def __init__(
        self,
        count: int,
        hand: Hand,
        seed: int,
        tonic_hz: float,
        page: Callable[[float], Strokes],
        asked: Callable[[Numbers], Asked],
        swell: Callable[[Numbers], Numbers],
        release: float,
        shift: int = 0,
    ) -> None:
        self.count, self.hand, self._seed = count, hand, seed
        self._page, self._asked, self._swell = own(page), own(asked), own(swell)
        self._release, self._shift = release, shift % RUN  # not all begin their runs in the same hop
        self._tonic = float(np.log2(tonic_hz))
        self.scatter = hand.scatter * bells(seed, "scatter", count=count)
        self._rate = hand.vibrato_hz + 0.45 * bells(seed, "vibrato", count=count).clip(-2, 2)
        self._turn = chances(seed, "vibrato phase", count=count)
        self._depth = hand.vibrato * np.exp(0.25 * bells(seed, "vibrato depth", count=count).clip(-2, 2))
        self._apart = 1e5 * np.arange(len(_DRIFTS))[:, None, None] + 1e6 * np.arange(count)
        self._leaves = (np.argsort(np.argsort(chances(seed, "leaves", count=count))) + 0.5) / count
        self._shreds = Shreds(seed, count)
        self.stir = Kept(lambda r: self._stirred(self.when(r)))  # hops of a run
        self.course = Kept(self._follow)
        self.run = Kept(self._make)

    def swing(self, share: Numbers) -> None:
        """How far each player's vibrato goes, against the section's."""
        self._depth = self._depth * share

    def forget(self, since: float = -np.inf) -> None:
        """What was worked out for times from `since` on is no longer so."""
        self.course.forget(self.since(since, RUN))
        self.run.forget(self.since(since, RUN))

    def lean(self, since: float) -> None:
        """The score asks for another swell from `since` on: all but the dynamic stays."""
        self.run.amend(self.since(since, RUN), self._leant)

    def _leant(self, r: int, run: Run) -> Run:
        return replace(run, loud=_dynamic(run.force, self._swell(self.when(r))[:, None]))

    def since(self, t: float, hops: int) -> float:
        """Of all runs of so many hops, the first that reaches beyond t."""
        return float(np.floor(((t + 1e-6) / HOP_TIME + self._shift) / hops))

    def when(self, r: int) -> Numbers:
        """The ends of a run's hops, (RUN + 1,)."""
        return np.asarray((self.first(r) + np.arange(RUN + 1)) * HOP_TIME)

    def place(self, h: int) -> tuple[int, int]:
        """The run in which hop h lies, and its place there."""
        return divmod(h + self._shift, RUN)

    def first(self, r: int) -> int:
        """The hop with which run r begins."""
        return r * RUN - self._shift

    def _follow(self, r: int) -> Course | None:
        """Where a run's players are in their strokes, and how high; None where there are no strokes."""
        when = self.when(r)
        strokes = self._page(float(when[0]))
        if not len(strokes):
            return None
        t = np.repeat(when[:, None], self.count, axis=1)
        row, asked = strokes.index(t), self._asked(when)
        torn = self._shreds.at(t, asked.tear)
        hz = self._hertz(strokes, np.maximum(row, 0), t, asked, torn, self.stir(r))
        return Course(strokes, row, t, asked, torn, hz)

    def _make(self, r: int) -> Run:
        course = self.course(r)
        if course is None:
            nothing = np.zeros((RUN + 1, self.count))
            whole = nothing.astype(np.int64)
            return Run(
                nothing + 220.0,
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                whole,
                nothing > 0,
            )
        strokes, row, t, hz, when = course.strokes, course.row, course.t, course.hz, self.when(r)
        k, fresh = np.maximum(row, 0), self._fresh(strokes, row, when)
        envelope, force = self._strength(strokes, k, t, course.asked, course.torn, self.stir(r))
        envelope = np.where(row < 0, 0.0, envelope)
        turns = self._turns(r, strokes, hz, fresh)
        begun, loud = strokes.start[k], _dynamic(force, self._swell(when)[:, None])
        return Run(
            hz, envelope, loud, force, t - strokes.onset[k], t - begun, begun, strokes.mark[k], turns, fresh
        )

    # --- pitch --------------------------------------------------------------------------------------------------------
    def _hertz(
        self, strokes: Strokes, k: NDArray[np.intp], t: Numbers, asked: Asked, torn: Torn, stirred: Numbers
    ) -> Numbers:
        hand, age, since = self.hand, t - strokes.onset[k], t - strokes.start[k]
        here, before = strokes.octave[k], strokes.before[k]
        glide = smooth(age / hand.glide)
        over = 0.06 * (here - before) * np.exp(-(((age - 1.15 * hand.glide) / (0.5 * hand.glide)) ** 2))
        octave = here - (here - before) * (1 - glide) + over
        rate, deep, waver, shake, stray = stirred[:5]
        late = hand.vibrato_after * (0.7 + 0.6 * strokes.mark[k])
        swing = self._depth * smooth((age - late) / 0.4) * (0.8 + 0.25 * deep) * (asked.vibrato / 0.6)
        wave = np.sin(2 * np.pi * (self._rate * t + self._turn + 0.13 * rate))
        cents = swing * wave + self.scatter * asked.scatter + hand.unsteady * (4.0 * waver + 2.2 * shake)
        cents -= hand.scoop * (0.5 + strokes.mark[k]) * np.exp(-np.maximum(since, 0) / hand.scoop_time)
        loose = np.maximum(1.0 - asked.tuned, 0.0)
        error = SEARCH_CENTS * strokes.search[k] * (0.45 + 0.55 * np.exp(-np.maximum(since, 0) / 0.8))
        cents += loose**0.8 * (error + UNSURE_CENTS * stray)
        step = np.rint(12 * (here - self._tonic)).astype(np.int64) % 12
        cents += asked.foreign + asked.askew * ASKEW[step]
        return np.asarray(2.0 ** (octave + cents / 1200 + torn[1]))

    def _stirred(self, when: Numbers) -> Numbers:
        """What is never still in a player, (drifts, n, players) of about -1..1."""
        return drift(self._seed, "hand", t=when[:, None] * _DRIFTS + self._apart)

    def _fresh(self, strokes: Strokes, row: NDArray[np.intp], when: Numbers) -> Flags:
        """Whether the player's stroke begins at a hop's start; then what was before is over."""
        begins = strokes.start[np.maximum(row, 0)]
        return np.asarray((row >= 0) & (np.abs(begins - when[:, None]) < 0.25 * HOP_TIME))

    def _turns(self, r: int, strokes: Strokes, hz: Numbers, fresh: Flags) -> NDArray[np.int64]:
        hop, before, still = self.first(r), self.run.get(r - 1), np.zeros(self.count, np.int64)
        if before is not None:
            return walked(before.turns[-1], hz, fresh)
        now = hop * HOP_TIME
        row = strokes.index(np.full((1, self.count), now))[0]
        under_way = (row >= 0) & (strokes.stop[np.maximum(row, 0)] > now)
        begun = np.where(under_way, strokes.start[np.maximum(row, 0)], now)
        origin = round(float(begun.min()) / HOP_TIME)
        if origin >= hop:
            return walked(still, hz, fresh)
        when = np.asarray(np.arange(origin, hop + 1) * HOP_TIME)
        t = np.repeat(when[:, None], self.count, axis=1)
        rows, asked = strokes.index(t), self._asked(when)
        torn, stirred = self._shreds.at(t, asked.tear), self._stirred(when)
        past = self._hertz(strokes, np.maximum(rows, 0), t, asked, torn, stirred)
        return walked(walked(still, past, self._fresh(strokes, rows, when))[-1], hz, fresh)

    # --- strength -----------------------------------------------------------------------------------------------------
    def _strength(
        self, strokes: Strokes, k: NDArray[np.intp], t: Numbers, asked: Asked, torn: Torn, stirred: Numbers
    ) -> tuple[Numbers, Numbers]:
        """(envelope 0..1, dynamic 0..1): a stroke begins and ends in nothing, swells a little, long ones more."""
        since, length = t - strokes.start[k], strokes.stop[k] - strokes.start[k]
        release = np.minimum(self._release, 0.45 * length)
        envelope = smooth(since / strokes.attack[k]) * (1 - smooth((since - length + release) / release))
        age = t - strokes.onset[k]
        change = (strokes.level[k] - strokes.level_before[k]) * (1 - smooth(age / 0.08))
        x = np.clip(since / length, 0, 1)
        arch = 0.86 + 0.2 * np.sin(np.pi * x**0.8) * np.clip(length / 1.5, 0.2, 1.0)
        slurred = strokes.onset[k] > strokes.start[k] + 1e-6
        passing = np.exp(-(((age - 0.5 * self.hand.glide) / (0.25 * self.hand.glide + 0.012)) ** 2))
        envelope = envelope * (1 - self.hand.dip * slurred * smooth(age / 0.004) * passing)
        here = 1 - smooth((asked.dissolve * 1.3 - self._leaves) / 0.3)
        loud = (strokes.level[k] - change) * arch * (1 - 0.35 * asked.dissolve)
        breath, tremble = stirred[5:]
        bite = self.hand.bite * np.exp(-np.maximum(since, 0) / 0.13)
        loud = loud * (1 + self.hand.alive * (0.13 * breath + 0.05 * tremble) + bite)
        return np.asarray(envelope * here * torn[0]), np.asarray(1.2 * loud)


def _dynamic(force: Numbers, swell: Numbers) -> Numbers:
    return np.minimum(np.maximum(force * swell, 0.0), 1.0)


def walked(turns: NDArray[np.int64], hz: Numbers, fresh: Flags) -> NDArray[np.int64]:
    """Phase (n, players) along hops with pitches at their ends, from `turns`; nought where a stroke begins."""
    ends = np.where(fresh[1:], hz[:-1], hz[1:])
    pairs = turns_along(np.stack([hz[:-1], ends], axis=1).reshape(-1, hz.shape[1]), SIZE)
    steps = np.diff(pairs, axis=0)[::2]
    total = np.concatenate([turns[None], turns + np.cumsum(steps, axis=0)])
    begun = np.maximum.accumulate(np.where(fresh, np.arange(len(fresh))[:, None], -1), axis=0)
    base = np.take_along_axis(total, np.maximum(begun, 0), axis=0)
    return np.asarray(np.where(begun >= 0, total - base, total))
