"""A consort: melody, line against it and chords, composed over the plan of harmony from a motif."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Moment, Number, Word, moment, number, step, text, word
from performance.score.instruments.struck import BODIES
from performance.score.model import Instrument

MANNERS = ("verse", "stated", "moved", "turned", "stretched", "cut", "backwards", "gathering")


class Consort(Instrument):
    """Plays what is composed in each beat: a verse grown from a motif, or the motif itself as it is remembered."""

    example: ClassVar[Example] = Example(
        "counter = 0.7, ground = 0.7, pulse = 0.4",
        dense="counter = 1, ground = 1, pulse = 0.15, density = 1",
        length=8.0,
    )

    form: Word = word(
        "verse", MANNERS, "a verse that grows from the motif, or the motif alone and how it comes back"
    )
    motif: str = text(
        "", "which of the motifs under [motif]; none: the piece's own", 40, "([a-z][a-z0-9-]*)?", "a name"
    )
    at: Moment = moment("when it begins; unset: after its first breath")
    times: Number = step(3.0, 1.0, 16.0, "how often a motif alone comes in a beat")
    pulse: Number = step(0.56, 0.15, 3.0, "how long one count lasts", "s")
    rubato: Number = step(1.0, 0.0, 1.5, "how freely it takes its time")
    octave: Number = step(1.0, -2.0, 3.0, "octaves above the tonic where the melody's scale begins")
    lift: Number = step(0.0, -7.0, 7.0, "scale steps by which everything is raised")
    density: Number = step(0.5, 0.0, 1.0, "how busy the line against it and the chords are")
    melody: Number = number(1.0, 0.0, 1.0, "how loud the melody is")
    counter: Number = number(0.0, 0.0, 1.0, "how loud the line against it is")
    ground: Number = number(0.0, 0.0, 1.0, "how loud the chords under it are")
    body: Word = word("glass", BODIES, "what the melody is struck on")
    under: Word = word("bowl", BODIES, "what the rest is struck on")
    hardness: Number = number(0.45, 0.0, 1.0, "of the mallet: felt to steel")
    ring: Number = number(1.0, 0.05, 4.0, "how long it rings, against its usual length")
