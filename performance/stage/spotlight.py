"""The follow-spot: it searches the stage, finds you, stays with you, and dims."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from performance.causes.otherwise import lean, turned
from performance.chance import chance
from performance.stage.lights import Beam, Colour

if TYPE_CHECKING:
    from performance.timeline import Cue

SEARCH = ((0.53, 0.62, 0.18), (1.31, 0.21, 0.10))  # rate, reach across, reach in depth of the searching lamp
LAMP_FOLLOWS = 0.25  # the lamp swings a little after the pool, so that the beam never stands quite flat
HUNG, IRIS = (
    0.9,
    0.2,
)  # units aside that another performance hangs the lamp, and of its width that it opens it
LEAK = 0.14  # of the lamp's own white that comes through any gel


def spotlight_at(cue: Cue, t: float, seed: int, aimed: tuple[float, float], lit: float = 1.0) -> Beam:
    """The beam at `t`; `aimed` is what it follows (x, z), `lit` 0..1 how far the strobe is open."""
    x, z = aimed
    follow, search = cue.number("follow"), cue.number("sweep")
    other = cue.number("otherwise")
    x, z = x * follow + turned(cue.number("x"), other, seed), z * follow + cue.number("z")
    for index, (rate, across, deep) in enumerate(SEARCH):
        phase = 2 * math.pi * chance(seed, "spotlight", index)
        x += search * across * math.sin(2 * math.pi * rate * 0.5 * t + phase)
        z += search * deep * math.sin(2 * math.pi * rate * 0.37 * t + 1.7 * phase)
    breath = 1.0 + 0.012 * math.sin(2 * math.pi * 0.21 * t)
    return Beam(
        level=cue.number("level") * breath * (1.0 + cue.number("strobe") * (lit - 1.0)),
        colour=_through(cue.colour("colour")),
        x=x,
        z=z,
        width=cue.number("width")
        * (1.0 + other * IRIS * lean(seed, "iris"))
        * (1.0 + 0.01 * math.sin(2 * math.pi * 0.13 * t)),
        from_x=turned(cue.number("source_x"), other, seed)
        + other * HUNG * lean(seed, "lamp")
        + LAMP_FOLLOWS * x,
        from_y=cue.number("source_y"),
        haze=cue.number("haze"),
        edge=cue.number("edge"),
        before=cue.number("before"),
    )


def _through(gel: Colour) -> Colour:
    """The lamp seen through a gel: never one pure primary, as no dye is."""
    return (gel[0] + (1.0 - gel[0]) * LEAK, gel[1] + (0.92 - gel[1]) * LEAK, gel[2] + (0.80 - gel[2]) * LEAK)
