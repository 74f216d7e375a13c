"""Bodies as they were modelled once, read from the cache: of what they are made decides whether they still hold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.paint.cache import kept
from performance.stage import anatomy, cones, face, figure_mesh, flesh, limbs, net, skeleton

Arrays = dict[str, NDArray[np.generic]]
MADE_BY = mark_of(
    *(module.__file__ for module in (figure_mesh, anatomy, cones, face, flesh, limbs, net, skeleton))
)


def modelled(name: str, make: Callable[[], Arrays]) -> Arrays:
    """The arrays of a body, see figure_mesh.make."""
    return kept("figure", name, make, MADE_BY)
