"""What was stated comes back: three motifs, slower and slower, that overlap and meet in one clear phrase.

Wonder is the lullaby's motif on far bells; the sting is the choked attempt's, cold and out of tune, healing on its way;
discovery is the motif opened to a rising fifth, on mirrors. Each goes round in a loop of its own length (five, four and
three counts), the pulse stretches, and the loops are laid so that all three end on the count where the phrase begins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from performance.causes.melody import phrase
from performance.causes.motif import Motif, Note, beats_of, fitted, inverted, motif, moved, pitch_of
from performance.chance import chance
from performance.sound.composed import Composed, Stroke

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Cue

LOUDNESS = 0.36
MEET = 0.66  # of the beat, where the score does not say
PHRASE_BEATS = 16.0
DECAY = 0.66  # of level, from echo to echo
FLOATING = 1.18  # each echo comes so much later than the one before


@dataclass(frozen=True, slots=True)
class Scene:
    """A motif remembered: how it sounds, where it comes from, how long its loop is."""

    notes: Motif
    scale: str
    octave: int
    body: str
    hardness: float
    pan: float
    distance: float
    loop: float  # counts
    enters: float  # of the way to the meeting
    off_cents: float
    damping: float


def scenes(seed: int) -> tuple[Scene, Scene, Scene]:
    """Wonder, the sting of failure, discovery."""
    own = motif(seed)
    wonder = fitted(moved(inverted(motif(seed, 3)), 7), 0, 9)
    rising = (Note(0.0, 0.5, 0), Note(0.5, 0.5, 4), Note(1.0, 2.0, 7))
    return (
        Scene(wonder, "ionian", 1, "bell", 0.35, -0.6, 2.2, 5.0, 0.0, 0.0, 0.1),
        Scene(own, "aeolian", 0, "ice", 0.45, 0.6, 1.4, max(4.0, beats_of(own)), 0.18, 38.0, 0.0),
        Scene(rising, "ionian", 0, "mirror", 0.55, 0.1, 1.6, 3.0, 0.4, 0.0, 0.0),
    )


class Recall(Composed):
    """Scenes, the phrase they meet in, its echo, or one tone."""

    name = "recall"

    def strokes(self, span: BeatSpan, cue: Cue) -> list[Stroke]:
        """What the score recalls in a beat."""
        at = _moment(cue.moment("at"), span, span.start + 1.0)
        form = cue.word("form")
        if form == "tone":
            return [self._tone(cue, at)]
        if form == "echo":
            return self._echo(span, cue, at)
        if form == "phrase":
            return self._phrase(span, cue, at)
        meet = _moment(cue.moment("meet"), span, span.start + MEET * span.length)
        made: list[Stroke] = []
        for number, scene in enumerate(scenes(self.desk.seed)):
            made += self._scene(span, cue, number, scene, meet)
        return made + self._phrase(span, cue, meet)

    def _tonic(self, cue: Cue) -> float:
        return float(self.desk.timeline.score.tuning.tonic_hz * 2.0 ** round(cue.number("octave")))

    def _scene(self, span: BeatSpan, cue: Cue, number: int, scene: Scene, meet: float) -> list[Stroke]:
        """One motif going round, its last round ending where the scenes meet."""
        slow, pulse = max(cue.number("stretch"), 1.001), 0.8 * cue.number("pulse")
        took = meet - span.start - 0.4
        counts = took / (pulse * math.log(slow)) * (1 - 1 / slow)
        made = []
        for round_back in range(1, int(counts / scene.loop) + 1):
            for j, note in enumerate(scene.notes):
                count = counts - round_back * scene.loop + note.onset
                way = -math.log(1 - count * pulse * math.log(slow) / took) / math.log(slow)
                if way >= scene.enters:
                    which = ((span.index * 4 + number) * 256 + round_back) * 16 + j
                    made.append(self._remembered(cue, scene, note, span.start + 0.4 + way * took, way, which))
        return made

    def _remembered(self, cue: Cue, scene: Scene, note: Note, t: float, way: float, which: int) -> Stroke:
        off = scene.off_cents * (1 - way) * (2 * chance(self.desk.seed, "recall", which) - 1.3)
        pitch = pitch_of(note.degree, self._tonic(cue) * 2.0**scene.octave, scene.scale) * 2.0 ** (off / 1200)
        entry = min((way - scene.enters) / 0.15 + 0.25, 1.0)
        level = LOUDNESS * entry * (0.4 + 0.45 * way) * (1.0 if note.onset == 0 else 0.8)
        ice = scene.body == "ice"
        body, ring = ("glass", 0.12 + 0.9 * way) if ice else (scene.body, 1.0)
        return Stroke(
            t, pitch, level, which, body, scene.hardness * (0.7 + 0.4 * way), scene.damping, ring,
            2.0 if ice else 1.0, scene.pan * (1 - 0.75 * way), scene.distance + (1 - scene.distance) * way * way, 1.4,
        )  # fmt: skip

    def _phrase(self, span: BeatSpan, cue: Cue, start: float) -> list[Stroke]:
        """The phrase that all leads to: glass, an octave of light above it, a bowl under where it starts and ends."""
        notes = phrase(self.desk.seed, 0, 3, 4)
        pulse = min(cue.number("pulse") * 1.25, max((span.end - start - 3.0) / PHRASE_BEATS, 0.2))
        tonic, clear = self._tonic(cue), cue.number("clear")
        made = []
        for j, note in enumerate(notes):
            t = start + pulse * (note.onset + 0.5 * (note.onset / PHRASE_BEATS) ** 3)
            pitch = pitch_of(note.degree, tonic, cue.word("scale"))
            which = (span.index * 4 + 3) * 4096 + j * 8
            level = LOUDNESS * (0.75 + 0.25 * (note.beats >= 1.5))
            made.append(Stroke(t, pitch, level, which, "glass", 0.38 + 0.25 * clear, ring=1.2, pan=-0.08))
            made.append(
                Stroke(t + 0.012, 2 * pitch, 0.38 * clear * level, which + 1, "mirror", 0.55, pan=0.25)
            )
            if j == 0 or j == len(notes) - 1:
                made.append(
                    Stroke(t, pitch_of(0, tonic / 4), 0.8 * level, which + 2, "bowl", 0.3, pan=0.0, wet=1.4)
                )
        last = made[-3].onset
        for i, degree in enumerate((0, 4, 7, 9, 11, 14)):  # the home chord opens upwards over the last note
            spread = Stroke(
                last + 0.16 * (i + 1) + 0.02 * i * i, pitch_of(degree, tonic, "ionian"), LOUDNESS * 0.42 * 0.9**i,
                (span.index * 4 + 3) * 4096 + 2048 + i, "mirror", 0.5, pan=0.7 * (-1) ** i, distance=1.3,
            )  # fmt: skip
            made.append(spread)
        return made

    def _echo(self, span: BeatSpan, cue: Cue, at: float) -> list[Stroke]:
        """The end of the phrase, again and again, farther off, softer, duller, slower, until it is gone."""
        notes = phrase(self.desk.seed, 0, 3, 4)[-3:]
        tonic, pulse = self._tonic(cue), cue.number("pulse")
        made, t, level = [], at, LOUDNESS * 0.7
        for echo in range(round(cue.number("echoes"))):
            for j, note in enumerate(notes):
                onset = t + pulse * 0.8 * (note.onset - notes[0].onset) * FLOATING ** (0.5 * echo)
                pitch = pitch_of(note.degree, tonic, cue.word("scale"))
                which = (span.index * 4 + 3) * 4096 + 3000 + echo * 8 + j
                made.append(
                    Stroke(
                        onset, pitch, level * (0.8 + 0.2 * (j == 2)), which, "glass", 0.5 * 0.86**echo,
                        pan=0.75 * math.sin(2.4 * echo), distance=1.2 + 0.55 * echo, wet=1.0 + 0.25 * echo,
                    )
                )  # fmt: skip
            t += pulse * 3.2 * FLOATING**echo
            level *= DECAY
            if t > span.end - 2.0:
                break
        return made

    def _tone(self, cue: Cue, at: float) -> Stroke:
        """One tiny glass tone."""
        pitch = 2 * self._tonic(cue) * 1.5
        return Stroke(at, pitch, 0.6 * LOUDNESS, 1, "glass", 0.6, ring=1.6, pan=0.35, distance=1.1, wet=1.3)


def _moment(asked: float, span: BeatSpan, otherwise: float) -> float:
    """A moment of this beat; one that was set in an earlier beat is over."""
    return asked if span.start <= asked < span.end else otherwise
