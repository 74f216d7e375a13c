"""What was read of somebody on stage before, kept for the next frame as long as the piece is the same."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from performance.stage.moves import Known
from performance.timeline import Timeline

_kept: WeakKeyDictionary[Timeline, dict[str, Known]] = WeakKeyDictionary()


def known_of(timeline: Timeline, whose: str) -> Known:
    """What is known of them: nothing, once the score is another or a visitor has done something."""
    mark, kept = (len(timeline.gestures), timeline.gestures.newest), _kept.setdefault(timeline, {})
    known = kept.get(whose)
    if known is None or known.mark[0] is not timeline.score or known.mark[1:] != mark:
        known = kept[whose] = Known(timeline.score, *mark)
    return known
