"""Kinds that do not move: moments, durations, pitches, rhythms, texts, switches, whole numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from performance.score.kinds.kind import Kind, Reading, Schema, found
from performance.score.notation.rhythm import Rhythm, read_rhythm
from performance.units import DURATION_EXPECTS, LONGEST, Duration, Unreadable

NEVER = "never"
MOST_PITCHES = 24
Moment = Duration | None  # None: never
Pitches = tuple[float, ...]

_SECONDS: Schema = {"type": "number", "minimum": 0, "maximum": LONGEST}
_WRITTEN: Schema = {"type": "string", "pattern": r"^\s*(\d+\.?\d*|\.\d+)\s*(s|ms|min|bars?|counts?)\s*$"}
_SHARE: Schema = {"type": "string", "pattern": r"^\s*(\d+\.?\d*|\.\d+)\s*%\s*$"}


def read_duration(value: object, reading: Reading, expects: str) -> Duration:
    """A number of seconds or a written duration."""
    if isinstance(value, str):
        return reading.duration(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Unreadable(f"{found(value)} is not {expects}")
    if not 0.0 <= value <= LONGEST:
        raise Unreadable(f"{found(value)} is not between 0 and {LONGEST:g} seconds")
    return Duration(float(value))


@dataclass(frozen=True, kw_only=True)
class MomentKind(Kind):
    """A moment of a beat, counted from its start or as a share of it."""

    default: float = math.inf

    def read(self, value: object, reading: Reading) -> Moment:
        if value == NEVER:
            return None
        moment = read_duration(value, reading, f'{DURATION_EXPECTS}, "40%" or "{NEVER}"')
        if moment.share > 1.0:
            raise Unreadable(f"{found(value)} is past the end of the beat")
        return moment

    def schema(self) -> Schema:
        return {"anyOf": [_SECONDS, _WRITTEN, _SHARE, {"const": NEVER}]}


@dataclass(frozen=True, kw_only=True)
class DurationKind(Kind):
    """A duration within a range of seconds."""

    low: float
    high: float

    def read(self, value: object, reading: Reading) -> Duration:
        length = read_duration(value, reading, DURATION_EXPECTS)
        if length.share:
            raise Unreadable(f"{found(value)} is not {DURATION_EXPECTS}")
        if not self.low <= length.seconds <= self.high:
            raise Unreadable(f"{found(value)} is not between {self.low:g} and {self.high:g} seconds")
        return length

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "number", "minimum": self.low, "maximum": self.high}, _WRITTEN]}


@dataclass(frozen=True, kw_only=True)
class PitchesKind(Kind):
    """Several pitches, in hertz."""

    def read(self, value: object, reading: Reading) -> Pitches:
        if not isinstance(value, str):
            raise Unreadable(f'{found(value)} is not a text of pitches such as "D3 A3 F#4"')
        words = [(match[0], match.start()) for match in re.finditer(r"\S+", value)]
        if len(words) > MOST_PITCHES:
            raise Unreadable(f"{len(words)} pitches, at most {MOST_PITCHES}", words[MOST_PITCHES][1])
        hz = []
        for word, at in words:
            try:
                hz.append(reading.tuning.pitch_hz(word))
            except Unreadable as fault:
                raise Unreadable(str(fault), at) from None
        return tuple(hz)

    def schema(self) -> Schema:
        one = r"([A-Ga-g](##?|bb?)?-?\d|\d+/\d+|\d+(\.\d+)?[Hh]z)([-+]\d+(\.\d+)?c)?"
        return {"type": "string", "pattern": rf"^\s*({one}(\s+{one})*)?\s*$"}


@dataclass(frozen=True, kw_only=True)
class PatternKind(Kind):
    """A rhythm of notes."""

    def read(self, value: object, reading: Reading) -> Rhythm:
        if not isinstance(value, str):
            raise Unreadable(f'{found(value)} is not a rhythm such as "<d5 f#5 a5>*3 ~ . d6"')
        return read_rhythm(value, reading.tuning.pitch_hz)

    def schema(self) -> Schema:
        return {"type": "string"}


@dataclass(frozen=True, kw_only=True)
class TextKind(Kind):
    """One printable line; with a `shape` (a regular expression, and the same in words) only such lines."""

    longest: int
    shape: str = ""
    shape_words: str = ""

    def read(self, value: object, reading: Reading) -> str:
        if not isinstance(value, str):
            raise Unreadable(f"{found(value)} is not a text")
        for at, character in enumerate(value):
            if not character.isprintable():
                raise Unreadable(f"{character!r} cannot be shown; a text is one printable line", at)
        if len(value) > self.longest:
            raise Unreadable(f"{len(value)} characters, at most {self.longest}", self.longest)
        if self.shape and not re.fullmatch(self.shape, value):
            raise Unreadable(f"{found(value)} is not {self.shape_words}")
        return value

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": self.longest} | (
            {"pattern": f"^{self.shape}$"} if self.shape else {}
        )


@dataclass(frozen=True, kw_only=True)
class SwitchKind(Kind):
    """True or false."""

    def read(self, value: object, reading: Reading) -> bool:
        if not isinstance(value, bool):
            raise Unreadable(f"{found(value)} is not true or false")
        return value

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class WholeKind(Kind):
    """A whole number within a range."""

    low: int
    high: int

    def read(self, value: object, reading: Reading) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            raise Unreadable(f"{found(value)} is not a whole number from {self.low} to {self.high}")
        return value

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}
