"""What is otherwise with another seed, where a score asks for it: on which side things stand, and how far they lean.

A beat in which hardly anything moves would look the same in every performance. So the seed chooses a side for the whole
evening, and for each lamp, seat and place a way to lean that is never next to nothing.
"""

from __future__ import annotations

from performance.chance import chance

LEAST = 0.4  # of the whole way


def side(seed: int) -> float:
    """1 as the score is written, -1 the other way round."""
    return 1.0 if chance(seed, "otherwise", "side") < 0.5 else -1.0


def lean(seed: int, what: str) -> float:
    """How far `what` leans in this performance, LEAST..1 to either side."""
    far = 2.0 * chance(seed, "otherwise", what) - 1.0
    return (LEAST if far >= 0.0 else -LEAST) + (1.0 - LEAST) * far


def turned(x: float, how_far: float, seed: int) -> float:
    """A place right of the middle, on the side of this performance; `how_far` 0 as written, 1 all of the way there."""
    return x * (1.0 + how_far * (side(seed) - 1.0)) if how_far else x
