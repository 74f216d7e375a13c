"""`events`: what begins when, as a list to read."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from performance.commands import options
from performance.house import find_score

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Timeline

HELP = "list what begins when: time, beat, instrument, pitch, place"
MORE = "One line for each note, and for each gesture of the ghost performer, in order of time."


def add(parser: argparse.ArgumentParser) -> None:
    options.add_score(parser)
    options.add_span(parser)
    options.add_seed(parser)


def run(given: argparse.Namespace) -> int:
    from performance.causes.performer import gestures
    from performance.causes.written import GENERATORS
    from performance.live.programme import opened
    from performance.timeline import Timeline, describe

    timeline = Timeline(opened(find_score(given.score)), given.seed, generators=GENERATORS)
    a, b = options.span_of(timeline, given)
    events = timeline.events(a, b)
    lines = list(zip((event.onset for event in events), describe(events)))
    lines += [(gesture.t, _told(timeline, gesture)) for gesture in gestures(timeline, a, b)]
    for _, line in sorted(lines):
        print(line)
    return 0


def _told(timeline: Timeline, gesture: Gesture) -> str:
    """A gesture in the columns of the notes."""
    minutes, seconds = divmod(gesture.t, 60.0)
    what = type(gesture).__name__.lower()
    return (
        f"{int(minutes):2d}:{seconds:06.3f}  {timeline.beat_at(gesture.t).id:<18} {'ghost':<10} {what:<6} "
        f"at {gesture.u:+.2f} right, {gesture.v:.2f} down  strength {gesture.strength:.2f}"
    )
