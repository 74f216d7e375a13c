"""Two chords of rubbed glass that need not agree: the third of one against the third of the other.

Each pitch is two tones a little apart, which beat; the two chords give way to each other in turn. As they come to
agree the tones of the second slide to the nearest of the first. Everything is a closed form of time: a pitch that
slides keeps its phase as bent time (pitchtime.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.chance import chances
from performance.sound.held import Array
from performance.sound.instrument import CONTROL, RATE, Desk, Instrument, Span
from performance.sound.pitchtime import PitchTime
from performance.sound.place import air, sends
from performance.sound.sines import Sines

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Cue, Timeline

ORDERS = np.array([1.0, 2.0, 3.0, 4.0, 4.25, 6.0])
GAINS = np.array([1.0, 0.34, 0.20, 0.10, 0.08, 0.05])
TONES = np.array([-1.0, 1.0])  # of each pitch
BEAT_HZ = 1.1  # of two tones of one pitch at most
ATTACK, RELEASE = 1.6, 5.0  # seconds
LOUDNESS = 0.05
TAU = 2 * np.pi
_NUMBERS = ("swell", "agree", "flicker", "shine")


@dataclass(frozen=True, slots=True)
class Side:
    """One chord while it is held: partials as rows of numbers. `way`: octaves to where it agrees."""

    start: float
    end: float
    every: float
    turn: float  # 0 gives way first, .5 afterwards
    pitch_hz: Array
    beat_hz: Array  # off the pitch
    way: Array
    order: Array
    sends: Array
    phase: Array

    def strength(self, t: Array, numbers: Array) -> Array:
        """(2, P) at times (2, 1) from the score's numbers (2, 4)."""
        swell, agree, flicker, shine = (numbers[:, i : i + 1] for i in range(4))
        grown, rung = (
            smooth((t - self.start) / ATTACK),
            np.exp(-6.9078 * np.maximum(t - self.end, 0) / RELEASE),
        )
        wave = np.sin(TAU * ((t - self.start) / self.every + self.turn))
        here = 1 - flicker * (1 - 0.8 * agree) * (0.5 + 0.5 * wave)
        bright = np.where(self.order == 1.0, 1.0, (0.15 + 1.5 * shine) * (0.5 + 0.5 * here))
        lives = 1 + 0.1 * np.sin(TAU * ((0.19 + 0.2 * self.phase) * t + self.phase))
        return np.asarray(swell**1.4 * grown * rung * here**1.3 * bright * lives)


class Chords(Instrument):
    """A chord, and another one against it."""

    name = "chords"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._sines = Sines(desk.quantum)
        self._score: object = None
        self._slides: list[PitchTime] = []
        self._sides: list[tuple[Side, NDArray[np.intp]]] = []  # and which of the slides each partial takes
        self._numbers = np.zeros((2, len(_NUMBERS)))
        self._tick = -1

    def reset(self, frame: int) -> None:
        """Read the score, and add up what has slid so far."""
        self._read()
        self._tick = -1
        for slide in self._slides:
            slide.at(frame)

    def _read(self) -> None:
        timeline = self.desk.timeline
        self._score = timeline.score
        sides = sides_of(timeline, self.path, self.desk.seed)
        ways = np.unique(np.concatenate([side.way for side in sides])) if sides else np.zeros(0)
        self._slides = [PitchTime(timeline, self.path, "agree", 12.0 * way) for way in ways.tolist()]
        self._sides = [(side, np.searchsorted(ways, side.way)) for side in sides]

    def tick(self, k: int, cue: Cue) -> None:
        """Take the score's numbers."""
        now = np.array([cue.number(name) for name in _NUMBERS])
        self._numbers = np.stack([self._numbers[1] if self._tick == k - 1 else now, now])
        self._tick = k

    def render(self, span: Span) -> None:
        """Both chords, each end of the span in closed form."""
        if self.desk.timeline.score is not self._score:
            self._read()
        mix = np.array([[span.start], [span.start + span.frames]]) / CONTROL - (self._tick - 1)
        numbers = self._numbers[0] + (self._numbers[1] - self._numbers[0]) * mix
        if not numbers[:, 0].any():
            return
        t = np.array([[span.start], [span.start + span.frames]]) / RATE
        here = [one for one in self._sides if one[0].start < t[1, 0] and t[0, 0] < one[0].end + 2.2 * RELEASE]
        if not here:
            return
        edges = np.array([slide.edges(span.start, span.frames) for slide in self._slides])  # (ways, 2, 2)
        parts = []
        for side, slide in here:
            passed, factor = edges[slide, 0].T, edges[slide, 1].T
            phase = side.phase + side.pitch_hz * passed + side.beat_hz * t
            gains = side.strength(t, numbers)[:, None] * side.sends
            parts.append((phase, side.pitch_hz * factor + side.beat_hz, gains.astype(np.float32)))
        phases, pitches, strengths = (np.concatenate(part, axis=-1) for part in zip(*parts, strict=True))
        self._sines.add(span.out, phases, pitches, strengths)


def sides_of(timeline: Timeline, path: str, seed: int) -> list[Side]:
    """Every chord of the piece and the one against it, from the beat where either changes to the next such beat."""
    made: list[Side] = []
    spans, chords = timeline.beats, [_named(timeline, path, span) for span in timeline.beats]
    for side in range(2):
        first = 0
        for i in range(1, len(spans) + 1):
            if i == len(spans) or chords[i][side] != chords[first][side]:
                if chords[first][side]:
                    made.append(
                        _side(timeline, path, seed, side, chords[first], spans[first], spans[i - 1].end)
                    )
                first = i
    return made


def _named(timeline: Timeline, path: str, span: BeatSpan) -> tuple[tuple[float, ...], tuple[float, ...]]:
    cue = timeline.cue(path, span.start)
    return cue.pitches("chord"), cue.pitches("against")


def _side(
    timeline: Timeline,
    path: str,
    seed: int,
    which: int,
    both: tuple[tuple[float, ...], ...],
    span: BeatSpan,
    end: float,
) -> Side:
    cue = timeline.cue(path, span.start)
    pitches, other = np.array(both[which]), np.array(both[0] if both[0] else both[which])
    n, count = ORDERS.size, pitches.size * TONES.size
    draw = chances(seed, "chords", span.index, which, count=4 * count * n).reshape(4, count, n)
    hz = np.repeat(pitches, TONES.size)
    near = other[np.abs(np.log2(other[None] / hz[:, None])).argmin(axis=1)]
    way = np.log2(near / hz) if which else np.zeros(count)
    beat = np.tile(TONES, pitches.size) * BEAT_HZ * cue.number("beating") * (0.2 + 0.3 * draw[0, :, 0])
    place = np.tile(TONES, pitches.size) * (0.35 + 0.6 * cue.number("spread")) + 0.3 * (draw[1, :, 0] - 0.5)
    partials = (hz[:, None] * ORDERS).reshape(-1)
    strength = (GAINS * (hz[:, None] / 330.0) ** -0.25).reshape(-1) * air(partials, cue.number("distance"))
    where = sends(cue.number("pan") + np.repeat(place, n), cue.number("distance"), 1.25)
    return Side(
        start=span.start, end=end, every=cue.number("every"), turn=0.5 * which,
        pitch_hz=partials, beat_hz=(beat[:, None] * ORDERS).reshape(-1), way=np.round(np.repeat(way, n), 9),
        order=np.tile(ORDERS, count), sends=where * strength * LOUDNESS, phase=draw[3].reshape(-1),
    )  # fmt: skip
