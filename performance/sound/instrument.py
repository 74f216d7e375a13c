"""An instrument: one family of sounds, answering the table `sound.NAME` of a score.

The life of an instrument, all on the frame grid of 48 kHz, all in the sound thread:

    instrument = Name(desk)              # cheap; tables only
    instrument.reset(frame)              # silence; the next thing rendered starts at `frame` (also on every seek)
    instrument.begin(event, frame)       # a note or a held pitch (Event.length), onset at the absolute `frame`; after a
                                         # seek it may lie in the past; the tick at or after it has been called
    instrument.answer(gesture, frame)    # a visitor's gesture, to be heard from `frame` on
    instrument.tick(k, cue)              # the score's values at control instant k (time k * CONTROL / RATE)
    instrument.render(span)              # add this span's sound to span.out

Rules that make every block cutting and every seek sound the same:

* Sound is a function of absolute frames. A voice keeps its onset frame, never a countdown: its age at frame n is
  n - onset. A moving pitch keeps the phase it had at the last control instant (float64), integrated from the onset
  over control instants only, so replaying the ticks gives the phase back without rendering.
* Ticks come in order, one per instant; after `reset(frame)` first the instant at or before `anchor(frame)`, then
  each next one up to the instant at or after the end of the span to be rendered. So while a span is rendered the
  last tick lies at its end or later, the one before it at its start or earlier: ramp between the two.
* A span never crosses a control instant, whatever the quantum (CONTROL is a multiple of both 256 and 512).
* `anchor(frame)`: where the ticks must restart so that state is as if played through. Stateless: the frame itself.
* `memory`: seconds an event may still be heard after its end (a gesture: after its time); a seek looks that far back
  and makes the same calls in the same order as playing would have, from the anchor on.
* The loudness the score asks for (`gain_db`) is applied by the orchestra; render at gain 1. Do not render what is
  silent: cost nothing when idle, leave `span.out` exactly zero.
* Chance is addressed: `chance(desk.seed, self.name, event.address, ...)`.

Struck bodies do not render themselves: they give `Modes` to `desk.bank` (bodies.py, bank.py) with their own `number`
as owner, and their `render` stays empty. Anything may use `sines.py` for moving pitch.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from performance.sound.rota import Rota

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.sound.bank import Bank
    from performance.timeline import Cue, Event, Timeline

RATE = 48_000
CONTROL = 1024  # frames between control instants: 21 ms, 47 a second
BUSES = 4  # dry left, dry right, to the room left, to the room right

Frames = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a player finds on the desk: the score's time, the seed, the shared banks."""

    timeline: Timeline
    seed: int
    quantum: int
    bank: Bank  # bodies of up to 64 modes
    splinters: Bank  # small bodies of up to 16 modes, by the hundred
    rota: Rota = field(default_factory=Rota)  # what is worked out ahead


@dataclass(frozen=True, slots=True)
class Span:
    """Frames [start, start + frames) of the piece; `out` (4, frames) float32 is added to: dry L, R, room L, R."""

    start: int
    frames: int
    out: Frames

    @property
    def control(self) -> int:
        """The control instant at or before the start."""
        return self.start // CONTROL

    @property
    def offset(self) -> int:
        """Frames from that control instant to the start."""
        return self.start % CONTROL


class Instrument(ABC):
    """One family of sounds. See the head of this file for the order of calls."""

    name: ClassVar[str]  # its table in the score is `sound.<name>`
    memory: ClassVar[float] = 12.0

    def __init__(self, desk: Desk, number: int) -> None:
        self.desk = desk
        self.number = number  # place in the orchestra: the owner given to the banks

    @property
    def path(self) -> str:
        """The path of its table in the score."""
        return f"sound.{self.name}"

    def reset(self, frame: int) -> None:
        """Fall silent at once: what is heard next starts at `frame`."""

    def anchor(self, frame: int) -> int:
        """The frame from which ticks must be replayed so that a seek to `frame` equals playing there."""
        return frame

    def begin(self, event: Event, frame: int) -> None:
        """Start a note of this instrument's pattern at the absolute `frame`."""

    def answer(self, gesture: Gesture, frame: int) -> None:
        """Sound for a visitor's gesture, from `frame` on."""

    def tick(self, k: int, cue: Cue) -> None:
        """Take the score's values at control instant k."""

    @abstractmethod
    def render(self, span: Span) -> None:
        """Add the sound of this span to `span.out`."""
