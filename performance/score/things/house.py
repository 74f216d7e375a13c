"""The house as it is seen from the stage: rows upon rows of people who look at you."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class House(Thing):
    """Hundreds of people facing the stage, behind the performer, who has turned to them."""

    eyes: Number = number(0.0, 0.0, 1.0, "their eyes shine, like a thousand small moons")
    faces: Number = number(0.15, 0.0, 1.5, "how brightly their faces are lit; near 0 they have none")
    stand: Number = number(0.0, 0.0, 1.0, "how many have risen to their feet")
    clap: Number = number(0.0, 0.0, 1.0, "light of their hands, one spark for each clap of `sound.applause`")
    joy: Number = number(
        0.15, 0.0, 1.0, "how many of them smile, or are moved to tears; those who clap or stand do"
    )
    breath: Number = number(
        0.3, 0.0, 1.0, "how visibly they breathe, as `sound.breaths` does where it is heard"
    )
    pulse: Number = number(0.0, 0.0, 1.0, "how their light beats with the hearts of `sound.hearts`")
    stir: Number = number(1.0, 0.0, 4.0, "how much they sway and nod; 0 holds its breath")
    lamps: Number = number(0.2, 0.0, 1.0, "small lamps along the balconies")
    rise: Number = number(0.0, -0.3, 0.4, "how much higher they sit in the picture")
    light: Tint = tint("warm", "what falls on their faces")
    edge: Tint = tint("cobalt", "the light along their outlines")
    eye: Tint = tint("moon", "the light of their eyes")
