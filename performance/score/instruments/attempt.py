"""The choked phrase: a try at the motif on an instrument of ice."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Word, number, step, word
from performance.score.instruments.voice import SCALE_NAMES
from performance.score.model import Instrument


class Attempt(Instrument):
    """The motif, cold, out of tune and damped; it breaks off, waits, tries again, and gives up."""

    example: ClassVar[Example] = Example("tries = 4, choke = 0.7")

    tries: Number = step(3.0, 1.0, 8.0, "how often it is tried in a beat")
    choke: Number = number(0.7, 0.0, 1.0, "how quickly its tones die in the hand")
    detune: Number = number(45.0, 0.0, 150.0, "how far its tones are off", "cents")
    pulse: Number = step(0.62, 0.2, 2.0, "how long one count lasts", "s")
    octave: Number = step(1.0, -1.0, 3.0, "octaves above the tonic where it is played")
    scale: Word = word("aeolian", SCALE_NAMES, "the scale it is tried in")
