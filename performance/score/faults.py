"""What is wrong with a score, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its place, what was found, what would be accepted."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


MOST_FAULTS = 100


class TooManyFaults(Exception):
    """Reading stops: a text with so many faults is not being written by hand."""


class BrokenScore(ValueError):
    """A score that cannot be played; `faults` are all that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
