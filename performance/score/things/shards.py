"""The shards of the instrument of ice, from the moment it breaks."""

from __future__ import annotations

from performance.score.fields import Number, number
from performance.score.model import Thing


class Shards(Thing):
    """Hundreds of shards that fly, bounce, glitter and come to rest; stage.ice says when and where it breaks."""

    glow: Number = number(0.7, 0.0, 1.5, "the cold light that stays in them for a while")
    glitter: Number = number(1.0, 0.0, 2.0, "light of the blow, of impacts and of ice dust")
