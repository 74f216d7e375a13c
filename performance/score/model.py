"""The written piece: Score, Beat, and the models of what a beat may set.

A thing to see (`stage.NAME`) and an instrument to hear (`sound.NAME`) is one small model each, in things/ and
instruments/, deriving from Thing, Instrument, Played or Held. The models only say what may be written; what is
seen and heard is made in stage/ and sound/ from the values that the Timeline gives.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from performance.score.example import Example
from performance.score.fields import (
    Number,
    Pitches,
    Word,
    choice,
    lasting,
    number,
    pattern,
    pitches,
    step,
    switch,
    text,
    whole,
)
from performance.score.kinds.kind import Kind, Reading
from performance.score.notation.figures import Tone
from performance.score.notation.rhythm import Rhythm
from performance.units import TUNINGS, Duration, Tuning, Unreadable

Settings = Mapping[str, Any]  # parameter name -> what its Kind read


class Written(BaseModel):
    """A table of a score. Every field is made by a maker of fields.py and read by its Kind."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, defer_build=True)
    kinds: ClassVar[Mapping[str, Kind]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.kinds = {
            name: info.json_schema_extra
            for name, info in cls.model_fields.items()
            if isinstance(info.json_schema_extra, Kind)
        }

    @field_validator("*", mode="plain")
    @classmethod
    def _read(cls, value: object, info: ValidationInfo) -> Any:
        assert info.field_name is not None
        reading = info.context if isinstance(info.context, Reading) else Reading()
        try:
            return cls.kinds[info.field_name].read(value, reading)
        except Unreadable as fault:
            said = {"said": str(fault), "offset": fault.offset}
            raise PydanticCustomError("unreadable", "{said}", said) from None

    def settings(self) -> dict[str, Any]:
        """What was written, by name."""
        return {name: getattr(self, name) for name in self.kinds if name in self.model_fields_set}


class Thing(Written):
    """Something to see. At level 0 it is absent and costs nothing.

    What is absent moves in the dark: values that a beat gives it hold at once, only its level fades in. A thing
    that is `always` there, as the camera is, fades whatever its level.
    """

    always: ClassVar[bool] = False

    level: Number = number(0.0, 0.0, 1.0, "how much of it is there; 1 once it is named", implied=1.0)


class Instrument(Written):
    """Something to hear. Where it is silent, values that a beat gives it hold at once."""

    always: ClassVar[bool] = False
    example: ClassVar[Example] = Example()  # how it is heard by itself; as a rule, naming it is enough

    gain_db: Number = number(-math.inf, -60.0, 12.0, "gain in decibels, -60 is silent", "dB", implied=0.0)
    pan: Number = number(0.0, -1.0, 1.0, "where its notes come from, -1 left to 1 right")
    spread: Number = number(0.0, 0.0, 1.0, "how far its notes scatter to both sides of that")
    distance: Number = number(1.0, 0.2, 20.0, "how far away it is; 1 is the pool of the spotlight")


class Played(Instrument):
    """An instrument that plays notes of a rhythm."""

    example: ClassVar[Example] = Example('play = "<d4 f#4 a4>*3 ~ . d5 a4", every = "2s"')

    play: Rhythm = pattern('notes of one cycle, such as "<d5 f#5 a5>*3 ~ . d6"; "" is nothing')
    every: Number = step(4.0, 0.25, 600.0, "how long one cycle lasts", "s")
    swing: Number = step(0.0, 0.0, 0.8, "how much every second step comes late, of a step")
    humanise: Number = step(0.0, 0.0, 0.5, "how unevenly it is played, seconds early or late at most", "s")


class Held(Instrument):
    """An instrument that holds a chord."""

    example: ClassVar[Example] = Example('chord = "D3 A3 F#4"')

    chord: Pitches = pitches("", 'the pitches it holds, such as "D3 A3 F#4"; "" is none')


class Heading(Written):
    """The head of a score."""

    title: str = text("Untitled", "the name of the piece", 60)
    note: str = text("", "anything worth remembering about the piece", 400)
    tonic: str = text(
        "D3",
        'the pitch that ratios and just intervals stand on, "D3"',
        4,
        "[A-G](#|b)?-?[0-9]",
        'a pitch such as "D3"',
    )
    tuning: Word = choice("just", TUNINGS, "how pitch names are tuned")
    tempo: Number = step(60.0, 10.0, 300.0, "counts a minute, for bars and counts")
    metre: Number = step(4.0, 1.0, 16.0, "counts in a bar")
    seed: int = whole(1, 0, 2**53 - 1, "another seed is another performance of the same score")


class BeatHeading(Written):
    """A beat without its stage and sound."""

    id: str = text(
        "",
        "the name that stays when the score is edited",
        40,
        "[a-z0-9]+(-[a-z0-9]+)*",
        'a name such as "liquid-gold"',
    )
    length: Duration = lasting(20.0, 0.5, 1800.0, 'how long it lasts, "26s" or "8 bars"')
    fade: Duration = lasting(2.0, 0.0, 120.0, "how long plain values take to get there")
    reset: bool = switch("true starts clean: what this beat does not name goes back to its default")
    say: str = text("", "the surtitle, one line", 90)
    say_at: Duration = lasting(1.0, 0.0, 1800.0, "when the surtitle comes")
    say_for: Duration = lasting(
        0.0, 0.5, 120.0, "how long the surtitle stays; at most 17 characters a second are read"
    )
    say_above: bool = switch(
        "true sets the surtitle above the stage, where something stands in its place below"
    )
    note: str = text("", "anything worth remembering about the beat", 400)


@dataclass(frozen=True, slots=True)
class Surtitle:
    """A line under the stage, or above it, from `at` seconds of its beat, for `lasts` seconds."""

    line: str
    at: float
    lasts: float
    above: bool = False


@dataclass(frozen=True, slots=True)
class Beat:
    """One narrative beat: what it sets, by "stage.NAME" or "sound.NAME" and parameter."""

    id: str
    length: float  # seconds
    fade: float
    reset: bool = False
    surtitle: Surtitle | None = None
    settings: Mapping[str, Settings] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """A whole piece as it is written."""

    title: str = "Untitled"
    tuning: Tuning = Tuning()
    tempo: float = 60.0
    metre: float = 4.0
    seed: int = 1
    beats: tuple[Beat, ...] = ()
    motifs: Mapping[str, tuple[Tone, ...]] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        """What reading a beat of this score needs."""
        return Reading(self.tuning, self.tempo, self.metre)

    @property
    def length(self) -> float:
        """Seconds from the first beat's start to the last one's end."""
        return sum(beat.length for beat in self.beats)
