"""The audience: silhouettes in the house, seen from behind, that dissolve person by person into motes."""

from __future__ import annotations

from performance.score.fields import Number, number
from performance.score.model import Thing


class Audience(Thing):
    """Hundreds of different people between us and the stage. Their motes are the thing `motes`."""

    dissolve: Number = number(0.0, 0.0, 1.0, "person by person they become motes; 1 when the last one has")
    glow: Number = number(1.0, 0.0, 4.0, "how strongly the stage lights their edges")
    stir: Number = number(1.0, 0.0, 4.0, "how much they sway and nod; 0 holds its breath")
    rise: Number = number(0.0, -0.4, 0.3, "how much higher they sit in the picture, picture heights")
