"""Chaos: an attractor that is never twice the same and always itself, heard as pattern."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Pitches, number, pitches, step
from performance.score.model import Instrument


class Chaos(Instrument):
    """Lorenz's orbit in metal and glass: a note at the top of every turn, as high as the turn; glass on one side, metal
    on the other; a deep bowl where it goes over. Light draws the same orbit."""

    example: ClassVar[Example] = Example(
        'speed = "2 -> 5", shimmer = 0.6', dense="speed = 12, shimmer = 1, metal = 1"
    )

    speed: Number = number(3.0, 0.0, 12.0, "how fast the orbit runs, its own seconds a second")
    metal: Number = number(0.5, 0.0, 1.0, "from glass on both sides to metal on both")
    shimmer: Number = number(0.4, 0.0, 1.0, "how loud the orbit itself is heard: bright where it runs fast")
    bright: Number = number(0.5, 0.0, 1.0, "how much its speed brightens it")
    ring: Number = number(1.0, 0.05, 4.0, "how long its notes ring")
    bowl: Number = number(0.6, 0.0, 1.0, "how loud the bowl is that marks a change of side")
    octave: Number = step(1.0, -1.0, 3.0, "octaves above the tonic where its notes begin")
    octaves: Number = step(2.0, 1.0, 4.0, "how many octaves its turns reach through")
    chord: Pitches = pitches("", "the tones it may play, in all octaves; none: the scale of the harmony")
