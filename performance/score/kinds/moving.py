"""Kinds that move and track from beat to beat: numbers, words, colours."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from performance.curves import Colour, Curve, Mix, Path, ease, mix_colours, mix_numbers, mix_words, resting
from performance.score.kinds.kind import Kind, Reading, Schema, found, nearest
from performance.score.notation.movement import Movement, Span, curve, read_movement
from performance.score.palette import COLOURS, EMOTIONS, GELS, HEX, colour_of
from performance.units import Unreadable, quantity

_FINITE = 1e300  # a larger whole number is not turned into a float


@dataclass(frozen=True, kw_only=True)
class Moving(Kind):
    """A parameter that moves: tracked as a curve from beat to beat."""

    def mix(self) -> Mix[Any]:
        """What lies between two values."""
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
    """A number within a range. A default of -inf is a gain that is not heard at all."""

    low: float
    high: float
    unit: str = ""

    def expects(self) -> str:
        """The range in words."""
        return f"a number from {self.low:g} to {self.high:g}" + (f" {self.unit}" if self.unit else "")

    def hint(self) -> str:
        return f" ({self.low:g} to {self.high:g}{f' {self.unit}' if self.unit else ''})"

    def mix(self) -> Mix[float]:
        low, high = self.low, self.high

        def within(a: float, b: float, x: float) -> float:
            value = mix_numbers(a, b, x)
            return low if value < low else high if value > high else value

        return within

    def curve(self, setting: Movement[float], span: Span, tracked: float) -> Curve[float]:
        """A gain that comes out of -inf is there at once: its notes bring their own beginnings."""
        if math.isinf(tracked):
            first = setting.values[0]
            tracked = self.low if first is None or setting.over is not None else first
        return super().curve(setting, span, tracked)

    def fade(self, a: float, b: float, start: float, length: float) -> Path[float]:
        if math.isinf(a):
            return self.rest(b)
        if math.isinf(b):  # to the lowest, and gone from there
            return Path((start, start + length), (a, self.low), ease, self.mix(), start + length, b)
        return super().fade(a, b, start, length)

    def read(self, value: object, reading: Reading) -> Movement[float]:
        if isinstance(value, str):
            return read_movement(value, lambda text: self.one(text, reading), reading.duration)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Unreadable(f"{found(value)} is not {self.expects()}")
        return Movement((self.checked(float(value) if abs(value) < _FINITE else math.inf, found(value)),))

    def one(self, text: str, reading: Reading) -> float:
        """One number with its unit."""
        try:
            value, unit = quantity(text)
        except Unreadable:
            if self.unit == "Hz":
                return self.checked(reading.tuning.pitch_hz(text), text)
            raise Unreadable(f"{found(text)} is not {self.expects()}") from None
        if unit and self.unit == "s":
            seconds, share = reading.duration(text)
            value = math.inf if share else seconds
        elif unit == "%" and self.unit == "":
            value /= 100.0
        elif unit == "kHz" and self.unit == "Hz":
            value *= 1000.0
        elif unit not in ("", self.unit):
            raise Unreadable(f"{found(text)} is not {self.expects()}")
        return self.checked(value, found(text))

    def checked(self, value: float, shown: str) -> float:
        """The value, if it is within the range; nan is not."""
        if not self.low <= value <= self.high:
            raise Unreadable(f"{shown} is not {self.expects()}")
        return value

    def schema(self) -> Schema:
        start = r"[-+]?\.?\d|->" + ("|[A-Ga-g]" if self.unit == "Hz" else "")
        return {"anyOf": [self.span(), {"type": "string", "pattern": rf"^\s*({start})"}]}

    def span(self) -> Schema:
        """The plain number."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, kw_only=True)
class StepKind(NumberKind):
    """A number that does not move: it changes with the beat."""

    def read(self, value: object, reading: Reading) -> Movement[float]:
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
        text = r"^\s*[-+]?(\d+\.?\d*|\.\d+)\s*[a-zA-Z%]*\s*$"
        return {"anyOf": [self.span(), {"type": "string", "pattern": text}]}


@dataclass(frozen=True, kw_only=True)
class WordKind(Moving):
    """A word of a closed list."""

    words: tuple[str, ...]

    def mix(self) -> Mix[str]:
        return mix_words

    def expects(self) -> str:
        """The words."""
        return "one of " + ", ".join(self.words)

    def read(self, value: object, reading: Reading) -> Movement[str]:
        if not isinstance(value, str):
            raise Unreadable(f"{found(value)} is not {self.expects()}")
        movement = read_movement(value, self.one, reading.duration)
        if movement.every is not None:
            raise Unreadable("words do not breathe", value.find("<>"))
        return movement

    def one(self, text: str) -> str:
        """One word of the list."""
        if text not in self.words:
            raise Unreadable(f"{found(text)} is not {self.expects()}{nearest(text, self.words)}")
        return text

    def schema(self) -> Schema:
        any_word = "|".join(re.escape(word).replace("\\-", "-") for word in self.words)
        moving = rf"^\s*(({any_word})\s+\S|(({any_word})\s*)?->)"
        return {"anyOf": [{"enum": list(self.words)}, {"type": "string", "pattern": moving}]}


@dataclass(frozen=True, kw_only=True)
class ChoiceKind(WordKind):
    """A word that does not move."""

    def read(self, value: object, reading: Reading) -> Movement[str]:
        if not isinstance(value, str):
            raise Unreadable(f"{found(value)} is not {self.expects()}")
        return Movement((self.one(value),))

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, kw_only=True)
class ColourKind(Moving):
    """A colour of the palette or any other, in linear light."""

    def mix(self) -> Mix[Colour]:
        return mix_colours

    def read(self, value: object, reading: Reading) -> Movement[Colour]:
        if not isinstance(value, str):
            raise Unreadable(f'{found(value)} is not a colour of the palette or "#rrggbb"')
        return read_movement(value, self.one, reading.duration)

    def one(self, text: str) -> Colour:
        """One colour."""
        if text in COLOURS:
            return COLOURS[text]
        if HEX.fullmatch(text):
            return colour_of(text)
        near = nearest(text, COLOURS) or f'; there are {", ".join(COLOURS)} and "#rrggbb"'
        raise Unreadable(f"{found(text)} is not a colour{near}")

    def schema(self) -> Schema:
        names = [*EMOTIONS, *GELS]
        moving = rf"^\s*(({'|'.join(names)})\s+\S|#[0-9a-fA-F]{{6}}|(({'|'.join(names)})\s*)?(->|<>))"
        return {"anyOf": [{"enum": names}, {"type": "string", "pattern": moving}]}
