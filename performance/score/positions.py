"""Where things stand in a valid TOML text: path -> line and column of key and value.

`tomllib` reads values but forgets their places. This scan walks the same text once more, only when there is
something to report, and only over text that tomllib has accepted (TOML 1.0, https://toml.io/en/v1.0.0).
A path is a tuple such as ("beat", 3, "stage", "spotlight", "width").
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRINGS = (  # the longer quotes first
    ('"""', re.compile(r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})', re.S)),
    ("'''", re.compile(r"'''.*?'''(?:'{0,2})", re.S)),
    ('"', re.compile(r'"(?:[^"\\]|\\.)*"')),
    ("'", re.compile(r"'[^']*'")),
)
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")
_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")


class Lines:
    """Offsets of a text as line and column, both counted from 1 in characters."""

    def __init__(self, source: str) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", source))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character of the text."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


class Positions:
    """Offsets of all keys and values of a valid TOML text."""

    def __init__(self, source: str) -> None:
        self.source = source.replace("\r\n", "\n")  # as tomllib does
        self.lines = Lines(self.source)
        self.keys: dict[Path, int] = {}
        self.values: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}  # of the tables in each array of tables
        self._scan()

    def key(self, path: Path) -> tuple[int, int]:
        """Line and column of the key, or of the nearest table around it that is written."""
        while path and path not in self.keys and path not in self.values:
            path = path[:-1]
        return self.lines.place(self.keys.get(path, self.values.get(path, 0)))

    def value(self, path: Path, offset: int = 0) -> tuple[int, int]:
        """Line and column of the value; `offset` counts characters inside a one-line text."""
        if path not in self.values:
            return self.key(path)
        start = self.values[path]
        quote = self.source[start : start + 1]
        match = (
            _STRINGS[2][1].match(self.source, start)
            if quote == '"'
            else _STRINGS[3][1].match(self.source, start)
        )
        plain = match is not None and len(match[0]) > 2 and "\\" not in match[0]
        return self.lines.place(start + (1 + offset if plain else 0))

    def _scan(self) -> None:
        table: Path = ()
        i = self._blank(0)
        while i < len(self.source):
            if self.source.startswith("[[", i):
                parts, end = self._key(i + 2)
                path = self._resolve((), parts, array=True)
                self._counts[path] = self._counts.get(path, 0) + 1
                table = (*path, self._counts[path] - 1)
                self.values[table] = i
                i = self._blank(end + 2)
            elif self.source[i] == "[":
                parts, end = self._key(i + 1)
                table = self._resolve((), parts)
                self.values.setdefault(table, i)
                i = self._blank(end + 1)
            else:
                i = self._blank(self._pair(i, table))

    def _pair(self, i: int, table: Path) -> int:
        """`key = value` at `i`; the offset behind it."""
        parts, i = self._key(i)
        return self._value(self._space(i + 1), self._resolve(table, parts))

    def _key(self, i: int) -> tuple[list[tuple[str, int]], int]:
        """A dotted key: its parts with their offsets, and the offset behind it and its spaces."""
        parts = []
        while True:
            i = self._space(i)
            match = next(
                (pattern.match(self.source, i) for quote, pattern in _STRINGS[2:] if self.source[i] == quote),
                None,
            )
            bare = match or _BARE.match(self.source, i)
            assert bare is not None
            parts.append((tomllib.loads(f"k={bare[0]}")["k"] if match else bare[0], i))
            i = self._space(bare.end())
            if self.source[i : i + 1] != ".":
                return parts, i
            i += 1

    def _resolve(self, base: Path, parts: list[tuple[str, int]], array: bool = False) -> Path:
        """The full path of a key; within an array of tables the latest table is meant."""
        path = base
        for n, (part, offset) in enumerate(parts):
            path = (*path, part)
            self.keys.setdefault(path, offset)
            if path in self._counts and not (array and n == len(parts) - 1):
                path = (*path, self._counts[path] - 1)
        return path

    def _value(self, i: int, path: Path) -> int:
        """Any value at `i`; the offset behind it."""
        self.values[path] = i
        if self.source[i] == "[":
            return self._array(i + 1, path)
        if self.source[i] == "{":
            i = self._blank(i + 1)
            while self.source[i] != "}":
                i = self._blank(i + 1) if self.source[i] == "," else self._blank(self._pair(i, path))
            return i + 1
        for quote, pattern in (*_STRINGS, ("", _SCALAR)):
            if self.source.startswith(quote, i):
                match = pattern.match(self.source, i)
                assert match is not None
                return match.end()
        raise AssertionError("every value matches")

    def _array(self, i: int, path: Path) -> int:
        n = 0
        i = self._blank(i)
        while self.source[i] != "]":
            if self.source[i] == ",":
                i = self._blank(i + 1)
                continue
            i = self._blank(self._value(i, (*path, n)))
            n += 1
        return i + 1

    def _space(self, i: int) -> int:
        match = _SPACE.match(self.source, i)
        return match.end() if match else i

    def _blank(self, i: int) -> int:
        match = _BLANK.match(self.source, i)
        return match.end() if match else i
