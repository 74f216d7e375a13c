"""The orchid forest: the theatre takes root and grows into towering orchids whose petals hum."""

from __future__ import annotations

from performance.score.fields import Number, number
from performance.score.model import Thing


class Orchids(Thing):
    """Roots, stems, buds and blossoms on three planes. A petal that hums (sound.petals) is the petal that trembles."""

    grow: Number = number(0.0, 0.0, 1.0, "roots at .2, stems at .5, first blossoms at .6, all open at 1")
    tremble: Number = number(0.4, 0.0, 2.0, "how much the petals quiver")
    sway: Number = number(0.5, 0.0, 2.0, "how much the stems sway")
    glow: Number = number(1.0, 0.0, 3.0, "how much light comes through the petals")
