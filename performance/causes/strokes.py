"""Strokes on crystal, composed for a whole beat of the score: what is played when, before anything sounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Cue, Timeline


@dataclass(frozen=True, slots=True)
class Stroke:
    """One blow on a body: when, what, how and where. `which` addresses its small differences."""

    onset: float
    pitch_hz: float
    level: float
    which: int
    body: str = "glass"
    hardness: float = 0.5
    damping: float = 0.0
    ring: float = 1.0  # how much longer than the body's own it rings
    beat: float = 1.0  # how far its near pairs stand apart
    pan: float = 0.0
    distance: float = 1.0
    wet: float = 1.0
    lasts: float = 0.0  # seconds to -60 dB that it may ring at most; 0: as long as the body does


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a composer has on the desk: the score, a beat of it, and the values that hold at the end of the beat."""

    timeline: Timeline
    span: BeatSpan
    cue: Cue
    path: str

    @property
    def seed(self) -> int:
        return self.timeline.seed

    @property
    def tonic_hz(self) -> float:
        """The tonic in the octave that the instrument is asked to play in."""
        return float(self.timeline.score.tuning.tonic_hz * 2.0 ** round(self.cue.number("octave")))

    def heard(self, name: str) -> bool:
        """Whether a strength is above nothing at any of three looks at the beat."""
        at = (self.span.start + share * self.span.length for share in (0.02, 0.5, 0.98))
        return any(self.timeline.cue(self.path, t).number(name) > 0.0 for t in at)

    def moment(self, name: str, otherwise: float) -> float:
        """A moment of this beat; one that was set in an earlier beat is over."""
        asked = self.cue.moment(name)
        return asked if self.span.start <= asked < self.span.end else otherwise


def sheet(timeline: Timeline, path: str, span: BeatSpan) -> Sheet:
    """The sheet of the instrument at `path` for a beat."""
    return Sheet(timeline, span, timeline.cue(path, span.end - 1e-3), path)
