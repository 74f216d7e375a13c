"""The schema for editors is current, and accepts what the reader accepts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from performance.score.catalogue import MODELS
from performance.score.kinds.fixed import DurationKind, MomentKind, PitchesKind
from performance.score.kinds.kind import Kind, Reading
from performance.score.kinds.moving import ColourKind, NumberKind, StepKind, WordKind
from performance.score.model import BeatHeading, Heading
from performance.score.schema import SCHEMA_FILE, schema_text, score_schema
from performance.units import Unreadable

ALL = {"": Heading, "beat": BeatHeading} | dict(MODELS)
KINDS = [(path, name, kind) for path, model in ALL.items() for name, kind in model.kinds.items()]


def accepts(schema: dict[str, Any], value: Any) -> bool:
    """The part of JSON Schema that our parameters use."""
    if "anyOf" in schema:
        return any(accepts(one, value) for one in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    if "const" in schema:
        return bool(value == schema["const"])
    if schema["type"] == "string":
        fits = isinstance(value, str) and len(value) <= schema.get("maxLength", 500)
        return fits and re.search(schema.get("pattern", ""), value) is not None
    if schema["type"] == "boolean":
        return isinstance(value, bool)
    low, high = schema.get("minimum", -1e99), schema.get("maximum", 1e99)
    return isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high


def written(kind: Kind) -> list[Any]:
    """Things a score may well write for a parameter."""
    if isinstance(kind, StepKind):
        return [kind.low, f"{kind.high:g} {kind.unit}"]
    if isinstance(kind, NumberKind):
        low, high = f"{kind.low:.6f}", f"{kind.high:.6f}"
        more = ["-> D4 over 2s", "f#4"] if kind.unit == "Hz" and kind.low < 290 < 370 < kind.high else []
        return [
            kind.low,
            kind.high,
            low,
            f"{low} -> {high} ease-in",
            f"-> {low}",
            f"{low} <> {high} every 5s",
            *more,
        ]
    if isinstance(kind, WordKind) and "just" not in kind.words:
        return [kind.words[0], f"{kind.words[0]} -> {kind.words[-1]} over 3s", f"-> {kind.words[0]}"]
    if isinstance(kind, ColourKind):
        return ["gold", "#12abEF", "white -> gold over 6s", "-> hope", "#000000 <> ice", "gold over 9s"]
    if isinstance(kind, MomentKind):
        return [0, 4.5, "4s", "40%", "2 bars", "never"]
    if isinstance(kind, DurationKind):
        return [kind.low, f"{kind.high:g}s", "1min"] if kind.low <= 60 <= kind.high else [kind.low]
    if isinstance(kind, PitchesKind):
        return ["", "D3 A3 F#4", "3/2 220Hz d5-20c Bb2"]
    return []


def test_the_schema_file_is_current() -> None:
    current = SCHEMA_FILE.read_text(encoding="utf-8") if SCHEMA_FILE.exists() else ""
    assert current == schema_text(), "write it anew with: python -m performance.score.schema"


def test_the_schema_is_closed_json() -> None:
    schema = json.loads(schema_text())
    assert schema["additionalProperties"] is False
    references = set(re.findall(r'"\$ref": "#/definitions/([^"]+)"', json.dumps(schema)))
    assert references == set(schema["definitions"])
    assert set(MODELS) == references - {"beat"}


@pytest.mark.parametrize(("path", "name", "kind"), KINDS, ids=[f"{path}.{name}" for path, name, _ in KINDS])
def test_editors_and_reader_agree_on_what_is_good(path: str, name: str, kind: Kind) -> None:
    schema: dict[str, Any] = {}
    kind(schema)
    assert schema["description"]
    for value in written(kind):
        kind.read(value, Reading())
        assert accepts(schema, value), value
    if kind.shown is not None:
        assert accepts(schema, kind.shown)
        kind.read(kind.shown, Reading())


@pytest.mark.parametrize(("path", "name", "kind"), KINDS, ids=[f"{path}.{name}" for path, name, _ in KINDS])
def test_neither_takes_what_is_bad(path: str, name: str, kind: Kind) -> None:
    schema: dict[str, Any] = {}
    kind(schema)
    for value in (None, [], {}, -1e9, "\u0000", "?!", float("inf"), float("nan")):
        if isinstance(value, str) and "pattern" not in json.dumps(schema) and "enum" not in schema:
            continue  # rhythms and free lines are the reader's alone
        assert not accepts(schema, value), value
        with pytest.raises(Unreadable):
            kind.read(value, Reading())


def test_every_table_says_what_it_is() -> None:
    definitions = score_schema()["definitions"]
    assert all(definitions[path]["description"] for path in MODELS)
    assert all(
        model.__doc__ is not None and model.model_validate({}).settings() == {} for model in MODELS.values()
    )
