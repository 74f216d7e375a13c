"""Every key and value of any TOML text is found where it stands."""

from __future__ import annotations

import random
import tomllib
from typing import Any

from performance.score.positions import Lines, Path, Positions

TEXT = '''# a comment with [[brackets]] and "quotes"
title = "A # B"   # not the end
list = [1, [2, "x, ]"], { k = 'v' }, # mid
  4,
]
a.b."c d".e = 0x1F
when = 1979-05-27 07:32:00Z
long = """
two "lines" \\""" here"""
raw = \'\'\'it's ] } , #\'\'\'

[table]
inner = { x = 1, y = { z = "deep" }, "q=r" = true }

[[beat]]
id = "one"
stage.spotlight = { level = "0 -> 1", width = 0.2 }
[beat.sound.struck]
play = "d5 ~"

[[beat]]
id = 'two'
stage.spotlight.level = 1
'''


def leaves(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [leaf for i, inner in enumerate(value) for leaf in leaves(inner, (*path, i))]
    return [(path, value)]


def agree(text: str) -> None:
    """Cutting the text at each found value and reading from there gives that value again."""
    positions = Positions(text)
    for path, value in leaves(tomllib.loads(text)):
        start = positions.values[path]
        rest = positions.source[start:]
        for end in range(1, len(rest) + 1):
            try:
                read = tomllib.loads("k = " + rest[:end])["k"]
            except tomllib.TOMLDecodeError:
                continue
            if read == value:
                break
        else:
            raise AssertionError(f"{path} is not {value!r} at {start}")
        last = path[-1]
        if isinstance(last, str):
            at = positions.source[positions.keys[path] :]
            assert at.startswith((last, f'"{last}"')), path


def test_all_values_and_keys_of_a_text_with_everything() -> None:
    agree(TEXT)
    agree(TEXT.replace("\n", "\r\n"))


def test_places_count_lines_and_columns_from_one() -> None:
    positions = Positions(TEXT)
    assert positions.key(("title",)) == (2, 1)
    assert positions.value(("title",)) == (2, 10)  # inside its quotes
    line = TEXT.splitlines().index('stage.spotlight = { level = "0 -> 1", width = 0.2 }') + 1
    assert positions.key(("beat", 0, "stage", "spotlight", "width")) == (line, 39)
    assert positions.value(("beat", 0, "stage", "spotlight", "level"), 5) == (line, 35)


def test_what_is_not_written_is_placed_at_its_table() -> None:
    positions = Positions(TEXT)
    assert positions.key(("beat", 1, "length")) == positions.key(("beat", 1))
    assert positions.value(("nothing",)) == (1, 1)


def test_offsets_become_lines_and_columns() -> None:
    lines = Lines("ab\n\ncd\n")
    assert [lines.place(offset) for offset in range(8)] == [
        (1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2), (3, 3), (4, 1),
    ]  # fmt: skip


def test_random_tables() -> None:
    rng = random.Random(14)

    def value(depth: int = 0) -> str:
        kind = rng.randint(0, 7 if depth < 3 else 4)
        if kind == 5:
            return (
                "["
                + rng.choice(["", "\n "]).join(value(depth + 1) + "," for _ in range(rng.randint(0, 3)))
                + "]"
            )
        if kind >= 6:
            return "{" + ", ".join(f"k{i} = {value(depth + 1)}" for i in range(rng.randint(0, 3))) + "}"
        return rng.choice(["1", "-2.5e3", "true", '"a \\" # b"', "'c ] }'", "inf", "1979-05-27", "07:32:00"])

    for _ in range(60):
        agree(
            "".join(
                f"key{i}{rng.choice(['', ' '])}={rng.choice(['', '  '])}{value()} # {i}\n" for i in range(5)
            )
        )
