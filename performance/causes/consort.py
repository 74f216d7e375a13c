"""The consort's strokes: what is composed for a beat, laid on crystal."""

from __future__ import annotations

from performance.causes.composition import Voiced, Wanted, counter, ground, melody, recalled
from performance.causes.strokes import Sheet, Stroke

LEVEL = 0.24
FIRST = 0.3  # seconds of a beat before the first note
LAST = 1.2  # seconds of a beat that are left for the last to ring
SIDE = {"melody": 0.0, "counter": 0.35, "ground": -0.25}
LOUD = {"melody": 1.0, "counter": 0.8, "ground": 0.75}
RINGS, UNDER_RINGS = 2.6, 1.7  # seconds to -60 dB for each second of the note and a half more
DAMPED = 0.35  # how much of its ring a tone keeps that does not belong to its chord


def wanted(sheet: Sheet) -> Wanted:
    """What the score asks of a beat."""
    start = sheet.moment("at", sheet.span.start + FIRST)
    return Wanted(
        start,
        sheet.span.end - LAST - start,
        sheet.span.index,
        sheet.cue.text("motif"),
        sheet.cue.number("pulse"),
        sheet.cue.number("rubato"),
        sheet.cue.number("density"),
        7 * round(sheet.cue.number("octave")) + round(sheet.cue.number("lift")),
    )


def composed(sheet: Sheet) -> list[Voiced]:
    """All notes of a beat, those of silent parts left out."""
    asked, timeline = wanted(sheet), sheet.timeline
    form = sheet.cue.word("form")
    if form != "verse":
        return recalled(timeline, asked, form, round(sheet.cue.number("times")))
    notes: list[Voiced] = []
    for part, make in (("melody", melody), ("counter", counter), ("ground", ground)):
        if sheet.heard(part):
            notes += make(timeline, asked)
    return sorted(notes, key=lambda note: note.onset)


def consort(sheet: Sheet) -> list[Stroke]:
    """The strokes of a beat."""
    return [_stroke(sheet, note) for note in composed(sheet)]


def _stroke(sheet: Sheet, note: Voiced) -> Stroke:
    cue = sheet.timeline.cue("sound.consort", note.onset)
    leads = note.part == "melody"
    body = cue.word("body" if leads else "under")
    lasts = (RINGS if leads else UNDER_RINGS) * (0.5 + note.length) * (1.0 if note.rests else DAMPED)
    hard = cue.number("hardness") * (0.75 + 0.5 * note.loud) * (1.0 if leads else 0.8)
    pan = SIDE[note.part] + (0.06 * (note.degree % 7) - 0.18 if note.part == "ground" else 0.0)
    level = LEVEL * note.loud * LOUD[note.part] * cue.number(note.part)
    return Stroke(
        note.onset,
        note.pitch_hz,
        level,
        note.which,
        body,
        min(hard, 1.0),
        pan=pan,
        lasts=lasts * cue.number("ring"),
    )
