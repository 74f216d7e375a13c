"""The score as a function of time: the value of everything at t, and the notes that begin in a span [a, b).

Stage and sound both read only this. Values track from beat to beat as cues do on a lighting desk. A beat's
plain number or colour is reached over the beat's fade; a movement is entered at the beat's start and its last
value stays. Notes come from rhythms (`play`), from held chords (`chord`: one event for each pitch, from the
beat where the chord begins to the beat where it changes), and from generators: functions of (timeline, beat)
that compose, such as a melody. Whoever builds the Timeline hands them in by the instrument they belong to,
so that this module knows no sound:

    Timeline(score, generators={"sound.melody": phrases})

A generator is asked once for each beat in which its instrument has been named, and its notes that begin in
that beat count. Everything is a pure function of (score, seed): spans may be cut anywhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, NoReturn

from performance.curves import Colour
from performance.gestures import GestureLog
from performance.score.catalogue import kinds_of
from performance.score.model import Score
from performance.score.notes import Event, chord_events, describe, rhythm_events, runs
from performance.score.tracking import BeatSpan, Values, at_rest, spans, tracked
from performance.units import gain

__all__ = ["BeatSpan", "Cue", "Event", "Generator", "Timeline", "describe"]

Generator = Callable[["Timeline", BeatSpan], Iterable[Event]]


class Cue:
    """The values of one thing or instrument at one time. `start` and `end` are those of the beat, absolute."""

    __slots__ = ("_values", "end", "start", "t")

    def __init__(self, values: Values, t: float, start: float, end: float) -> None:
        self._values = values
        self.t = t
        self.start = start
        self.end = end

    def number(self, name: str) -> float:
        """A number at t."""
        try:
            curve = self._values[name]
        except KeyError:
            self._missing(name)
        value: float = curve.last if self.t >= curve.settled else curve.at(self.t)
        return value

    def colour(self, name: str) -> Colour:
        """A colour at t, linear (r, g, b)."""
        value: Colour = self._curve(name).at(self.t)
        return value

    def rests(self, name: str) -> bool:
        """Whether a number stays as it is until the beat is over."""
        return bool(self.t >= self._curve(name).settled)

    def gain(self, name: str = "gain_db") -> float:
        """A decibel parameter as a factor of amplitude; 0 at -60 dB and where it was never named."""
        return gain(self.number(name))

    def word(self, name: str) -> str:
        """The word that holds, from the moment it begins to come."""
        value: str = self._curve(name).at(self.t)
        return value

    def blend(self, name: str) -> tuple[str, str, float]:
        """(before, now, share 0..1 of the way there) of a word that cross-fades; (x, x, 1) at rest."""
        value: tuple[str, str, float] = self._curve(name).leg(self.t)
        return value

    def moment(self, name: str) -> float:
        """A moment in absolute seconds; inf when it was never set."""
        value: float = self._plain(name)
        return value

    def pitches(self, name: str) -> tuple[float, ...]:
        """Pitches in hertz."""
        value: tuple[float, ...] = self._plain(name)
        return value

    def text(self, name: str) -> str:
        """A line of text."""
        value: str = self._plain(name)
        return value

    def _plain(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            self._missing(name)

    _curve = _plain

    def _missing(self, name: str) -> NoReturn:
        close = get_close_matches(name, self._values, 1, 0.5)
        hint = f", perhaps {close[0]!r}" if close else ""
        raise KeyError(f"no parameter {name!r}{hint}; there are {', '.join(self._values)}")


class _Plan:
    """One score laid out over time."""

    def __init__(self, score: Score, seed: int) -> None:
        self.score = score
        self.seed = seed
        self.beats = spans(score.beats)
        self.ends = [span.end for span in self.beats[:-1]]
        self.ids = {span.id: span for span in self.beats}
        paths = dict.fromkeys(path for span in self.beats for path in span.beat.settings)
        self.tracks = {path: tracked(path, self.beats) for path in paths}
        players = [path for path in paths if "play" in kinds_of(path)]
        self.runs = [run for path in players for run in runs(path, self.beats, self.tracks[path])]
        holders = [path for path in paths if "chord" in kinds_of(path)]
        self.chords = [chord_events(path, self.beats, self.tracks[path]) for path in holders]
        self.resting: dict[str, Values] = {}
        self.notes: dict[int, tuple[list[float], list[Event]]] = {}  # by beat: onsets, events

    def index_at(self, t: float) -> int:
        """Number of the beat at t; the first before the start, the last after the end."""
        return bisect_right(self.ends, t)

    def values(self, path: str, index: int) -> Values:
        """The values of a thing or instrument in a beat."""
        if path in self.tracks:
            return self.tracks[path][index]
        if path not in self.resting:
            self.resting[path] = at_rest(path)
        return self.resting[path]


class Timeline:
    """A score in time: `beats`, `cue` and `events`. `seed` None takes the score's own."""

    def __init__(
        self,
        score: Score,
        seed: int | None = None,
        gestures: GestureLog | None = None,
        generators: Mapping[str, Generator] | None = None,
    ) -> None:
        if not score.beats:
            raise ValueError("a score without beats takes no time")
        self._seed = seed
        self.gestures = GestureLog() if gestures is None else gestures
        self.generators = dict(generators or {})
        self._plan = _Plan(score, score.seed if seed is None else seed)

    @property
    def score(self) -> Score:
        """What is played."""
        return self._plan.score

    @property
    def seed(self) -> int:
        """Which performance of the score this is."""
        return self._plan.seed

    @property
    def beats(self) -> tuple[BeatSpan, ...]:
        """All beats with their times, in order."""
        return self._plan.beats

    @property
    def length(self) -> float:
        """Seconds of the whole piece."""
        return self._plan.beats[-1].end

    def beat_at(self, t: float) -> BeatSpan:
        """The beat at t; the first before the start, the last after the end."""
        plan = self._plan
        return plan.beats[plan.index_at(t)]

    def beat(self, name: str) -> BeatSpan:
        """The beat of an id; KeyError with the nearest ids if there is none."""
        try:
            return self._plan.ids[name]
        except KeyError:
            close = get_close_matches(name, self._plan.ids, 1, 0.5)
            hint = f", perhaps {close[0]!r}" if close else ""
            raise KeyError(f"no beat {name!r}{hint}; there are {', '.join(self._plan.ids)}") from None

    def cue(self, path: str, t: float) -> Cue:
        """The values of "stage.NAME" or "sound.NAME" at t; KeyError if a score has no such name."""
        plan = self._plan
        index = plan.index_at(t)
        span = plan.beats[index]
        return Cue(plan.values(path, index), t, span.start, span.end)

    def named(self, path: str, t: float) -> bool:
        """Whether the score has named a thing or instrument up to and in the beat at t."""
        plan = self._plan
        return any(path in span.beat.settings for span in plan.beats[: plan.index_at(t) + 1])

    def events(self, a: float, b: float) -> list[Event]:
        """The notes that begin in [a, b), in order of onset."""
        plan = self._plan
        found: list[Event] = []
        for index in range(plan.index_at(a), plan.index_at(b) + 1):
            onsets, events = self._notes(plan, index)
            found += events[bisect_left(onsets, a) : bisect_left(onsets, b)]
        return found

    def _notes(self, plan: _Plan, index: int) -> tuple[list[float], list[Event]]:
        """All notes of one beat, made once."""
        if index not in plan.notes:
            span = plan.beats[index]
            events = [event for chords in plan.chords for event in chords[index]]
            for run in plan.runs:
                if run.first.index <= index and span.start < run.end:
                    events += rhythm_events(run, span, plan.values(run.instrument, index), plan.seed)
            for path, generate in self.generators.items():
                if any(path in earlier.beat.settings for earlier in plan.beats[: index + 1]):
                    events += [
                        event for event in generate(self, span) if span.start <= event.onset < span.end
                    ]
            events.sort(key=lambda event: (event.onset, event.instrument, event.address))
            plan.notes[index] = [event.onset for event in events], events
        return plan.notes[index]

    def reread(self, score: Score, t: float = 0.0) -> float:
        """Play an edited score from now on. Returns where `t` is in it: as far into the beat of the same id.

        A beat that is shorter now is left at its end; one that is gone hands over to what follows it.
        """
        old, self._plan = self._plan, _Plan(score, score.seed if self._seed is None else self._seed)
        span = old.beats[old.index_at(t)]
        for later in old.beats[span.index :]:
            if later.id in self._plan.ids:
                new = self._plan.ids[later.id]
                into = t - later.start if later is span else 0.0
                return new.start + min(max(into, 0.0), new.length * (1.0 - 1e-9))
        return self._plan.beats[-1].start
