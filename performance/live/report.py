"""What an evening was like, in figures: frames lost, underruns, and how far apart sound and picture were."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from performance.live.sound import Sound

SETTLING = 1.0  # seconds after the first frame that do not count
MOST = 40  # places that are named
LOST = 0.050  # seconds between two flips from which a frame was lost


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame that was flipped: when, what moment it showed, what was heard just then (nan: nothing), and how finely
    it was painted (1: not thinned)."""

    instant: float
    t: float
    heard: float
    share: float = 1.0


class Report:
    """Hears of every frame; after `seconds` it asks the show to end."""

    def __init__(self, seconds: float = math.inf) -> None:
        self.seconds, self.frames = seconds, 0
        self.over: Callable[[], None] = _nothing
        self.began = 0.0
        self._last = 0.0
        self._gaps: list[float] = []
        self._lost: list[tuple[float, float]] = []  # where in the piece, and how long the gap was
        self._apart: list[float] = []
        self._heard_at, self._silence = 0.0, 0.0
        self._thinnest = 1.0

    def seen(self, frame: Seen) -> None:
        """One frame was flipped."""
        self.began = self.began or frame.instant
        self.frames += 1
        self._thinnest = min(self._thinnest, frame.share)
        if math.isfinite(self.seconds):
            self._measure(frame)
            if frame.instant - self.began >= self.seconds:
                self.over()

    def _measure(self, frame: Seen) -> None:
        if frame.instant - self.began > SETTLING:
            self._gaps.append(frame.instant - self._last)
            if self._gaps[-1] > LOST:
                self._lost.append((round(frame.t, 2), _ms(self._gaps[-1])))
            if math.isnan(frame.heard):
                self._silence = max(self._silence, frame.instant - max(self._heard_at, self.began))
            else:
                self._apart.append(frame.t - frame.heard)
        if not math.isnan(frame.heard):
            self._heard_at = frame.instant
        self._last = frame.instant

    def figures(self, sound: Sound, first_frame_at: float) -> dict[str, object]:
        """Milliseconds, counts and names."""
        heard = sound.heard
        return {
            "frames": self.frames,
            "fps": round(len(self._gaps) / max(sum(self._gaps), 1e-9), 2),
            "longest_gap_ms": _ms(max(self._gaps, default=0.0)),
            "frames_lost": len(self._lost),
            "where": self._lost[:MOST],
            "thinnest": self._thinnest,
            "picture_before_sound_ms": {
                "median": _ms(_share(self._apart, 0.5)),
                "least": _ms(min(self._apart, default=0.0)),
                "most": _ms(max(self._apart, default=0.0)),
            },
            "sound": sound.opened.name if sound.opened else "",
            "underruns": heard.underruns + sound.underruns - sound.early_underruns,
            "underruns_in_the_first_second": sound.early_underruns,
            "sound_load": round(heard.load, 3),
            "restarts": sound.restarts,
            "longest_silence_ms": _ms(self._silence),
            "first_frame_at": first_frame_at,
            "ended_at": time.perf_counter(),
        }


def _share(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))] if values else 0.0


def _ms(seconds: float) -> float:
    return round(seconds * 1000.0, 2)


def _nothing() -> None:
    return None
