"""The body of somebody who fills the picture with her hands: only they, and the arms, are finer than in any other."""

from __future__ import annotations

from performance.paint.modelled import Arrays, modelled
from performance.stage import figure_mesh


def bake_closeup() -> Arrays:
    """Model it, or read it from the cache."""
    return modelled("close", figure_mesh.close)
