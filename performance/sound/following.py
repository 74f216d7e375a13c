"""Instruments that follow a cause: what it tells is handed to the banks span by span, and after a seek what still
rings is struck again, each at its own age."""

from __future__ import annotations

import heapq
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from performance.sound.bodies import BODIES, struck
from performance.sound.instrument import RATE, Desk, Instrument, Span
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.timeline import Cue, Timeline


class Told(Protocol):
    """Anything that a cause tells: it happens at a time (seconds)."""

    @property
    def t(self) -> float: ...


AnyTold = TypeVar("AnyTold", bound=Told)
AHEAD = RATE // 8  # frames by which a blow may be made before it falls, one each span


class Following(Instrument):
    """Hands blows to the banks by frames."""

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._given = 0  # frames up to which all has been told
        self._waiting: list[tuple[int, int, Callable[[], None]]] = []  # blows that are told but not yet made
        self._number = 0

    def prepare(self) -> None:
        """Reckon in advance what would be late while it sounds."""

    @abstractmethod
    def follow(self, a: int, b: int) -> None:
        """Hand over all that falls on frames [a, b)."""

    def due(
        self, told: Callable[[Timeline, float, float], Sequence[AnyTold]], a: int, b: int, early: float = 0.0
    ) -> Iterator[tuple[AnyTold, int, Cue]]:
        """What a cause tells that is to begin on frames [a, b), `early` seconds before its time; each with its frame
        and the score's values at its time."""
        timeline = self.desk.timeline
        since = (a - 1) / RATE + early if a > 0 else 0.0
        for one in told(timeline, since, (b + 1) / RATE + early):
            frame = max(round((one.t - early) * RATE), 0)
            if a <= frame < b:
                yield one, frame, timeline.cue(self.path, one.t)

    def reset(self, frame: int) -> None:
        """What may still ring is struck again."""
        self.prepare()
        self._waiting.clear()
        self._given = max(0, frame - round(self.memory * RATE))
        self._reach(frame)

    def _reach(self, end: int) -> None:
        """Make the blows before frame `end`, and one of those that come soon where none was told: a chord costs no
        block."""
        told = self._number
        if end + AHEAD > self._given:
            self.follow(self._given, end + AHEAD)
            self._given = end + AHEAD
        while self._waiting and self._waiting[0][0] < end:
            heapq.heappop(self._waiting)[2]()
        if self._waiting and self._number == told:
            heapq.heappop(self._waiting)[2]()

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

        def make() -> None:
            hard = min(max(hardness, 0.0), 1.0)
            body = struck(BODIES[kind], pitch_hz, level, (self.desk.seed, which), hard, beat=beat)
            t60 = body.t60 if lasts <= 0.0 else body.t60 * min(lasts / float(body.t60.max()), 1.0)
            far = body.amplitude * air(body.pitch_hz, distance)
            place = sends(pan, distance, wet)
            self.desk.bank.strike(Modes(body.pitch_hz, t60, far), frame, place, self.number)

        self._number += 1
        heapq.heappush(self._waiting, (frame, self._number, make))

    def render(self, span: Span) -> None:
        """Hand over what falls in the span: the banks sound it. Whoever sounds more does that after this."""
        self._given = max(self._given, span.start - round(self.memory * RATE))
        self._reach(span.start + span.frames)
