"""A clock: the drop of a tooth, nine thousandths of a second later the lock, and the case that answers both.

When it ticks is told by `causes/clock.py`. The tock is a little lower and duller than the tick: the other pallet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.causes.clock import ticks
from performance.chance import chances
from performance.sound.instrument import CONTROL, RATE, Instrument, Span
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.causes.clock import Tick
    from performance.timeline import Cue

LOUDNESS = 0.8
WHEEL = np.array([2150.0, 3480.0, 5100.0, 7600.0])  # hertz at size 1/2
WHEEL_T60 = np.array([0.034, 0.024, 0.016, 0.010])
CASE = np.array([310.0, 540.0, 880.0, 1330.0])
CASE_T60 = np.array([0.10, 0.07, 0.05, 0.035])
BLOWS = ((0.0, 0.35), (0.009, 1.0), (0.0155, 0.28))  # drop, lock, run to the banking: seconds and strength


class Clock(Instrument):
    """Ticks. Its bodies ring in the bank."""

    name = "clock"
    memory = 0.0

    def anchor(self, frame: int) -> int:
        """A case may still ring."""
        return frame - RATE

    def tick(self, k: int, cue: Cue) -> None:
        """What ticks in the coming instant."""
        for one in ticks(self.desk.timeline, k * CONTROL / RATE, (k + 1) * CONTROL / RATE):
            self._sound(one, cue)

    def _sound(self, tick: Tick, cue: Cue) -> None:
        draw = chances(self.desk.seed, "clock", tick.index, count=14)
        size, hard, far = cue.number("size"), cue.number("hard"), cue.number("distance")
        tock = 0.87 if tick.index % 2 else 1.0
        deep = 2.0 ** (1.0 - 2.0 * size) * tock
        wheel = WHEEL * deep**0.7 * (0.996 + 0.008 * draw[:4])
        case = CASE * deep
        pitch = np.concatenate([wheel, case])
        t60 = np.concatenate([WHEEL_T60 * (0.6 + 0.8 * size), CASE_T60 * (0.4 + 1.4 * size)])
        bright = np.concatenate(
            [np.array([0.7, 0.8, 0.5, 0.35]) * (0.35 + 1.1 * hard), np.array([0.6, 0.5, 0.3, 0.2])]
        )
        strength = LOUDNESS * bright / bright.sum() * air(pitch, far) * (0.9 if tock < 1 else 1.0)
        place = sends(cue.number("pan"), far)
        for i, (late, loud) in enumerate(BLOWS):
            frame = round((tick.t + late * (0.95 + 0.1 * draw[5 + i]) * (0.7 + 0.6 * size)) * RATE)
            level = loud * (0.85 + 0.3 * draw[9 + i])
            self.desk.splinters.strike(Modes(pitch, t60, level * strength), frame, place, self.number)

    def render(self, span: Span) -> None:
        """The bank sounds it."""
