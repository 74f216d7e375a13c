"""The choked phrase: a try at the song on an instrument of ice, cold and out of tune, that dies in the hands.

It starts, hesitates, breaks off; waits; starts again, strikes a wrong note; gets farther, softer each time, and gives
up. The same phrase, whole and clear, is what the piece arrives at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from performance.causes.melody import phrase
from performance.causes.motif import Note, pitch_of
from performance.chance import chance
from performance.sound.composed import Composed, Stroke

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Cue

LOUDNESS = 0.55
FIRST, LAST = 0.10, 0.90  # of the beat, between which it is tried


@dataclass(frozen=True, slots=True)
class Try:
    """How one attempt goes: how many notes of the phrase, how many false starts, where the wrong note is (-1 none)."""

    notes: int
    false_starts: int
    wrong: int


TRIES = (Try(3, 0, -1), Try(4, 1, 2), Try(6, 0, 4), Try(2, 2, 1), Try(7, 1, 5), Try(1, 1, -1))


class Attempt(Composed):
    """Tries at the motif."""

    name = "attempt"
    memory = 4.0

    def strokes(self, span: BeatSpan, cue: Cue) -> list[Stroke]:
        """The tries, spread over the beat, each a little later than it should be."""
        tries = round(cue.number("tries"))
        made: list[Stroke] = []
        for i in range(tries):
            late = 0.25 * (2 * chance(self.desk.seed, "attempt", span.index, i) - 1)
            start = span.start + span.length * (
                FIRST + (LAST - FIRST) * (i + max(late, -0.05)) / max(tries, 1)
            )
            made += self._one(span, cue, i, tries, start)
        return made

    def _one(self, span: BeatSpan, cue: Cue, i: int, tries: int, start: float) -> list[Stroke]:
        how = TRIES[i % len(TRIES)]
        own = phrase(self.desk.seed, 0, 0, 4)[: how.notes]
        tonic = self.desk.timeline.score.tuning.tonic_hz * 2.0 ** round(cue.number("octave"))
        fading = 1.0 - 0.45 * i / max(tries, 1)
        pulse, t = cue.number("pulse"), start
        made: list[Stroke] = []
        for false in range(how.false_starts):
            made += self._note(span, cue, (i, 90 + false), own[0], tonic, t, 0.35 * fading)
            t += pulse * (0.45 + 0.2 * false)
        begun = t
        for j, note in enumerate(own):
            hesitation = (
                0.05 * j * j * pulse * (0.6 + 0.8 * chance(self.desk.seed, "hesitate", span.index, i, j))
            )
            played = Note(note.onset, note.beats, note.degree + (1 if j == how.wrong else 0))
            level = fading * (1.0 - 0.65 * j / how.notes)
            made += self._note(
                span, cue, (i, j), played, tonic, begun + note.onset * pulse + hesitation, level
            )
        return made

    def _note(
        self,
        span: BeatSpan,
        cue: Cue,
        address: tuple[int, int],
        note: Note,
        tonic: float,
        t: float,
        level: float,
    ) -> list[Stroke]:
        """A dead knock of ice, and under it the thin tone that it was meant to be."""
        which = (span.index * 64 + address[0]) * 128 + address[1]
        off = cue.number("detune") * (2 * chance(self.desk.seed, "off", which) - 1.35)
        pitch = pitch_of(note.degree, tonic, cue.word("scale")) * 2.0 ** (off / 1200)
        choke = cue.number("choke")
        pan = 0.2 * (chance(self.desk.seed, "hand", which) - 0.5)
        level *= LOUDNESS
        ring = 0.05 + 0.45 * (1 - choke) ** 2
        ice = Stroke(t, pitch, 0.8 * level, which * 2, "ice", 0.6, 0.0, 0.6 + 1.4 * (1 - choke), 2.0, pan)
        tone = Stroke(t + 0.004, pitch, level, which * 2 + 1, "glass", 0.42, 0.3 * choke, ring, 4.0, pan)
        return [ice, tone]
