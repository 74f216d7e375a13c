"""A score's text as TOML, cut into sheets where it must be, so that a slip of the pen spoils one beat only.

A text that is TOML is one sheet. One that is not is cut before every [[beat]] line, and each piece is read on
its own: every piece with a slip gives a fault, the others play. A text over 256 KiB or with a line over 500
characters is refused before parsing: a dotted key of 60 kB costs tomllib gigabytes.
"""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from typing import Any

from performance.score.faults import MOST_FAULTS, BrokenScore, Fault, TooManyFaults
from performance.score.positions import Lines, Path, Positions

MOST_BYTES = 256 * 1024
LONGEST_LINE = 500
_BEAT_LINE = re.compile(r"^[ \t]*\[\[[ \t]*beat[ \t]*\]\]", re.M)
_ID_LINE = re.compile(r"""^[ \t]*id[ \t]*=[ \t]*["']([a-z0-9-]+)["']""", re.M)
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def decode(raw: bytes, name: str) -> str:
    """Bytes as UTF-8 text; BrokenScore with the place of the first byte that is none."""
    if len(raw) > MOST_BYTES:
        raise BrokenScore([Fault(name, 1, 1, f"{len(raw)} bytes, at most {MOST_BYTES} (256 KiB)")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8-sig", "replace")
        line, column = Lines(good).place(len(good))
        fault = Fault(name, line, column, f"byte 0x{raw[error.start]:02x} is not UTF-8 text")
        raise BrokenScore([fault]) from None


class Sheet:
    """A piece of the text that is TOML by itself; `above` counts the lines before it."""

    def __init__(self, source: str, above: int = 0) -> None:
        self.source = source
        self.above = above
        self._positions: Positions | None = None

    def place(self, path: Path, offset: int | None) -> tuple[int, int]:
        """Line and column of a value (`offset` counts inside a text), or of a key where offset is None."""
        if self._positions is None:
            self._positions = Positions(self.source)
        at = self._positions
        line, column = at.key(path) if offset is None else at.value(path, offset)
        return line + self.above, column


class Sheets:
    """A text as read: `heading` and `beats` are tables, or None where the text is not TOML."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.heading: dict[str, Any] | None = None
        self.beats: list[Any] = []
        self.ids: dict[int, str] = {}  # of beats that are not TOML, as far as they can be told
        self._sheets: list[Sheet] = []
        if self._too_large(text):
            return
        text = text.replace("\r\n", "\n")  # as tomllib does
        data = self._toml(text, 0)
        if data is None:
            self._cut(text)
            return
        self._sheets = [Sheet(text)]
        beats = data.pop("beat", None)
        self.heading = data
        if isinstance(beats, list) and beats and all(isinstance(beat, dict) for beat in beats):
            self.beats = beats
        else:
            self.fault(("beat",), "a score needs beats, each written under a line [[beat]]")

    def fault(self, path: Path, message: str, offset: int | None = None) -> None:
        """Note a fault at a value (`offset` counts inside a text), or at a key where offset is None."""
        sheet = self._sheets[0]
        if len(self._sheets) > 1 and len(path) > 1 and path[0] == "beat" and isinstance(path[1], int):
            sheet = self._sheets[1 + path[1]]
            path = ("beat", 0, *path[2:])
        self.faults.append(Fault(self.name, *sheet.place(path, offset), message))
        if len(self.faults) >= MOST_FAULTS:
            raise TooManyFaults

    def _too_large(self, text: str) -> bool:
        size = len(text.encode("utf-8", "replace"))
        if size > MOST_BYTES:
            self.faults.append(Fault(self.name, 1, 1, f"{size} bytes, at most {MOST_BYTES} (256 KiB)"))
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > LONGEST_LINE:
                said = f"a line of {len(line)} characters, at most {LONGEST_LINE}"
                self.faults.append(Fault(self.name, number, LONGEST_LINE + 1, said))
        self.faults = self.faults[:MOST_FAULTS]
        return bool(self.faults)

    def _toml(self, text: str, above: int) -> dict[str, Any] | None:
        """A piece of text as tomllib reads it, or None and a fault."""
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            said = str(error)
        except RecursionError:
            said = "brackets within brackets, too deep to read (at line 1, column 1)"
        match = _PLACE.search(said)
        place = Lines(text).place(max(len(text.rstrip()), 0))
        if match and match[1]:
            place = int(match[1]), int(match[2])
        message = said[: match.start()] if match else said
        self.faults.append(Fault(self.name, place[0] + above, place[1], f"not TOML: {message}"))
        return None

    def _cut(self, text: str) -> None:
        """Read piece by piece a text that is not TOML as a whole."""
        whole, self.faults = self.faults, []
        cuts = [0, *(match.start() for match in _BEAT_LINE.finditer(text)), len(text)]
        for i, (start, end) in enumerate(pairwise(cuts)):
            piece, above = text[start:end], text.count("\n", 0, start)
            data = self._toml(piece, above)
            self._sheets.append(Sheet(piece if data is not None else "", above))
            if i == 0:
                self.heading = data
                continue
            beats = data.get("beat") if data else None
            self.beats.append(beats[0] if isinstance(beats, list) and len(beats) == 1 else None)
            if self.beats[-1] is None and (found := _ID_LINE.search(piece)):
                self.ids[i - 1] = found[1]
        if not self.faults:  # each piece is TOML, only not together
            self.faults, self.heading, self.beats = whole, None, []
