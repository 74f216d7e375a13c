"""The choked phrase: a try at the song on an instrument of ice, cold and out of tune, that dies in the hands.

It starts, hesitates, breaks off; waits; starts again, strikes a wrong note; gets farther, softer each time, and gives
up. The same phrase, whole and clear, is what the piece arrives at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from performance.causes.melody import phrase
from performance.causes.motif import Note, pitch_of
from performance.causes.strokes import Sheet, Stroke
from performance.chance import chance

LEVEL = 0.55
FIRST, LAST = 0.10, 0.90  # of the beat, between which it is tried
HESITATION = 0.05  # of a count, growing with the square of how far it got
WIDE, MIDDLE = 0.13, 3.0  # how far apart its tones lie under the hands, and the degree in the middle
COLD = 1.35  # how much more often a tone is too low than too high


@dataclass(frozen=True, slots=True)
class Try:
    """How one attempt goes: how many notes of the phrase, how many false starts, where the wrong note is (-1 none)."""

    notes: int
    false_starts: int
    wrong: int


TRIES = (Try(3, 0, -1), Try(4, 1, 2), Try(6, 0, 4), Try(2, 2, 1), Try(7, 1, 5), Try(1, 1, -1))


def attempt(sheet: Sheet) -> list[Stroke]:
    """The tries, spread over the beat, each a little later than it should be."""
    tries = round(sheet.cue.number("tries"))
    made: list[Stroke] = []
    for i in range(tries):
        late = max(0.25 * (2 * chance(sheet.seed, "attempt", sheet.span.index, i) - 1), -0.05)
        share = FIRST + (LAST - FIRST) * (i + late) / tries
        made += _one(sheet, i, 1.0 - 0.45 * i / tries, sheet.span.start + sheet.span.length * share)
    return made


def _one(sheet: Sheet, i: int, fading: float, start: float) -> list[Stroke]:
    how = TRIES[i % len(TRIES)]
    own = phrase(sheet.seed, 0, 0, 4)[: how.notes]
    pulse = sheet.cue.number("pulse")
    made: list[Stroke] = []
    for false in range(how.false_starts):
        made += _tone(sheet, (i, 90 + false), own[0], start, 0.35 * fading)
        start += pulse * (0.45 + 0.2 * false)
    for j, note in enumerate(own):
        unsure = 0.6 + 0.8 * chance(sheet.seed, "hesitate", sheet.span.index, i, j)
        t = start + pulse * (note.onset + HESITATION * j * j * unsure)
        played = replace(note, degree=note.degree + (1 if j == how.wrong else 0))
        made += _tone(sheet, (i, j), played, t, fading * (1.0 - 0.65 * j / how.notes))
    return made


def _tone(sheet: Sheet, address: tuple[int, int], note: Note, t: float, level: float) -> list[Stroke]:
    """A dead knock of ice, and under it the thin tone that it was meant to be."""
    which = (sheet.span.index * 64 + address[0]) * 128 + address[1]
    off = sheet.cue.number("detune") * (2 * chance(sheet.seed, "off", which) - COLD)
    pitch = pitch_of(note.degree, sheet.tonic_hz, sheet.cue.word("scale")) * 2.0 ** (off / 1200)
    choke = sheet.cue.number("choke")
    place = min(max(WIDE * (note.degree - MIDDLE), -0.6), 0.6) + 0.3 * (
        chance(sheet.seed, "hand", which) - 0.5
    )
    dead, thin = 0.6 + 1.4 * (1 - choke), 0.05 + 0.45 * (1 - choke) ** 2
    knock = Stroke(t, pitch, 0.8 * LEVEL * level, which * 2, "ice", 0.6, 0.0, dead, 2.0, place)
    tone = Stroke(
        t + 0.004, pitch, LEVEL * level, which * 2 + 1, "glass", 0.42, 0.3 * choke, thin, 4.0, place - 0.45
    )
    return [knock, tone]
