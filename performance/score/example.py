"""A few seconds in which an instrument is heard by itself: what the demonstration plays, the bench weighs and the
tests listen to. It is written beside the instrument's parameters, in the words of a score."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """What a beat writes so that one instrument can be heard; `dense` is for as much of it as a score may ask."""

    sets: str = ""  # its own table: 'chord = "D3 A3", swell = "0 -> 1"'
    also: str = ""  # further lines: what of the stage it answers to
    dense: str = ""  # instead of `sets`, where the most that it can do is asked of it; "" is `sets`
    length: float = 6.0  # seconds

    def beat(self, name: str, length: float | None = None, dense: bool = False) -> str:
        """The lines of a beat in which the instrument `name` is heard from the start."""
        sets = (self.dense if dense else "") or self.sets
        table = f"{{ gain_db = 0, {sets} }}" if sets else "{ gain_db = 0 }"
        head = f'id = "{name}"\nlength = "{self.length if length is None else length:g}s"\nfade = "0s"'
        return "\n".join(
            line for line in ("[[beat]]", head, self.also, f"sound.{name} = {table}", "") if line
        )

    def score(self, name: str, length: float | None = None, dense: bool = False, more: str = "") -> str:
        """A score of that one beat; `more` are further lines of it."""
        return f'title = "{name}"\ntonic = "D3"\nseed = 11\ntempo = 54\n{self.beat(name, length, dense)}\n{more}\n'
