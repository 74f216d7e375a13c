"""`record`: a performance as a video, exact to the frame and the sample."""

from __future__ import annotations

import argparse
from fractions import Fraction

from performance.commands import options
from performance.house import find_score
from performance.refusal import Refusal

HELP = "record a performance as a video, with sound"
MORE = """\
Renders as slowly or as fast as the machine can and drops nothing: frame n is the piece at exactly n / fps, its sound
cut at the same instants. H.264 and AAC; the ending says how they are wrapped. Ctrl-C ends the film there, and it plays.

  record ice-instrument ice.mp4
  record ice-instrument shatter.mp4 --from shatter --to constellation --size 3840x2160
"""


def add(parser: argparse.ArgumentParser) -> None:
    options.add_score(parser)
    parser.add_argument("out", metavar="OUT", help="the file to write: .mp4, .mov or .mkv")
    parser.add_argument(
        "--size",
        type=options.video_size,
        default=(1920, 1080),
        metavar="WxH",
        help="width and height (1920x1080)",
    )
    parser.add_argument(
        "--fps", type=options.rate, default=Fraction(60), metavar="FPS", help="frames a second (60)"
    )
    options.add_quality(parser)
    options.add_span(parser)
    options.add_seed(parser)


def run(given: argparse.Namespace) -> int:
    from performance.live.jobs import Frames
    from performance.live.opening import prepare_film
    from performance.live.programme import opened
    from performance.output.draft import suited
    from performance.output.film import Passage, film
    from performance.output.progress import Progress, duration
    from performance.output.recorder import FORMATS
    from performance.paint.density import density_of
    from performance.timeline import Timeline

    path = suited(given.out, tuple(FORMATS))
    timeline = Timeline(opened(find_score(given.score)), given.seed)
    passage = Passage(timeline, *options.span_of(timeline, given))
    frames = len(passage.frames(given.fps))
    if not frames:
        raise Refusal(f"{given.seconds:g} seconds hold no frame at {float(given.fps):g} frames a second")
    density = density_of(given.quality, given.size)
    beats = [beat for beat in timeline.beats if beat.start < passage.b and beat.end > passage.a]
    prepare_film([(timeline, beats)], Frames(given.size, density))
    options.levelled(timeline)
    bar = Progress(f"recording {path.name}", frames, float(1 / given.fps))
    made = film(path, [passage], given.size, given.fps, bar.at, density)
    width, height = given.size
    bar.done(
        f"{path}: {duration(made.seconds)} of {timeline.score.title}, {width}x{height},"
        f" {float(given.fps):g} frames a second, seed {timeline.seed}"
        + (", stopped before its end" if made.stopped else "")
    )
    return 130 if made.stopped else 0
