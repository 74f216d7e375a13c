"""The sung voice: bright and warm over the chorus, the sunbeam that one hears."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Number, Word, number, step, word
from performance.score.model import Instrument

SCALE_NAMES = ("ionian", "lydian", "mixolydian", "dorian", "aeolian", "phrygian")


class Voice(Instrument):
    """Sings a verse of its own in each beat where it is heard; the verse fills the beat and ends at home."""

    example: ClassVar[Example] = Example("pulse = 0.45", dense="unison = 6, breath = 1", length=8.0)

    wait: Number = step(0.0, 0.0, 60.0, "how long it keeps silent at the start of the beat", "s")
    octave: Number = step(1.0, -1.0, 3.0, "octaves above the tonic where its scale begins")
    lift: Number = step(0.0, -4.0, 6.0, "scale steps by which the verse is raised")
    scale: Word = word("ionian", SCALE_NAMES, "the scale it sings in")
    pulse: Number = step(0.56, 0.2, 2.0, "how long one count of the melody lasts", "s")
    rubato: Number = step(1.0, 0.0, 1.5, "how freely it takes its time")
    warmth: Number = number(0.6, 0.0, 1.0, "from a bright, ringing tone to a warm, round one")
    breath: Number = number(0.3, 0.0, 1.0, "how much breath is heard in the tone")
    unison: Number = step(1.0, 1.0, 6.0, "how many sing the line together")
    follow: Number = number(0.5, 0.0, 1.0, "how closely its place follows the performer")
