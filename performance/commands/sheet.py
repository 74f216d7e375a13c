"""`sheet`: a score as a picture, to read and to print."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from performance.commands import options
from performance.house import find_score

if TYPE_CHECKING:
    from performance.sheet.gather import Loudness
    from performance.sheet.marks import Page
    from performance.timeline import Timeline

HELP = "draw a score as a picture: stills, curves, notes, loudness over time"
MORE = """\
An A3 page of dark paper: a still of every beat, the light, how much there is of each thing and instrument, the values
that move, every note by its pitch, and how loud it is. An .svg stays sharp at any size and can be edited.

  sheet ice-instrument ice.png
  sheet ice-instrument ice.svg --quick
  sheet ice-instrument beats.jpg --contact
"""
FORMATS = (".png", ".jpg", ".jpeg", ".svg")
NARROWEST, WIDEST = 800, 6000


def add(parser: argparse.ArgumentParser) -> None:
    options.add_score(parser)
    parser.add_argument("out", metavar="OUT", help="the file to write: .png, .jpg or .svg")
    parser.add_argument("--quick", action="store_true", help="do not listen: leaves loudness out")
    parser.add_argument("--contact", action="store_true", help="only the stills, three in a row")
    parser.add_argument(
        "--width",
        type=_width,
        default=3360,
        metavar="PX",
        help="of the page in pixels (3360; A3 at 200 an inch)",
    )
    options.add_seed(parser)


def run(given: argparse.Namespace) -> int:
    from performance.causes.written import GENERATORS
    from performance.live.programme import opened
    from performance.output.draft import draft, suited
    from performance.output.still import save
    from performance.sheet.pixels import painted
    from performance.sheet.svg import written
    from performance.timeline import Timeline

    path = suited(given.out, FORMATS)
    timeline = Timeline(opened(find_score(given.score)), given.seed, generators=GENERATORS)
    page = _contact(timeline) if given.contact else _page(timeline, given)
    if path.suffix.lower() == ".svg":
        with draft(path) as unfinished:
            unfinished.write_text(written(page), "utf-8")
    else:
        save(painted(page, 1.0 if given.contact else given.width / page.width), path)
    print(f"{path}: {timeline.score.title}, {len(timeline.beats)} beats, seed {timeline.seed}")
    return 0


def _contact(timeline: Timeline) -> Page:
    from performance.output.progress import Progress
    from performance.sheet.contact import STILL, contact
    from performance.sheet.gather import stills

    _prepare(timeline, STILL)
    bar = Progress("looking", len(timeline.beats))
    page = contact(stills(timeline, STILL, bar.at))
    bar.done()
    return page


def _page(timeline: Timeline, given: argparse.Namespace) -> Page:
    from performance.output.progress import Progress
    from performance.sheet.gather import gather, look, looks
    from performance.sheet.page import WIDTH, laid_out, still_size

    size = still_size(len(timeline.beats), given.width / WIDTH)
    _prepare(timeline, size)
    bar = Progress("looking", looks(timeline) + len(timeline.beats))
    seen = look(timeline, size, bar.at)
    bar.done()
    return laid_out(gather(timeline, seen, None if given.quick else _listened(timeline)))


def _listened(timeline: Timeline) -> Loudness:
    from performance.output.progress import Progress
    from performance.sheet.gather import listen

    bar = Progress("listening", round(timeline.length), 1.0)
    heard = listen(timeline, lambda seconds: bar.at(round(seconds), timeline.beat_at(seconds).id))
    bar.done()
    return heard


def _prepare(timeline: Timeline, size: tuple[int, int]) -> None:
    from performance.live.jobs import Frames
    from performance.live.opening import prepare_film
    from performance.paint.density import density_of

    prepare_film([(timeline, timeline.beats)], Frames(size, density_of("live", size)))


def _width(text: str) -> int:
    width = options.whole(text)
    if not NARROWEST <= width <= WIDEST:
        raise argparse.ArgumentTypeError(f"{text} is not from {NARROWEST} to {WIDEST} pixels")
    return width
