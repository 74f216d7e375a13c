"""The makers of parameters: `number`, `word`, `colour`, `moment`, `pitches`, `pattern`, `text` and a few more.

A maker stands in a model of a thing or an instrument and says default, range and meaning:

    class Spotlight(Thing):
        width: Number = number(0.14, 0.02, 1.5, "radius of the pool on the boards, picture heights")
        cloth: Word = word("plain", ("plain", "velvet"), "what it is made of")

Each makes a `Kind`, which reads what a score writes (a number, a word, a movement) into a setting, and which
describes itself in the JSON Schema. Whatever it cannot read raises Unreadable. A field named like its maker
hides the maker from the lines below it in that class: `colour: Tint = tint("gold", "...")` is there for that.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import Field

from performance.curves import Colour, Curve, Mix, Path, ease, mix_colours, mix_numbers, mix_words, resting
from performance.score.notation.movement import Movement, Span, curve, read_movement
from performance.score.notation.rhythm import SILENT, Rhythm, read_rhythm
from performance.score.palette import COLOURS, EMOTIONS, GELS, HEX, colour_of
from performance.units import DURATION_EXPECTS, Duration, Tuning, Unreadable, duration, quantity

Number = Movement[float]
Word = Movement[str]
Tint = Movement[Colour]
Moment = Duration | None  # None: never
Pitches = tuple[float, ...]
NEVER = "never"
MOST_PITCHES = 24
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text needs to be read: the score's tuning, counts a minute and counts a bar."""

    tuning: Tuning = Tuning()
    tempo: float = 60.0
    metre: float = 4.0

    def duration(self, text: str) -> Duration:
        return duration(text, self.tempo, self.metre)


def nearest(word: str, words: Any) -> str:
    """', perhaps "..."' when one of the words is near, else nothing."""
    close = get_close_matches(word, list(words), 1, 0.6)
    return f', perhaps "{close[0]}"' if close else ""


def found(value: object) -> str:
    """A TOML value as an error shows it, shortened."""
    shown = {True: "true", False: "false"}.get(value, repr(value)) if isinstance(value, bool) else repr(value)
    if isinstance(value, (dict, list)):
        shown = "a table" if isinstance(value, dict) else "a list"
    return shown if len(shown) <= 60 else shown[:57] + "..."


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One parameter: its meaning, its value when never named, and the one implied by naming its table."""

    doc: str
    default: Any
    implied: Any = None

    def read(self, value: object, reading: Reading) -> Any:
        """The setting that is written as `value`; Unreadable if it is none."""
        raise NotImplementedError

    def __call__(self, schema: Schema) -> None:
        """Describe the parameter in the JSON Schema (pydantic's json_schema_extra)."""
        schema.pop("title", None)
        schema.pop("default", None)
        schema.update(self.schema())

    def schema(self) -> Schema:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Moving(Kind):
    """A parameter that moves: number, colour or word. Tracked as a curve from beat to beat."""

    def mix(self) -> Mix[Any]:
        raise NotImplementedError

    def rest(self, value: Any) -> Path[Any]:
        """The curve that stays at `value`."""
        return resting(value, self.mix())

    def curve(self, setting: Movement[Any], span: Span, tracked: Any) -> Curve[Any]:
        """The written movement as a curve over time, entered from the tracked value."""
        return curve(setting, span, tracked, self.mix())

    def fade(self, a: Any, b: Any, start: float, length: float) -> Path[Any]:
        """From `a` to `b` as a plain value goes."""
        return Path.through((start, start + length), (a, b), ease, self.mix())


@dataclass(frozen=True, kw_only=True)
class NumberKind(Moving):
    low: float
    high: float
    unit: str = ""

    def expects(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"a number from {self.low:g} to {self.high:g}{unit}"

    def mix(self) -> Mix[float]:
        low, high = self.low, self.high

        def within(a: float, b: float, x: float) -> float:
            value = a + (b - a) * x
            return low if value < low else high if value > high else value

        return within if math.isfinite(low) else mix_numbers

    def curve(self, setting: Movement[float], span: Span, tracked: float) -> Curve[float]:
        """A gain that comes out of silence (-inf) is there at once: its notes bring their own beginnings."""
        if math.isinf(tracked):
            tracked = self.low
            if len(setting.values) == 1 and setting.values[0] is not None and setting.over is None:
                tracked = setting.values[0]
        return curve(setting, span, tracked, self.mix())

    def fade(self, a: float, b: float, start: float, length: float) -> Path[float]:
        if math.isinf(a):
            return self.rest(b)
        if math.isinf(b):  # to the lowest, and gone from there
            gone = super().fade(a, self.low, start, length)
            return Path(gone.times, gone.values, ease, self.mix(), start + length, b)
        return super().fade(a, b, start, length)

    def read(self, value: object, reading: Reading) -> Number:
        if isinstance(value, str):
            movement = read_movement(value, lambda text: self.one(text, reading), reading.duration)
            return movement
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Unreadable(f"{found(value)} is not {self.expects()}")
        return Movement((self.checked(float(value) if abs(value) < 1e300 else math.inf, str(value)),))

    def one(self, text: str, reading: Reading) -> float:
        """One number with its unit."""
        try:
            value, unit = quantity(text)
        except Unreadable:
            if self.unit == "Hz":
                return self.checked(reading.tuning.pitch_hz(text), text)
            raise Unreadable(f"{text!r} is not {self.expects()}") from None
        if unit and self.unit == "s":
            return self.checked(reading.duration(text).seconds, text)
        if unit == "%" and self.unit == "":
            value /= 100.0
        elif unit == "kHz" and self.unit == "Hz":
            value *= 1000.0
        elif unit not in ("", self.unit):
            raise Unreadable(f"{text!r} is not {self.expects()}")
        return self.checked(value, text)

    def checked(self, value: float, text: str) -> float:
        if not self.low <= value <= self.high:
            raise Unreadable(f"{text.strip()[:40]} is not {self.expects()}")
        return value

    def schema(self) -> Schema:
        text = {"type": "string", "pattern": r"^\s*([-+]?\.?\d|->|[A-Ga-g]).*$"}
        return {"anyOf": [{"type": "number", "minimum": self.low, "maximum": self.high}, text]}


@dataclass(frozen=True, kw_only=True)
class StepKind(NumberKind):
    """A number that does not move: it changes with the beat."""

    def read(self, value: object, reading: Reading) -> Number:
        movement = super().read(value, reading)
        if not movement.plain:
            raise Unreadable(f"{found(value)} moves, but this stays as it is through a beat")
        return movement

    def fade(self, a: float, b: float, start: float, length: float) -> Path[float]:
        return self.rest(b)

    def curve(self, setting: Movement[float], span: Span, tracked: float) -> Curve[float]:
        value = setting.values[0]
        return self.rest(tracked if value is None else value)

    def schema(self) -> Schema:
        text = {"type": "string", "pattern": r"^\s*[-+]?\.?\d[\d.]*\s*[a-zA-Z%]*\s*$"}
        return {"anyOf": [{"type": "number", "minimum": self.low, "maximum": self.high}, text]}


@dataclass(frozen=True, kw_only=True)
class WordKind(Moving):
    words: tuple[str, ...]

    def mix(self) -> Mix[str]:
        return mix_words

    def read(self, value: object, reading: Reading) -> Word:
        if not isinstance(value, str):
            raise Unreadable(f"{found(value)} is not {self.expects()}")
        movement = read_movement(value, self.one, reading.duration)
        if movement.every is not None:
            raise Unreadable("words do not breathe", value.find("<>"))
        return movement

    def expects(self) -> str:
        return "one of " + ", ".join(self.words)

    def one(self, text: str) -> str:
        if text not in self.words:
            raise Unreadable(f"{text!r} is not {self.expects()}{nearest(text, self.words)}")
        return text

    def schema(self) -> Schema:
        words = "|".join(re.escape(word).replace("\\-", "-") for word in self.words)
        moving = {"type": "string", "pattern": rf"^\s*(({words})\s*)?(->|({words})\s+\S).*$"}
        return {"anyOf": [{"enum": list(self.words)}, moving]}


@dataclass(frozen=True, kw_only=True)
class ChoiceKind(WordKind):
    """A word that does not move."""

    def read(self, value: object, reading: Reading) -> Word:
        return Movement((self.one(value if isinstance(value, str) else found(value)),))

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, kw_only=True)
class ColourKind(Moving):
    def mix(self) -> Mix[Colour]:
        return mix_colours

    def read(self, value: object, reading: Reading) -> Tint:
        if not isinstance(value, str):
            raise Unreadable(f'{found(value)} is not a colour of the palette or "#rrggbb"')
        return read_movement(value, self.one, reading.duration)

    def one(self, text: str) -> Colour:
        if text in COLOURS:
            return COLOURS[text]
        if HEX.fullmatch(text):
            return colour_of(text)
        near = nearest(text, COLOURS)
        raise Unreadable(f'{text!r} is not a colour{near}; there are {", ".join(COLOURS)} and "#rrggbb"')

    def schema(self) -> Schema:
        names = [*EMOTIONS, *GELS]
        moving = {"type": "string", "pattern": rf"^\s*(({'|'.join(names)}|#[0-9a-fA-F]{{6}})\b|->).*$"}
        return {"anyOf": [{"enum": names}, moving]}


@dataclass(frozen=True, kw_only=True)
class MomentKind(Kind):
    def read(self, value: object, reading: Reading) -> Moment:
        if value == NEVER:
            return None
        return _duration(value, reading, ' or "never"')

    def schema(self) -> Schema:
        return {"anyOf": [_SECONDS, _DURATION_TEXT, {"const": NEVER}]}


@dataclass(frozen=True, kw_only=True)
class DurationKind(Kind):
    low: float = 0.0
    high: float = 3600.0

    def read(self, value: object, reading: Reading) -> Duration:
        length = _duration(value, reading, "")
        if length.share:
            raise Unreadable(f"{found(value)} is a share of the beat; write seconds, bars or counts")
        if not self.low <= length.seconds <= self.high:
            raise Unreadable(f"{found(value)} is not between {self.low:g} and {self.high:g} seconds")
        return length

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "number", "minimum": self.low, "maximum": self.high}, _DURATION_TEXT]}


_SECONDS: Schema = {"type": "number", "minimum": 0, "maximum": 3600}
_DURATION_TEXT: Schema = {
    "type": "string",
    "pattern": r"^\s*\d*\.?\d+\s*(s|ms|min|bars?|counts?|%)\s*$",
}


def _duration(value: object, reading: Reading, more: str) -> Duration:
    if isinstance(value, str):
        length = reading.duration(value if quantity_has_unit(value) else f"{value} s")
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Unreadable(f"{found(value)} is not {DURATION_EXPECTS}{more}")
    elif not 0.0 <= value <= 3600.0:
        raise Unreadable(f"{found(value)} is not between 0 and 3600 seconds")
    else:
        length = Duration(float(value))
    return length


def quantity_has_unit(text: str) -> bool:
    """Whether the text is anything but a bare number."""
    try:
        return quantity(text)[1] != ""
    except Unreadable:
        return True


@dataclass(frozen=True, kw_only=True)
class PitchesKind(Kind):
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
    def read(self, value: object, reading: Reading) -> Rhythm:
        if not isinstance(value, str):
            raise Unreadable(f'{found(value)} is not a rhythm such as "<d5 f#5 a5>*3 ~ . d6"')
        return read_rhythm(value, reading.tuning.pitch_hz)

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": 400}


@dataclass(frozen=True, kw_only=True)
class TextKind(Kind):
    longest: int = 80
    shape: str = ""  # a regular expression the whole text must match
    shape_words: str = ""  # the same in words

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
    def read(self, value: object, reading: Reading) -> bool:
        if not isinstance(value, bool):
            raise Unreadable(f"{found(value)} is not true or false")
        return value

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class WholeKind(Kind):
    low: int
    high: int

    def read(self, value: object, reading: Reading) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            raise Unreadable(f"{found(value)} is not a whole number from {self.low} to {self.high}")
        return value

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


def field(kind: Kind) -> Any:
    """The pydantic field of a kind."""
    return Field(default=None, description=kind.doc, json_schema_extra=kind)


def number(
    default: float, low: float, high: float, doc: str, unit: str = "", implied: float | None = None
) -> Any:
    """A number that may move. `unit` ("s", "dB", "Hz", "cents", ...) may be written behind it."""
    return field(NumberKind(doc=doc, default=default, low=low, high=high, unit=unit, implied=implied))


def step(default: float, low: float, high: float, doc: str, unit: str = "") -> Any:
    """A number that stays through a beat: a count, a size that would cost too much to move."""
    return field(StepKind(doc=doc, default=default, low=low, high=high, unit=unit))


def word(default: str, words: tuple[str, ...], doc: str) -> Any:
    """One of a closed list of words; changing it cross-fades (see Cue.blend)."""
    return field(WordKind(doc=doc, default=default, words=words))


def choice(default: str, words: tuple[str, ...], doc: str) -> Any:
    """One of a closed list of words, which does not change."""
    return field(ChoiceKind(doc=doc, default=default, words=words))


def colour(default: str, doc: str) -> Any:
    """A colour of the palette or "#rrggbb", read as linear light."""
    return field(ColourKind(doc=doc, default=colour_of(default)))


tint = colour  # for models with a field called colour


def moment(doc: str) -> Any:
    """A moment of the beat ("it breaks at 4s", "40%"), kept as the same absolute time in later beats."""
    return field(MomentKind(doc=doc, default=math.inf))


def pitches(default: str, doc: str) -> Any:
    """Several pitches, "D3 A3 F#4". The default is tuned to a tonic of D3."""
    kind = PitchesKind(doc=doc, default=())
    return field(PitchesKind(doc=doc, default=kind.read(default, Reading())))


def pattern(doc: str) -> Any:
    """A rhythm of notes, see notation/rhythm.py."""
    return field(PatternKind(doc=doc, default=SILENT))


def text(default: str, doc: str, longest: int = 80, shape: str = "", shape_words: str = "") -> Any:
    """One printable line."""
    return field(TextKind(doc=doc, default=default, longest=longest, shape=shape, shape_words=shape_words))


def lasting(default: float, low: float, high: float, doc: str) -> Any:
    """A duration that a beat or a score is given, as Duration."""
    return field(DurationKind(doc=doc, default=Duration(default), low=low, high=high))


def switch(doc: str) -> Any:
    """True or false, false when not said."""
    return field(SwitchKind(doc=doc, default=False))


def whole(default: int, low: int, high: int, doc: str) -> Any:
    """A whole number."""
    return field(WholeKind(doc=doc, default=default, low=low, high=high))
