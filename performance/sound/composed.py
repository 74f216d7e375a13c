"""Strokes on crystal that are composed for a whole beat of the score, not written note by note."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from performance.causes.perbeat import PerBeat, meant, spans_between
from performance.sound.bodies import BODIES, struck
from performance.sound.instrument import CONTROL, RATE, Desk, Instrument, Span
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Cue, Timeline


@dataclass(frozen=True, slots=True)
class Stroke:
    """One blow on a body: when, what, how and where. `which` addresses its small differences."""

    onset: float
    pitch_hz: float
    level: float
    which: int
    body: str = "glass"
    hardness: float = 0.5
    damping: float = 0.0
    ring: float = 1.0  # how much longer than the body's own it rings
    beat: float = 1.0
    pan: float = 0.0
    distance: float = 1.0
    wet: float = 1.0


class Composed(Instrument):
    """Gives its strokes to the bank a control instant ahead; after a seek, those that still ring."""

    memory = 16.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._written = PerBeat(self._write)
        self._given = 0  # frames up to which strokes are with the bank

    @abstractmethod
    def strokes(self, span: BeatSpan, cue: Cue) -> list[Stroke]:
        """All strokes of a beat of the score, from the values that hold at its end."""

    def _write(self, timeline: Timeline, span: BeatSpan) -> tuple[Stroke, ...]:
        if not meant(timeline, self.path, span):
            return ()
        made = self.strokes(span, timeline.cue(self.path, span.end - 1e-3))
        return tuple(sorted((s for s in made if s.onset >= span.start), key=lambda stroke: stroke.onset))

    def reset(self, frame: int) -> None:
        """Strike again what is still ringing."""
        self._given = max(0, frame - round(self.memory * RATE))
        self._give(frame)

    def tick(self, k: int, cue: Cue) -> None:
        """Hand the strokes up to the next control instant to the bank."""
        end = (k + 1) * CONTROL
        self._given = max(self._given, end - round(self.memory * RATE))
        self._give(end)

    def _give(self, end: int) -> None:
        start = self._given
        for span in spans_between(self.desk.timeline, start / RATE - 20.0, (end + 1) / RATE):
            for stroke in self._written(self.desk.timeline, span):
                frame = round(stroke.onset * RATE)
                if start <= frame < end:
                    self.give(stroke, frame)
        self._given = max(end, start)

    def give(self, stroke: Stroke, frame: int) -> None:
        """One stroke to the bank."""
        cue = self.desk.timeline.cue(self.path, stroke.onset)
        body = blow(stroke, self.desk.seed, cue.number("distance"))
        place = sends(cue.number("pan") + stroke.pan, cue.number("distance") * stroke.distance, stroke.wet)
        self.desk.bank.strike(body, frame, place, self.number)

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
    far = modes.amplitude * air(modes.pitch_hz, distance * stroke.distance)
    return Modes(modes.pitch_hz, modes.t60 * stroke.ring, far)
