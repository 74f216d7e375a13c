"""Motifs recalled: what was stated comes back stretched and overlapping, and meets in one clear phrase."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Moment, Number, Word, moment, number, step, word
from performance.score.instruments.voice import SCALE_NAMES
from performance.score.model import Instrument

FORMS = ("scenes", "phrase", "echo", "tone")


class Recall(Instrument):
    """Scenes: three motifs slow down and meet in one phrase; an echo is the end of it, fading; a tone is one."""

    example: ClassVar[Example] = Example('stretch = 2, meet = "3.5s"', length=9.0)

    form: Word = word("scenes", FORMS, "what is recalled")
    meet: Moment = moment("when the scenes meet in the phrase; unset: at two thirds of the beat")
    at: Moment = moment("when a phrase, an echo or a tone begins; unset: one second into the beat")
    stretch: Number = step(2.2, 1.0, 6.0, "how much slower the motifs have become by the time they meet")
    pulse: Number = step(0.56, 0.2, 2.0, "how long one count of the phrase lasts", "s")
    octave: Number = step(1.0, -1.0, 4.0, "octaves above the tonic where the phrase is played")
    echoes: Number = step(9.0, 0.0, 24.0, "how many echoes fade away")
    clear: Number = number(0.8, 0.0, 1.0, "how clear and bright the phrase is")
    scale: Word = word("ionian", SCALE_NAMES, "the scale of the phrase")
