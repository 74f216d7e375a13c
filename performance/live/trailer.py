"""A minute of everything, for a machine without a display: a few seconds of each beat, as a video."""

from __future__ import annotations

from collections.abc import Sequence

from performance.output.film import Passage
from performance.timeline import Timeline

SECONDS = 60.0
SHORTEST = 2.0  # seconds of a beat: more beats than that leaves room for are passed over
FADE = 0.35
INTO = 0.55  # of a beat: where the passage has its middle, when what the beat tells has come about


def trailer(timelines: Sequence[Timeline], seconds: float = SECONDS) -> list[Passage]:
    """Passages that last `seconds` together, taken evenly from all beats, in order."""
    beats = [(timeline, beat) for timeline in timelines for beat in timeline.beats]
    most = max(1, int(seconds / SHORTEST))
    if len(beats) > most:
        beats = [beats[i * len(beats) // most] for i in range(most)]
    spans, left = [], seconds
    for number, (timeline, beat) in enumerate(beats):
        length = min(beat.length, left / (len(beats) - number))
        a = round(min(max(beat.start + INTO * beat.length - length / 2, beat.start), beat.end - length), 1)
        spans.append((timeline, a, length))
        left -= length
    return [Passage(timeline, a, a + length, FADE) for timeline, a, length in _lengthened(spans, left)]


def _lengthened(
    spans: list[tuple[Timeline, float, float]], left: float
) -> list[tuple[Timeline, float, float]]:
    """Short beats leave something over: longer ones take it, as far as their piece goes on."""
    full = []
    for timeline, a, length in spans:
        more = min(left, max(0.0, timeline.length - a - length)) if left > 1e-6 else 0.0
        full.append((timeline, a, length + more))
        left -= more
    return full
