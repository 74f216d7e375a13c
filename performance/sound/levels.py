"""The one gain that brings a score to -23 LUFS: measured once, kept in the user's cache folder.

The shipped scores bring their figures along in loudness.json.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from performance.sound.loudness import QUIETEST_LUFS, measure_loudness

if TYPE_CHECKING:
    from performance.score.model import Score
    from performance.timeline import Timeline

TARGET_LUFS = -23.0
MOST_GAIN_DB = 24.0


def gain_to_target(lufs: float) -> float:
    """The factor that brings a loudness to the target, within reason."""
    if lufs < QUIETEST_LUFS:
        return 1.0
    return float(10 ** (min(TARGET_LUFS - lufs, MOST_GAIN_DB) / 20))


def fingerprint(score: Score) -> str:
    """A name for exactly this score, whatever its seed."""
    return hashlib.blake2b(_canonical(score).encode(), digest_size=12).hexdigest()


def _canonical(value: object) -> str:
    if is_dataclass(value):
        parts = ",".join(
            f"{field.name}={_canonical(getattr(value, field.name))}"
            for field in fields(value)
            if field.name != "seed"
        )
        return f"{type(value).__name__}({parts})"
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_canonical(part)}" for key, part in sorted(value.items())) + "}"
    if isinstance(value, (tuple, list)):
        return "[" + ",".join(_canonical(part) for part in value) + "]"
    if callable(value):
        return str(getattr(value, "__qualname__", type(value).__name__))
    return repr(value)


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
    """LUFS of a score that was measured before or shipped with its figure; None if it is new."""
    name = fingerprint(score)
    shipped = json.loads(resources.files(__package__).joinpath("loudness.json").read_text())
    for figures in (_kept(), shipped):
        if isinstance(figures.get(name), (int, float)):
            return float(figures[name])
    return None


def _kept() -> dict[str, float]:
    try:
        kept = json.loads((cache_folder() / "loudness.json").read_text())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def keep_loudness(score: Score, lufs: float) -> None:
    """Remember a measured figure; a folder that cannot be written is no reason to stop."""
    figures = {**_kept(), fingerprint(score): round(lufs, 2)}
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
        (cache_folder() / "loudness.json").write_text(json.dumps(figures))
    except OSError:
        return


def gain_of(timeline: Timeline, progress: Callable[[float], None] | None = None) -> float:
    """The gain that brings a piece to -23 LUFS, measured now if nobody has before (about a twentieth of its length)."""
    lufs = known_loudness(timeline.score)
    if lufs is None:
        lufs = measure_loudness(timeline, progress)
        keep_loudness(timeline.score, lufs)
    return gain_to_target(lufs)
