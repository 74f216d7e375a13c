"""The air of the house: thin haze that drifts and thickens towards one height, so that depth can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from performance.timeline import Cue


@dataclass(frozen=True, slots=True)
class Haze:
    """Level is its light (linear, 0.02 is plenty); height its thickest v; spread in picture heights."""

    level: float
    colour: tuple[float, float, float]
    height: float
    spread: float
    drift: float


def haze_at(cue: Cue) -> Haze:
    """The haze a cue asks for."""
    return Haze(
        cue.number("level") * 0.1,
        cue.colour("colour"),
        cue.number("height"),
        cue.number("spread"),
        cue.number("drift"),
    )
