"""The chasm: the right of the stage is broken off, and cobalt fog breathes where the boards end."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Chasm(Thing):
    """Board ends over a pit of fog that is lit from below. The camera's roll tips the stage towards it."""

    edge: Number = number(0.55, -1.0, 3.0, "where the boards end, right of centre")
    ragged: Number = number(0.5, 0.0, 1.0, "how unevenly they have broken")
    breath: Number = number(0.6, 0.0, 1.0, "how far the fog comes over the edge and sinks back")
    deep: Number = number(0.6, 0.0, 1.0, "light from the depth")
    colour: Tint = tint("cobalt", "the fog")
