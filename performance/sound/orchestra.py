"""The orchestra: every voice of a timeline, mixed in blocks, read in any cutting.

    orchestra = Orchestra(timeline)              # offline: a failing instrument raises
    orchestra = Orchestra(timeline, failed=drop) # live: `failed(name, error)` is told once, the rest plays on
    orchestra.seek(61.5)
    block = orchestra.read(512)                  # (512, 2) float32 at 48 kHz

Inside, fixed quanta on the absolute frame grid: how the reader cuts never changes a sample.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from performance.sound.bank import Bank
from performance.sound.ensemble import INSTRUMENTS
from performance.sound.instrument import BUSES, CONTROL, RATE, Desk, Frames, Instrument, Span

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Event, Timeline

LOOKAHEAD = 0.25  # seconds of events fetched at a time
SPLINTERS = 480


def raise_it(name: str, error: Exception) -> None:
    """Offline, what fails must be mended."""
    raise RuntimeError(f"the instrument {name} failed") from error


class Orchestra:
    """All voices of one timeline. Not safe across threads: one thread reads, seeks and gives gestures."""

    def __init__(
        self,
        timeline: Timeline,
        quantum: int = 256,
        failed: Callable[[str, Exception], None] = raise_it,
        instruments: tuple[type[Instrument], ...] = INSTRUMENTS,
    ) -> None:
        if CONTROL % quantum:
            raise ValueError(f"the quantum must divide {CONTROL}, not {quantum}")
        self.timeline, self.quantum, self._failed = timeline, quantum, failed
        self._bank, self._splinters = Bank(quantum), Bank(quantum, SPLINTERS, 16)
        desk = Desk(timeline, timeline.seed, quantum, self._bank, self._splinters)
        self._players = [kind(desk, i) for i, kind in enumerate(instruments)]
        self._dropped: set[str] = set()
        self._solo = np.zeros((BUSES, quantum), np.float32)
        self._mix = np.zeros((BUSES, quantum), np.float32)
        self.seek(0.0)

    # --- time -----------------------------------------------------------------------------------------------------
    def seek(self, t: float) -> None:
        """Make the next frame read the one at `t`, with everything still ringing already ringing."""
        self.frame = max(0, round(t * RATE))
        self._start = self.frame // self.quantum * self.quantum
        self._ready = np.zeros((0, 2), np.float32)
        self._skip = self.frame - self._start
        self._bank.clear()
        self._splinters.clear()
        self._queue: list[tuple[int, int, Event]] = []
        self._fetched = self._start / RATE
        self._gain = np.zeros((2, len(self._players)), np.float32)  # at the last two control instants
        self._ticked = {player.name: -1 for player in self._players}
        for number, player in enumerate(self._players):
            self._guard(player, self._recall, player, number)

    def _recall(self, player: Instrument, number: int) -> None:
        """Bring one instrument to the state it would have had."""
        player.reset(self._start)
        self._ticked[player.name] = player.anchor(self._start) // CONTROL - 1
        since = max(0.0, self._start / RATE - player.memory)
        for event in self.timeline.events(since, self._start / RATE):
            if event.instrument == player.name:
                player.begin(event, round(event.onset * RATE))

    def read(self, frames: int) -> Frames:
        """The next `frames` frames as (frames, 2) float32."""
        parts, missing = [self._ready], frames - len(self._ready)
        while missing > 0:
            block = self._render()[self._skip :]
            self._skip = max(0, self._skip - self.quantum)
            parts.append(block)
            missing -= len(block)
        whole = np.concatenate(parts)
        self._ready = whole[frames:]
        self.frame += frames
        return whole[:frames]

    def gesture(self, gesture: Gesture) -> None:
        """Answer a visitor from the next quantum on."""
        for player in self._players:
            self._guard(player, player.answer, gesture, self._start)

    # --- one quantum ----------------------------------------------------------------------------------------------
    def _render(self) -> Frames:
        start, end = self._start, self._start + self.quantum
        self._mix[:] = 0
        self._begin_events(end)
        for number, player in enumerate(self._players):
            self._guard(player, self._tick, player, number, end)
        before, after = self._gains(start), self._gains(end)
        for number, player in enumerate(self._players):
            if before[number] > 0 or after[number] > 0:
                self._guard(player, self._play, player, start, before[number], after[number])
        self._bank.render(start, self._mix, before, after)
        self._splinters.render(start, self._mix, before, after)
        self._start = end
        return np.ascontiguousarray(self._mix[:2].T)

    def _begin_events(self, end: int) -> None:
        while self._fetched < (end + 1) / RATE:
            for event in self.timeline.events(self._fetched, self._fetched + LOOKAHEAD):
                heapq.heappush(self._queue, (round(event.onset * RATE), event.address, event))
            self._fetched += LOOKAHEAD
        while self._queue and self._queue[0][0] < end:
            frame, _, event = heapq.heappop(self._queue)
            for player in self._players:
                if player.name == event.instrument:
                    self._guard(player, player.begin, event, frame)

    def _tick(self, player: Instrument, number: int, end: int) -> None:
        while self._ticked[player.name] * CONTROL < end:
            self._ticked[player.name] += 1
            k = self._ticked[player.name]
            cue = self.timeline.cue(player.path, min(k * CONTROL / RATE, self.timeline.length))
            self._gain[0, number] = self._gain[1, number]
            self._gain[1, number] = _linear(cue.number("gain_db"))
            player.tick(k, cue)

    def _gains(self, frame: int) -> Frames:
        mix = (
            ((frame - 1) % CONTROL + 1) / CONTROL
            if frame % CONTROL
            else float(frame == self._start + self.quantum)
        )
        gains: Frames = self._gain[0] + (self._gain[1] - self._gain[0]) * np.float32(mix)
        return gains

    def _play(self, player: Instrument, start: int, before: float, after: float) -> None:
        self._solo[:] = 0
        player.render(Span(start, self.quantum, self._solo))
        self._mix += self._solo * np.linspace(before, after, self.quantum, dtype=np.float32)

    def _guard(self, player: Instrument, call: Callable[..., object], *args: object) -> None:
        if player.name in self._dropped:
            return
        try:
            call(*args)
        except Exception as error:
            self._dropped.add(player.name)
            self._failed(player.name, error)


def _linear(gain_db: float) -> float:
    return 0.0 if math.isinf(gain_db) or gain_db <= -60.0 else float(10.0 ** (gain_db / 20))
