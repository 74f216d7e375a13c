"""`play`: in a window or on the whole screen, over and over."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from performance import house
from performance.commands import options
from performance.live.quality import QUALITIES

TRAILER = (1280, 720)  # its width and height
HELP = "play in a window or in full screen (this is what happens without any command)"
MORE = """\
Plays the given scores, by default all that come with the piece, in order, over and over: the first round as they are
written, each later round with another seed, so that no two performances are alike. Move the pointer to lead the
light, sweep it through the motes, click what shines. Save a score while it plays: it is seen and heard within half a
second.
"""


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scores", nargs="*", metavar="SCORE", help=options.SCORE_HELP)
    parser.add_argument("--from", dest="first", metavar="BEAT", help="begin with this beat")
    parser.add_argument("--fullscreen", action="store_true", help="take the whole screen")
    parser.add_argument(
        "--display", type=options.whole, default=0, metavar="N", help="which screen, counted from 0"
    )
    parser.add_argument("--size", type=options.size, metavar="WxH", help="what is painted, such as 1280x720")
    options.add_seed(parser)
    parser.add_argument("--volume", type=options.volume, default=0.0, metavar="DB", help="from -60 to 0 (0)")
    parser.add_argument("--mute", action="store_true", help="start without sound; M brings it back")
    parser.add_argument(
        "--complete", action="store_true", help="on the first evening, begin only when everything is made"
    )
    parser.add_argument(
        "--quality",
        choices=QUALITIES,
        default="auto",
        help="how finely pictures are painted: live leaves time for 60 a second on two cores, auto thins that where a"
        " machine is slower (H shows it), full has every pixel",
    )
    parser.add_argument("--once", action="store_true", help="leave when everything has been played once")
    parser.add_argument(
        "--for", dest="seconds", type=options.seconds, default=math.inf, help=argparse.SUPPRESS
    )
    parser.add_argument(
        "--report", type=Path, help=argparse.SUPPRESS
    )  # figures of an evening, for measurements
    parser.add_argument("--block", type=int, choices=(256, 512), default=512, help=argparse.SUPPRESS)


def run(given: argparse.Namespace) -> int:
    from performance.live.programme import Programme, opened
    from performance.output import window

    scores = tuple(house.find_score(name) for name in given.scores) or tuple(house.scores())
    programme = Programme(scores, given.seed, given.once)
    for path in scores:
        opened(path)
    if not window.is_there():
        return _record_instead(programme)
    from performance.live.evening import Wishes, play

    wishes = Wishes(
        given.size,
        given.fullscreen,
        given.display,
        given.volume,
        given.mute,
        given.complete,
        given.quality,
        given.first or "",
        given.seconds,
        given.report,
        given.block,
    )
    play(programme, wishes)
    return 0


def _record_instead(programme: object) -> int:
    """Without a display the piece makes a minute of video, and says how to have more."""
    from fractions import Fraction

    from performance.live.jobs import Frames
    from performance.live.opening import prepare_film
    from performance.live.programme import Programme
    from performance.live.trailer import trailer
    from performance.output.film import film
    from performance.output.progress import Progress
    from performance.paint.density import FULL

    assert isinstance(programme, Programme)
    print("There is no display to play on, so a trailer of a minute is recorded instead.", flush=True)
    house.recordings().mkdir(exist_ok=True)
    path = house.recordings() / "trailer.mp4"
    timelines = programme.all()
    passages, fps = trailer(timelines), Fraction(30)
    prepare_film([(timeline, timeline.beats) for timeline in timelines], Frames(TRAILER, FULL))
    for timeline in timelines:
        options.levelled(timeline)
    bar = Progress("recording the trailer", sum(len(passage.frames(fps)) for passage in passages), 1 / 30)
    made = film(path, passages, TRAILER, fps, bar.at)
    bar.done()
    print(f"{path}: {made.seconds:.0f} seconds of {' and '.join(t.score.title for t in timelines)}.")
    name = programme.scores[0].stem
    print(f"A whole piece: {options.typed()} record {name} {name}.mp4")
    return 130 if made.stopped else 0
