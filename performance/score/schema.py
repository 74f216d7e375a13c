"""The JSON Schema of a score, made from the models, so that an editor completes and underlines as one writes.

    python -m performance.score.schema      writes scores/score.schema.json

Draft 07, which Even Better TOML and its kin understand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from performance.score.catalogue import SIDES
from performance.score.kinds.kind import Schema
from performance.score.model import BeatHeading, Heading, Written
from performance.score.reader import MOST_BEATS, MOTIF_KIND, MOTIF_NAME, MOTIFS

SCHEMA_FILE = Path(__file__).parents[2] / "scores" / "score.schema.json"


def described(model: type[Written]) -> Schema:
    """One table: its meaning and its keys."""
    doc = (model.__doc__ or "").strip().splitlines()
    properties = {name: _kind(kind) for name, kind in model.kinds.items()}
    return {
        "type": "object",
        "description": doc[0] if doc else "",
        "additionalProperties": False,
        "properties": properties,
    }


def _kind(kind: Any) -> Schema:
    schema: Schema = {}
    kind(schema)
    return schema


def score_schema() -> Schema:
    """The whole schema."""
    beat = described(BeatHeading)
    definitions: Schema = {}
    for side, models in SIDES.items():
        for name, model in models.items():
            definitions[f"{side}.{name}"] = described(model)
        beat["properties"][side] = {
            "type": "object",
            "description": {"stage": "what there is to see", "sound": "what there is to hear"}[side],
            "additionalProperties": False,
            "properties": {name: {"$ref": f"#/definitions/{side}.{name}"} for name in models},
        }
    beat["required"] = ["id"]
    definitions["beat"] = beat
    score = described(Heading)
    score["properties"]["beat"] = {
        "type": "array",
        "description": "the narrative beats, one after another; what a beat does not name carries on",
        "minItems": 1,
        "maxItems": MOST_BEATS,
        "items": {"$ref": "#/definitions/beat"},
    }
    motif: Schema = {}
    MOTIF_KIND(motif)
    score["properties"][MOTIFS] = {
        "type": "object",
        "description": "motifs by name, which the piece remembers; they stand before the first beat",
        "additionalProperties": False,
        "patternProperties": {f"^{MOTIF_NAME}$": motif},
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A score of Unrehearsed",
        **score,
        "required": ["beat"],
        "definitions": definitions,
    }


def schema_text() -> str:
    """The schema as it is kept in the file."""
    return json.dumps(score_schema(), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the schema's file anew."""
    SCHEMA_FILE.parent.mkdir(exist_ok=True)
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
    print(f"written: {SCHEMA_FILE}")


if __name__ == "__main__":
    main()
