"""Three motifs remembered, slower and slower, that overlap and meet on one count.

Wonder is the lullaby's motif on far bells; the sting is the choked attempt's, cold and out of tune, healing on its way;
discovery is the motif opened to a rising fifth, on mirrors. Each goes round in a loop of its own length (five, four and
three counts), the pulse stretches, and the loops are laid so that all three end on the count where the phrase begins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from performance.causes.motif import Motif, Note, beats_of, fitted, inverted, motif, moved, pitch_of
from performance.causes.strokes import Sheet, Stroke
from performance.chance import chance

LEVEL = 0.36
MEET = 0.66  # of the beat, where the score does not say
FIRST = 0.4  # seconds of the beat before the first of them
HURRY = 0.8  # the pulse at which they start, of the phrase's own


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
    off_cents: float  # at the start; none is left where they meet
    ring: tuple[float, float]  # of the body's own, at the start and where they meet


def remembered(seed: int) -> tuple[Scene, Scene, Scene]:
    """Wonder, the sting of failure, discovery."""
    own = motif(seed)
    wonder = fitted(moved(inverted(motif(seed, 3)), 7), 0, 9)
    rising = (Note(0.0, 0.5, 0), Note(0.5, 0.5, 4), Note(1.0, 2.0, 7))
    sting_loop = max(4.0, beats_of(own))
    return (
        Scene(wonder, "ionian", 1, "bell", 0.35, -0.6, 2.2, 5.0, 0.0, 0.0, (0.8, 0.9)),
        Scene(own, "aeolian", 0, "glass", 0.45, 0.6, 1.4, sting_loop, 0.18, 38.0, (0.12, 0.45)),
        Scene(rising, "ionian", 0, "mirror", 0.55, 0.1, 1.6, 3.0, 0.4, 0.0, (1.0, 1.0)),
    )


def meeting(sheet: Sheet) -> float:
    """When the scenes meet, in absolute seconds."""
    return sheet.moment("meet", sheet.span.start + MEET * sheet.span.length)


def scenes(sheet: Sheet) -> list[Stroke]:
    """All three, up to where they meet."""
    made: list[Stroke] = []
    for number, scene in enumerate(remembered(sheet.seed)):
        made += _rounds(sheet, number, scene)
    return made


def _rounds(sheet: Sheet, number: int, scene: Scene) -> list[Stroke]:
    """One motif going round, its last round ending where the scenes meet.

    The pulse grows as slow ** way, so counts = took / (pulse ln slow) * (1 - slow ** -way), solved for the way.
    """
    slow, pulse = math.log(max(sheet.cue.number("stretch"), 1.001)), HURRY * sheet.cue.number("pulse")
    took = meeting(sheet) - sheet.span.start - FIRST
    counts = took / (pulse * slow) * (1 - math.exp(-slow))
    made = []
    for back in range(1, int(counts / scene.loop) + 1):
        for j, note in enumerate(scene.notes):
            count = counts - back * scene.loop + note.onset
            way = -math.log(1 - count * pulse * slow / took) / slow
            if way >= scene.enters:
                which = ((sheet.span.index * 4 + number) * 256 + back) * 16 + j
                made.append(_stroke(sheet, scene, note, sheet.span.start + FIRST + way * took, way, which))
    return made


def _stroke(sheet: Sheet, scene: Scene, note: Note, t: float, way: float, which: int) -> Stroke:
    """One note; on the way it comes nearer, into tune and to the middle."""
    off = scene.off_cents * (1 - way) * (2 * chance(sheet.seed, "recall", which) - 1.3)
    pitch = pitch_of(note.degree, sheet.tonic_hz * 2.0**scene.octave, scene.scale) * 2.0 ** (off / 1200)
    entry = min((way - scene.enters) / 0.15 + 0.25, 1.0)
    return Stroke(
        onset=t,
        pitch_hz=pitch,
        level=LEVEL * entry * (0.3 + 0.35 * way) * (1.0 if note.onset == 0 else 0.8),
        which=which,
        body=scene.body,
        hardness=scene.hardness * (0.7 + 0.4 * way),
        ring=scene.ring[0] + (scene.ring[1] - scene.ring[0]) * way,
        beat=1.0 + scene.off_cents / 38.0 * (1 - way),
        pan=scene.pan * (1 - 0.75 * way),
        distance=scene.distance + (1 - scene.distance) * way * way,
        wet=1.4,
    )
