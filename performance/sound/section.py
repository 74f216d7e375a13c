"""A section: single players side by side who read their part, hold what the score asks, and answer gestures.

What is common to strings, brass, winds and choir: parts become strokes (bowing.py), strokes become pitch and strength
(playing.py), those become sound hop by hop. A section says who plays, what their tone is made of (`tone`), and what
air or friction lies in it (`noise`). The part is read ahead, as players do; nothing waits for an onset.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from performance.causes import ghost, parts
from performance.causes.parts import Note
from performance.causes.perbeat import audible
from performance.causes.place import pan_of
from performance.gestures import Strike, Sweep, Touch
from performance.sound.answering import Accents, Answerers
from performance.sound.bands import COUNT
from performance.sound.bowing import HOP_TIME, Manner, Numbers
from performance.sound.group import Group
from performance.sound.harmonics import Coefficients
from performance.sound.hops import Hops
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.moments import Moments
from performance.sound.players import Player
from performance.sound.playing import RUN, SIZE, Asked, Hand
from performance.sound.reading import Reading
from performance.sound.rota import Duty

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue

LEANING = 300.0  # microseconds, about, that it takes to lean on what is worked out
_ASKED = ("vibrato", "tuned", "foreign", "askew", "tear", "dissolve")
_COMMON = ("swell", *_ASKED, "muffled", "pan", "spread", "distance", "accents")


class Section(Instrument):
    """An instrument of several players."""

    memory = 4.0
    manner: ClassVar[Manner]
    hand: ClassVar[Hand]
    kinds: ClassVar[tuple[str, ...]] = ()  # of players
    partials: ClassVar[int] = 64
    loudness: ClassVar[float] = 0.25
    rich_hz: ClassVar[float] = 260.0  # notes above it do with 32 partials
    common: ClassVar[tuple[str, ...]] = _COMMON
    controls: ClassVar[tuple[str, ...]] = ()  # numbers of its own
    words: ClassVar[tuple[str, ...]] = ()  # that it reads as numbers
    answering: ClassVar[int] = 4  # players of one answer
    # so that no block has all the work (players do not begin within less than 30 ms of each other anyhow; Rasch 1979):
    turn: ClassVar[int] = 0  # the hop of RUN in which a run begins, for each family another one of four
    leans, replies = 0, 1  # hops after a gesture

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        names = (*self.common, *self.controls)
        self.asks = Reading(desk.timeline, self.path, self.read, names, self.words)
        self._groups: dict[object, Group] = {}
        self._notes: dict[tuple[int, str], list[Note]] = {}  # of the whole piece, by who plays them
        self._answerers: Answerers | None = None
        self._configs: dict[int, tuple[int, str]] = {}
        self._accents = Accents()
        self._leaning = np.inf  # the time from which an accent lies on what has been worked out without it
        self._score: object = None
        self._tuning: object = None
        self._hops = Hops(self._make, SIZE)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Those who play the part: one group for each number of players that the score asks for."""
        return tuple(self._groups.values())

    # --- what a kind of section says of itself ------------------------------------------------------------------------
    @abstractmethod
    def seats(self, config: tuple[int, str]) -> tuple[Player, ...]:
        """Who plays, for so many players and the word that the score chooses them by."""

    @abstractmethod
    def tone(self, group: Group, moments: Moments, partials: int) -> Coefficients:
        """Weights (rows, partials) of those who sound, loudness included."""

    def noise(self, group: Group, moments: Moments) -> Numbers:
        """Strength of the noise in the tone of those who sound."""
        return np.zeros(len(moments))

    def breath(self, group: Group, moments: Moments) -> Numbers | None:
        """Strength of the noise that each player makes, (ends, players), however loudly they play, or not at all."""
        return None

    def colour(self, group: Group, moments: Moments) -> Numbers:
        """Colour of the noise at BAND_HZ: (ends, bands), or (bands,) where it does not change."""
        return np.zeros(COUNT)

    def chosen(self, cue: Cue) -> str:
        """The word that chooses who plays, if the score has one."""
        return ""

    def config_of(self, t: float) -> tuple[int, str]:
        """How many play in the beat at t, and the word that chooses them."""
        timeline = self.desk.timeline
        beat = timeline.beat_at(t)
        if beat.index not in self._configs:
            cue = timeline.cue(self.path, beat.end - 1e-3)
            self._configs[beat.index] = (round(cue.number("players")), self.chosen(cue))
        return self._configs[beat.index]

    # --- the score ----------------------------------------------------------------------------------------------------
    def read(self, cue: Cue) -> dict[str, float]:
        """What is asked at one time."""
        return {name: cue.number(name) for name in (*self.common, *self.controls)}

    def asked(self, when: Numbers) -> Asked:
        """What playing.py needs, at the starts of hops."""
        table = self.asks.table(when)
        apart = table["scatter"] / self.hand.scatter if "scatter" in table else np.ones(when.size)
        columns = (*(table[name] for name in _ASKED), apart)
        return Asked(*(column[:, None] for column in columns))

    def swell(self, when: Numbers) -> Numbers:
        """How loudly the score asks them to play, at the starts of hops, and the accents on it."""
        table = self.asks.table(when)
        if not self._accents:
            return table["swell"]
        return np.asarray(table["swell"] * (1 + table["accents"] * self._accents.at(when)))

    def part(self, config: tuple[int, str] | None) -> list[Note]:
        """The notes of those who play under a configuration, all through the piece."""
        return self._notes.get(config, []) if config is not None else []

    # --- playing ------------------------------------------------------------------------------------------------------
    def reset(self, frame: int) -> None:
        """Nothing to forget but what was worked out in advance, and answers."""
        timeline = self.desk.timeline
        parts.prepare(timeline, self.path)
        ghost.prepare(timeline)
        if timeline.score is not self._score:
            self._read()
        for group in self._groups.values():
            group.forget()
        self._hops.forget()
        self._accents.clear()
        self._leaning = np.inf
        if self._answerers is not None:
            self._answerers.clear()

    def _read(self) -> None:
        """Read the score anew where it has changed: one group of players for every configuration in it."""
        timeline = self.desk.timeline
        if timeline.score.tuning != self._tuning:
            self._groups.clear()  # their intervals are counted from its tonic
        self._score, self._tuning = timeline.score, timeline.score.tuning
        self.asks.forget()
        self._configs.clear()
        self._hops.forget()
        heard = [span.start for span in timeline.beats if audible(timeline, self.path, span)]
        self._notes = {}
        for span in timeline.beats:
            for note in parts.parts_of(timeline, self.path, span):
                self._notes.setdefault(self.config_of(note.onset), []).append(note)
        wanted = dict.fromkeys((*map(self.config_of, heard), *self._notes))
        self._groups = {config: self._groups.get(config) or self._gather(config) for config in wanted}
        for group in self._groups.values():
            group.reread()
        self._answerers = self._gather_answerers()

    def present(self, group: Group, t: float) -> bool:
        """Whether those are who the score asks for at t: they breathe even when they do not play."""
        return group.config is not None and group.config == self.config_of(t)

    def _gather(self, config: tuple[int, str]) -> Group:
        group = Group(self, self.seats(config), self.desk.seed, self.turn)
        group.config = config
        self.settle(group)
        return group

    def _gather_answerers(self) -> Answerers | None:
        """Those who answer gestures, if the score gives anybody pitches to answer with."""
        timeline = self.desk.timeline
        asked = [
            span.start for span in timeline.beats if timeline.cue(self.path, span.start).pitches("answers")
        ]
        if not asked:
            return None
        seats = sorted(self.seats(self.config_of(asked[0])), key=lambda player: -player.low_hz)
        answerers = Answerers(self, tuple(seats[: self.answering]), self.desk.seed + 1)
        self.settle(answerers)
        return answerers

    def settle(self, group: Group) -> None:
        """Make what the players of a group need before they play."""
        return None

    def render(self, span: Span) -> None:
        """The section, hop by hop."""
        if self.desk.timeline.score is not self._score:
            self._read()
        self._hops.add(span.start, span.frames, span.out)
        for h in range(span.start // SIZE, (span.start + span.frames) // SIZE):
            self.asks.at(h + 2 * RUN + 2)  # one in each hop: no hop has many to take
            self.desk.rota.join(
                self.number, [self, *(group for group in self._everybody if not group.idle(h + RUN))], h
            )

    @property
    def _everybody(self) -> list[Group]:
        return [*self._groups.values(), *([self._answerers] if self._answerers is not None else [])]

    def _make(self, h: int) -> Frames | None:
        if self._leaning < (h + 0.5) * HOP_TIME:
            self._lean(h)
        made = [group.hop(h) for group in self._everybody if not group.idle(h)]
        heard = [sound for sound in made if sound is not None]
        if not heard:
            return None
        whole = heard[0] if len(heard) == 1 else np.add(heard[0], heard[1], out=heard[0])
        for sound in heard[2:]:
            whole += sound
        whole *= np.float32(self.loudness)
        return whole

    def duty(self, h: int) -> Duty | None:
        """An accent that lies on what has been worked out."""
        if self._leaning == np.inf:
            return None
        at = round(self._leaning / HOP_TIME)
        return Duty(at - 0.5, LEANING, partial(self._lean, at))

    def _lean(self, h: int) -> None:
        for group in self._everybody:
            if not (group.idle(h) and group.idle(h + RUN)):
                group.lean(self._leaning)
        self._leaning = np.inf

    # --- gestures -----------------------------------------------------------------------------------------------------
    def answer(self, gesture: Gesture, frame: int) -> None:
        """Everybody leans on what they play; where the score gives pitches, some play them."""
        if not isinstance(gesture, (Sweep, Touch, Strike)):
            return
        cue = self.desk.timeline.cue(self.path, frame / RATE)
        h = -(-frame // SIZE)  # the next hop: nothing that has been made changes
        if cue.gain() <= 0.0:
            return
        if cue.number("accents") > 0.0:
            t = (h + self.leans) * HOP_TIME
            self._accents.add(t, gesture.strength * (1.0 if isinstance(gesture, Strike) else 0.5))
            self._leaning = min(self._leaning, t)
        pitches = cue.pitches("answers")
        if pitches and self._answerers is not None:
            t = (h + self.replies) * HOP_TIME
            self._answerers.reply(gesture, t, pitches, float(pan_of(gesture.u)))


class Mixed(Section):
    """A section of several kinds of instrument: the score's word chooses who sits there."""

    desks: ClassVar[Mapping[str, tuple[Player, ...]]]

    def chosen(self, cue: Cue) -> str:
        """Which of them."""
        return cue.word("kind")

    def seats(self, config: tuple[int, str]) -> tuple[Player, ...]:
        """Of the kind that the score asks for."""
        return self.desks[config[1]][: config[0]]
