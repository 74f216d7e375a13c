"""Splinter: a wrong note that breaks, stutters, runs backwards, and closes."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Moment, Number, Pitches, moment, number, pitches, step
from performance.score.model import Instrument


class Splinter(Instrument):
    """One note, remembered in pieces: shattered when `broken` is 1, whole again at 0; given a chord, it belongs."""

    example: ClassVar[Example] = Example(
        'note = "Eb4", at = "0.1s", broken = "1 -> 0", chord = "C3 G3 Eb4", resolves = "3s"',
        dense='note = "Eb4", at = "0.1s", rate = 4, cracks = 1, chord = "C3 G3 C4 Eb4 G4", resolves = "0.2s"',
    )

    note: Pitches = pitches("", "the wrong note; none: a semitone beside the harmony's third")
    at: Moment = moment("when it is first played; unset: half a second into the beat")
    broken: Number = number(
        1.0, 0.0, 1.0, "how far it is splintered: pieces, stutters, reversals; at 0 it is whole"
    )
    rate: Number = number(1.0, 0.25, 4.0, "how hurried the pieces are")
    cracks: Number = number(0.6, 0.0, 1.0, "how loudly it cracks where it breaks, and ticks where it closes")
    off: Number = step(24.0, -100.0, 100.0, "how far it is out of tune while it is broken", "cents")
    chord: Pitches = pitches("", "the chord that needs it; none: it stays alone")
    resolves: Moment = moment("when that chord opens under it; unset: never")
    swell: Number = number(0.7, 0.0, 1.0, "how loud the chord becomes")
