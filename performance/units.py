"""Time, loudness and pitch as a score writes them: "8s", "4 bars", "-14 dB", "F#4", "5/4".

Durations become seconds, loudness decibels, pitch hertz. Whatever cannot be read raises `Unreadable`, a
ValueError that says what was found and what would be accepted, and how far into the text it stands.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

SILENCE_DB = -60.0  # what a score may write as the lowest gain; it is not heard
CONCERT_PITCH_HZ = 440.0  # A4
STRETCHED_OCTAVE_CENTS = 1206.0  # a little wide, as piano tuners and gamelan smiths like it
LONGEST = 3600.0  # no duration in a score is longer, seconds

TuningName = Literal["just", "equal", "stretched"]
TUNINGS: tuple[TuningName, ...] = get_args(TuningName)


class Unreadable(ValueError):
    """A text that is not in the notation; `offset` counts characters from its start."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


def gain(db: float) -> float:
    """Decibels to a factor of amplitude; at or below SILENCE_DB nothing is heard."""
    return 0.0 if db <= SILENCE_DB else 10.0 ** (db / 20.0)


def decibels(amplitude: float) -> float:
    """A factor of amplitude to decibels; zero is -inf."""
    return 20.0 * math.log10(amplitude) if amplitude > 0.0 else -math.inf


class Duration(NamedTuple):
    """Seconds, and a share of the beat it stands in ("40%" is known only when the beat is)."""

    seconds: float
    share: float = 0.0

    def within(self, length: float) -> float:
        """Seconds in a beat of `length` seconds."""
        return self.seconds + self.share * length


_QUANTITY = re.compile(r"([-+]?(?:\d+(?:\.\d*)?|\.\d+))\s*([A-Za-z%]*)", re.ASCII)
DURATION_EXPECTS = 'a duration such as "8s", "250 ms", "2 min", "8 bars" or "3 counts"'


def quantity(text: str) -> tuple[float, str]:
    """A number and its unit, "-14 dB" -> (-14.0, "dB"); the unit may be missing."""
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        raise Unreadable(f"{text.strip()!r} is not a number")
    value = float(match[1])
    if not math.isfinite(value):
        raise Unreadable(f"{text.strip()!r} is not finite")
    return value, match[2]


def duration(text: str, tempo: float, metre: float) -> Duration:
    """A written duration. `tempo` in counts a minute, `metre` in counts a bar."""
    try:
        value, unit = quantity(text)
    except Unreadable:
        raise Unreadable(f"{text.strip()!r} is not {DURATION_EXPECTS}") from None
    if unit == "%":
        return Duration(0.0, value / 100.0)
    count = 60.0 / tempo
    bar = count * metre
    seconds = {"s": 1.0, "ms": 0.001, "min": 60.0, "bars": bar, "bar": bar, "counts": count, "count": count}
    if unit not in seconds:
        raise Unreadable(f"{text.strip()!r} is not {DURATION_EXPECTS}")
    if not 0.0 <= value * seconds[unit] <= LONGEST:
        raise Unreadable(f"{text.strip()!r} is not between 0 and {LONGEST:g} seconds")
    return Duration(value * seconds[unit])


_LETTERS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_ACCIDENTALS = {"": 0, "#": 1, "##": 2, "b": -1, "bb": -2}
_PITCH = re.compile(
    r"(?:(?P<letter>[A-Ga-g])(?P<accidental>##|#|bb|b|)(?P<octave>-?\d)"
    r"|(?P<over>\d{1,4})/(?P<under>\d{1,4})|(?P<hz>\d{1,5}(?:\.\d{1,4})?)\s?[Hh]z)"
    r"(?P<cents>[-+]\d{1,4}(?:\.\d{1,2})?c)?",
    re.ASCII,
)
PITCH_EXPECTS = 'a pitch such as "F#4", "5/4" (of the tonic) or "220Hz", with "+14c" for cents'
LOWEST_HZ, HIGHEST_HZ = 8.0, 20000.0

# Just intervals by (letters up, semitones up): the five-limit scale of Helmholtz, "On the Sensations of
# Tone" (1885), chapter XVI, with augmented and diminished intervals built from fifths 3/2 and thirds 5/4.
_JUST = {
    (0, 0): "1/1", (0, 1): "25/24", (1, 1): "16/15", (1, 2): "9/8", (1, 3): "75/64", (2, 2): "144/125",
    (2, 3): "6/5", (2, 4): "5/4", (3, 4): "32/25", (3, 5): "4/3", (3, 6): "45/32", (4, 6): "64/45",
    (4, 7): "3/2", (4, 8): "25/16", (5, 7): "192/125", (5, 8): "8/5", (5, 9): "5/3", (5, 10): "225/128",
    (6, 9): "128/75", (6, 10): "9/5", (6, 11): "15/8", (0, 11): "48/25",
}  # fmt: skip
_JUST_STEPS = ("1/1", "16/15", "9/8", "6/5", "5/4", "4/3", "45/32", "3/2", "8/5", "5/3", "9/5", "15/8")


def _semitones(match: re.Match[str]) -> int:
    """Semitones above C0 of a matched pitch name."""
    return _LETTERS[match["letter"].lower()] + _ACCIDENTALS[match["accidental"]] + 12 * int(match["octave"])


def _just_interval(letters: int, semitones: int) -> float:
    """The ratio of a spelt interval: just within the octave, octaves of exactly two."""
    octave, step = divmod(semitones, 12)
    ratio = Fraction(_JUST.get((letters % 7, step), _JUST_STEPS[step]))
    return float(ratio) * 2.0**octave


@dataclass(frozen=True, slots=True)
class Tuning:
    """Pitch names and ratios to hertz.

    The tonic itself stands at its equal-tempered place under A4 = 440 Hz. "just" takes every other name as a
    small whole-number ratio above the tonic, as it is spelt (F# and Gb over D differ); "equal" takes twelve
    even steps; "stretched" the same with octaves of 1206 cents.
    """

    tonic: str = "D3"
    kind: TuningName = "just"

    @property
    def tonic_hz(self) -> float:
        """The pitch of the tonic."""
        match = _PITCH.fullmatch(self.tonic)
        if match is None or match["letter"] is None or match["cents"]:
            raise Unreadable(f'{self.tonic!r} is not a tonic such as "D3" or "F#2"')
        return CONCERT_PITCH_HZ * float(2.0 ** ((_semitones(match) - 57) / 12.0))

    def pitch_hz(self, text: str) -> float:
        """Hertz of "F#4", "5/4", "220Hz" or any of them with cents, "d5-30c"."""
        return _pitch_hz(self, text)

    def _named_hz(self, match: re.Match[str]) -> float:
        tonic = _PITCH.fullmatch(self.tonic)
        assert tonic is not None
        semitones = _semitones(match) - _semitones(tonic)
        if self.kind == "just":
            letters = "cdefgab".index(match["letter"].lower()) - "cdefgab".index(tonic["letter"].lower())
            return self.tonic_hz * _just_interval(letters, semitones)
        octave_cents = STRETCHED_OCTAVE_CENTS if self.kind == "stretched" else 1200.0
        return self.tonic_hz * float(2.0 ** (semitones * octave_cents / 12.0 / 1200.0))


@lru_cache(maxsize=4096)
def _pitch_hz(tuning: Tuning, text: str) -> float:
    match = _PITCH.fullmatch(text.strip())
    if match is None:
        raise Unreadable(f"{text.strip()!r} is not {PITCH_EXPECTS}")
    if match["letter"]:
        hz = tuning._named_hz(match)
    elif match["hz"]:
        hz = float(match["hz"])
    elif int(match["under"]) == 0:
        raise Unreadable(f"{text.strip()!r} divides by zero")
    else:
        hz = tuning.tonic_hz * int(match["over"]) / int(match["under"])
    if match["cents"]:
        hz *= float(2.0 ** (float(match["cents"][:-1]) / 1200.0))
    if not LOWEST_HZ <= hz <= HIGHEST_HZ:
        raise Unreadable(f"{text.strip()!r} is {hz:.0f} Hz, not between {LOWEST_HZ:g} and {HIGHEST_HZ:g} Hz")
    return hz


_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


def pitch_name(hz: float) -> str:
    """The nearest name under A4 = 440 Hz with the cents beside it, 441 -> "A4+4c"."""
    semitones = 57.0 + 12.0 * math.log2(hz / CONCERT_PITCH_HZ)
    nearest = round(semitones)
    cents = round(100.0 * (semitones - nearest))
    octave, step = divmod(nearest, 12)
    return f"{_NAMES[step]}{octave}" + (f"{cents:+d}c" if cents else "")
