"""What was stated comes back: the scenes and the phrase they meet in, its echo, one tone at the end of everything."""

from __future__ import annotations

import math

from performance.causes.melody import CHORD, phrase
from performance.causes.motif import Motif, Note, pitch_of
from performance.causes.scenes import LEVEL, meeting, scenes
from performance.causes.strokes import Sheet, Stroke

PHRASE_BEATS = 16.0
BROADER = 1.25  # the clear phrase is slower than the song by this
RINGS_OUT = 3.0  # seconds of the beat kept for its last chord
HOME = (0, 4, 7, 9, 11, 14)  # degrees of the chord that opens over the last note
WIDE, MIDDLE = 0.11, 4.0  # how far apart the glasses of a scale stand, and the degree in the middle
DECAY = 0.66  # of level, from echo to echo
FLOATING = 1.18  # each echo comes so much later than the one before
ECHO_COUNTS = 3.2


def recall(sheet: Sheet) -> list[Stroke]:
    """What the score recalls in a beat."""
    at = sheet.moment("at", sheet.span.start + 1.0)
    form = sheet.cue.word("form")
    if form == "tone":
        return [tone(sheet, at)]
    if form == "echo":
        return echo(sheet, at)
    if form == "phrase":
        return clear_phrase(sheet, at)
    return scenes(sheet) + clear_phrase(sheet, meeting(sheet))


def _song(sheet: Sheet) -> Motif:
    """The last phrase of a whole verse: it ends at home."""
    return phrase(sheet.seed, 0, 3, 4)


def _ring(note: Note) -> float:
    """Notes of the home chord ring on; the others are damped when the line leaves them, or all would blur."""
    return 1.2 if note.degree % 7 in CHORD else 0.16 + 0.08 * note.beats


def _address(sheet: Sheet) -> int:
    return (sheet.span.index * 4 + 3) * 4096


def clear_phrase(sheet: Sheet, start: float) -> list[Stroke]:
    """The phrase that all leads to: glass, an octave of light above it, a bowl under where it starts and ends."""
    notes, tonic, clear = _song(sheet), sheet.tonic_hz, sheet.cue.number("clear")
    room = max((sheet.span.end - start - RINGS_OUT) / PHRASE_BEATS, 0.2)
    pulse = min(sheet.cue.number("pulse") * BROADER, room)
    made: list[Stroke] = []
    for j, note in enumerate(notes):
        t = start + pulse * (note.onset + 0.5 * (note.onset / PHRASE_BEATS) ** 3)
        pitch, which = pitch_of(note.degree, tonic, sheet.cue.word("scale")), _address(sheet) + j * 8
        level, ring = LEVEL * (1.0 if note.beats >= 1.5 else 0.75), _ring(note)
        side = min(max(WIDE * (note.degree - MIDDLE), -0.55), 0.55)
        made.append(Stroke(t, pitch, level, which, "glass", 0.38 + 0.25 * clear, ring=ring, pan=side))
        made.append(
            Stroke(
                t + 0.012, 2 * pitch, 0.42 * clear * level, which + 1, "mirror", 0.55, ring=ring, pan=-side
            )
        )
        if j in (0, len(notes) - 1):
            made.append(Stroke(t, tonic / 4, 0.35 * level, which + 2, "bowl", 0.35, wet=1.2))
    return made + _home(sheet, made[-1].onset)


def _home(sheet: Sheet, last: float) -> list[Stroke]:
    """The home chord opens upwards over the last note."""
    made = []
    for i, degree in enumerate(HOME):
        t, pitch = last + 0.16 * (i + 1) + 0.02 * i * i, pitch_of(degree, sheet.tonic_hz)
        level, which, pan = 0.42 * LEVEL * 0.9**i, _address(sheet) + 2048 + i, 0.7 * (-1) ** i
        made.append(Stroke(t, pitch, level, which, "mirror", 0.5, pan=pan, distance=1.3))
    return made


def echo(sheet: Sheet, t: float) -> list[Stroke]:
    """The end of the phrase, again and again, farther off, softer, duller, slower, until it is gone."""
    notes, pulse = _song(sheet)[-3:], sheet.cue.number("pulse")
    made: list[Stroke] = []
    for n in range(round(sheet.cue.number("echoes"))):
        for j, note in enumerate(notes):
            onset = t + pulse * 0.8 * (note.onset - notes[0].onset) * FLOATING ** (0.5 * n)
            pitch = pitch_of(note.degree, sheet.tonic_hz, sheet.cue.word("scale"))
            level = LEVEL * 0.7 * DECAY**n * (1.0 if j == 2 else 0.8)
            which, pan, far = _address(sheet) + 3000 + n * 8 + j, 0.75 * math.sin(2.4 * n), 1.2 + 0.55 * n
            hard, ring = 0.5 * 0.86**n, 0.4 * _ring(note)
            made.append(
                Stroke(
                    onset, pitch, level, which, "glass", hard,
                    ring=ring, pan=pan, distance=far, wet=1.0 + 0.25 * n,
                )
            )  # fmt: skip
        t += pulse * ECHO_COUNTS * FLOATING**n
        if t > sheet.span.end - 2.0:
            break
    return made


def tone(sheet: Sheet, t: float) -> Stroke:
    """One tiny glass tone, a fifth and an octave above the tonic."""
    return Stroke(
        t, 3 * sheet.tonic_hz, 0.6 * LEVEL, 1, "glass", 0.6, ring=2.4, pan=0.35, distance=1.1, wet=1.3
    )
