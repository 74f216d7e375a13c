"""The orchestra: every voice of a timeline, mixed in blocks, read in any cutting.

    orchestra = Orchestra(timeline)               # offline: a failing instrument raises
    orchestra = Orchestra(timeline, failed=tell)  # live: tell(name, error) hears of it once, the rest plays on
    orchestra.seek(61.5)                          # as if played up to there, but for the rooms' memory (MEMORY seconds)
    block = orchestra.read(512)                   # (512, 2) float32 at 48 kHz

A gesture in the timeline's log is answered from `unanswered` on: who plays live gives late ones that time.

Inside, fixed quanta on the absolute frame grid: how the reader cuts never changes a sample. What is read is exactly
in time: the limiter's look-ahead is read ahead, so a gesture is heard about 3 ms and one quantum after the frame that
is being read.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from performance.causes import performer
from performance.sound.bank import Bank
from performance.sound.ensemble import INSTRUMENTS
from performance.sound.instrument import BUSES, CONTROL, RATE, Desk, Frames, Instrument
from performance.sound.limiter import LATENCY
from performance.sound.master import Master
from performance.sound.room import Room
from performance.sound.seat import Failed, Seat, raise_it, within_reach

if TYPE_CHECKING:
    from performance.timeline import Event, Timeline

FETCH = 0.25  # seconds of events asked for at a time
AHEAD = (
    RATE // 4
)  # frames before its onset at which a note may be begun, one each quantum: a chord costs no block
STRUCK, TORN, SPLINTERS = 192, 96, 480  # bodies at once: of up to 24, 64 and 16 modes
MEMORY = 8.0  # seconds after a seek until the rooms have heard all they would have heard

Note = tuple[int, Callable[..., object], object]  # onset frame, call, event or gesture


class Orchestra:
    """All voices of one timeline. Not safe across threads: whoever reads also seeks."""

    def __init__(
        self,
        timeline: Timeline,
        quantum: int = 256,
        failed: Failed = raise_it,
        instruments: tuple[type[Instrument], ...] = INSTRUMENTS,
    ) -> None:
        if CONTROL % quantum:
            raise ValueError(f"the quantum must divide {CONTROL}, not {quantum}")
        self.timeline, self.quantum, self._failed = timeline, quantum, failed
        struck = Bank(quantum, STRUCK, 24)
        torn, splinters = Bank(quantum, TORN, 64, lighter=struck), Bank(quantum, SPLINTERS, 16)
        self._banks = torn, struck, splinters
        desk = Desk(timeline, timeline.seed, quantum, torn, splinters)
        self._rota = desk.rota
        self._seats: list[Seat] = []
        for kind in instruments:
            self._seat(kind, desk)
        self._room, self.master = Room(timeline, quantum), Master(quantum)
        self._mix = np.zeros((BUSES, quantum), np.float32)
        self.seek(0.0)

    def _seat(self, kind: type[Instrument], desk: Desk) -> None:
        """Give an instrument its place; one that cannot even be made is left out like one that fails."""
        try:
            player = kind(desk, len(self._seats))
        except Exception as error:
            self._failed(kind.name, error)
        else:
            self._seats.append(Seat(player, self.timeline, self.quantum, self._failed))

    # --- time -----------------------------------------------------------------------------------------------------
    def seek(self, t: float) -> None:
        """Make the next frame read the one at `t`, with everything still ringing already ringing, in silent rooms."""
        self.frame = max(0, round(t * RATE))
        self._room.reset()
        self.master.reset()
        self._ready = np.zeros((0, 2), np.float32)
        self._locate(self.frame)
        self._skip = self.frame - self._start + LATENCY

    def _locate(self, frame: int) -> None:
        """Bring every player to the state of the quantum in which `frame` lies."""
        self._start = frame // self.quantum * self.quantum
        now = self._start / RATE
        for bank in self._banks:
            bank.clear()
        self._rota.clear()
        self._room.locate(self._start)
        self._queue: list[tuple[int, int, int, Event]] = []
        self._turn = (
            itertools.count()
        )  # of two notes with one frame and one address, the first to come begins first
        self._fetched = self._seen = now
        events = self.timeline.events(0.0, now)
        for seat in self._seats:
            seat.recall(self._start, self.quantum, self._notes(seat, events, now))
        self._gains = np.array([seat.gain_at(self._start) for seat in self._seats], np.float32)
        self._told = -1

    def _notes(self, seat: Seat, events: list[Event], now: float) -> list[Note]:
        """What began before `now` and may still be heard."""
        player = seat.player
        since = now - player.memory
        notes: list[Note] = [
            (round(event.onset * RATE), player.begin, event)
            for event in events
            if event.instrument == player.name and event.onset + event.length > since
        ]
        done = within_reach(performer.gestures(self.timeline, max(0.0, since), now))
        return notes + [(round(gesture.t * RATE), seat.answer, gesture) for gesture in done]

    # --- live -----------------------------------------------------------------------------------------------------
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

    @property
    def unanswered(self) -> float:
        """The time from which gestures are still answered: what lies before has been made."""
        return self._seen

    @property
    def levels(self) -> dict[str, float]:
        """Peak of each instrument in the last block, before its gain; those in the banks are not counted."""
        return {seat.player.name: seat.level for seat in self._seats}

    # --- one quantum ----------------------------------------------------------------------------------------------
    def _render(self) -> Frames:
        start = self._start
        self._room.tick_until(start + self.quantum)
        self._collect()
        self._start += self.quantum
        mix = self._mix[:2]
        self._room.process(start, self._mix[2:], mix)
        try:
            return self.master.process(mix)
        except ArithmeticError as error:
            self._room.reset()
            self._failed("master", error)
            return np.zeros((self.quantum, 2), np.float32)

    def _collect(self) -> None:
        """Everything that sounds in the quantum, into the four buses."""
        start, end = self._start, self._start + self.quantum
        self._mix[:] = 0
        if end > self._told:
            self._tell(end)
        self._begin_until(end)
        before = self._gains  # of one that has just failed, too: what it has struck fades out
        after = self._gains = np.zeros(len(self._seats), np.float32)
        for i, seat in self._awake:
            after[i] = seat.gain_at(end)
        for i, seat in self._awake:
            seat.play(start, self._mix, float(before[i]), float(after[i]))
        for bank in self._banks:
            bank.render(start, self._mix, before, after)
        self._rota.work(lambda owner, deed: self._seats[owner].guard(deed))

    def _tell(self, end: int) -> None:
        """The control instants up to the first at or after `end`; until then, who is silent is not asked again."""
        for seat in self._seats:
            seat.tick_until(end)
        self._told = -(-end // CONTROL) * CONTROL
        self._awake = [(i, seat) for i, seat in enumerate(self._seats) if seat.awake]

    def _begin_until(self, end: int) -> None:
        while self._fetched * RATE <= end + AHEAD:
            for event in self.timeline.events(self._fetched, self._fetched + FETCH):
                heapq.heappush(
                    self._queue, (round(event.onset * RATE), event.address, next(self._turn), event)
                )
            self._fetched += FETCH
        while self._queue and self._queue[0][0] < end:
            self._begin_one()
        if self._queue and self._queue[0][0] < end + AHEAD:
            self._begin_one()
        for gesture in within_reach(performer.gestures(self.timeline, self._seen, end / RATE)):
            for _, seat in self._awake:
                seat.answer(gesture, max(round(gesture.t * RATE), self._start))
        self._seen = end / RATE

    def _begin_one(self) -> None:
        frame, _, _, event = heapq.heappop(self._queue)
        for seat in self._seats:
            if seat.player.name == event.instrument:
                seat.guard(seat.player.begin, event, frame)
