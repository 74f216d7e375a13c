"""The one gain that brings a score to -23 LUFS: measured once, kept in the user's cache folder.

The shipped scores bring their figures along in loudness.json, by title, which an edited score keeps: so a piece always
starts at once at about the right level. `python -m performance.sound.levels SCORE...` measures and writes them.
"""

from __future__ import annotations

import performance.sound.threads  # noqa: F401  # before numpy

# isort: split
import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from performance.score.model import Score
from performance.score.reader import read_score
from performance.sound.loudness import QUIETEST_LUFS, measure_loudness
from performance.timeline import Timeline

TARGET_LUFS = -23.0
MOST_GAIN_DB = 24.0
ACTED = (
    "stage.ghost",
    "stage.ice",
    "stage.mirrors",
)  # what of the stage is heard too: strokes, touches, the break
UNHEARD = ("seed", "surtitle")
LIKELY_LUFS = -22.0  # of a score that nobody has measured
SHIPPED = Path(__file__).with_name("loudness.json")


def gain_to_target(lufs: float) -> float:
    """The factor that brings a loudness to the target, within reason."""
    if lufs < QUIETEST_LUFS:
        return 1.0
    return float(10 ** (min(TARGET_LUFS - lufs, MOST_GAIN_DB) / 20))


def fingerprint(score: Score) -> str:
    """A name for what can be heard of exactly this score, whatever its seed: only light may change."""
    return hashlib.blake2b(_canonical(score).encode(), digest_size=12).hexdigest()


def _canonical(value: object) -> str:
    if is_dataclass(value):
        parts = ",".join(
            f"{field.name}={_canonical(getattr(value, field.name))}"
            for field in fields(value)
            if field.name not in UNHEARD and getattr(value, field.name) != {}
        )
        return f"{type(value).__name__}({parts})"
    if isinstance(value, Mapping):
        heard = sorted(item for item in value.items() if _heard(item[0]))
        return "{" + ",".join(f"{key}:{_canonical(part)}" for key, part in heard) + "}"
    if isinstance(value, (tuple, list)):
        return "[" + ",".join(_canonical(part) for part in value) + "]"
    if callable(value):
        return str(getattr(value, "__qualname__", type(value).__name__))
    return repr(value)


def _heard(key: str) -> bool:
    return not key.startswith("stage.") or key in ACTED


def cache_folder() -> Path:
    """Where measured figures are kept on this system."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "unrehearsed"


def known_loudness(score: Score) -> float | None:
    """LUFS of exactly this score, measured here before or shipped; None if it is new or edited."""
    name = fingerprint(score)
    figure = _shipped().get(score.title)
    if figure is not None and figure["score"] == name:
        return float(figure["lufs"])
    measured = _kept().get(name)
    return float(measured) if isinstance(measured, (int, float)) else None


def likely_loudness(score: Score) -> float:
    """LUFS of this score or of what it was before it was edited, else of scores as they are."""
    known = known_loudness(score)
    if known is None:
        known = float(_shipped().get(score.title, {}).get("lufs", LIKELY_LUFS))
    return known


def _shipped() -> dict[str, Any]:
    figures: dict[str, Any] = json.loads(SHIPPED.read_text())
    return figures


def _kept() -> dict[str, float]:
    try:
        kept = json.loads((cache_folder() / "loudness.json").read_text())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def keep_loudness(score: Score, lufs: float) -> None:
    """Remember a measured figure; a folder that cannot be written is no reason to stop."""
    figures = {**_kept(), fingerprint(score): lufs}
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
        (cache_folder() / "loudness.json").write_text(json.dumps(figures))
    except OSError:
        return


def gain_at_once(timeline: Timeline) -> float:
    """The gain for a live start: known or likely, never measured."""
    return gain_to_target(likely_loudness(timeline.score))


def gain_of(timeline: Timeline, progress: Callable[[float], None] | None = None) -> float:
    """The gain that brings a piece to -23 LUFS, measured now if nobody has before (a tenth of its length or less)."""
    lufs = known_loudness(timeline.score)
    if lufs is None:
        lufs = round(
            measure_loudness(timeline, progress), 2
        )  # as it is kept: the next run is the same to the bit
        keep_loudness(timeline.score, lufs)
    return gain_to_target(lufs)


def main(paths: list[str]) -> None:
    """Measure the given scores and write their figures into the shipped file."""
    figures = _shipped()
    for path in paths:
        timeline = Timeline(read_score(Path(path)))
        lufs = round(measure_loudness(timeline), 2)
        figures[timeline.score.title] = {"lufs": lufs, "score": fingerprint(timeline.score)}
        print(f"{path}: {lufs} LUFS")
    SHIPPED.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
