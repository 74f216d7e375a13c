"""What every section of players can do, whatever it plays on."""

from __future__ import annotations

from performance.score.fields import Number, Pitches, Word, number, pitches, step, text, word
from performance.score.model import Played

THEMES = ("none", "theme", "counter", "ground", "motif", "song", "under")
FORMS = ("stated", "moved", "turned", "stretched", "cut", "backwards", "gathering")


class Section(Played):
    """Single players side by side: they hold a chord, play what is written, and a theme composed for the beat."""

    chord: Pitches = pitches("", 'the pitches they hold, such as "D3 A3 F#4"; "" is none')
    theme: Word = word(
        "none",
        THEMES,
        "what is composed for them: a verse grown from the motif, the line against it, the chords under it; "
        "the motif alone; the sung line itself, or chords under that",
    )
    motif: str = text(
        "", "which of the motifs under [motif]; none: the piece's own", 40, "([a-z][a-z0-9-]*)?", "a name"
    )
    form: Word = word("stated", FORMS, "how the motif alone comes back")
    times: Number = step(3.0, 1.0, 16.0, "how often it does in a beat")
    verse: Number = step(
        0.0, 0.0, 99.0, "which verse grows from the motif: the same number is the same theme again"
    )
    octave: Number = step(1.0, -2.0, 3.0, "octaves above the tonic where it begins; the song's own is 1")
    density: Number = step(0.5, 0.0, 1.0, "how busy the line against it and the chords are")
    pulse: Number = step(0.5, 0.15, 2.0, "how long one count of it lasts", "s")
    rubato: Number = step(0.6, 0.0, 1.5, "how freely it takes its time")
    follow: Number = step(1.0, 0.0, 1.0, "how closely what is written follows the singer's tempo")
    accents: Number = number(0.6, 0.0, 1.0, "how hard the performer's gestures are underlined")
    answers: Pitches = pitches(
        "", "the pitches that answer a gesture; none: they only lean on what they play"
    )
    swell: Number = number(0.6, 0.0, 1.0, "how loud they play; loud is also bright")
    vibrato: Number = number(0.6, 0.0, 1.0, "how far their pitch swings")
    tuned: Number = number(1.0, 0.0, 1.0, "from each on a search of its own (0) to one pitch (1)")
    foreign: Number = number(0.0, -700.0, 700.0, "how far they are in another key", "cents")
    askew: Number = number(0.0, 0.0, 1.0, "how far their intervals are off: thirds and sixths most of all")
    muffled: Number = number(0.0, 0.0, 1.0, "from open to behind curtain and floor")
    tear: Number = number(0.0, 0.0, 1.0, "how far what they play is torn to pieces")
    dissolve: Number = number(0.0, 0.0, 1.0, "from all of them to none, one after the other, paler and paler")
