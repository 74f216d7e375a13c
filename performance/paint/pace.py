"""How often a slow thing is drawn: what hardly moves is drawn some times a second, and laid every frame."""

from __future__ import annotations

import math

import numpy as np

from performance.paint.canvas import Light
from performance.paint.kernels import f4, kernel


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1])")
def lay(y0: int, y1: int, out: Light, plane: Light) -> None:
    """Lay rows of premultiplied light over others."""
    w = out.shape[1]
    for y in range(y0, y1):
        below, above = out[y].reshape(4 * w), plane[y].reshape(4 * w)
        for x in range(np.uint64(w)):  # unsigned places: else the compiler does not make rows of it
            b = np.uint64(4) * np.uint64(x)
            g, r, a = b + np.uint64(1), b + np.uint64(2), b + np.uint64(3)
            keep = f4(1) - above[a]
            below[b] = below[b] * keep + above[b]
            below[g] = below[g] * keep + above[g]
            below[r] = below[r] * keep + above[r]
            below[a] = below[a] * keep + above[a]


class Pace:
    """Turns of time for one thing that is drawn `rate` times a second; `phase` (of a turn) lets several take turns.

    The turns lie fixed in time, so the same frames are drawn anew however often a piece is played.
    """

    def __init__(self, rate: float, phase: float = 0.0) -> None:
        self.rate, self.phase = rate, phase
        self.turn: int | None = None
        self.drawn = math.inf

    def due(self, t: float) -> bool:
        """Whether what was drawn is of another turn than `t`, or lies not before it (a pause may hide an edit)."""
        turn = math.floor(t * self.rate + self.phase + 1e-6)
        if turn == self.turn and t > self.drawn:
            return False
        self.turn, self.drawn = turn, t
        return True
