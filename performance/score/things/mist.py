"""An audience of mist: luminous silhouettes that shift their shape, with eyes like far stars."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, step, tint
from performance.score.model import Thing


class Mist(Thing):
    """Figures of light standing out on the plain, from near you to the horizon."""

    count: Number = step(54, 1, 120, "how many of them")
    shift: Number = number(0.4, 0.0, 1.0, "how far their outlines wander")
    sway: Number = number(0.3, 0.0, 1.0, "how far they lean with the music")
    dissolve: Number = number(0.0, 0.0, 1.0, "0 they stand, 1 all are smoke in orbit round you")
    orbit: Number = number(0.5, 0.0, 2.0, "how fast the smoke goes round")
    breath: Number = number(0.0, 0.0, 1.0, "how visibly they breathe, all as one")
    rate: Number = number(9.0, 3.0, 24.0, "breaths a minute")
    eyes: Number = number(0.7, 0.0, 1.0, "how bright their eyes are")
    colour: Tint = tint("ice", "those who stand near")
    far: Tint = tint("violet", "those far away")
