"""One body's breath: in through the mouth, bright and short; out, dark and long; unsteady where there is fear."""

from __future__ import annotations

import math

import numpy as np

from performance.causes.breath import PATH, flow, phase
from performance.causes.perbeat import since
from performance.chance import drift
from performance.curves import ease
from performance.sound.breathing import BIN_HZ, Air
from performance.sound.hops import HOP, Hops
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.place import sends
from performance.sound.tract import whispered

LOUDNESS = 0.15
ENTRY = 0.8  # seconds in which it comes when the score first names it
TREMBLE_HZ = 7.3
_IN = whispered(
    np.array([[780.0, 1650, 2750, 4300, 6000], [930.0, 1900, 2950, 4500, 6200]]),
    (1, 0.8, 0.75, 0.4, 0.3),
    1.7,
    0.1,
)
_OUT = whispered(
    np.array([[600.0, 1350, 2500, 3700, 5200], [470.0, 1050, 2350, 3500, 5000]]),
    (1, 0.6, 0.28, 0.1, 0.06),
    1.5,
)
_OUT = _OUT / (1 + (BIN_HZ / 2600) ** 2)


class Breath(Instrument):
    """One breathing body. Two decorrelated halves of it stand a little apart: it is near."""

    name = "breath"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._air = Air(desk.seed, 2)
        self._hops = Hops(self._make)
        self._frames: dict[int, Frames] = {}

    def reset(self, frame: int) -> None:
        """Nothing to forget: breath is a function of time."""
        self._hops.forget()
        self._frames.clear()

    def render(self, span: Span) -> None:
        """The breath, hop by hop."""
        self._hops.add(span.start, span.frames, span.out)

    def _make(self, h: int) -> Frames | None:
        before, now = self._frame(h - 1), self._frame(h)
        sound: Frames = before[:, HOP:] + now[:, :HOP]
        return sound if sound.any() else None

    def _frame(self, h: int) -> Frames:
        if h not in self._frames:
            if len(self._frames) > 2:
                self._frames.pop(min(self._frames))
            self._frames[h] = self._new_frame(h)
        return self._frames[h]

    def _new_frame(self, h: int) -> Frames:
        timeline = self.desk.timeline
        t = (h + 1) * HOP / RATE
        at = phase(timeline, t)
        stream = flow(at)
        if stream == 0.0 or t <= 0.0:
            return np.zeros((4, 2 * HOP), np.float32)
        cue = timeline.cue(PATH, t)
        level = (
            abs(stream) ** 1.5
            * cue.number("depth")
            * ease(min(max(t - since(timeline, PATH, t), 0) / ENTRY, 1))
        )
        level *= 1 + cue.number("tremble") * self._shake(t)
        mouth = _IN if stream > 0 else _OUT
        x = at % 1.0
        share = math.sin(math.pi * min(x / 0.4, 1.0)) if stream > 0 else min(max((x - 0.44) / 0.46, 0.0), 1.0)
        colour = mouth[0] + (mouth[1] - mouth[0]) * share
        gains = sends(cue.number("pan") + np.array([-0.6, 0.6]), cue.number("distance"))
        gains = gains * np.float32(LOUDNESS * max(level, 0.0) * (1.0 if stream > 0 else 1.25))
        return self._air.frame(h, np.stack([colour, colour]).astype(np.float32), gains)

    def _shake(self, t: float) -> float:
        seed = self.desk.seed
        wave = math.sin(2 * math.pi * TREMBLE_HZ * t + 2 * float(drift(seed, "shake", t=4 * t)))
        return 0.55 * wave + 0.5 * float(drift(seed, "catch", t=13 * t))
