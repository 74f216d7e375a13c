"""What all kinds of parameter share, and the words their faults are told in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from performance.units import Duration, Tuning, duration

Schema = dict[str, Any]
LONGEST_SHOWN = 60  # characters of a faulty value that a message repeats


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text needs to be read: the score's tuning, counts a minute and counts a bar."""

    tuning: Tuning = Tuning()
    tempo: float = 60.0
    metre: float = 4.0

    def duration(self, text: str) -> Duration:
        """A written duration in seconds; Unreadable if it is none."""
        return duration(text, self.tempo, self.metre)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One parameter: its meaning, its value when never named, and the one implied by naming its table."""

    doc: str
    default: Any
    implied: Any = None
    shown: Any = None  # the default as a score would write it

    def read(self, value: object, reading: Reading) -> Any:
        """The setting that is written as `value`; Unreadable if it is none."""
        raise NotImplementedError

    def schema(self) -> Schema:
        """What an editor may accept."""
        raise NotImplementedError

    def hint(self) -> str:
        """What an editor shows behind the meaning."""
        return ""

    def __call__(self, schema: Schema) -> None:
        """Describe the parameter in the JSON Schema (pydantic's json_schema_extra)."""
        schema.clear()
        schema.update({"description": self.doc + self.hint()} | self.schema())
        if self.shown is not None:
            schema["default"] = self.shown


def nearest(word: str, words: Iterable[str]) -> str:
    """', perhaps "..."' when one of the words is near, else nothing."""
    close = get_close_matches(word, list(words), 1, 0.6)
    return f', perhaps "{close[0]}"' if close else ""


def found(value: object) -> str:
    """A TOML value as an error shows it, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 3] + "..."
