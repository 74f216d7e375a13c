"""`still`: one frame as a picture."""

from __future__ import annotations

import argparse

from performance.commands import options
from performance.house import find_score
from performance.refusal import Refusal

HELP = "save one frame as a picture"
MORE = "The frame is the middle of a beat, or any moment of the piece."


def add(parser: argparse.ArgumentParser) -> None:
    options.add_score(parser)
    parser.add_argument("out", metavar="OUT", help="the file to write: .png or .jpg")
    when = parser.add_mutually_exclusive_group(required=True)
    when.add_argument("--beat", metavar="ID", help="the middle of this beat")
    when.add_argument(
        "--at", type=options.seconds, metavar="SECONDS", help="this moment, such as 75.5 or 1:15.5"
    )
    parser.add_argument(
        "--size", type=options.size, default=(1920, 1080), metavar="WxH", help="width and height (1920x1080)"
    )
    options.add_quality(parser)
    options.add_seed(parser)


def run(given: argparse.Namespace) -> int:
    from performance.live.jobs import Frames
    from performance.live.opening import prepare_film
    from performance.live.programme import opened
    from performance.output.draft import suited
    from performance.output.still import FORMATS, save, still
    from performance.paint.density import density_of
    from performance.timeline import Timeline

    path = suited(given.out, FORMATS)
    timeline = Timeline(opened(find_score(given.score)), given.seed)
    if given.beat:
        beat = options.beat_of(timeline, given.beat)
        t = (beat.start + beat.end) / 2
    else:
        t = given.at
    if t > timeline.length:
        raise Refusal(f"the piece is over after {timeline.length:g} seconds; there is nothing at {t:g}")
    density = density_of(given.quality, given.size)
    prepare_film([(timeline, [timeline.beat_at(t)])], Frames(given.size, density))
    save(still(timeline, t, given.size, density), path)
    print(
        f"{path}: {timeline.beat_at(t).id} at {t:.2f} s, {given.size[0]}x{given.size[1]}, seed {timeline.seed}"
    )
    return 0
