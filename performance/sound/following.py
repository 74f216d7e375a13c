"""Instruments that follow a cause: what it tells is handed to the banks a control instant ahead, and after a seek what
still rings is struck again, each at its own age."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from performance.sound.bodies import BODIES, struck
from performance.sound.instrument import CONTROL, RATE, Desk, Instrument, Span
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.timeline import Cue


class Following(Instrument):
    """Hands blows to the banks by frames."""

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._given = 0  # frames up to which all has been handed over

    def prepare(self) -> None:
        """Reckon in advance what would be late while it sounds."""

    @abstractmethod
    def follow(self, a: int, b: int) -> None:
        """Hand over all that falls on frames [a, b)."""

    def reset(self, frame: int) -> None:
        """What may still ring is struck again."""
        self.prepare()
        self._given = max(0, frame - round(self.memory * RATE))
        self._reach(frame)

    def tick(self, k: int, cue: Cue) -> None:
        """Hand over what falls up to the next control instant."""
        end = (k + 1) * CONTROL
        self._given = max(self._given, end - round(self.memory * RATE))
        self._reach(end)

    def _reach(self, end: int) -> None:
        if end > self._given:
            self.follow(self._given, end)
            self._given = end

    def blow(
        self,
        frame: int,
        kind: str,
        pitch_hz: float,
        level: float,
        which: int,
        hardness: float = 0.5,
        lasts: float = 0.0,
        pan: float = 0.0,
        distance: float = 1.0,
        wet: float = 1.0,
        beat: float = 1.0,
    ) -> None:
        """One blow on a body, ringing at most `lasts` seconds (0: as long as it does)."""
        body = struck(
            BODIES[kind], pitch_hz, level, (self.desk.seed, which), min(max(hardness, 0.0), 1.0), beat=beat
        )
        t60 = body.t60 if lasts <= 0.0 else body.t60 * min(lasts / float(body.t60.max()), 1.0)
        far = body.amplitude * air(body.pitch_hz, distance)
        self.desk.bank.strike(Modes(body.pitch_hz, t60, far), frame, sends(pan, distance, wet), self.number)

    def render(self, span: Span) -> None:
        """The banks sound it."""
