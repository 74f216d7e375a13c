"""A crowd: people who talk while they wait, cough, laugh, and do some things all at once.

The nearest talkers are heard phrase by phrase (speech.py), each from a place and a throat of their own; behind them
rows of mouths that can no longer be told apart. `murmur` says how many talk and how loudly. Coughs and laughs come
one by one; a gasp runs through the house, everybody a little later than the first; a sigh is let go together.
Through heavy cloth all of it is heard dull: every sound has a second one that has passed a curtain.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.perbeat import since
from performance.causes.place import pan_of
from performance.chance import at_indices, chance, chances
from performance.curves import ease
from performance.gestures import Strike, Sweep
from performance.sound.collective import CLOTH_HZ, CLOTH_LOSS, ROOM, happenings, pool, startled
from performance.sound.grains import NOTHING, Shower, Takes
from performance.sound.instrument import BUSES, CONTROL, RATE, Desk, Frames, Instrument, Span
from performance.sound.perspan import Showers, curves
from performance.sound.place import sends
from performance.sound.speech import BED_LENGTH, BEDS, EACH, PHRASES, VOICES, beds, phrases
from performance.sound.throats import muffled

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.crowd"
TALKERS = 36  # people near enough to be heard talking
LOUDNESS, ROWS = 1.5, 1.2
TURN = 2.7  # seconds that a phrase and the listening after it take, on average
STREAMS = (-0.8, 0.0, 0.75)  # places of the rows
ENTRY = 0.4  # seconds in which the talk comes when the score first names it
WAVE = 10  # people who turn to each other as a gesture passes

Numbers = NDArray[np.float64]


class Crowd(Instrument):
    """The house before and between. Nearly all of it is known in advance."""

    name = "crowd"
    memory = 4.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._talk = Showers(desk.timeline, PATH, talk)
        self._happen = Showers(desk.timeline, PATH, happenings)
        self._answers: list[Shower] = []
        self._waves: list[Shower] = []
        self._layers = np.zeros((2, BUSES, desk.quantum), np.float32)
        self._heard: tuple[Takes, ...] = ()
        self._told: dict[int, tuple[float, float, float]] = {}

    def reset(self, frame: int) -> None:
        """All that they will say and do is drawn, if they are heard at all."""
        self._answers, self._waves, self._heard = [], [], ()
        self._told.clear()
        if self._talk.prepare():
            self._happen.prepare()
            said = [*phrases(), *beds()]
            self._heard = (
                Takes(said, self._said),
                Takes(_behind_cloth(), self._said),
                Takes(pool(), self._done),
            )

    def _said(self, a: int, b: int) -> Shower:
        return Shower.together([self._talk.between(a, b), *(wave.between(a, b) for wave in self._waves)])

    def _done(self, a: int, b: int) -> Shower:
        parts = [self._happen.between(a, b), *(answer.between(a, b) for answer in self._answers)]
        return Shower.together(parts)

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A blow startles those near it; a sweep sets heads turning in its wake."""
        if not self._heard:
            return
        if isinstance(gesture, Strike):
            startle = startled(self.desk, frame, float(pan_of(gesture.u)), gesture.strength)
            self._answers = [*self._answers[-7:], startle]
        elif isinstance(gesture, Sweep):
            self._waves = [*self._waves[-7:], self._wave(gesture, frame)]
        for takes in self._heard:
            takes.forget()

    def _wave(self, sweep: Sweep, frame: int) -> Shower:
        draw = chances(self.desk.seed, "wave", frame, count=4 * WAVE).reshape(4, WAVE)
        way = np.arange(WAVE) / WAVE
        late = np.rint((0.05 + 1.1 * way + 0.2 * draw[0]) * RATE).astype(np.int64)
        pan = np.clip(float(pan_of(sweep.u)) + np.sign(sweep.du) * 1.4 * way, -1, 1)
        level = LOUDNESS * sweep.strength * (0.4 + 0.6 * draw[1]) * (1 - 0.6 * way)
        place = sends(pan, 1.4 + 2.5 * draw[2], ROOM) * level.astype(np.float32)
        return Shower.of(frame + late, (draw[3] * PHRASES).astype(np.intp), place)

    def render(self, span: Span) -> None:
        """Talk under its curve, then what happens on top of it."""
        if not self._heard:
            return
        (level, cloth), (next_level, next_cloth) = (self._asked(span, end) for end in (0, span.frames))
        if level > 0 or next_level > 0:
            for i, (a, b) in enumerate(((1 - cloth, 1 - next_cloth), (cloth, next_cloth))):
                if a > 0 or b > 0:
                    self._add_talk(i, span, level * a, next_level * b)
        self._heard[2].add(span.start, span.frames, span.out)

    def _add_talk(self, which: int, span: Span, before: float, after: float) -> None:
        layer = self._layers[which, :, : span.frames]
        layer[:] = 0
        self._heard[which].add(span.start, span.frames, layer)
        layer *= np.linspace(before, after, span.frames + 1, dtype=np.float32)[1:]
        span.out[:] += layer

    def _asked(self, span: Span, after: int) -> tuple[float, float]:
        """Level of the talk and share of the cloth so many frames after the span's start, straight between instants."""
        k, x = divmod(span.start + after, CONTROL)
        (a, c, begun), (b, d, _) = self._at(k), self._at(k + 1)
        entry = ease(min(max((span.start + after) / RATE - begun, 0.0) / ENTRY, 1.0))
        return entry * (a + (b - a) * x / CONTROL), c + (d - c) * x / CONTROL

    def _at(self, k: int) -> tuple[float, float, float]:
        """Level, cloth, and when the talk began, at a control instant: a block asks four times, for two of them."""
        if k not in self._told:
            if len(self._told) > 3:
                self._told.pop(min(self._told))
            timeline = self.desk.timeline
            t = min(k * CONTROL / RATE, timeline.length)
            cue = timeline.cue(PATH, t)
            self._told[k] = loudness(cue.number("murmur")), cue.number("cloth"), since(timeline, PATH, t)
        return self._told[k]


def loudness(murmur: float) -> float:
    """How loud so much talk is: 26 dB from a tenth of it to all, and nothing at 0."""
    return float(murmur**1.3)


def talk(timeline: Timeline, span: BeatSpan) -> Shower:
    """All phrases and rows that begin in a beat of the score."""
    count = round(timeline.cue(PATH, span.start).number("count"))
    near, rows = _phrases(timeline, span, min(count, TALKERS)), _rows(timeline, span, count)
    return Shower.together([near, rows])


def _phrases(timeline: Timeline, span: BeatSpan, people: int) -> Shower:
    """Everybody says a phrase, listens, says another; how many do depends on the murmur."""
    first, last = int(span.start / TURN) - 2, int(span.end / TURN) + 2
    turn, who = (
        part.ravel() for part in np.meshgrid(np.arange(first, last), np.arange(people), indexing="ij")
    )
    draw = [_draw(timeline.seed, part, turn, who) for part in range(4)]
    own = chances(timeline.seed, "talker", count=4 * TALKERS).reshape(4, TALKERS)[:, who]
    times = (turn + own[0] + 0.55 * draw[0]) * TURN * (0.8 + 0.4 * own[1])
    inside = (times >= span.start) & (times < span.end) | _under_way(span, times)
    who, own, times = who[inside], own[:, inside], times[inside]
    say, which, loud = (draw[part][inside] for part in (1, 2, 3))
    murmur, pan, distance = curves(timeline, PATH, span, times, ("murmur", "pan", "distance"))
    say_it = say < 0.08 + 0.57 * murmur
    place = sends(np.clip(pan + 2 * own[2] - 1, -1, 1), distance * (1.3 + 4.2 * own[3]), ROOM)
    level = LOUDNESS * (0.35 + 0.65 * loud) * max(people, 6) ** -0.35
    throat = (who * 7 % VOICES) * EACH + (which * EACH).astype(np.intp)  # everybody keeps to one voice
    made = place * level.astype(np.float32)
    frame = np.rint(times * RATE).astype(np.int64)
    return Shower.of(frame[say_it], throat[say_it], made[:, say_it])


def _under_way(span: BeatSpan, times: Numbers) -> NDArray[np.bool_]:
    """What has begun before the piece begins: people do not wait for it."""
    early: NDArray[np.bool_] = (times < 0.0) & (times > -BED_LENGTH) & (span.start <= 0.0)
    return early


def _rows(timeline: Timeline, span: BeatSpan, count: int) -> Shower:
    """Overlapping stretches of the rows at the back, left, middle and right."""
    if count <= TALKERS:
        return NOTHING
    half = 0.5 * BED_LENGTH
    first, last = int(span.start / half) - 1, int(span.end / half) + 2
    turn, stream = (
        part.ravel() for part in np.meshgrid(np.arange(first, last), np.arange(len(STREAMS)), indexing="ij")
    )
    times = (turn + stream / len(STREAMS)) * half
    inside = (times >= span.start) & (times < span.end)
    inside |= _under_way(span, times)
    turn, stream, times = turn[inside], stream[inside], times[inside]
    pan, distance = curves(timeline, PATH, span, np.maximum(times, span.start), ("pan", "distance"))
    crowded = min(1.0, (count - TALKERS) / 600.0) ** 0.5 * (1 + 0.25 * np.log10(max(count, 600) / 600))
    place = sends(np.clip(pan + np.array(STREAMS)[stream], -1, 1), 3.0 * distance, 1.3)
    bed = PHRASES + (_draw(timeline.seed, 9, turn, stream) * BEDS).astype(np.intp)
    frame = np.rint(times * RATE).astype(np.int64)
    return Shower.of(frame, bed, place * np.float32(ROWS * crowded))


def _draw(seed: int, part: int, turn: NDArray[np.int64], who: NDArray[np.int64]) -> Numbers:
    return at_indices(int(chance(seed, "talk", part) * 2**52), turn * 4096 + who)


@cache
def _behind_cloth() -> list[Frames]:
    """All that is said, through the curtain."""
    return [sound * np.float32(CLOTH_LOSS) for sound in muffled([*phrases(), *beds()], CLOTH_HZ)]
