"""Figures: chords as a plan of harmony writes them, and motifs as degrees of a scale.

    "I@8 vi@4 IVmaj7@4 V7"     a chord on a degree of the scale: capitals are major, small letters minor
    "bVI #ivo V+ Isus4 i5"     flat and sharp roots; diminished, augmented, suspended, open
    "1 5@2 4 3 ~ 1@3"          a motif: degrees (1 the tonic, 8 its octave, 0 and less below it), ~ a rest

"@" says how many counts something lasts; without it, one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_ROOT = "(b|#)?(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)"
_KIND = r"(o|\+)?(maj7|7|6|9)?(sus4|sus2|5)?"
_LASTS = r"(@\d{1,3}(\.\d{1,3})?)?"
CHORDS_SHAPE = rf"\s*{_ROOT}{_KIND}{_LASTS}(\s+{_ROOT}{_KIND}{_LASTS})*\s*"
MOTIF_SHAPE = rf"\s*(~|-?\d{{1,2}}){_LASTS}(\s+(~|-?\d{{1,2}}){_LASTS})*\s*"
_CHORD = re.compile(rf"{_ROOT}{_KIND}{_LASTS}")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii")


@dataclass(frozen=True, slots=True)
class Figure:
    """One chord of a plan: `steps` are (degrees above the root, ratio above the root), the root first."""

    text: str
    root: int  # degree of the scale, 0..6
    shift: int  # -1 flat, 1 sharp
    steps: tuple[tuple[int, float], ...]
    counts: float


@dataclass(frozen=True, slots=True)
class Tone:
    """One note of a stated motif: onset and length in counts, degree of the scale (0 the tonic)."""

    onset: float
    counts: float
    degree: int


@lru_cache(maxsize=256)
def read_chords(text: str) -> tuple[Figure, ...]:
    """The chords of a text that has CHORDS_SHAPE."""
    return tuple(_figure(match) for match in _CHORD.finditer(text))


def _figure(match: re.Match[str]) -> Figure:
    flat, numeral, bent, added, opened, lasts = match.group(1, 2, 3, 4, 5, 6)
    minor = numeral.islower()
    third = (2, 6 / 5) if minor or bent == "o" else (2, 5 / 4)
    fifth = (4, 64 / 45) if bent == "o" else (4, 25 / 16) if bent == "+" else (4, 3 / 2)
    third = {"sus4": (3, 4 / 3), "sus2": (1, 9 / 8)}.get(opened or "", third)
    steps = [(0, 1.0), *([] if opened == "5" else [third]), fifth]
    seventh = (6, 128 / 75 if bent == "o" else 9 / 5 if minor else 16 / 9)
    steps += {
        "7": [seventh],
        "maj7": [(6, 15 / 8)],
        "6": [(5, 5 / 3)],
        "9": [seventh, (8, 9 / 4)],
    }.get(added or "", [])
    shift = {"b": -1, "#": 1}.get(flat or "", 0)
    counts = float(lasts[1:]) if lasts else 1.0
    return Figure(match[0].split("@")[0], _NUMERALS.index(numeral.lower()), shift, tuple(steps), counts)


@lru_cache(maxsize=256)
def read_motif(text: str) -> tuple[Tone, ...]:
    """The notes of a text that has MOTIF_SHAPE; rests leave room."""
    tones, at = [], 0.0
    for one in text.split():
        degree, _, lasts = one.partition("@")
        counts = float(lasts) if lasts else 1.0
        if degree != "~":
            tones.append(Tone(at, counts, int(degree) - 1))
        at += counts
    return tuple(tones)
