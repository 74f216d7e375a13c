"""`bench`: figures on this machine."""

from __future__ import annotations

import argparse
import json
import sys

from performance import house
from performance.commands import options
from performance.refusal import Refusal

HELP = "measure this machine: frames, sound, record, start"
MORE = """\
  frames   milliseconds of a whole frame in every beat while its sound plays, median and p99
  sound    ringing modes that one core keeps up with, at blocks of 256 and 512 frames; what a block of 512 costs
           in the densest ten seconds of every instrument and of every score
  record   frames a second while a film is made
  start    seconds from the process's start to its first frame
"""
PARTS = ("frames", "sound", "record", "start")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of {', '.join(PARTS)} (all)")
    parser.add_argument(
        "--size",
        type=options.video_size,
        default=(1920, 1080),
        metavar="WxH",
        help="width and height (1920x1080)",
    )
    parser.add_argument(
        "--score", action="append", metavar="SCORE", help="only this score (all that come along)"
    )
    parser.add_argument("--mute", action="store_true", help="measure frames with no sound beside them")
    parser.add_argument(
        "--json", action="store_true", help="figures as JSON, nothing else on standard output"
    )


def run(given: argparse.Namespace) -> int:
    for part in given.parts:
        if part not in PARTS:
            raise Refusal(f"there is no bench {part!r}; there are {', '.join(PARTS)}")
    from performance.bench.frames import frames
    from performance.bench.record import record
    from performance.bench.sound import sound
    from performance.bench.start import start

    scores = [house.find_score(name) for name in given.score or ()] or house.scores()

    def told(line: str) -> None:
        print(line, file=sys.stderr if given.json else sys.stdout, flush=True)

    measured = {
        "frames": lambda: frames(scores, given.size, told, given.mute),
        "sound": lambda: sound(scores, told),
        "record": lambda: record(scores[0], given.size, told),
        "start": lambda: start(told),
    }
    figures = {part: measured[part]() for part in given.parts or PARTS}
    if given.json:
        print(json.dumps(figures, indent=1))
    return 0
