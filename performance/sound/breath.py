"""One body's breath: in through the mouth, bright and short; out, dark and long; unsteady where there is fear."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from performance.causes.breath import PATH, flow, phase
from performance.chance import drift
from performance.sound.blown import Blown
from performance.sound.breathing import BIN_HZ
from performance.sound.instrument import Desk, Frames
from performance.sound.place import sends
from performance.sound.tract import whispered

LOUDNESS = 0.15
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
_MOUTHS = np.array([_IN, _OUT / (1 + (BIN_HZ / 2600) ** 2)], np.float32)  # way, its two ends, bins
SIDES = np.array([-0.6, 0.6])


class Breath(Blown):
    """One breathing body. Two decorrelated halves of it stand a little apart: it is near."""

    name = "breath"

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number, 2, desk.seed)

    def blow(self, times: NDArray[np.float64]) -> tuple[Frames, Frames] | None:
        """What streams in or out."""
        asked = [self._stream(t) for t in times.tolist()]
        level, outward, share, pan, far = np.array(asked).T[:, :, None]
        if not level.any():
            return None
        mouth = _MOUTHS[outward[:, 0].astype(np.intp)]
        colours = mouth[:, 0] + (mouth[:, 1] - mouth[:, 0]) * share.astype(np.float32)
        gains = sends(pan + SIDES, far) * level.astype(np.float32)
        return colours[:, None], np.moveaxis(gains, 0, 1)

    def _stream(self, t: float) -> tuple[float, ...]:
        """Level, whether it goes out, how far it is on its way, pan and distance."""
        timeline = self.desk.timeline
        at = phase(timeline, t)
        stream, x = flow(at), at % 1.0
        if stream == 0.0:
            return 0.0, 0.0, 0.0, 0.0, 1.0
        cue = timeline.cue(PATH, t)
        level = LOUDNESS * abs(stream) ** 1.5 * cue.number("depth") * self.entered(t)
        if tremble := cue.number("tremble"):
            level *= max(1 + tremble * self._shake(t), 0.0)
        place = cue.number("pan"), cue.number("distance")
        if stream > 0:
            return level, 0.0, math.sin(math.pi * min(x / 0.4, 1.0)), *place
        return 1.25 * level, 1.0, min(max((x - 0.44) / 0.46, 0.0), 1.0), *place

    def _shake(self, t: float) -> float:
        seed = self.desk.seed
        wave = math.sin(2 * math.pi * TREMBLE_HZ * t + 2 * float(drift(seed, "shake", t=4 * t)))
        return 0.55 * wave + 0.5 * float(drift(seed, "catch", t=13 * t))
