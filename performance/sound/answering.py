"""How a section answers a gesture: the accent on what it plays, and the notes that some of it play in reply."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.parts import Note
from performance.causes.smooth import smooth
from performance.gestures import Gesture, Strike, Sweep
from performance.sound.bowing import HOP_TIME, Bowing, Strokes, reseated
from performance.sound.group import Group
from performance.sound.instrument import Frames
from performance.sound.players import Player
from performance.sound.rota import Duty

if TYPE_CHECKING:
    from performance.sound.section import Section

SLOTS = 4  # answers that may sound at once
CELL = 0.5  # seconds in which a section answers once
RISE, FALL = 0.035, 0.32  # seconds of an accent
STRONGEST = 0.9  # how much louder an accent makes a section
STAB, TOUCHED, STEP = 0.6, 1.1, 0.13  # seconds of a blow's chord, of a touch's note, of one step of a run
LONGEST_RUN = 5
BOWED, BEGUN, READIED = 430.0, 530.0, 250.0  # microseconds, about, of the parts of an answer

Numbers = NDArray[np.float64]


class Accents:
    """The accents of the last gestures, by time and strength."""

    def __init__(self) -> None:
        self._given: list[tuple[float, float]] = []

    def __bool__(self) -> bool:
        return bool(self._given)

    def clear(self) -> None:
        """None."""
        self._given.clear()

    def add(self, t: float, strength: float) -> None:
        """One more; those that are over are dropped."""
        self._given = [given for given in self._given if given[0] > t - 3.0]
        self._given.append((t, strength))

    def at(self, when: Numbers) -> Numbers:
        """How much louder, as a share, at times."""
        t, strength = np.array(self._given).T[:, :, None]
        age = np.maximum(when - t, 0.0)
        made = (strength * smooth(age / RISE) * np.exp(age / -FALL)).sum(axis=0)
        return np.asarray(STRONGEST * np.minimum(made, 1.5))


class Answerers(Group):
    """Players kept for answers: as many as one answer needs for each of SLOTS answers."""

    def __init__(self, section: Section, seats: tuple[Player, ...], seed: int) -> None:
        super().__init__(section, seats * SLOTS, seed, section.turn + 3)
        self.strength *= np.float32(np.sqrt(SLOTS))
        self._each, self._given = len(seats), [list[Note]() for _ in range(SLOTS)]
        self._bowings = [Bowing(seats, section.manner, seed + i, section.asks.sampled) for i in range(SLOTS)]
        self._answers: list[Strokes | None] = [None] * SLOTS
        self._page: Strokes | None = None
        self._due = np.inf  # the time from which there are notes that have not been heard of yet
        self._begun = False  # whether those are on the page
        self._since, self.until = 0.0, 0.0  # nothing sounds before and after

    def clear(self) -> None:
        """No answers."""
        for given in self._given:
            given.clear()
        self._answers = [None] * SLOTS
        self._since, self.until, self._due, self._begun = 0.0, 0.0, np.inf, False
        self.forget()

    def forget(self, since: float = -np.inf) -> None:
        """Their notes have changed."""
        self._page = None
        super().forget(since)

    def page(self, t: float) -> Strokes:
        """The strokes of all answers."""
        if self._page is None:
            for i in range(SLOTS):
                self._bow(i)
            self._page = reseated([one for one in self._answers if one is not None], self._each)
        return self._page

    def _bow(self, i: int) -> None:
        if self._answers[i] is None:
            self._answers[i] = self._bowings[i].strokes(self._given[i])

    def duty(self, h: int) -> Duty | None:
        """The parts of an answer to come: strokes, then their control; or of what comes next."""
        if self._due == np.inf:
            return super().duty(h)
        at = round(self._due / HOP_TIME)
        for i, answer in enumerate(self._answers):
            if answer is None and self._given[i]:
                return Duty(at, BOWED, partial(self._bow, i))
        r = self.playing.place(at)[0]
        if not self._begun:
            return Duty(at, BEGUN, partial(self._begin, r))
        if r not in self._steered or r not in self._gusts:
            return Duty(at, READIED, lambda: (self._gusts(r), self._steered(r)))
        return super().duty(h)

    def _begin(self, r: int) -> None:
        """The notes that were asked for go on the page, and the run in which they begin is worked out."""
        self._begun = True
        self.forget(self._due)
        self.playing.run(r)

    def idle(self, h: int) -> bool:
        """Whether no answer sounds in hop h."""
        return not self._since < (h + 0.5) * HOP_TIME < self.until

    def hop(self, h: int) -> Frames | None:
        """The four buses of hop h; what has been asked for and is not ready must be now."""
        if self._due < (h + 0.5) * HOP_TIME:
            if not self._begun:
                self._begin(self.playing.place(h)[0])
            self._due = np.inf
        return super().hop(h)

    def reply(self, gesture: Gesture, t: float, pitches: tuple[float, ...], pan: float) -> None:
        """Answer one gesture, from the hop at t on. Of several within half a second only the first is answered."""
        cell = int(t / CELL)
        slot = cell % SLOTS
        given = self._given[slot]
        if given and int(given[0].onset / CELL) == cell:
            return
        given[:] = answer_notes(gesture, t, pitches)
        self._answers[slot] = None
        if t >= self.until:
            self._since = t
        self.until = max(self.until, given[-1].end + 1.0)
        self._due = min(self._due, t)
        self._begun = False
        mine = slice(slot * self._each, (slot + 1) * self._each)
        self.side[mine] = np.clip(pan + 0.15 * np.linspace(-1, 1, self._each), -1, 1)
        self.moved()


def answer_notes(gesture: Gesture, t: float, pitches: tuple[float, ...]) -> list[Note]:
    """A blow is a chord, a touch the pitch of its height, a stroke a run up or down; always of the given pitches."""
    ladder = sorted(pitches)
    level, address = 0.45 + 0.5 * gesture.strength, round(t * 1000)
    if isinstance(gesture, Strike):
        return [Note(t, STAB, hz, level, address * 16 + i, False, True) for i, hz in enumerate(ladder[:6])]
    place = min(max(1.0 - gesture.v, 0.0), 0.999)
    at = int(place * len(ladder))
    if not isinstance(gesture, Sweep):
        return [Note(t, TOUCHED, ladder[at], level, address * 16, False, True)]
    up = math.copysign(1, gesture.du - 1.4 * gesture.dv)
    count = min(LONGEST_RUN, len(ladder))
    start = min(max(at - int(up > 0) * count // 2, 0), len(ladder) - count)
    run = ladder[start : start + count][:: int(up)]
    lengths = [STEP] * (count - 1) + [0.7]
    return [
        Note(t + i * STEP, lengths[i], hz, level * (0.8 + 0.05 * i), address * 16 + i, False, i == 0)
        for i, hz in enumerate(run)
    ]
