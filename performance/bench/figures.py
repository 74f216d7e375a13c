"""What measurements have in common: who is told of them, and how they are summed up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from performance.house import CHECKOUT

Told = Callable[[str], None]
Figures = dict[str, Any]
QUIET: Figures = {"text": True, "cwd": CHECKOUT}  # how a process is started that is measured


def share(values: list[float], part: float) -> float:
    """What `part` (0..1) of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, round(part * (len(values) - 1)))]


def rounded(value: float) -> float:
    return round(value, 2)
