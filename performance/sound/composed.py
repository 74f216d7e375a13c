"""Instruments of crystal whose strokes are composed for a whole beat of the score, not written note by note."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from performance.causes.attempt import attempt
from performance.causes.consort import consort
from performance.causes.perbeat import PerBeat, meant, spans_between
from performance.causes.recall import recall
from performance.causes.strokes import Sheet, Stroke, sheet
from performance.sound.bodies import BODIES, struck
from performance.sound.instrument import CONTROL, RATE, Desk, Instrument, Span
from performance.sound.modes import Modes
from performance.sound.own import own
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Cue, Timeline

LATE = 20.0  # seconds by which a stroke may outlast the beat it was composed in


class Composed(Instrument):
    """Gives its strokes to the bank a control instant ahead; after a seek, those that still ring."""

    memory = 16.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._written = PerBeat(own(self._write))
        self._given = 0  # frames up to which strokes are with the bank

    @abstractmethod
    def compose(self, page: Sheet) -> list[Stroke]:
        """All strokes of a beat of the score."""

    def _write(self, timeline: Timeline, span: BeatSpan) -> tuple[Stroke, ...]:
        if not meant(timeline, self.path, span):
            return ()
        made = self.compose(sheet(timeline, self.path, span))
        return tuple(sorted((s for s in made if s.onset >= span.start), key=lambda stroke: stroke.onset))

    def reset(self, frame: int) -> None:
        """Strike again what is still ringing."""
        self._written.prepare(self.desk.timeline)
        self._given = max(0, frame - round(self.memory * RATE))
        self._give(frame)

    def tick(self, k: int, cue: Cue) -> None:
        """Hand the strokes up to the next control instant to the bank."""
        end = (k + 1) * CONTROL
        self._given = max(self._given, end - round(self.memory * RATE))
        self._give(end)

    def _give(self, end: int) -> None:
        timeline, start = self.desk.timeline, self._given
        for span in spans_between(timeline, start / RATE - LATE, (end + 1) / RATE):
            for stroke in self._written(timeline, span):
                frame = round(stroke.onset * RATE)
                if start <= frame < end:
                    self._strike(stroke, frame)
        self._given = max(end, start)

    def _strike(self, stroke: Stroke, frame: int) -> None:
        cue = self.desk.timeline.cue(self.path, stroke.onset)
        distance = cue.number("distance") * stroke.distance
        place = sends(cue.number("pan") + stroke.pan, distance, stroke.wet)
        self.desk.bank.strike(blow(stroke, self.desk.seed, distance), frame, place, self.number)

    def render(self, span: Span) -> None:
        """The bank sounds it."""


def blow(stroke: Stroke, seed: int, distance: float) -> Modes:
    """The modes that a stroke wakes, with the air between."""
    modes = struck(
        BODIES[stroke.body],
        stroke.pitch_hz,
        stroke.level,
        (seed, stroke.which),
        hardness=stroke.hardness,
        damping=stroke.damping,
        beat=stroke.beat,
    )
    t60 = modes.t60 * stroke.ring
    if stroke.lasts > 0.0:
        t60 = t60 * min(stroke.lasts / float(t60.max()), 1.0)
    return Modes(modes.pitch_hz, t60, modes.amplitude * air(modes.pitch_hz, distance))


class Attempt(Composed):
    """Tries at the song on an instrument of ice."""

    name = "attempt"
    memory = 4.0

    def compose(self, page: Sheet) -> list[Stroke]:
        """The tries of a beat."""
        return attempt(page)


class Recall(Composed):
    """Scenes, the phrase they meet in, its echo, or one tone."""

    name = "recall"

    def compose(self, page: Sheet) -> list[Stroke]:
        """What a beat recalls."""
        return recall(page)


class Consort(Composed):
    """Melody, line against it and chords."""

    name = "consort"

    def compose(self, page: Sheet) -> list[Stroke]:
        """What is composed for a beat."""
        return consort(page)
