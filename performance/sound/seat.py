"""A player's seat: keeps its control ticks in step, its gain smooth, its failures to itself, and the crowd at bay."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from performance.sound.instrument import BUSES, CONTROL, RATE, Frames, Instrument, Span
from performance.units import gain

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Timeline

RUNAWAY = 8.0  # no instrument is ever this loud by itself: something feeds on itself
AT_ONCE, MOMENT = 4, 256  # gestures of a kind that are answered in a moment of so many frames: 750 a second

Failed = Callable[[str, Exception], None]


def raise_it(name: str, error: Exception) -> None:
    """Offline, what fails must be mended."""
    raise RuntimeError(f"the instrument {name} failed: {error}") from error


def within_reach(gestures: list[Gesture]) -> list[Gesture]:
    """What can be answered in time: where more come at once than anybody could tell apart, the strongest of them."""
    if len(gestures) <= AT_ONCE:
        return gestures
    moments: dict[tuple[type[Gesture], int], list[Gesture]] = {}
    for gesture in gestures:
        moments.setdefault((type(gesture), round(gesture.t * RATE) // MOMENT), []).append(gesture)
    kept = [sorted(some, key=lambda one: -one.strength)[:AT_ONCE] for some in moments.values()]
    return sorted((one for some in kept for one in some), key=lambda one: one.t)


class Seat:
    """One instrument in the orchestra."""

    def __init__(self, player: Instrument, timeline: Timeline, quantum: int, failed: Failed) -> None:
        self.player, self.timeline, self._failed = player, timeline, failed
        self.dropped = False
        self.level = 0.0  # peak of the last block, before its gain
        self._solo = np.zeros((BUSES, quantum), np.float32)
        self._ramp = (np.arange(1, quantum + 1) / quantum).astype(np.float32)
        self._tick = 0  # the next control instant
        self._gains = (0.0, 0.0)  # at the last two control instants
        self._asleep: tuple[int, object] = (0, None)  # the instant up to which it is silent, by which score

    def guard(self, call: Callable[..., object], *args: object) -> None:
        """Make a call that may fail: then the player is out, and that is said once."""
        if self.dropped:
            return
        try:
            call(*args)
        except Exception as error:
            self.dropped = True
            self._failed(self.player.name, error)

    def answer(self, gesture: Gesture, frame: int) -> None:
        """Let the player answer; who is not heard at that moment need not: it would cost as much."""
        cue = self.timeline.cue(self.player.path, min(frame / RATE, self.timeline.length))
        if cue.gain() > 0.0:
            self.guard(self.player.answer, gesture, frame)

    def recall(
        self, frame: int, quantum: int, notes: list[tuple[int, Callable[..., object], object]]
    ) -> None:
        """Come to the state the player would have had at `frame`: the ticks from its anchor on, and among them, where
        they fell, the notes and gestures (onset frame, call, what) that may still be heard."""
        self.level, self._gains, self._asleep = 0.0, (0.0, 0.0), (0, None)
        self.guard(self.player.reset, frame)
        self._tick = frame // CONTROL
        if not self.dropped:
            self._tick = min(self._tick, max(0, self.player.anchor(frame) // CONTROL))
        for onset, call, what in sorted(notes, key=lambda note: note[0]):
            self.tick_until((onset // quantum + 1) * quantum)
            self.guard(call, what, onset)
        self.tick_until(frame)

    def tick_until(self, end: int) -> None:
        """All control instants up to the first at or after `end`."""
        while (self._tick - 1) * CONTROL < end:
            if self._tick >= self._asleep[0] or self._asleep[1] is not self.timeline.score:
                self.guard(self._tick_once)
            self._tick += 1

    def _tick_once(self) -> None:
        k = self._tick
        cue = self.timeline.cue(self.player.path, min(k * CONTROL / RATE, self.timeline.length))
        self._gains = (self._gains[1], gain(cue.number("gain_db")))
        if any(self._gains):
            self.player.tick(k, cue)
        elif cue.rests("gain_db"):
            self._asleep = math.ceil(cue.end * RATE / CONTROL), self.timeline.score

    @property
    def awake(self) -> bool:
        """Whether it may be heard before the next control instant."""
        return not self.dropped and any(self._gains)

    def gain_at(self, frame: int) -> float:
        """Its gain at a frame between the last two control instants."""
        if self.dropped:
            return 0.0
        mix = frame / CONTROL - (self._tick - 2)
        return self._gains[0] + (self._gains[1] - self._gains[0]) * mix

    def play(self, start: int, mix: Frames, before: float, after: float) -> None:
        """Add one block to the mix, its gain gliding from `before` to `after`."""
        if self.dropped or before == after == 0.0:
            return
        self._solo[:] = 0
        self.guard(self.player.render, Span(start, mix.shape[1], self._solo))
        self.guard(self._listen)
        if not self.dropped and self.level > 0.0:
            glide = (
                np.float32(before) if before == after else before + np.float32(after - before) * self._ramp
            )
            mix += np.multiply(self._solo, glide, out=self._solo)

    def _listen(self) -> None:
        self.level = float(np.abs(self._solo).max())
        if not self.level < RUNAWAY:
            raise ArithmeticError("its sound is no number" if self.level != self.level else "it runs away")
