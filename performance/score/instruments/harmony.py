"""Harmony: the plan under all that is composed. Not an instrument that plays, but a table of the score like one."""

from __future__ import annotations

from typing import ClassVar

from performance.score.fields import Number, Pitches, Word, pitches, step, text, word
from performance.score.instruments.voice import SCALE_NAMES
from performance.score.model import Instrument
from performance.score.notation.figures import CHORDS_SHAPE


class Harmony(Instrument):
    """Home, departure, return: the chords that composed lines, answers to gestures and the machine stand on."""

    always: ClassVar[bool] = True

    chords: str = text(
        "I",
        "the chords in turn, each as long as @ says, in counts: \"I@8 vi@4 IVmaj7@4 V7sus4@2 bVI\"",
        200,
        CHORDS_SHAPE,
        'chords such as "I@4 vi IV@2 V7"',
    )  # fmt: skip
    scale: Word = word("ionian", SCALE_NAMES, "the scale between the chords")
    on: Pitches = pitches("", 'the pitch that I stands on here, "A3"; none: the tonic of the score')
    count: Number = step(0.0, 0.0, 8.0, "how long one count lasts; 0: as long as the tempo says", "s")
