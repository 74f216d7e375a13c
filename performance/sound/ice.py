"""Ice at work: ticks of frost in flurries, creaks that tighten, cracks that run.

A creak is stick and slip: the surfaces catch and let go, faster as the load grows, each slip a blow on a small plate,
never twice on the same spot. A crack sends bending waves whose high pitches travel faster, so far off it is heard as a
falling chirp, as on a frozen lake; its echoes from the shores come after, longer drawn out. What happens when is
addressed by the control instant, so it is the same wherever the listener comes in.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from performance.chance import chance, chances, drift
from performance.sound.instrument import CONTROL, RATE, Desk, Instrument, Span
from performance.sound.lines import Line, Lines
from performance.sound.modes import Modes
from performance.sound.place import sends

if TYPE_CHECKING:
    from performance.timeline import Cue

CREAK_EVERY, CRACK_EVERY = 24, 36  # control instants between chances of one
TICK, CREAK, CRACK = 0.42, 0.22, 0.16
ECHOES = 3
PLATE = np.array([1.0, 1.31, 1.83, 2.29, 2.71, 3.4, 4.4, 5.2, 6.3, 7.9, 10.1])
TICK_RATIOS = np.array([1.0, 2.756, 5.404])


class Ice(Instrument):
    """Ticks, creaks and cracks."""

    name = "ice"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._lines = Lines()

    def reset(self, frame: int) -> None:
        """Still ice."""
        self._lines.clear()

    def anchor(self, frame: int) -> int:
        """A creak or a crack that began may still go on."""
        return frame - 4 * RATE

    def tick(self, k: int, cue: Cue) -> None:
        """What the cold does in the coming instant."""
        t = k * CONTROL / RATE
        flurry = 2.2 * max(0.0, 0.35 + float(drift(self.desk.seed, "frost", t=0.7 * t))) ** 1.6
        if self._happens("tick", k, cue.number("ticks") * flurry * CONTROL / RATE):
            self._tick(k, cue)
        if k % CREAK_EVERY == 0 and self._happens(
            "creak", k, cue.number("creaks") * CREAK_EVERY * CONTROL / RATE
        ):
            self._creak(k, cue)
        if k % CRACK_EVERY == 0 and self._happens(
            "crack", k, cue.number("cracks") * CRACK_EVERY * CONTROL / RATE
        ):
            self._crack(k, cue, CRACK * (0.4 + chance(self.desk.seed, "how hard", k)), 0.45)
        if k * CONTROL <= cue.moment("crack") * RATE < (k + 1) * CONTROL:
            self._great_crack(k, cue)

    def _happens(self, what: str, k: int, per_minute: float) -> bool:
        return chance(self.desk.seed, what, k) < per_minute / 60.0

    def _place(self, cue: Cue, draw: float, wide: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return sends(cue.number("pan") + wide * (2 * draw - 1), cue.number("distance") * (0.8 + 0.5 * draw))

    def _tick(self, k: int, cue: Cue) -> None:
        """Frost lets go somewhere: a grain of a sound."""
        draw = chances(self.desk.seed, "ticks", k, count=5)
        pitch = 1700.0 * 2.0 ** (1.9 * draw[0] + 0.3 * cue.number("load")) * TICK_RATIOS
        body = Modes(
            pitch, 0.02 + 0.05 * draw[1] / TICK_RATIOS, TICK * draw[2] ** 2 * np.array([0.5, 0.3, 0.2])
        )
        frame = k * CONTROL + int(CONTROL * draw[3])
        self.desk.splinters.strike(body, frame, self._place(cue, draw[4], 0.95), self.number)

    def _creak(self, k: int, cue: Cue) -> None:
        """Stick and slip, tightening until it holds again."""
        draw = chances(self.desk.seed, "creaks", k, count=6)
        load = cue.number("load")
        length, low, high = 0.4 + 0.8 * draw[0], 16.0 + 16.0 * draw[1], 60.0 + 150.0 * load * (0.5 + draw[2])
        share = np.linspace(0.0, 1.0, 256)
        rate = (low + (high - low) * share**2.2) * (
            1 + 0.25 * drift(self.desk.seed, "rub", k, t=9 * length * share)
        )
        slips = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1])) * length / 255])
        count = int(slips[-1])
        uneven = 0.3 * (chances(self.desk.seed, "slip", k, count=count) - 0.5)
        when = np.interp(np.arange(count) + 0.5 + uneven, slips, share)
        pitch_hz = (380.0 + 520.0 * draw[3]) * (1 + 0.22 * load * when + 0.03 * uneven)
        spot = chances(self.desk.seed, "where", k, count=2 * count * PLATE.size).reshape(2, count, -1)
        pitch = pitch_hz[:, None] * PLATE * (1 + 0.05 * (spot[0] - 0.5))  # no slip is where the last one was
        t60 = np.broadcast_to(0.05 / PLATE**0.8, pitch.shape)
        grip = np.minimum(when / 0.1, 1.0) * (0.25 + 0.75 * when**1.3) * (1 + uneven)
        shape = spot[1] ** 2 * PLATE**-0.55
        strength = CREAK * (0.4 + 0.6 * draw[4]) * grip[:, None] * shape / shape.sum(axis=1, keepdims=True)
        frames = k * CONTROL + np.sort(np.round(when * length * RATE).astype(np.int64))
        place = np.repeat(self._place(cue, draw[5], 0.75)[:, None], count, axis=1)
        self.desk.splinters.strike_all(Modes(pitch, t60, strength), frames, place, self.number)

    def _crack(self, k: int, cue: Cue, level: float, length: float) -> None:
        """A snap near by, and its bending waves from far off."""
        draw = chances(self.desk.seed, "cracks", k, count=40)
        frame = k * CONTROL + int(CONTROL * draw[0])
        place = self._place(cue, draw[1], 0.9)
        self._lines.add(frame, _bending(length, draw[2], 0.028), place * np.float32(level))
        for echo in range(1, ECHOES + 1):
            late = (0.05 + 0.11 * draw[2 + echo]) * echo * length / 0.45
            far = self._place(cue, draw[10 + echo], 1.0) * np.float32(0.5**echo * level)
            drawn_out = _bending(length * (1 + 0.3 * echo), draw[2], 0.028 + 0.024 * echo)
            self._lines.add(frame + round(late * RATE), drawn_out, far)
        pitch = 500.0 * 26.0 ** draw[3:38]
        body = Modes(pitch, 0.008 + 0.03 * (900.0 / pitch), 2.2 * level * np.cos(40 * draw[3:38]) / 35)
        self.desk.bank.strike(body, frame, place, self.number)

    def _great_crack(self, k: int, cue: Cue) -> None:
        """One crack through everything: several run off together, the ground under them booms."""
        for branch in range(4):
            self._crack(
                k + branch * (1 + 2 * branch), cue, 2.4 * CRACK / (1 + 0.5 * branch), 0.9 + 0.2 * branch
            )
        body = Modes(np.array([47.0, 71.0, 104.0, 163.0]), np.array([1.6, 1.1, 0.7, 0.4]), 0.12 * np.ones(4))
        frame = round(min(cue.moment("crack"), math.inf) * RATE)
        self.desk.bank.strike(body, frame, self._place(cue, 0.5, 0.0), self.number)

    def render(self, span: Span) -> None:
        """The running cracks; the rest is in the banks."""
        self._lines.render(span)


def _bending(length: float, tune: float, quick: float) -> Line:
    """The falling chirp of bending waves: high ones arrive first; `quick` seconds until most of them have."""
    t, reach = np.linspace(0.0, length, 192), length / 0.45
    fall = 380.0 + 6200.0 * np.exp(-t / (quick * reach)) + 1500.0 * np.exp(-t / (0.12 * reach))
    fade = np.minimum(t / 0.0008, 1.0) * np.exp(-t / (0.10 * reach)) * np.clip((length - t) / 0.05, 0.0, 1.0)
    rough = 1 + 0.5 * np.sin(40.0 * np.cumsum(fall) / fall.sum() + 9 * tune)  # the ice is not even on the way
    orders, gains = np.array([1.0, 1.17, 1.51, 2.03]), np.array([0.8, 0.5, 0.45, 0.25])
    return Line(fall * (0.85 + 0.3 * tune), fade * rough, length, orders, gains)
