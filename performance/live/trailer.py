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
    """Passages that last `seconds` together, or as long as there is something, from all beats in order."""
    beats = [(timeline, beat) for timeline in timelines for beat in timeline.beats]
    most = max(1, int(seconds / SHORTEST))
    if len(beats) > most:
        beats = [beats[i * len(beats) // most] for i in range(most)]
    share = _share([beat.length for _, beat in beats], seconds)
    passages = []
    for timeline, beat in beats:
        length = min(beat.length, share)
        a = min(max(beat.start + INTO * beat.length - length / 2, beat.start), beat.end - length)
        passages.append(Passage(timeline, a, a + length, FADE))
    return passages


def _share(lengths: list[float], seconds: float) -> float:
    """What each may take of `seconds`, where some want less."""
    left = seconds
    for number, length in enumerate(sorted(lengths)):
        share = left / (len(lengths) - number)
        if length >= share:
            return share
        left -= length
    return max(lengths)
