"""The notes: a roll of pitch over time, each instrument in its ink; what has no pitch stands as ticks at the foot."""

from __future__ import annotations

import math

from performance.sheet.gather import Shown
from performance.sheet.marks import FAINT, HAIR, Line, Mark, Rgb, Type, box
from performance.sheet.strip import Strip
from performance.timeline import Event

FOOT = 16.0  # for what has no pitch, and for gestures
SHORTEST = 2.0  # units of a note
LOWEST_HZ = 55.0  # what is lower is felt, not sung


def roll_lane(strip: Strip, shown: Shown, top: float, height: float) -> list[Mark]:
    """Notes of the whole piece, and below them the strokes of what has no pitch and the ghost's gestures."""
    notes = shown.notes
    inks = {ribbon.name: ribbon.colours[0] for ribbon in shown.instruments}
    pitched = [note for note in notes if note.pitch_hz >= LOWEST_HZ]
    octaves = [math.log2(note.pitch_hz) for note in pitched] or [math.log2(220.0)]
    low, high = min(octaves) - 0.15, max(octaves) + 0.15
    bottom = top + height - FOOT
    scale = (height - FOOT) / max(high - low, 1.0)
    marks: list[Mark] = _octaves(strip, shown, low, high, bottom, scale)
    for note in sorted(pitched, key=lambda note: -note.length):
        y = bottom - (math.log2(note.pitch_hz) - low) * scale
        marks += _note(strip, note, y, inks.get(note.instrument, FAINT))
    for note in notes:
        if note.pitch_hz < LOWEST_HZ:
            x = strip.x(note.onset)
            marks.append(
                Line(
                    ((x, bottom + 1.0), (x, bottom + 6.5)),
                    (inks.get(note.instrument, FAINT),),
                    0.7,
                    _strength(note),
                )
            )
    marks += _gestures(strip, shown, bottom + 8.5)
    return marks


def _octaves(strip: Strip, shown: Shown, low: float, high: float, foot: float, scale: float) -> list[Mark]:
    """A line for every octave of the tonic."""
    marks: list[Mark] = []
    tonic = shown.timeline.score.tuning
    at = math.log2(tonic.tonic_hz)
    for octave in range(math.ceil(low - at), math.floor(high - at) + 1):
        y = foot - (at + octave - low) * scale
        name = tonic.tonic.rstrip("0123456789-")
        number = int(tonic.tonic[len(name) :]) + octave
        marks.append(Line(((strip.left, y), (strip.right, y)), (HAIR,), 0.5))
        marks.append(Type(strip.left - 8.0, y + 2.8, f"{name}{number}", 8.5, FAINT, "end"))
    return marks


def _note(strip: Strip, note: Event, y: float, colour: Rgb) -> list[Mark]:
    """Its onset bold, what follows it fainter: most of them ring away."""
    x, right = strip.x(note.onset), strip.x(min(note.onset + note.length, strip.length))
    strength = _strength(note)
    marks: list[Mark] = []
    if right > x + SHORTEST:
        marks.append(box(x, y - 0.6, right - x, 1.2, colour, 0.45 * strength))
    return [*marks, box(x, y - 1.6, SHORTEST, 3.2, colour, strength)]


def _strength(note: Event) -> float:
    return min(1.0, 0.35 + 0.65 * math.sqrt(max(note.level, 0.0)))


def _gestures(strip: Strip, shown: Shown, y: float) -> list[Mark]:
    """What the ghost performer does, as small strokes."""
    if not shown.gestures:
        return []
    marks: list[Mark] = [Type(strip.left - 8.0, y + 6.0, "ghost’s gestures", 8.5, FAINT, "end")]
    for gesture in shown.gestures:
        x = strip.x(gesture.t)
        marks.append(Line(((x - 1.2, y + 5.5), (x + 1.2, y + 0.5)), (FAINT,), 0.8, 0.9))
    return marks
