"""The last desk before the ears: one gain for the whole piece, the visitor's volume, the limiter, and only numbers."""

from __future__ import annotations

import numpy as np

from performance.sound.instrument import Frames
from performance.sound.limiter import Limiter


class Master:
    """Stereo blocks (2, block) in; (block, 2) out, later by the limiter's LATENCY."""

    def __init__(self, block: int) -> None:
        self._limiter = Limiter(block)
        self.gain = 1.0  # makes every score equally loud, see loudness.py
        self.volume = 1.0  # what the listener set
        self._last = 1.0
        self._block = block
        self.peak = 0.0  # of the last block

    @property
    def reduction_db(self) -> float:
        """What the limiter takes away at this moment."""
        return self._limiter.reduction_db

    def reset(self) -> None:
        """Start from silence, at the gain as it is set."""
        self._limiter.reset()
        self._last = self.gain * self.volume

    def process(self, mix: Frames) -> Frames:
        """One block. Raises ArithmeticError on what is no number; the block is then lost and memory is clean."""
        if not np.isfinite(mix).all():
            self.reset()
            raise ArithmeticError("the mix is not a number")
        gain = self.gain * self.volume
        if gain == self._last:
            mix *= np.float32(gain)
        else:
            mix *= np.linspace(self._last, gain, self._block, dtype=np.float32)
            self._last = gain
        out = self._limiter.process(mix)
        self.peak = float(np.abs(out).max())
        return np.ascontiguousarray(out.T)
