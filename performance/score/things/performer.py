"""The performer: a dancer with weight, alone in the light."""

from __future__ import annotations

from performance.score.fields import Number, Tint, Word, colour, number, word
from performance.score.model import Thing

MOVES = (
    "stand", "walk", "raise", "reach", "aloft", "open", "gather", "balance", "twirl", "leap", "bow", "kneel", "curl",
    "look-up", "hold", "play", "listen", "dance", "palms", "brief", "carry", "watch", "nod",
)  # fmt: skip


class Performer(Thing):
    """An articulated figure, who breathes, keeps her feet on the boards, and dances what the word says."""

    x: Number = number(0.0, -2.0, 2.0, "right of where she would stand; she walks there during the fade")
    z: Number = number(0.0, -1.0, 4.0, "away from the audience, from where she would stand")
    facing: Number = number(0.0, -720.0, 720.0, "degrees turned from the audience, to picture right")
    pose: Word = word("stand", MOVES, "what she does; a change is danced over the beat's fade")
    alive: Number = number(1.0, 0.0, 2.0, "breath, shifting weight, small looks")
    gesture: Number = number(0.0, 0.0, 1.0, "how far her arms lead the music")
    tempo: Number = number(0.4, 0.05, 2.0, "gestures a second")
    scale: Number = number(1.0, 0.1, 3.0, "her size")
    tint: Tint = colour("white", "the colour over skin and silk")
    glow: Number = number(0.0, 0.0, 2.0, "light of her own, as a memory or a spirit has")
    gold: Number = number(0.0, 0.0, 1.0, "molten gold, from the crown of the head down to the feet")
    trails: Number = number(0.0, 0.0, 1.0, "ribbons of light that follow the hands")
    light: Tint = colour("white", "a gel over the ribbons, which go from warm to violet as they cool")
