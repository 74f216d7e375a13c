"""A lamp that fails in time with the heart: which beats it flashes at, and how much of it is lit.

What strobes may not hurt: beats that come sooner than REST after a flash are left out, so that at most two flashes
begin in any one second, whatever the heart does (three are allowed by WCAG 2.3.1).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from performance.causes.heart import heart_beats

if TYPE_CHECKING:
    from performance.timeline import Timeline

REST = 0.62  # seconds from one flash to the next, at least
HOLDS, FALLS = 0.10, 0.09  # seconds that it is lit, and that the filament glows after


def flashes(timeline: Timeline, t: float) -> list[float]:
    """The flashes of the beat at `t`, up to `t`."""
    found: list[float] = []
    for beat in heart_beats(timeline, timeline.beat_at(t).start, t + 1e-6):
        if not found or beat.first - found[-1] >= REST:
            found.append(beat.first)
    return found


def lit(timeline: Timeline, t: float) -> float:
    """0..1 of the lamp at t. Where no heart is heard it stays lit."""
    found = flashes(timeline, t)
    if not found:
        return 1.0
    age = t - found[-1]
    return 1.0 if age < HOLDS else math.exp(-(age - HOLDS) / FALLS)
