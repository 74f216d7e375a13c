"""The makers of parameters: `number`, `word`, `colour`, `moment`, `pitches`, `pattern`, `text` and a few more.

A maker stands in a model of a thing or an instrument and says default, range and meaning:

    class Spotlight(Thing):
        width: Number = number(0.14, 0.02, 1.5, "radius of the pool on the boards, picture heights")
        cloth: Word = word("plain", ("plain", "velvet"), "what it is made of")

Each makes a Kind (kinds/), which reads what a score writes and describes itself in the JSON Schema. A field
named like its maker hides the maker from the lines below it in that class: `colour: Tint = tint("gold", "...")`
is there for that.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from pydantic import Field

from performance.curves import Colour
from performance.score.kinds.fixed import (
    DurationKind,
    Moment,
    MomentKind,
    PatternKind,
    Pitches,
    PitchesKind,
    SwitchKind,
    TextKind,
    WholeKind,
)
from performance.score.kinds.kind import Kind, Reading
from performance.score.kinds.moving import ChoiceKind, ColourKind, NumberKind, StepKind, WordKind
from performance.score.notation.movement import Movement
from performance.score.notation.rhythm import SILENT, Rhythm
from performance.score.palette import colour_of
from performance.units import Duration

__all__ = [
    "Moment", "Number", "Pitches", "Rhythm", "Tint", "Word",
    "choice", "colour", "lasting", "moment", "number", "pattern", "pitches", "step", "switch", "text", "tint",
    "whole", "word",
]  # fmt: skip

if TYPE_CHECKING:
    Number = Movement[float]
    Word = Movement[str]
    Tint = Movement[Colour]
else:  # the Kinds do the reading: pydantic, which would take 30 ms to look into these, need not
    Number = Word = Tint = Moment = Pitches = Rhythm = Any


def field(kind: Kind) -> Any:
    """The pydantic field of a kind."""
    return Field(default=None, description=kind.doc, json_schema_extra=kind)


def number(
    default: float, low: float, high: float, doc: str, unit: str = "", implied: float | None = None
) -> Any:
    """A number that may move. `unit` ("s", "dB", "Hz", "cents", ...) may be written behind it.

    `implied` is the value that naming the table for the first time gives it, where a beat does not say one.
    """
    shown = default if math.isfinite(default) else None
    return field(
        NumberKind(doc=doc, default=default, low=low, high=high, unit=unit, implied=implied, shown=shown)
    )


def step(default: float, low: float, high: float, doc: str, unit: str = "") -> Any:
    """A number that stays through a beat: a count, a size that would cost too much to move."""
    return field(StepKind(doc=doc, default=default, low=low, high=high, unit=unit, shown=default))


def word(default: str, words: tuple[str, ...], doc: str) -> Any:
    """One of a closed list of words; changing it cross-fades (see Cue.blend)."""
    return field(WordKind(doc=doc, default=default, words=words, shown=default))


def choice(default: str, words: tuple[str, ...], doc: str) -> Any:
    """One of a closed list of words, which does not change."""
    return field(ChoiceKind(doc=doc, default=default, words=words, shown=default))


def colour(default: str, doc: str) -> Any:
    """A colour of the palette or "#rrggbb", read as linear light."""
    return field(ColourKind(doc=doc, default=colour_of(default), shown=default))


tint = colour  # for models with a field called colour


def moment(doc: str) -> Any:
    """A moment of the beat ("it breaks at 4s", "40%"), kept as the same absolute time in later beats."""
    return field(MomentKind(doc=doc, shown="never"))


def pitches(default: str, doc: str) -> Any:
    """Several pitches, "D3 A3 F#4". The default is tuned to a tonic of D3."""
    hz = PitchesKind(doc=doc, default=()).read(default, Reading())
    return field(PitchesKind(doc=doc, default=hz, shown=default))


def pattern(doc: str) -> Any:
    """A rhythm of notes, see notation/rhythm.py."""
    return field(PatternKind(doc=doc, default=SILENT, shown=""))


def text(default: str, doc: str, longest: int = 80, shape: str = "", shape_words: str = "") -> Any:
    """One printable line."""
    kind = TextKind(doc=doc, default=default, longest=longest, shape=shape, shape_words=shape_words)
    return field(kind)


def lasting(default: float, low: float, high: float, doc: str) -> Any:
    """A duration that a beat or a score is given, as Duration."""
    return field(DurationKind(doc=doc, default=Duration(default), low=low, high=high))


def switch(doc: str) -> Any:
    """True or false, false when not said."""
    return field(SwitchKind(doc=doc, default=False, shown=False))


def whole(default: int, low: int, high: int, doc: str) -> Any:
    """A whole number."""
    return field(WholeKind(doc=doc, default=default, low=low, high=high, shown=default))
