"""Whispers, close and band-limited, that turn mouth after mouth into a far lullaby.

`turn` 0..1 is the score's: each mouth has its own moment in it. As it turns, its syllables slow down, its consonants
soften, and out of the breath comes a pitch that slides up into the tune. The lullaby grows out of the piece's motif.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.cycles import GRID
from performance.causes.line import Line
from performance.causes.melody import CHORD
from performance.causes.motif import pitch_of
from performance.causes.perbeat import PerBeat, audible, meant, since
from performance.causes.smooth import smooth
from performance.causes.verse import LULLABY_BAR, Manner, verse
from performance.chance import chances
from performance.curves import ease
from performance.sound.breathing import Air, Draught
from performance.sound.hops import Hops
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.mouths import Mouths, way_to_the_ear
from performance.sound.own import own
from performance.sound.place import sends
from performance.sound.rota import Duty
from performance.sound.singing import Singers
from performance.sound.steering import SIZE, Choir

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.whispers"
MOUTHS, SINGERS = 12, 8
PARTS = (0, 1, 0, 2, 0, 1, 0, 2)  # which part each of the singers takes
LOUDNESS, SONG_LOUDNESS = 0.20, 0.15
SLOWER = 0.72  # share of its pace that a mouth loses when it sings
SPREAD = 0.6  # share of `turn` over which the mouths are spread
SLIDE_CENTS = 240.0  # below the tune, where the voice comes out of the breath
FAR = 1.6  # how far the song is, times the whisper's distance at most
ENTRY = 0.6
_RAMP = ((np.arange(SIZE) + 1) / SIZE).astype(np.float32)

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Clock:
    """Syllables spoken by each mouth on the grid of a beat, (steps + 1, mouths)."""

    start: float
    step: float
    count: Numbers

    def at(self, t: float) -> Numbers:
        place = min(max((t - self.start) / self.step, 0.0), len(self.count) - 1.0001)
        i = int(place)
        return np.asarray(self.count[i] + (self.count[i + 1] - self.count[i]) * (place - i))


class Whispers(Instrument):
    """Many mouths."""

    name = "whispers"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        seed = desk.seed
        self._mouths = Mouths(seed, MOUTHS)
        self._order = (np.argsort(chances(seed, "order", count=MOUTHS)) + 0.5) / MOUTHS
        self._side = np.where(
            np.arange(MOUTHS) < 2, [-0.85, 0.8] * (MOUTHS // 2), 2 * chances(seed, "side", count=MOUTHS) - 1
        )
        self._far = np.where(np.arange(MOUTHS) < 2, 0.45, 1.7 + 3.6 * chances(seed, "far", count=MOUTHS))
        self._clock = PerBeat(own(self._count))
        self._line = PerBeat(lullaby)
        self._singers: Singers | None = None
        self._whispered = Draught(Air(seed + 2, MOUTHS), self._whisper)
        self._sung = Hops(self._sing, SIZE)
        self._way = np.zeros(MOUTHS), np.zeros((0, 0), np.float32)  # distances and what they leave of a sound

    def reset(self, frame: int) -> None:
        """Nothing to forget: whisper and song are functions of time, and the song is written down in advance."""
        self._line.prepare(self.desk.timeline)
        self._clock.prepare(self.desk.timeline)
        self._whispered.forget()
        self._sung.forget()

    def render(self, span: Span) -> None:
        """Whisper and song, hop by hop."""
        self._whispered.add(span.start, span.frames, span.out)
        self._sung.add(span.start, span.frames, span.out)
        for h in range(span.start // SIZE, (span.start + span.frames) // SIZE):
            self.desk.rota.join(self.number, [self], h)

    def duty(self, h: int) -> Duty | None:
        """A part of the song to come."""
        return self._singers.duty(h) if self._singers is not None else None

    def singing(self, *times: float) -> Numbers:
        """0..1 for each of the times and each mouth: how far it has turned to song."""
        turns = [self.desk.timeline.cue(PATH, max(t, 0.0)).number("turn") for t in times]
        return smooth((np.array(turns)[:, None] - SPREAD * self._order) / (1 - SPREAD))

    def _count(self, timeline: Timeline, span: BeatSpan) -> _Clock:
        before = self._mouths.start
        if span.index and audible(timeline, PATH, timeline.beats[span.index - 1]):
            before = self._clock(timeline, timeline.beats[span.index - 1]).count[-1]
        steps = max(2, round(span.length / GRID))
        step = span.length / steps
        times = np.minimum(span.start + step * np.arange(steps + 1), np.nextafter(span.end, span.start))
        pace = self._mouths.pace * (1 - SLOWER * self.singing(*times.tolist()))
        moved = np.cumsum(0.5 * (pace[1:] + pace[:-1]) * step, axis=0)
        return _Clock(span.start, step, before + np.concatenate([np.zeros((1, MOUTHS)), moved]))

    # --- whisper --------------------------------------------------------------------------------------------------
    def _whisper(self, times: Numbers) -> tuple[Frames, Frames] | None:
        """Colours and gains of the mouths at the middles of frames."""
        singing = self.singing(*times.tolist())
        if singing.min() >= 1.0:
            return None
        asked = np.array([self._asked(t) for t in times.tolist()])
        level, mouths, pan, distance, close = asked.T[:, :, None]
        timeline = self.desk.timeline
        clock = np.array([self._clock(timeline, timeline.beat_at(t)).at(t) for t in times.tolist()])
        far = distance * self._far
        far[:, :2] *= 1.6 - close
        colours = self._mouths.colours(clock, singing)
        colours *= self._to_the_ear(far)
        present = np.clip(mouths - np.arange(MOUTHS), 0, 1) * np.sqrt(1 - singing**2)
        gains = sends(pan + self._side, far) * (LOUDNESS * level * present).astype(np.float32)
        return colours, np.moveaxis(gains, 0, 1)

    def _asked(self, t: float) -> tuple[float, ...]:
        """How far it has come, how many mouths, pan, distance and closeness at t."""
        cue = self.desk.timeline.cue(PATH, t)
        entry = ease(min(max(t - since(self.desk.timeline, PATH, t), 0.0) / ENTRY, 1.0))
        return entry, *(cue.number(name) for name in ("mouths", "pan", "distance", "close"))

    def _to_the_ear(self, far: Numbers) -> Frames:
        """What distances (times, mouths) leave of a sound: kept while nobody moves, and then as one for all times."""
        if not np.array_equal(far, np.broadcast_to(self._way[0], far.shape)):
            still = bool((far == far[0]).all())
            self._way = (far[0], way_to_the_ear(far[0])) if still else (far, way_to_the_ear(far))
        return self._way[1]

    # --- song -----------------------------------------------------------------------------------------------------
    def _sing(self, h: int) -> Frames | None:
        timeline, t = self.desk.timeline, h * SIZE / RATE
        line = self._line(timeline, timeline.beat_at(t))
        if line is None:
            return None
        if self._singers is None or self._singers.line is not line:
            self._singers = Singers(line, choir_of(timeline.seed), self._bend)
        levels = self.singing(t, t + SIZE / RATE)[:, :SINGERS] ** 2
        if (
            self._singers.silent(h) or not levels.any()
        ):  # in this order: unheard, they keep their place in the phrase
            return None
        tones = self._singers.hop(h)
        cue = timeline.cue(PATH, t)
        far = cue.number("distance") * np.minimum(self._far[:SINGERS] * FAR, 6.0)
        place = sends(cue.number("pan") + self._side[:SINGERS], far, 1.5) * np.float32(
            SONG_LOUDNESS / np.sqrt(SINGERS)
        )
        start, end = (place * level.astype(np.float32) for level in levels)
        sound: Frames = start @ tones + ((end - start) @ tones) * _RAMP
        return sound

    def _bend(self, t: Numbers) -> Numbers:
        """Cents (n, singers): the slide out of the breath up to the tune."""
        turned = self.singing(*t.tolist())[:, :SINGERS]
        return np.asarray(-SLIDE_CENTS * (1 - smooth((turned - 0.1) / 0.6)))


def choir_of(seed: int) -> Choir:
    """Those of the mouths that sing: no trained voices, a little apart in pitch and time."""
    return Choir(SINGERS, seed + 7, 13.0, 24.0, 0.06, 0.035, 0.15, 0.1, (-13.0, -9.0), 32, PARTS)


def lullaby(timeline: Timeline, span: BeatSpan) -> Line | None:
    """The lullaby of a beat of the score: in threes, low and narrow, out of the piece's own motif, in three parts."""
    if not meant(timeline, PATH, span):
        return None
    cue = timeline.cue(PATH, span.end - 1e-3)
    tonic = timeline.score.tuning.tonic_hz * 2.0 ** round(cue.number("octave"))
    scale = cue.word("scale")
    manner = Manner(timeline.seed, span.index, tonic, scale, cue.number("pulse"), LULLABY_BAR, 0.7)
    notes = verse(manner, span.start + 0.8, span.length - 1.6)
    if not notes:
        return None
    degrees = [note.degree for note in notes]
    second = tuple(pitch_of(second_part(d), tonic, scale) for d in degrees)
    third = tuple(pitch_of(-3 if d % 7 in (1, 3, 6) else -7, tonic, scale) for d in degrees)
    return Line(notes, (second, third))


def second_part(degree: int) -> int:
    """Under the tune: the nearest resting note a third, a fourth or a sixth below, else a third."""
    return next((degree - down for down in (2, 3, 5) if (degree - down) % 7 in CHORD), degree - 2)
