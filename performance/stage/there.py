"""What may be on stage in a beat: all but what is dark from its beginning to its end. Nothing else is asked for."""

from __future__ import annotations

from performance.causes.perbeat import PerBeat
from performance.score.things import THINGS
from performance.timeline import BeatSpan, Timeline


def _lit(timeline: Timeline, span: BeatSpan) -> frozenset[str]:
    cues = {name: timeline.cue(f"stage.{name}", span.start) for name in THINGS}
    return frozenset(
        name for name, cue in cues.items() if cue.number("level") > 0.0 or not cue.rests("level")
    )


_there = PerBeat(_lit)


def there(timeline: Timeline, t: float) -> frozenset[str]:
    """Names of what may be seen in the beat at t."""
    return _there(timeline, timeline.beat_at(t))
