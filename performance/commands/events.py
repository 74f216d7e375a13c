"""`events`: what begins when, as a list to read."""

from __future__ import annotations

import argparse

from performance.commands import options
from performance.house import find_score

HELP = "list what begins when: time, beat, instrument, pitch, place"
MORE = "One line for each note and each gesture of the ghost performer, in order of time."


def add(parser: argparse.ArgumentParser) -> None:
    options.add_score(parser)
    options.add_span(parser)
    options.add_seed(parser)


def run(given: argparse.Namespace) -> int:
    from performance.causes.written import GENERATORS
    from performance.live.programme import opened
    from performance.timeline import Timeline, describe

    timeline = Timeline(opened(find_score(given.score)), given.seed, generators=GENERATORS)
    a, b = options.span_of(timeline, given)
    for line in describe(timeline.events(a, b)):
        print(line)
    return 0
