"""What every section of players can do, whatever it plays on."""

from __future__ import annotations

from performance.score.fields import Number, Pitches, Word, number, pitches, step, word
from performance.score.instruments.voice import SCALE_NAMES
from performance.score.model import Played

THEMES = ("none", "theme", "song", "under")


class Section(Played):
    """Single players side by side: they hold a chord, play what is written, and a theme composed for the beat."""

    chord: Pitches = pitches("", 'the pitches they hold, such as "D3 A3 F#4"; "" is none')
    theme: Word = word(
        "none",
        THEMES,
        "a melody of the piece's own motif, the sung line itself, or chords under the sung line",
    )
    octave: Number = step(1.0, -2.0, 3.0, "octaves above the tonic where the theme begins, or above the song")
    scale: Word = word("ionian", SCALE_NAMES, "the scale of the theme")
    pulse: Number = step(0.5, 0.15, 2.0, "how long one count of the theme lasts", "s")
    rubato: Number = step(0.6, 0.0, 1.5, "how freely the theme takes its time")
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
