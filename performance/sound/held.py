"""Held tones: voices that swell, live a little in pitch and strength, and ring out when they are let go.

A tone is a handful of partials, each a row of numbers; everything at time t is a closed form of those rows, so a tone
that began minutes ago is found in the middle without having been played.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.sound.instrument import CONTROL, RATE, Desk, Instrument, Span
from performance.sound.pitchtime import PitchTime
from performance.sound.sines import Laid, Sines

if TYPE_CHECKING:
    from performance.timeline import Cue, Event

Array = NDArray[np.float64]
TAU = 2 * np.pi
SETTLING = 0.18  # seconds in which the scoop of an onset is over


@dataclass(frozen=True, slots=True)
class Partials:
    """P partials. Rates are in Hz, phases in cycles, depths are shares of pitch or strength."""

    pitch_hz: Array
    sends: Array  # (4, P), strength and place
    order: Array  # which partial of its tone: 1 the pitch itself
    onset: Array  # seconds
    end: Array
    attack: Array  # seconds to full strength
    release: Array  # seconds to -60 dB after the end
    swing: Array  # depth of the slow change of strength
    swing_hz: Array
    wander: Array  # depth of the slow change of pitch
    wander_hz: Array
    scoop: Array  # how far under its pitch it begins
    phase: Array  # cycles: of the partial, and of its swing and wander

    def __len__(self) -> int:
        return int(self.pitch_hz.size)

    def part(self, these: NDArray[np.bool_]) -> Partials:
        """Some of them."""
        return Partials(*(getattr(self, field.name)[..., these] for field in fields(self)))

    @staticmethod
    def together(*parts: Partials) -> Partials:
        """Several as one."""
        return Partials(
            *(
                np.concatenate([getattr(part, field.name) for part in parts], axis=-1)
                for field in fields(Partials)
            )
        )

    def strength(self, t: Array) -> Array:
        """(2, P) from times (2, 1): attack, release, swing."""
        grown = smooth((t - self.onset) / self.attack)
        rung = np.exp(-6.9078 * np.maximum(t - self.end, 0.0) / self.release)
        return np.asarray(
            grown * rung * (1 + self.swing * np.sin(TAU * (self.swing_hz * t + 3 * self.phase)))
        )

    def turn(self, t: Array, passed: Array, factor: Array) -> tuple[Array, Array]:
        """Phase (cycles) and pitch (Hz), (2, P) each, at times (2, 1) and bent times (2, 1)."""
        angle = TAU * (self.wander_hz * t + 7 * self.phase)
        fall = np.exp(-np.maximum(t - self.onset, 0.0) / SETTLING)
        swept = passed + self.wander / (TAU * self.wander_hz) * np.sin(angle) + self.scoop * SETTLING * fall
        speed = factor + self.wander * np.cos(angle) - self.scoop * fall
        return self.phase + self.pitch_hz * swept, self.pitch_hz * speed


def none() -> Partials:
    """No partial."""
    return Partials(
        *(np.zeros((4, 0)) if field.name == "sends" else np.zeros(0) for field in fields(Partials))
    )


class HeldInstrument(Instrument):
    """An instrument that turns each event into partials and the score's numbers into their strength."""

    memory = 6.0
    controls: ClassVar[tuple[str, ...]] = ()  # the numbers of its table that shape every partial
    level: ClassVar[slice] = slice(1)  # those of them at which, when all are zero, nothing is heard
    bend: ClassVar[str] = "bend"

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._sines, self._young = Sines(CONTROL), Sines(desk.quantum)
        self._time = PitchTime(desk.timeline, self.path, self.bend)
        self.reset(0)

    def reset(self, frame: int) -> None:
        """No tone."""
        self._partials, self._latest = none(), -1.0
        self._laid: tuple[int, Laid | None] = (-1, None)
        self._numbers = np.zeros((2, len(self.controls)))
        self._tick = -1
        self._time.at(frame)  # what was bent before is added up now, not while it sounds

    def begin(self, event: Event, frame: int) -> None:
        """A held pitch joins the others."""
        made = self.tone(event)
        self._partials = Partials.together(self._partials, made)
        self._latest = max(self._latest, float(made.onset.max(initial=-1.0)))

    def tick(self, k: int, cue: Cue) -> None:
        """Take the score's numbers."""
        now = np.array([cue.number(name) for name in self.controls])
        self._numbers = np.stack([self._numbers[1] if self._tick == k - 1 else now, now])
        self._tick = k

    def render(self, span: Span) -> None:
        """All partials, each end of a control interval in closed form; what begins in it, each end of the span."""
        if not len(self._partials):
            return
        start = span.start - span.offset
        if self._laid[0] != start:
            self._laid = start, self._settled(start)
        if self._laid[1] is not None:
            self._sines.sound(span.out, self._laid[1], span.offset)
        if self._latest > start / RATE:
            onset = self._partials.onset
            young = self._partials.part((onset > start / RATE) & (onset < (span.start + span.frames) / RATE))
            if len(young):
                self._young.sound(span.out, self._lay(self._young, young, span.start, span.frames))

    def _settled(self, start: int) -> Laid | None:
        """What has begun before a control interval; what has rung out is dropped."""
        over = self._partials.end + 2.5 * self._partials.release
        if over.min() < start / RATE:
            self._partials = self._partials.part(over >= start / RATE)
        begun = self._partials
        if self._latest > start / RATE:
            begun = begun.part(begun.onset <= start / RATE)
        if not len(begun) or not self.numbers(start, CONTROL)[:, self.level].any():
            return None
        return self._lay(self._sines, begun, start, CONTROL)

    def _lay(self, sines: Sines, partials: Partials, start: int, frames: int) -> Laid:
        t = np.array([[start], [start + frames]]) / RATE
        passed, factor = self._time.edges(start, frames)
        phase, pitch = partials.turn(t, passed[:, None], factor[:, None])
        strength = partials.strength(t) * self.shape(partials, self.numbers(start, frames), pitch, t)
        return sines.lay(phase, pitch, (strength[:, None] * partials.sends).astype(np.float32))

    def numbers(self, start: int, frames: int) -> Array:
        """(2, controls): the score's numbers at both ends of a span."""
        mix = np.array([[start], [start + frames]]) / CONTROL - (self._tick - 1)
        return np.asarray(self._numbers[0] + (self._numbers[1] - self._numbers[0]) * mix)

    @abstractmethod
    def tone(self, event: Event) -> Partials:
        """The partials of one held pitch."""

    @abstractmethod
    def shape(self, partials: Partials, numbers: Array, pitch_hz: Array, t: Array) -> Array:
        """(2, P): what the score's numbers (2, controls) make of every partial at times t (2, 1)."""
