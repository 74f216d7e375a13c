"""The voice: bright and warm over the chorus, the sunbeam that one hears.

Sings the line of `causes/song.py`; light follows the same line. One singer, or a few in unison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.causes import performer
from performance.causes.line import Line
from performance.causes.place import distance_of, pan_of
from performance.causes.song import PATH, line_of
from performance.sound.hops import Hops
from performance.sound.instrument import BUSES, RATE, Desk, Frames, Instrument, Span
from performance.sound.place import sends
from performance.sound.rota import Duty
from performance.sound.singing import GLOTTIS, Singers
from performance.sound.steering import SIZE, Choir

if TYPE_CHECKING:
    from performance.timeline import Cue, Timeline

LOUDNESS = 0.30  # puts the singing at about -18 dBFS
LAST = 1e-6  # seconds before its end, where a beat has all that it names
WIDTH = 0.35  # how far the others of a unison stand to the sides
_RAMP = ((np.arange(SIZE) + 1) / SIZE).astype(np.float32)


class Voice(Instrument):
    """Sings the song of each beat where it is heard."""

    name = "voice"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._hops = Hops(self._make, SIZE)
        self._singers: Singers | None = None
        self._placed: tuple[tuple[int, int], Frames] = (-1, 0), np.zeros((BUSES, 0), np.float32)

    def reset(self, frame: int) -> None:
        """Nothing to forget but the last hop: the song is a function of time, and written down in advance."""
        self._hops.forget()
        self._placed = (-1, 0), self._placed[1]
        line_of.prepare(self.desk.timeline)

    def render(self, span: Span) -> None:
        """The song, hop by hop."""
        self._hops.add(span.start, span.frames, span.out)
        for h in range(span.start // SIZE, (span.start + span.frames) // SIZE):
            self.desk.rota.join(self.number, [self], h)

    def duty(self, h: int) -> Duty | None:
        """A part of the song to come."""
        return self._singers.duty(h) if self._singers is not None else None

    def _make(self, h: int) -> Frames | None:
        t = h * SIZE / RATE
        timeline, beat = self.desk.timeline, self.desk.timeline.beat_at(t)
        line = line_of(timeline, beat)
        if line is None:
            return None
        settled = timeline.cue(PATH, beat.end - LAST)  # one manner for the whole song, whoever comes in when
        singers = self._singing(line, settled)
        if singers.silent(h):
            return None
        tones = singers.hop(h)
        air = singers.breath(h) * (1 + GLOTTIS * singers.cycle())
        start, end = self._places(h, len(tones)), self._places(h + 1, len(tones))
        tones[0] += air
        return np.asarray(LOUDNESS * (start @ tones + ((end - start) @ tones) * _RAMP), np.float32)

    def _singing(self, line: Line, cue: Cue) -> Singers:
        if self._singers is None or self._singers.line is not line:
            self._singers = Singers(line, choir_of(self.desk.timeline, cue))
        return self._singers

    def _places(self, h: int, voices: int) -> Frames:
        """Gains (4, voices) of the singers where hop h begins: the same for the hop that ends there, whatever moved."""
        if self._placed[0] != (h, voices):
            self._placed = (h, voices), self._places_at(h * SIZE / RATE, voices)
        return self._placed[1]

    def _places_at(self, t: float, voices: int) -> Frames:
        timeline = self.desk.timeline
        cue = timeline.cue(PATH, t)
        follow = cue.number("follow")
        x, z = performer.place(timeline, t) if follow > 0.0 else (0.0, 0.0)
        far = cue.number("distance") + follow * (float(distance_of(z)) - 1.0)
        side = cue.number("pan") + follow * float(pan_of(x / (1.0 + max(z, -0.5))))
        beside = WIDTH * np.array([0, -1, 1, -0.5, 0.5, -0.75])[:voices]
        return sends(side + beside, far) / np.float32(np.sqrt(voices))


def choir_of(timeline: Timeline, cue: Cue) -> Choir:
    """The singers that a score asks for."""
    voices, warmth = round(cue.number("unison")), cue.number("warmth")
    return Choir(
        voices=voices,
        seed=timeline.seed,
        scatter_cents=7.0 if voices > 1 else 0.0,
        vibrato_cents=58.0,
        lag=0.025 if voices > 1 else 0.0,
        size_spread=0.03 if voices > 1 else 0.0,
        ring=1.0 - 0.35 * warmth,
        breath=0.16 * cue.number("breath"),
        tilt_db=(-10.5 - 2.5 * warmth, -4.5 - 2.0 * warmth),
    )
